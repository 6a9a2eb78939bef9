import type { Result } from '../unknown.js';
import { Unknown, clamp, fault, withBounds } from '../unknown.js';

/** A whole number, or why there is none. */
export function whole(result: Result): number | Unknown {
  if (Number.isSafeInteger(result)) return result as number;
  return result instanceof Unknown ? result : fault('numberNotWhole');
}

/** A result beyond the safe integers is a fault: it cannot be told exactly. */
export function exact(number: number): number | Unknown {
  if (Number.isSafeInteger(number)) return number === 0 ? 0 : number;
  return withBounds(fault('numberOverflow'), clamp({ least: number, most: number, mayVanish: false }));
}
