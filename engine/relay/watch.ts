import { randomUUID } from 'node:crypto';
import type { Log } from '#engine/activities/log.js';
import type { WatchedCase, WatchRecord } from '#engine/contract/watch.js';
import type { KernelState } from './hand-over.js';
import { askKnown, describeKernel, replaceKernel, resumeCase, sendToRecord } from './hand-over.js';
import type { Loop } from './loop.js';
import { createLoop } from './loop.js';
import type { TemporalClient } from './temporal-client.js';

export interface WatchOptions {
  /** How many cases are looked at in a minute while nothing is wrong. */
  readonly casesPerMinute?: number;
  /** Between two looks at the few kernels that show first that something is wrong. */
  readonly beatMs?: number;
  /** A closed case with an unfinished message is left alone this long: somebody may still be at it. */
  readonly quietSeconds?: number;
  /** A kernel that does not know a change so old has missed it; before, it may just be hearing of it. */
  readonly settledSeconds?: number;
}

export interface WatchRooms {
  readonly record: WatchRecord;
  readonly temporal: TemporalClient;
  readonly log: Log;
  /** Resolves when one more kernel may be started: the pace is the relay's. */
  readonly takeStart: () => Promise<void>;
}

/** `silent`: the kernel is there, and nobody answers for it; a worker is away, or the kernel is stuck. */
type Found = 'inStep' | 'mended' | 'silent' | 'ended' | 'unknown';

interface PageFindings {
  resumed: number;
  mended: number;
  silent: number;
  /** Why every case must be looked at: Temporal does not know one that it knew, or knows an older state of it. */
  alarm: 'lost' | 'old' | undefined;
}

const CASES_PER_MINUTE = 120;
const BEAT_MS = 5_000;
const QUIET_SECONDS = 1_800;
const SETTLED_SECONDS = 30;
/** Held over several beats; whoever dies loses it after that. */
const BEATS_HELD = 6;
const HELD_SECONDS_MIN = 10;
const URGENT_PAGE = 100;
const SCAN_ROWS = 2_000;
const CONCURRENCY = 8;
const ASK_DEADLINE_MS = 5_000;
/** After so many that nobody answers for, the others of a page are not asked: the workers are away, and kernels are started all the same. */
const SILENT_MAX = CONCURRENCY;

const ALARMS = {
  lost: 'Temporal does not know a case that it knew: every case is looked for and taken up from the record',
  old: 'Temporal knows an older state of a case than the record: every case is looked at and sent to the record',
} as const;

/**
 * Kernels that the clock has lost are found and started anew from the record, and kernels that have missed something are sent to the
 * record: their memory may be an old copy. One process keeps watch, any number may try. A few known kernels are asked for every few
 * seconds: when something is wrong with them, every case is looked at, at the pace of the relay. Besides, all of them are looked at
 * slowly, a few a minute, for what got lost one by one.
 */
export class Watch {
  readonly #rooms: WatchRooms;
  readonly #options: Required<WatchOptions>;
  readonly #holder = randomUUID();
  readonly #loop: Loop = createLoop(() => this.#turn());
  #isHolding = false;
  #owed = 0;
  /** Found by the way, and not noted yet. */
  #mended = 0;

  constructor(rooms: WatchRooms, { casesPerMinute = CASES_PER_MINUTE, beatMs = BEAT_MS, quietSeconds = QUIET_SECONDS, settledSeconds = SETTLED_SECONDS }: WatchOptions = {}) {
    this.#rooms = rooms;
    this.#options = { casesPerMinute, beatMs, quietSeconds, settledSeconds };
  }

  start(): void {
    this.#loop.start();
  }

