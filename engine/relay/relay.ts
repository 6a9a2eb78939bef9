import type { Log } from '#engine/activities/log.js';
import type { Outbox, OutboxLane, OutboxOutcome, OutboxRow } from '#engine/contract/rooms.js';
import { startCase, startDelivery, tellEvent, tellLateEvent } from './hand-over.js';
import type { ByLane } from './lanes.js';
import { Lanes, LANES } from './lanes.js';
import type { Loop } from './loop.js';
import { createLoop } from './loop.js';
import type { Outcomes } from './outcomes.js';
import { gatherOutcomes } from './outcomes.js';
import type { TemporalClient } from './temporal-client.js';
import type { TokenBucket } from './token-bucket.js';
import { createTokenBucket } from './token-bucket.js';

export interface RelayOptions {
  /** Starts a second; below what the workers decide, or actions wait behind fresh cases. */
  readonly startsPerSecond?: number;
  /** How many of a lane are under way at once; of those that come back, a third. */
  readonly concurrency?: number;
}

export interface RelayHealth {
  readonly isTemporalAway: boolean;
  readonly isDatabaseAway: boolean;
  readonly waiting: number;
  readonly oldestSeconds: number;
}

export interface RelayRooms {
  readonly outbox: Outbox;
  readonly temporal: TemporalClient;
  readonly log: Log;
  /** Its own, unless somebody else starts kernels too: then they share one. */
  readonly bucket?: TokenBucket;
}

export const STARTS_PER_SECOND = 40;
const CONCURRENCY = 10;
/** No more than the hands of a lane can try, in vain, while the lease lasts. */
const BATCH_ROWS: ByLane<number> = { start: 100, event: 50, again: 20 };
const LEASE_SECONDS = 60;
const UPDATE_DEADLINE_MS = 8_000;
const START_DEADLINE_MS = 5_000;
const PROBE_DEADLINE_MS = 2_000;
const PAUSE_MS = { min: 100, max: 500, away: 1_000 } as const;
const RETRY_SECONDS_MAX = 60;
const AWAY_RETRY_SECONDS = 2;
const FAILURES_REMEMBERED_MAX = 10_000;

export const createStartBucket = (startsPerSecond: number): TokenBucket => createTokenBucket({ perSecond: startsPerSecond, burst: Math.max(1, Math.ceil(startsPerSecond / 2)) });

/** Carries what was filed and asked from the outbox to Temporal, as often as it takes; both may die meanwhile. */
export class Relay {
  readonly #rooms: RelayRooms;
  readonly #bucket: TokenBucket;
  readonly #failures = new Map<string, number>();
  readonly #outcomes: Outcomes;
  readonly #lanes: Lanes;
  readonly #loop: Loop = createLoop(() => this.#turn());
  #isTemporalAway = false;
  #isDatabaseAway = false;
  #pauseMs: number = PAUSE_MS.min;

  constructor(rooms: RelayRooms, { startsPerSecond = STARTS_PER_SECOND, concurrency = CONCURRENCY }: RelayOptions = {}) {
    this.#rooms = rooms;
    this.#lanes = new Lanes({ start: concurrency, event: concurrency, again: Math.ceil(concurrency / 3) }, (row) => this.#carry(row));
    // A row that cannot be finished now comes back when its lease ends; handing it over again changes nothing.
    this.#outcomes = gatherOutcomes(rooms.outbox, (error) => this.#setDatabaseAway(true, error));
    this.#bucket = rooms.bucket ?? createStartBucket(startsPerSecond);
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#lanes.untilAllAreDone();
    await this.#outcomes.flush();
  }

