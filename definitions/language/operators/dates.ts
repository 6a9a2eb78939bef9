import type { Compiler, Node, Operator } from '../compiler.js';
import { compile, compilePair, faulty, part } from '../compiler.js';
import type { CivilDate } from '../dates.js';
import { dayNumber, formatDate, monthsBetween, moveDate, parseDate, yearsBetween } from '../dates.js';
import type { Result } from '../unknown.js';
import { NOT_APPLICABLE, Unknown, VANISHING, fault, isNotApplicable, join, withBounds } from '../unknown.js';
import { whole } from './arithmetic.js';

function dateOf(result: Result): CivilDate | Unknown {
  return result instanceof Unknown ? result : (parseDate(result) ?? fault('dateMalformed'));
}

/** The unknown of two operands, of which at least one is unknown. */
function unknownOf(left: unknown, right: unknown): Unknown {
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

const UNITS = ['days', 'months', 'years'] as const;

function compileDateAdd(argument: unknown, compiler: Compiler): Node {
  const unit = UNITS.find((name) => name === part(argument, 'unit'));
  if (unit === undefined) return faulty('expressionMalformed');
  const dateNode = compile(part(argument, 'to'), compiler);
  const amountNode = compile(part(argument, 'amount'), compiler);
  return (run) => {
    const date = dateOf(dateNode(run));
    const amount = whole(amountNode(run));
    if (date instanceof Unknown || amount instanceof Unknown) return unknownOf(date, amount);
    const moved = moveDate(date, { amount, unit });
    return moved === null ? fault('dateOutOfRange') : formatDate(moved);
  };
}

export const DATE_OPERATORS: readonly Operator[] = [
  { name: 'ageAt', compile: (argument, compiler) => compileDistance(argument, { compiler, measure: yearsBetween }) },
  { name: 'monthsBetween', compile: (argument, compiler) => compileDistance(argument, { compiler, measure: monthsBetween }) },
  { name: 'daysBetween', compile: (argument, compiler) => compileDistance(argument, { compiler, measure: (from, to) => dayNumber(to) - dayNumber(from) }) },
  { name: 'dateAdd', compile: compileDateAdd },
];
