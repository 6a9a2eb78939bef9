import type { Log } from '#engine/activities/log.js';
import type { Outbox, OutboxRow } from '#engine/contract/rooms.js';
import { startCase, startDelivery, tellEvent, tellLateEvent } from './hand-over.js';
import type { TemporalClient } from './temporal-client.js';
import type { TokenBucket } from './token-bucket.js';
import { createTokenBucket } from './token-bucket.js';

export interface RelayOptions {
  /** Starts a second; below what the workers decide, or actions wait behind fresh cases. */
  readonly startsPerSecond?: number;
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
const BATCH_ROWS = 50;
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
  readonly #concurrency: number;
  readonly #failures = new Map<string, number>();
  #isStopping = false;
  #isTemporalAway = false;
  #isDatabaseAway = false;
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;

  constructor(rooms: RelayRooms, { startsPerSecond = STARTS_PER_SECOND, concurrency = CONCURRENCY }: RelayOptions = {}) {
    this.#rooms = rooms;
    this.#concurrency = concurrency;
    this.#bucket = rooms.bucket ?? createStartBucket(startsPerSecond);
  }

  start(): void {
    this.#running ??= this.#loop();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake?.();
    await this.#running;
  }

  async health(): Promise<RelayHealth> {
    const lag = await this.#rooms.outbox.lag().catch(() => ({ waiting: -1, oldestSeconds: -1 }));
    return { isTemporalAway: this.#isTemporalAway, isDatabaseAway: this.#isDatabaseAway, ...lag };
  }

  async #loop(): Promise<void> {
    let pauseMs: number = PAUSE_MS.min;
    while (!this.#isStopping) {
      if (this.#isTemporalAway && !(await this.#isThere())) {
        await this.#pause(PAUSE_MS.away);
        continue;
      }
      const count = await this.#carryBatch();
      pauseMs = count > 0 ? PAUSE_MS.min : Math.min(PAUSE_MS.max, pauseMs * 2);
      if (count === BATCH_ROWS && !this.#isTemporalAway) continue;
      await this.#pause(this.#isDatabaseAway ? PAUSE_MS.away : pauseMs);
    }
  }

  async #carryBatch(): Promise<number> {
    let rows: readonly OutboxRow[];
    try {
      rows = await this.#rooms.outbox.claim({ limit: BATCH_ROWS, leaseSeconds: LEASE_SECONDS });
      this.#setDatabaseAway(false);
    } catch (error) {
      this.#setDatabaseAway(true, error);
      return 0;
    }
    const waiting = [...rows];
    const carry = async (): Promise<void> => {
      for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) await this.#carry(row);
    };
    await Promise.all(Array.from({ length: this.#concurrency }, carry));
    return rows.length;
  }

  async #carry(row: OutboxRow): Promise<void> {
    if (this.#isTemporalAway || this.#isStopping) return this.#release(row, { error: 'temporal.away', retryInSeconds: this.#isStopping ? 0 : AWAY_RETRY_SECONDS });
    try {
      await this.#handOver(row);
      this.#failures.delete(row.outboxId);
      await this.#finish({ outboxId: row.outboxId });
    } catch (error) {
      // A late answer and no answer look alike from here: ask.
      if (!(await this.#isThere())) this.#setTemporalAway(true);
      const failures = (this.#failures.get(row.outboxId) ?? 0) + 1;
      this.#remember(row.outboxId, failures);
      const retryInSeconds = this.#isTemporalAway ? AWAY_RETRY_SECONDS : Math.min(RETRY_SECONDS_MAX, 2 ** Math.min(failures, 10) / 2);
      this.#rooms.log('warn', 'not handed over yet', { outboxId: row.outboxId, kind: row.kind, reason: reasonOf(error), retryInSeconds });
      await this.#release(row, { error: reasonOf(error), retryInSeconds });
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

  async #release(row: OutboxRow, outcome: { readonly error: string; readonly retryInSeconds: number }): Promise<void> {
    await this.#finish({ outboxId: row.outboxId, ...outcome });
  }

  /** A row that cannot be finished now comes back when its lease ends; handing it over again changes nothing. */
  async #finish(outcome: Parameters<Outbox['finish']>[0]): Promise<void> {
    try {
      await this.#rooms.outbox.finish(outcome);
    } catch (error) {
      this.#setDatabaseAway(true, error);
    }
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

  async #pause(milliseconds: number): Promise<void> {
    if (this.#isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

class RowIncompleteError extends Error {
  override readonly name = 'outbox.rowIncomplete';
}