  async health(): Promise<RelayHealth> {
    const lag = await this.#rooms.outbox.lag().catch(() => ({ waiting: -1, oldestSeconds: -1 }));
    return { isTemporalAway: this.#isTemporalAway, isDatabaseAway: this.#isDatabaseAway, ...lag };
  }

  /** @returns after how many milliseconds to look again */
  async #turn(): Promise<number> {
    if (this.#isTemporalAway && !(await this.#isThere())) return PAUSE_MS.away;
    const counts = await this.#claim();
    this.#pauseMs = LANES.some((name) => counts[name] > 0) ? PAUSE_MS.min : Math.min(PAUSE_MS.max, this.#pauseMs * 2);
    if (this.#isDatabaseAway) return PAUSE_MS.away;
    // The next rows are fetched while the last ones are still on their way: nobody waits for the slowest of a batch, nor for another lane.
    const full = LANES.filter((name) => counts[name] === BATCH_ROWS[name]);
    if (full.length === 0) return this.#pauseMs;
    await this.#untilOneIsEmpty(full);
    return this.#isTemporalAway ? this.#pauseMs : 0;
  }

  /** A lane of which there are more to fetch; at the latest after a pause, for the others' sake. */
  async #untilOneIsEmpty(full: readonly OutboxLane[]): Promise<void> {
    const until = Date.now() + this.#pauseMs;
    while (Date.now() < until && !full.some((name) => this.#lanes.isEmpty(name))) {
      await Promise.race([this.#lanes.untilOneIsDone(), new Promise((resolve) => setTimeout(resolve, until - Date.now()))]);
    }
  }

  /** @returns how many rows came; none of a lane in which some still wait */
  async #claim(): Promise<ByLane<number>> {
    const room = (name: OutboxLane): number => (this.#lanes.isEmpty(name) ? BATCH_ROWS[name] : 0);
    try {
      const rows = await this.#rooms.outbox.claimLanes({ limits: { start: room('start'), event: room('event'), again: room('again') }, leaseSeconds: LEASE_SECONDS });
      this.#setDatabaseAway(false);
      this.#lanes.add(rows);
      return { start: rows.start.length, event: rows.event.length, again: rows.again.length };
    } catch (error) {
      this.#setDatabaseAway(true, error);
      return { start: 0, event: 0, again: 0 };
    }
  }

  async #carry(row: OutboxRow): Promise<void> {
    const isStopping = this.#loop.isStopping();
    if (this.#isTemporalAway || isStopping) return this.#release(row, { error: 'temporal.away', retryInSeconds: isStopping ? 0 : AWAY_RETRY_SECONDS });
    try {
      await this.#handOver(row);
      this.#failures.delete(row.outboxId);
      this.#outcomes.add(placeOf(row));
    } catch (error) {
      // A late answer and no answer look alike from here: ask.
      if (!(await this.#isThere())) this.#setTemporalAway(true);
      const failures = (this.#failures.get(row.outboxId) ?? 0) + 1;
      this.#remember(row.outboxId, failures);
      const retryInSeconds = this.#isTemporalAway ? AWAY_RETRY_SECONDS : Math.min(RETRY_SECONDS_MAX, 2 ** Math.min(failures, 10) / 2);
      this.#rooms.log('warn', 'not handed over yet', { outboxId: row.outboxId, kind: row.kind, reason: reasonOf(error), retryInSeconds });
      this.#release(row, { error: reasonOf(error), retryInSeconds });
    }
  }

  async #handOver(row: OutboxRow): Promise<void> {
    const { temporal } = this.#rooms;
    const { municipality, caseId, definitionHash, eventId = '' } = row;
    if (row.kind !== 'event') await this.#bucket.take();
    switch (row.kind) {
      case 'start':
        await temporal.connection.withDeadline(Date.now() + START_DEADLINE_MS, () => startCase(temporal, { municipality, caseId, definitionHash }));
        return;
      case 'message':
        await temporal.connection.withDeadline(Date.now() + START_DEADLINE_MS, () => startDelivery(temporal, { municipality, caseId, commandKey: eventId }));
        return;
      case 'event':
        return this.#tell(row);
    }
  }

  async #tell({ municipality, caseId, definitionHash, eventId, eventKind }: OutboxRow): Promise<void> {
    const { temporal } = this.#rooms;
    if (eventId === undefined || eventKind === undefined) throw new RowIncompleteError();
    const order = { municipality, caseId, event: { id: eventId, kind: eventKind }, deadlineMs: UPDATE_DEADLINE_MS };
    let told = await tellEvent(temporal, order);
    // Its history was lost or has passed its retention: the kernel starts anew and takes the case up where it stands.
    if (told === 'neverStarted') told = (await startCase(temporal, { municipality, caseId, definitionHash })) ? await tellEvent(temporal, order) : 'ended';
    if (told !== 'told') await tellLateEvent(temporal, order);
  }

  #release(row: OutboxRow, outcome: { readonly error: string; readonly retryInSeconds: number }): void {
    this.#outcomes.add({ ...placeOf(row), ...outcome });
  }

  async #isThere(): Promise<boolean> {
    const { connection } = this.#rooms.temporal;
    try {
      await connection.withDeadline(Date.now() + PROBE_DEADLINE_MS, () => connection.workflowService.getSystemInfo({}));
      this.#setTemporalAway(false);
      return true;
    } catch {
      return false;
    }
  }

  #setTemporalAway(isAway: boolean): void {
    if (this.#isTemporalAway !== isAway) this.#rooms.log(isAway ? 'error' : 'info', isAway ? 'Temporal does not answer; what was filed waits' : 'Temporal answers again');
    this.#isTemporalAway = isAway;
  }

  #setDatabaseAway(isAway: boolean, error?: unknown): void {
    if (this.#isDatabaseAway !== isAway) this.#rooms.log(isAway ? 'error' : 'info', isAway ? 'the database does not answer' : 'the database answers again', isAway ? { reason: reasonOf(error) } : {});
    this.#isDatabaseAway = isAway;
  }

  #remember(outboxId: string, failures: number): void {
    if (this.#failures.size >= FAILURES_REMEMBERED_MAX) this.#failures.clear();
    this.#failures.set(outboxId, failures);
  }
}

function placeOf({ outboxId, municipality, caseId }: OutboxRow): OutboxOutcome {
  return { outboxId, municipality, caseId };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

class RowIncompleteError extends Error {
  override readonly name = 'outbox.rowIncomplete';
}
