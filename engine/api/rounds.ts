import type { FastifyBaseLogger } from 'fastify';
import { createLoop } from '#engine/relay/loop.js';

/** Work that comes back by itself as long as the process runs. */
export interface Round {
  readonly name: string;
  readonly everyMs: number;
  /** `true`: there is more to do at once. */
  readonly work: () => Promise<boolean>;
}

/** Other processes make the same rounds: nobody starts them all at the same moment. */
const SPREAD = 0.2;
const AGAIN_MS = 50;

/** Makes each round again and again, one at a time; a round that fails is logged and comes again. Answers how to stop. */
export function makeRounds(rounds: readonly Round[], log: Pick<FastifyBaseLogger, 'warn'>): { stop(): Promise<void> } {
  const stops = rounds.map((round) => makeRound(round, log));
  return { stop: async () => void (await Promise.all(stops.map((stop) => stop()))) };
}

function makeRound({ name, everyMs, work }: Round, log: Pick<FastifyBaseLogger, 'warn'>): () => Promise<void> {
  const once = async (): Promise<number> => {
    try {
      if (await work()) return AGAIN_MS;
    } catch (error) {
      log.warn({ round: name, fault: { name: error instanceof Error ? error.name : 'unknown' } }, 'a round failed');
    }
    return everyMs * (1 + SPREAD * Math.random());
  };
  const loop = createLoop(once, { firstPauseMs: Math.min(everyMs, AGAIN_MS + everyMs * SPREAD * Math.random()) });
  loop.start();
  return () => loop.stop();
}
