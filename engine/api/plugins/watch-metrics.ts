import type { WatchState } from '#engine/contract/watch.js';
import type { Registry } from 'prom-client';
import { Gauge } from 'prom-client';

/** Figures of the record, the same from every process: a sum over processes would count them several times. Nothing of any case or place. */
const FIGURES: readonly { readonly name: string; readonly help: string; readonly read: (watch: WatchState) => number | undefined }[] = [
  { name: 'held', help: '1 while a relay keeps watch over the workflows of cases', read: ({ isHeld }) => Number(isHeld) },
  { name: 'hurrying', help: '1 while every case is compared with Temporal at once, because it has lost its data or got old ones back', read: ({ isUrgent }) => Number(isUrgent) },
  { name: 'cases_checked', help: 'Cases compared with Temporal since the beginning, each in each round', read: ({ looked }) => looked },
  { name: 'cases_resumed', help: 'Cases without a workflow that were taken up again from the record', read: ({ resumed }) => resumed },
  { name: 'cases_mended', help: 'Workflows that had missed something and were sent to the record', read: ({ mended }) => mended },
  { name: 'rounds', help: 'Rounds over all cases that have ended', read: ({ rounds }) => rounds },
  { name: 'round_age_seconds', help: 'Since the last round over all cases ended', read: ({ roundAgeSeconds }) => roundAgeSeconds },
];

/**
 * @returns reads the figures anew. What is not known is not there: no watch was ever kept, its first round has not ended, or the
 *   database does not answer.
 */
export function addWatchMetrics(registry: Registry, describeWatch: () => Promise<WatchState | null>): () => Promise<void> {
  const gauges = FIGURES.map(({ name, help, read }) => ({ gauge: new Gauge({ name: `diktyo_watch_${name}`, help, registers: [registry] }), read }));
  return async () => {
    const watch = await describeWatch().catch(() => null);
    for (const { gauge, read } of gauges) {
      const figure = watch === null ? undefined : read(watch);
      if (figure === undefined) gauge.remove();
      else gauge.set(figure);
    }
  };
}
