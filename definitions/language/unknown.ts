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

  constructor(because: UnknownKind, paths: readonly string[], { least, most, mayVanish }: Bounds = UNBOUNDED) {
    this.because = because;
    this.paths = paths;
    this.least = least;
    this.most = most;
    this.mayVanish = mayVanish;
  }
}

export interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly mayVanish: boolean;
}

export type Result = Value | Unknown;

export const UNBOUNDED: Bounds = { least: -Infinity, most: Infinity, mayVanish: false };
export const VANISHING: Bounds = { ...UNBOUNDED, mayVanish: true };
export const NOT_APPLICABLE = new Unknown('notApplicable', [], VANISHING);

export function fault(code: string): Unknown {
  return new Unknown('fault', [code]);
}

export function isNotApplicable(result: unknown): boolean {
  return result instanceof Unknown && result.because === 'notApplicable';
}

/** A condition's result, or a fault when it is no condition. */
export function truth(result: Result): boolean | Unknown {
  return typeof result === 'boolean' || result instanceof Unknown ? result : fault('conditionNotBoolean');
}

/** A whole number, or why there is none. */
export function whole(result: Result): number | Unknown {
  return Number.isSafeInteger(result) || result instanceof Unknown ? (result as number | Unknown) : fault('numberNotWhole');
}

/**
 * What is unknown of the two, if anything is: of both the more urgent kind and all paths, within no bounds. Tighter ones
 * are the caller's, for only it knows the operation.
 */
export function join(left: Unknown, right: unknown): Unknown;
export function join(left: unknown, right: unknown): Unknown | undefined;
export function join(left: unknown, right: unknown): Unknown | undefined {
  if (!(left instanceof Unknown)) return right instanceof Unknown ? right : undefined;
  if (!(right instanceof Unknown)) return left;
  const { because } = UNKNOWN_KINDS.indexOf(left.because) < UNKNOWN_KINDS.indexOf(right.because) ? right : left;
  return new Unknown(because, [...new Set([...left.paths, ...right.paths])], left.mayVanish || right.mayVanish ? VANISHING : UNBOUNDED);
}

/** Of an operator that needs both: nothing if both are known; not applicable if one is; otherwise unknown, within no bounds. */
export function either(left: unknown, right: unknown): Unknown | undefined {
  if (isNotApplicable(left) || isNotApplicable(right)) return NOT_APPLICABLE;
  const unknown = join(left, right);
  return unknown && withBounds(unknown, unknown.mayVanish ? VANISHING : UNBOUNDED);
}

export function withBounds({ because, paths }: Unknown, bounds: Bounds): Unknown {
  return new Unknown(because, paths, bounds);
}

/** Bounds of a number that is known, or may become known. One that is not whole will be a fault, and bounds nothing. */
export function boundsOf(result: unknown): Bounds {
  if (Number.isSafeInteger(result)) return { least: result as number, most: result as number, mayVanish: false };
  return result instanceof Unknown ? result : UNBOUNDED;
}

/** Bounds of a value that is one of these. What is not applicable has no number, but may be what it turns out to be. */
export function hull(results: readonly Result[]): Bounds {
  const mayVanish = results.some((result) => boundsOf(result).mayVanish);
  const numbers = results.filter((result) => !isNotApplicable(result)).map(boundsOf);
  return numbers.length === 0 ? VANISHING : { least: Math.min(...numbers.map(({ least }) => least)), most: Math.max(...numbers.map(({ most }) => most)), mayVanish };
}

/** Beyond the safe integers a bound says no more than "very large". */
export function clamp({ least, most, mayVanish }: Bounds): Bounds {
  const max = Number.MAX_SAFE_INTEGER;
  return { least: least >= -max ? Math.min(least, max) : -Infinity, most: most <= max ? Math.max(most, -max) : Infinity, mayVanish };
}

/** A result beyond the safe integers is a fault: it cannot be told exactly. */
export function exact(number: number): number | Unknown {
  // Minus zero plus zero is zero.
  return Number.isSafeInteger(number) ? number + 0 : withBounds(fault('numberOverflow'), clamp({ least: number, most: number, mayVanish: false }));
}
