import type { Change } from '#definitions/check/changes.js';
import { writeLine } from './print.js';

/** Changes one below the other: the class, what, and what it means for whom. */
export function writeChanges(changes: readonly Change[]): void {
  for (const { class: kind, what, behaviour } of changes) {
    writeLine(`${kind.padEnd(17)} ${what}`);
    writeLine(`${''.padEnd(17)} ${Object.entries(behaviour).map(([stage, does]) => `${stage}: ${String(does)}`).join(', ')}`);
  }
}
