import type { Compiler, Node, Operator } from '../compiler.js';
import { compilePair } from '../compiler.js';
import type { CivilDate } from '../dates.js';
import { dayNumber, monthsBetween, parseDate, yearsBetween } from '../dates.js';
import type { Result } from '../unknown.js';
import { NOT_APPLICABLE, Unknown, VANISHING, fault, isNotApplicable, join, withBounds } from '../unknown.js';

export function dateOf(result: Result): CivilDate | Unknown {
  return result instanceof Unknown ? result : (parseDate(result) ?? fault('dateMalformed'));
}

/** The unknown of two operands, of which at least one is unknown. */
export function unknownOf(left: unknown, right: unknown): Unknown {
  if (isNotApplicable(left as Result) || isNotApplicable(right as Result)) return NOT_APPLICABLE;
  if (left instanceof Unknown) return withBounds(right instanceof Unknown ? join(left, right) : left, VANISHING);
  return withBounds(right as Unknown, VANISHING);
}

function compileDistance(argument: unknown, { compiler, measure }: { compiler: Compiler; measure: (from: CivilDate, to: CivilDate) => number }): Node {
  const [fromNode, toNode] = compilePair(argument, compiler);
  return (run) => {
    const from = dateOf(fromNode(run));
    const to = dateOf(toNode(run));
    return from instanceof Unknown || to instanceof Unknown ? unknownOf(from, to) : measure(from, to);
  };
}

/** How far one date is from another. */
export const DISTANCE_OPERATORS: readonly Operator[] = [
  { name: 'ageAt', compile: (argument, compiler) => compileDistance(argument, { compiler, measure: yearsBetween }) },
  { name: 'monthsBetween', compile: (argument, compiler) => compileDistance(argument, { compiler, measure: monthsBetween }) },
  { name: 'daysBetween', compile: (argument, compiler) => compileDistance(argument, { compiler, measure: (from, to) => dayNumber(to) - dayNumber(from) }) },
];
