import type { FastifyBaseLogger } from 'fastify';

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
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const plan = (milliseconds: number): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      running = once();
    }, milliseconds);
    timer.unref();
  };
  const once = async (): Promise<void> => {
    let isMore = false;
    try {
      isMore = await work();
    } catch (error) {
      log.warn({ round: name, fault: { name: error instanceof Error ? error.name : 'unknown' } }, 'a round failed');
    }
    plan(isMore ? AGAIN_MS : everyMs * (1 + SPREAD * Math.random()));
  };
  plan(Math.min(everyMs, AGAIN_MS + everyMs * SPREAD * Math.random()));
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
  };
}
