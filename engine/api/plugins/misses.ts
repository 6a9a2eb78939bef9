import type { FastifyInstance } from 'fastify';
import type { Tracking } from '#engine/contract/rooms.js';
import type { Limit } from './limits.js';

declare module 'fastify' {
  interface FastifyInstance {
    missWatch: MissWatch;
  }
}

/** Codes that fit nothing, in one municipality within two hours, over all processes: more than slips of the pen make. */
export const ALARM_MISSES = 500;
/** From one address, in quiet times and where somebody seems to be guessing from many addresses. */
const QUIET: Limit = { max: 15, windowMs: 60_000 };
const ALARMED: Limit = { max: 3, windowMs: 600_000 };

/**
 * Where codes are being guessed. Owners are never shut out because of others: whoever has a right code hears its stage;
 * it is the misses of one address that are borne less.
 */
export class MissWatch {
  readonly #alarmed = new Set<string>();

  limitOf(municipality: string): Limit {
    return this.#alarmed.has(municipality) ? ALARMED : QUIET;
  }

  /** Takes over the counts; answers which alarms began and which ended. */
  take(counts: readonly { readonly municipality: string; readonly misses: number }[]): { readonly began: readonly string[]; readonly ended: readonly string[] } {
    const now = new Set(counts.filter(({ misses }) => misses >= ALARM_MISSES).map(({ municipality }) => municipality));
    const began = [...now].filter((municipality) => !this.#alarmed.has(municipality));
    const ended = [...this.#alarmed].filter((municipality) => !now.has(municipality));
    for (const municipality of began) this.#alarmed.add(municipality);
    for (const municipality of ended) this.#alarmed.delete(municipality);
    return { began, ended };
  }
}

export function addMissWatch(app: FastifyInstance): void {
  app.decorate('missWatch', new MissWatch());
}

/** Reads what all processes have counted: a gauge for each municipality, and a line in the log when an alarm begins or ends. */
export async function watchMisses(app: FastifyInstance, tracking: Tracking): Promise<void> {
  const counts = await tracking.countMisses();
  const { recentMisses } = app.metrics;
  recentMisses.reset();
  for (const { municipality, misses } of counts) recentMisses.set({ municipality }, misses);
  const { began, ended } = app.missWatch.take(counts);
  for (const municipality of began) {
    const misses = counts.find((count) => count.municipality === municipality)?.misses;
    app.log.warn({ alarm: 'tracking.misses', municipality, misses }, 'many tracking codes that fit nothing: somebody may be guessing');
  }
  for (const municipality of ended) app.log.info({ alarm: 'tracking.misses', municipality }, 'tracking codes are no longer guessed');
}
