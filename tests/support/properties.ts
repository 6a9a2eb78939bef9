import fc from 'fast-check';

/**
 * How many times as many examples as usual, and each time others. `npm test` tries the same ones every time, so that a failure
 * is that of the change at hand; `npm run test:long` goes looking for what nobody thought of.
 */
const TIMES = Number(process.env['DIKTYO_TIMES'] ?? 1);

fc.configureGlobal({ numRuns: 100 * TIMES, ...(TIMES === 1 ? { seed: 20_180_723 } : {}) });

export function examples(count: number): { readonly numRuns: number } {
  return { numRuns: count * TIMES };
}

export { fc };
