import { randomUUID } from 'node:crypto';
import type { Log } from '#engine/activities/log.js';
import type { WatchedCase, WatchRecord } from '#engine/contract/rooms.js';
import { isKernelRunning, resumeCase } from './hand-over.js';
import type { TemporalClient } from './temporal-client.js';

export interface WatchOptions {
  /** How many cases are looked at in a minute while nothing is wrong. */
  readonly casesPerMinute?: number;
  /** Between two looks at the one kernel that must be there. */
  readonly beatMs?: number;
  /** A closed case with an unfinished message is left alone this long: somebody may still be at it. */
  readonly quietSeconds?: number;
}

export interface WatchRooms {
  readonly record: WatchRecord;
  readonly temporal: TemporalClient;
  readonly log: Log;
  /** Resolves when one more kernel may be started: the pace is the relay's. */
  readonly takeStart: () => Promise<void>;
}

const CASES_PER_MINUTE = 120;
const BEAT_MS = 5_000;
const QUIET_SECONDS = 1_800;
/** Held over several beats; whoever dies loses it after that. */
const BEATS_HELD = 6;
const HELD_SECONDS_MIN = 10;
const URGENT_PAGE = 100;
const SCAN_ROWS = 2_000;
const CONCURRENCY = 8;
const ASK_DEADLINE_MS = 5_000;

/**
 * Kernels that the clock has lost are found and started anew from the record. One process keeps watch, any number may try. One known
 * kernel is asked for every few seconds: when the clock does not know it, every case is looked at, at the pace of the relay. Besides,
 * all of them are looked at slowly, a few a minute, for what got lost one by one.
 */
export class Watch {
  readonly #rooms: WatchRooms;
  readonly #options: Required<WatchOptions>;
  readonly #holder = randomUUID();
  #isStopping = false;
  #isHolding = false;
  #owed = 0;
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;

  constructor(rooms: WatchRooms, { casesPerMinute = CASES_PER_MINUTE, beatMs = BEAT_MS, quietSeconds = QUIET_SECONDS }: WatchOptions = {}) {
    this.#rooms = rooms;
    this.#options = { casesPerMinute, beatMs, quietSeconds };
  }

  start(): void {
    this.#running ??= this.#loop();
  }

  /** Lets go, so that another takes over at once. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake?.();
    await this.#running;
    if (this.#isHolding) await this.#rooms.record.release(this.#holder).catch(() => undefined);
  }

  async #loop(): Promise<void> {
    while (!this.#isStopping) {
      let isMoreAtOnce = false;
      try {
        isMoreAtOnce = await this.#beat();
      } catch (error) {
        // Database or Temporal is away, and the relay says so: the round waits where it is.
        this.#rooms.log('info', 'watch waits', { reason: error instanceof Error ? error.name : 'unknown' });
      }
      if (!isMoreAtOnce) await this.#pause();
    }
  }

  /** @returns whether there is more to do without waiting */
  async #beat(): Promise<boolean> {
    const { record } = this.#rooms;
    const seconds = Math.max(HELD_SECONDS_MIN, (BEATS_HELD * this.#options.beatMs) / 1000);
    const held = await record.hold({ holder: this.#holder, seconds });
    this.#isHolding = held !== null;
    if (held === null) return false;
    if (!held.isUrgent && held.sentinel !== null && (await this.#ask(held.sentinel)) === 'unknown') return this.#hurry();
    return this.#lookAtPage(held.isUrgent);
  }

  /** Where one is unknown others may be. */
  async #hurry(): Promise<true> {
    const { record, log } = this.#rooms;
    log('error', 'Temporal does not know a case that it knew: every open case is looked for and taken up from the record');
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
    const { resumed, isOneUnknown, sentinel } = await this.#lookAt(cases);
    await record.note({ holder: this.#holder, looked: cases.length, resumed, sentinel, next });
    this.#owed -= isUrgent ? 0 : cases.length;
    if (resumed > 0) log('warn', 'cases without a kernel were taken up from the record', { count: resumed });
    if (!isUrgent && isOneUnknown) return this.#hurry();
    if (isUrgent && next === null) log('info', 'every open case has its kernel again');
    return isUrgent && next !== null && !this.#isStopping;
  }

  async #lookAt(cases: readonly WatchedCase[]): Promise<{ readonly resumed: number; readonly isOneUnknown: boolean; readonly sentinel: WatchedCase | null }> {
    const waiting = [...cases];
    let resumed = 0;
    let isOneUnknown = false;
    const look = async (): Promise<void> => {
      for (let watched = waiting.shift(); watched !== undefined; watched = waiting.shift()) {
        const state = await this.#ask(watched);
        if (state === 'running') continue;
        isOneUnknown ||= state === 'unknown';
        await this.#resume(watched);
        resumed += 1;
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, look));
    return { resumed, isOneUnknown, sentinel: cases[0] ?? null };
  }

  #ask(place: Pick<WatchedCase, 'municipality' | 'caseId'>): ReturnType<typeof isKernelRunning> {
    const { temporal } = this.#rooms;
    return temporal.connection.withDeadline(Date.now() + ASK_DEADLINE_MS, () => isKernelRunning(temporal, place));
  }

  async #resume(watched: WatchedCase): Promise<void> {
    const { temporal, takeStart } = this.#rooms;
    await takeStart();
    await temporal.connection.withDeadline(Date.now() + ASK_DEADLINE_MS, () => resumeCase(temporal, watched));
  }

  async #pause(): Promise<void> {
    if (this.#isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#options.beatMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
