/** Of the keeping of watch over kernels that the clock has lost; nothing of any case. */
export interface WatchState {
  readonly isHeld: boolean;
  readonly heldUntil?: string;
  /** All cases are being looked at because the clock has lost its memory. */
  readonly isUrgent: boolean;
  readonly lostAt?: string;
  readonly rounds: number;
  readonly roundEndedAt?: string;
  readonly looked: number;
  readonly resumed: number;
  readonly resumedAt?: string;
  /** Kernels that were there and had missed something. */
  readonly mended: number;
  readonly mendedAt?: string;
  /** Since the last round over all cases ended; none: the first has not. */
  readonly roundAgeSeconds?: number;
}

interface WatchPlace {
  readonly municipality: string;
  readonly caseId: string;
}

export interface WatchedCase extends WatchPlace {
  readonly definitionHash: string;
  /** What its kernel must know of. */
  readonly version: number;
  /** Open, or closed with a message that nobody has finished. Another one needs no kernel; one that it has must know that the case is closed. */
  readonly needsKernel: boolean;
  readonly changedSecondsAgo: number;
}

/** Role diktyo_relay. One holder at a time; a round goes on where it stopped, whoever holds the watch. */
export interface WatchRecord {
  /**
   * `null`: somebody else holds it. `sentinel`: an open case that was running when it was last looked at. `latest`: the cases that
   * changed last, for which an old copy of the clock's memory shows first.
   */
  hold(input: { holder: string; seconds: number }): Promise<{ readonly isUrgent: boolean; readonly sentinel: WatchPlace | null; readonly latest: readonly WatchedCase[] } | null>;
  release(holder: string): Promise<void>;
  /** The clock has lost its memory, or has got an old one back: a round over everything begins, without delay. */
  noteLoss(holder: string): Promise<void>;
  /** The next cases that must have a kernel, or may have one that does not know that they are closed. `next` null: the round has ended. */
  read(input: { limit: number; scan: number; quietSeconds: number }): Promise<{ readonly cases: readonly WatchedCase[]; readonly next: WatchPlace | null }>;
  note(input: { holder: string; looked: number; resumed: number; mended: number; sentinel: WatchPlace | null; next: WatchPlace | null }): Promise<void>;
  /** `null`: watch was never kept. */
  describe(): Promise<WatchState | null>;
}
