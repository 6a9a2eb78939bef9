import type { Operator, Operators } from '../compiler.js';
import { compilePair, ofTwo } from '../compiler.js';
import { parseDate } from '../dates.js';
import type { Result } from '../unknown.js';
import { boundsOf, either, fault } from '../unknown.js';

/** An order of numbers, or of dates as they are written. Unknown numbers are compared when all that they may be compares alike. */
function ordering(isStrict: boolean, isTurned: boolean): Operator {
  const isBelow = (left: Result, right: Result): boolean => (isStrict ? (left as number) < (right as number) : (left as number) <= (right as number));
  return (argument, compiler) => {
    const [first, second] = compilePair(argument, compiler);
    // Most limits are written down.
    const limit: unknown = Array.isArray(argument) ? argument[1] : undefined;
    const fixed = Number.isSafeInteger(limit) ? (limit as number) : undefined;
    return (run) => {
      const one = first(run);
      const other = fixed ?? second(run);
      const left = isTurned ? other : one;
      const right = isTurned ? one : other;
      if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return isBelow(left, right);
      const unknown = either(left, right);
      if (unknown === undefined) return parseDate(left) === null || parseDate(right) === null ? fault('comparisonOfUnlike') : isBelow(left, right);
      const [a, b] = [boundsOf(left), boundsOf(right)];
      const result = isBelow(a.least, b.most);
      return unknown.mayVanish || result !== isBelow(a.most, b.least) ? unknown : result;
    };
  };
}

function equality(wanted: boolean): Operator {
  return ofTwo((left, right) => {
    if (typeof left === typeof right && isExact(left) && isExact(right)) return (left === right) === wanted;
    const unknown = either(left, right);
    if (unknown === undefined) return fault('comparisonOfUnlike');
    const [one, other] = [boundsOf(left), boundsOf(right)];
    return unknown.mayVanish || (one.most >= other.least && one.least <= other.most) ? unknown : !wanted;
  });
}

function isExact(value: Result): boolean {
  return typeof value === 'number' ? Number.isSafeInteger(value) : typeof value !== 'object';
}

export const COMPARISON_OPERATORS: Operators = {
  '<': ordering(true, false),
  '<=': ordering(false, false),
  '>': ordering(true, true),
  '>=': ordering(false, true),
  '==': equality(true),
  '!=': equality(false),
  /** Is the left among the list on the right? */
  in: ofTwo((left, right) => either(left, right) ?? (Array.isArray(right) && typeof left !== 'object' ? right.includes(left) : fault('listExpected'))),
};
