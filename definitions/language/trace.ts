import type { Read } from './decision.js';
import type { ReadSource, Run } from './run.js';
import type { Value } from './situation.js';

/** The flat trace of a run as a list, each source once, in the order of the first reading. */
export function readsOf({ reads: trace, readCount }: Run): readonly Read[] {
  const reads: Read[] = [];
  const seen = new Set<string>();
  for (let position = 0; position < readCount; position += 2) {
    const source = trace[position] as ReadSource;
    const key = typeof source === 'string' ? source : JSON.stringify(source);
    if (seen.has(key)) continue;
    seen.add(key);
    const value = trace[position + 1] as Value;
    reads.push(typeof source === 'string' ? { path: source, value } : { ...source, value });
  }
  return reads;
}
