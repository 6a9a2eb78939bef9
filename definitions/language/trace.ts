import type { Read } from './decision.js';
import type { ReadSource } from './run.js';
import type { Value } from './situation.js';

/** The flat trace of a run as a list, each source once, in the order of the first reading. */
export function readsOf(trace: readonly unknown[]): readonly Read[] {
  const reads: Read[] = [];
  const seen = new Set<ReadSource>();
  for (let position = 0; position < trace.length; position += 2) {
    const source = trace[position] as ReadSource;
    if (seen.has(source)) continue;
    seen.add(source);
    const value = trace[position + 1] as Value;
    reads.push(typeof source === 'string' ? { path: source, value } : { ...source, value });
  }
  return reads;
}
