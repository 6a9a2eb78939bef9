import type { Compiler, Operator, Operators } from '../compiler.js';
import { MALFORMED, compileAll, ofTwo } from '../compiler.js';
import { readOwn } from '../reading.js';
import type { Node } from '../run.js';
import type { Bounds, Unknown } from '../unknown.js';
import { NOT_APPLICABLE, UNBOUNDED, boundsOf, clamp, either, exact, fault, isNotApplicable, join, whole, withBounds } from '../unknown.js';

/** An operation on several numbers. What is not applicable is left out. */
interface Folding {
  readonly fold: (left: number, right: number) => number;
  /** Bounds of the whole from the bounds of two parts; `Vanishing` parts are already widened. */
  readonly bounds: (left: Bounds, right: Bounds) => Bounds;
}

function bounded(least: number, most: number): Bounds {
  return { least, most, mayVanish: false };
}

/** A summand that may vanish may turn out to be nothing. */
function alone({ least, most, mayVanish }: Bounds): Bounds {
  return mayVanish ? bounded(Math.min(least, 0), Math.max(most, 0)) : { least, most, mayVanish };
}

/** The smaller or larger of two, either of which may drop out and leave the other. */
function extreme(choose: (left: number, right: number) => number, [left, right]: readonly [Bounds, Bounds]): Bounds {
  const both = bounded(choose(left.least, right.least), choose(left.most, right.most));
  let { least, most } = both;
  if (right.mayVanish) [least, most] = [Math.min(least, left.least), Math.max(most, left.most)];
  if (left.mayVanish) [least, most] = [Math.min(least, right.least), Math.max(most, right.most)];
  return bounded(least, most);
}

function folding(operation: Folding): Operator {
  const { fold } = operation;
  return (argument, compiler) => {
    const nodes = compileAll(argument, compiler);
    return (run) => {
      let total: number | undefined;
      let unknown: Unknown | undefined;
      let bounds: Bounds | undefined;
      for (let position = 0; position < nodes.length; position += 1) {
        const result = whole((nodes[position] as Node)(run));
        if (typeof result === 'number') total = total === undefined ? result : fold(total, result);
        else if (!isNotApplicable(result)) {
          bounds = bounds === undefined ? result : foldBounds(operation, bounds, result);
          unknown = join(unknown, result);
        }
      }
      if (unknown === undefined || bounds === undefined) return total === undefined ? NOT_APPLICABLE : exact(total);
      return withBounds(unknown, clamp(total === undefined ? bounds : operation.bounds(bounds, boundsOf(total))));
    };
  };
}

/** Two unknown parts together vanish only when both do. */
function foldBounds({ bounds }: Folding, left: Bounds, right: Bounds): Bounds {
  return { ...bounds(left, right), mayVanish: left.mayVanish && right.mayVanish };
}

/** Left minus right; nothing is taken off when the right is not applicable. */
function minus(left: number | Unknown, right: number | Unknown): number | Unknown {
  if (typeof left === 'number' && typeof right === 'number') return exact(left - right);
  if (isNotApplicable(left)) return NOT_APPLICABLE;
  if (isNotApplicable(right)) return left;
  const [one, other] = [boundsOf(left), alone(boundsOf(right))];
  return withBounds(join(left, right) as Unknown, clamp({ least: one.least - other.most, most: one.most - other.least, mayVanish: one.mayVanish }));
}

function compileTimes(argument: unknown, compiler: Compiler): Node {
  const nodes = compileAll(argument, compiler);
  return (run) => {
    let product: number | Unknown = 1;
    for (const node of nodes) product = times(product, whole(node(run)));
    return product;
  };
}

export function times(left: number | Unknown, right: number | Unknown): number | Unknown {
  if (typeof left === 'number' && typeof right === 'number') return exact(left * right);
  if (isNotApplicable(left) || isNotApplicable(right)) return NOT_APPLICABLE;
  const [one, other] = [boundsOf(left), boundsOf(right)];
  const corners = [one.least, one.most].flatMap((a) => [other.least, other.most].map((b) => (a === 0 || b === 0 ? 0 : a * b)));
  return withBounds(join(left, right) as Unknown, clamp({ least: Math.min(...corners), most: Math.max(...corners), mayVanish: one.mayVanish || other.mayVanish }));
}

const ROUNDINGS = ['truncate', 'halfUp', 'halfEven', 'up'] as const;
type Rounding = (typeof ROUNDINGS)[number];

/**
 * Exact division to a whole number. `truncate` goes towards zero, `up` away from it, `halfUp` takes halves away from
 * zero (as bills are rounded), `halfEven` to the even neighbour.
 */
export function divideRounded(dividend: number, { by, rounding }: { by: number; rounding: Rounding }): number {
  const [numerator, divisor] = [BigInt(dividend), BigInt(by)];
  const quotient = numerator / divisor;
  const remainder = numerator % divisor;
  if (remainder === 0n) return Number(quotient);
  const away = numerator < 0n === divisor < 0n ? 1n : -1n;
  const twice = 2n * (remainder < 0n ? -remainder : remainder);
  const size = divisor < 0n ? -divisor : divisor;
  const roundsAway = rounding === 'up' || (rounding !== 'truncate' && (twice > size || (twice === size && (rounding === 'halfUp' || quotient % 2n !== 0n))));
  return Number(roundsAway ? quotient + away : quotient);
}

function compileDivide(argument: unknown, compiler: Compiler): Node {
  const rounding = ROUNDINGS.find((name) => name === readOwn(argument, 'rounding'));
  if (rounding === undefined) return MALFORMED;
  return ofTwo((of, divisor) => {
    const [dividend, by] = [whole(of), whole(divisor)];
    if (isNotApplicable(dividend) || isNotApplicable(by)) return NOT_APPLICABLE;
    if (by === 0) return withBounds(fault('divisionByZero'), { ...UNBOUNDED, mayVanish: boundsOf(dividend).mayVanish });
    const unknown = either(dividend, by);
    if (unknown === undefined) return exact(divideRounded(dividend as number, { by: by as number, rounding }));
    return typeof by === 'number' && by > 0 ? withBounds(unknown, quotientBounds(boundsOf(dividend), { by, rounding })) : unknown;
  })([readOwn(argument, 'of'), readOwn(argument, 'by')], compiler);
}

function quotientBounds({ least, most, mayVanish }: Bounds, division: { by: number; rounding: Rounding }): Bounds {
  return {
    least: Number.isFinite(least) ? divideRounded(least, division) : least,
    most: Number.isFinite(most) ? divideRounded(most, division) : most,
    mayVanish,
  };
}

export const ARITHMETIC_OPERATORS: Operators = {
  '+': folding({
    fold: (left, right) => left + right,
    bounds: (left, right) => bounded(alone(left).least + alone(right).least, alone(left).most + alone(right).most),
  }),
  min: folding({ fold: Math.min, bounds: (left, right) => extreme(Math.min, [left, right]) }),
  max: folding({ fold: Math.max, bounds: (left, right) => extreme(Math.max, [left, right]) }),
  '-': ofTwo((left, right) => minus(whole(left), whole(right))),
  '*': compileTimes,
  divRound: compileDivide,
};
