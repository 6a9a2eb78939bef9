import type { OutboxLane, OutboxRow } from '#engine/contract/rooms.js';

export const LANES = ['start', 'event', 'again'] as const satisfies readonly OutboxLane[];

export type ByLane<Value> = Readonly<Record<OutboxLane, Value>>;

interface Lane {
  readonly handsMax: number;
  readonly waiting: OutboxRow[];
  readonly inHand: Set<Promise<void>>;
}

/** Rows that were claimed, carried by so many hands of each lane: what is waited for in vain in one keeps nobody waiting in another. */
export class Lanes {
  readonly #lanes: ByLane<Lane>;
  readonly #carry: (row: OutboxRow) => Promise<void>;

  /** @param carry keeps its failures to itself */
  constructor(handsMax: ByLane<number>, carry: (row: OutboxRow) => Promise<void>) {
    const lane = (name: OutboxLane): Lane => ({ handsMax: handsMax[name], waiting: [], inHand: new Set() });
    this.#lanes = { start: lane('start'), event: lane('event'), again: lane('again') };
    this.#carry = carry;
  }

  isEmpty(name: OutboxLane): boolean {
    return this.#lanes[name].waiting.length === 0;
  }

  add(rows: ByLane<readonly OutboxRow[]>): void {
    for (const name of LANES) {
      this.#lanes[name].waiting.push(...rows[name]);
      this.#takeUp(this.#lanes[name]);
    }
  }

  /** Resolves when somebody's hands have become free; at once when all are. */
  async untilOneIsDone(): Promise<void> {
    const inHand = LANES.flatMap((name) => [...this.#lanes[name].inHand]);
    if (inHand.length > 0) await Promise.race(inHand);
  }

  /** Resolves when nothing waits and nothing is in hand. */
  async untilAllAreDone(): Promise<void> {
    while (LANES.some((name) => this.#lanes[name].inHand.size > 0)) await this.untilOneIsDone();
  }

  #takeUp(lane: Lane): void {
    while (lane.inHand.size < lane.handsMax) {
      const row = lane.waiting.shift();
      if (row === undefined) return;
      const carrying = this.#carry(row).finally(() => {
        lane.inHand.delete(carrying);
        this.#takeUp(lane);
      });
      lane.inHand.add(carrying);
    }
  }
}
