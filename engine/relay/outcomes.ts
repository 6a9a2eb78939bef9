import type { Outbox, OutboxOutcome } from '#engine/contract/rooms.js';

/** As long as a hand-over takes anyway: what is done meanwhile is written together. */
const GATHER_MS = 10;

export interface Outcomes {
  /** Notes what became of a row; it is written soon, with others. */
  add(outcome: OutboxOutcome): void;
  /** Resolves when nothing is left to write. */
  flush(): Promise<void>;
}

/**
 * What became of the rows in hand, written many at a time. What cannot be written is forgotten: the rows come back when their lease
 * ends, and handing them over again changes nothing.
 */
export function gatherOutcomes(outbox: Pick<Outbox, 'finishMany'>, onFailure: (error: unknown) => void): Outcomes {
  let gathered: OutboxOutcome[] = [];
  let writing: Promise<void> | undefined;

  const write = async (): Promise<void> => {
    while (gathered.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      const outcomes = gathered;
      gathered = [];
      await outbox.finishMany(outcomes).catch(onFailure);
    }
    writing = undefined;
  };

  return {
    add(outcome) {
      gathered.push(outcome);
      writing ??= write();
    },
    flush: () => writing ?? Promise.resolve(),
  };
}