  /** Lets go, so that another takes over at once. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    if (this.#isHolding) await this.#rooms.record.release(this.#holder).catch(() => undefined);
  }

  async #turn(): Promise<number> {
    try {
      if (await this.#beat()) return 0;
    } catch (error) {
      // Database or Temporal is away, and the relay says so: the round waits where it is.
      this.#rooms.log('info', 'watch waits', { reason: error instanceof Error ? error.name : 'unknown' });
    }
    return this.#options.beatMs;
  }

  /** @returns whether there is more to do without waiting */
  async #beat(): Promise<boolean> {
    const { record } = this.#rooms;
    const seconds = Math.max(HELD_SECONDS_MIN, (BEATS_HELD * this.#options.beatMs) / 1000);
    const held = await record.hold({ holder: this.#holder, seconds });
    this.#isHolding = held !== null;
    if (held === null) return false;
    if (held.isUrgent) return this.#lookAtPage(true);
    if (held.sentinel !== null && (await this.#describe(held.sentinel)).state === 'unknown') return this.#hurry('lost');
    const alarm = await this.#lookAtLatest(held.latest);
    return alarm === undefined ? this.#lookAtPage(false) : this.#hurry(alarm);
  }

  /** In what changed last an old copy shows first. */
  async #lookAtLatest(latest: readonly WatchedCase[]): Promise<PageFindings['alarm']> {
    for (const watched of latest) {
      if (watched.changedSecondsAgo < this.#options.settledSeconds) continue;
      const found = await this.#find(watched);
      if (found === 'mended') {
        this.#mended += 1;
        return 'old';
      }
      if (found === 'unknown' && watched.needsKernel) return 'lost';
    }
    return undefined;
  }

  /** Where one is wrong others may be. */
  async #hurry(alarm: keyof typeof ALARMS): Promise<true> {
    const { record, log } = this.#rooms;
    log('error', ALARMS[alarm]);
    await record.noteLoss(this.#holder);
    return true;
  }

  async #lookAtPage(isUrgent: boolean): Promise<boolean> {
    const { record, log } = this.#rooms;
    const { casesPerMinute, beatMs, quietSeconds } = this.#options;
    this.#owed = Math.min(casesPerMinute, this.#owed + (casesPerMinute * beatMs) / 60_000);
    const limit = isUrgent ? URGENT_PAGE : Math.floor(this.#owed);
    if (limit < 1) return false;
    const { cases, next } = await record.read({ limit, scan: SCAN_ROWS, quietSeconds });
    const { resumed, mended, alarm } = await this.#lookAt(cases);
    const { municipality, caseId } = cases.find(({ needsKernel }) => needsKernel) ?? {};
    const sentinel = municipality === undefined || caseId === undefined ? null : { municipality, caseId };
    await record.note({ holder: this.#holder, looked: cases.length, resumed, mended: mended + this.#mended, sentinel, next });
    this.#mended = 0;
    this.#owed -= isUrgent ? 0 : cases.length;
    if (resumed > 0) log('warn', 'cases without a kernel were taken up from the record', { count: resumed });
    if (mended > 0) log('warn', 'kernels that had missed something were sent to the record', { count: mended });
    if (!isUrgent && alarm !== undefined) return this.#hurry(alarm);
    if (isUrgent && next === null) log('info', 'every open case has its kernel again');
    return isUrgent && next !== null && !this.#loop.isStopping();
  }

  async #lookAt(cases: readonly WatchedCase[]): Promise<PageFindings> {
    const waiting = [...cases];
    const findings: PageFindings = { resumed: 0, mended: 0, silent: 0, alarm: undefined };
    const look = async (): Promise<void> => {
      for (let watched = waiting.shift(); watched !== undefined; watched = waiting.shift()) await this.#lookAtOne(watched, findings);
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, look));
    return findings;
  }

  async #lookAtOne(watched: WatchedCase, findings: PageFindings): Promise<void> {
    const found = findings.silent < SILENT_MAX ? await this.#find(watched) : (await this.#describe(watched)).state;
    if (found === 'silent') findings.silent += 1;
    if (found === 'mended') {
      findings.mended += 1;
      if (watched.changedSecondsAgo >= this.#options.settledSeconds) findings.alarm ??= 'old';
    }
    if (!watched.needsKernel || (found !== 'unknown' && found !== 'ended')) return;
    if (found === 'unknown') findings.alarm = 'lost';
    await this.#resume(watched);
    findings.resumed += 1;
  }

  /** Is the kernel there, and does it know what the record knows? One that does not is sent there at once. */
  async #find(watched: WatchedCase): Promise<Found> {
    const { temporal } = this.#rooms;
    const { state } = await this.#describe(watched);
    if (state !== 'running') return state;
    const order = { ...watched, deadlineMs: ASK_DEADLINE_MS };
    const known = await askKnown(temporal, order);
    if (known === null) return 'silent';
    // The worker remembers more than the server: whatever this kernel is told now would not fit the history that the server has.
    if (known.historyLength > (await this.#describe(watched)).historyLength) return this.#inTime(() => replaceKernel(temporal, watched)).then(() => 'mended');
    if (known.version === watched.version) return 'inStep';
    // It may have heard of it meanwhile, or be about to: it says itself whether it had missed anything when its turn came.
    const looked = await sendToRecord(temporal, order);
    if (looked === null) return 'silent';
    return looked.before === looked.after ? 'inStep' : 'mended';
  }

  #describe(place: Pick<WatchedCase, 'municipality' | 'caseId'>): Promise<KernelState> {
    return this.#inTime(() => describeKernel(this.#rooms.temporal, place));
  }

  async #resume(watched: WatchedCase): Promise<void> {
    const { temporal, takeStart } = this.#rooms;
    await takeStart();
    await this.#inTime(() => resumeCase(temporal, watched));
  }

  #inTime<Result>(ask: () => Promise<Result>): Promise<Result> {
    return this.#rooms.temporal.connection.withDeadline(Date.now() + ASK_DEADLINE_MS, ask);
  }
}
