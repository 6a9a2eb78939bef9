import type { UnknownKind, Value } from './situation.js';
import { UNKNOWN_KINDS } from './situation.js';

/**
 * A value that is not known, inside the evaluator.
 * `least` and `most` bound the number that it will turn out to be. `mayVanish` says that it may instead turn out to be
 * not applicable; without it, bounds could decide too early.
 */
export class Unknown {
  readonly because: UnknownKind;
  readonly paths: readonly string[];
  readonly least: number;
  readonly most: number;
  readonly mayVanish: boolean;

  constructor(because: UnknownKind, paths: readonly string[], bounds: Bounds = UNBOUNDED) {
    this.because = because;
    this.paths = paths;
    this.least = bounds.least;
    this.most = bounds.most;
    this.mayVanish = bounds.mayVanish;
  }
}

export interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly mayVanish: boolean;
}

export type Result = Value | Unknown;

export const UNBOUNDED: Bounds = { least: -Infinity, most: Infinity, mayVanish: false };
export const VANISHING: Bounds = { least: -Infinity, most: Infinity, mayVanish: true };
export const NOT_APPLICABLE = new Unknown('notApplicable', [], VANISHING);

export function fault(code: string): Unknown {
  return new Unknown('fault', [code]);
}

export function isNotApplicable(result: Result): boolean {
  return result instanceof Unknown && result.because === 'notApplicable';
}

/** Both unknowns as one: the more urgent kind, all paths. Tighter bounds are the caller's, for only it knows the operation. */
export function join(left: Unknown, right: Unknown): Unknown {
  const bounds = left.mayVanish || right.mayVanish ? VANISHING : UNBOUNDED;
  const because = UNKNOWN_KINDS.indexOf(left.because) >= UNKNOWN_KINDS.indexOf(right.because) ? left.because : right.because;
  return new Unknown(because, union(left.paths, right.paths), bounds);
}

export function withBounds(unknown: Unknown, bounds: Bounds): Unknown {
  return new Unknown(unknown.because, unknown.paths, bounds);
}

function union(left: readonly string[], right: readonly string[]): readonly string[] {
  const added = right.filter((path) => !left.includes(path));
  return added.length === 0 ? left : [...left, ...added];
}

/** Bounds of a number that is known, or may become known. One that is not whole will be a fault, and bounds nothing. */
export function boundsOf(result: Result): Bounds {
  if (Number.isSafeInteger(result)) return { least: result as number, most: result as number, mayVanish: false };
  return result instanceof Unknown ? result : UNBOUNDED;
}

/** Bounds of a value that is one of these. What is not applicable has no number, but may be what it turns out to be. */
export function hull(results: readonly Result[]): Bounds {
  let [least, most, mayVanish] = [Infinity, -Infinity, false];
  for (const result of results) {
    const bounds = boundsOf(result);
    if (bounds.mayVanish) mayVanish = true;
    if (isNotApplicable(result)) continue;
    least = Math.min(least, bounds.least);
    most = Math.max(most, bounds.most);
  }
  return least > most ? VANISHING : { least, most, mayVanish };
}

/** Beyond the safe integers a bound says no more than "very large". */
export function clamp({ least, most, mayVanish }: Bounds): Bounds {
  return {
    least: Number.isNaN(least) || least < -Number.MAX_SAFE_INTEGER ? -Infinity : Math.min(least, Number.MAX_SAFE_INTEGER),
    most: Number.isNaN(most) || most > Number.MAX_SAFE_INTEGER ? Infinity : Math.max(most, -Number.MAX_SAFE_INTEGER),
    mayVanish,
  };
}
