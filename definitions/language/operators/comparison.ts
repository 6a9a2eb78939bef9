import type { Compiler, Node, Operator } from '../compiler.js';
import { compilePair } from '../compiler.js';
import { parseDate } from '../dates.js';
import type { Result } from '../unknown.js';
import { NOT_APPLICABLE, UNBOUNDED, Unknown, VANISHING, boundsOf, fault, isNotApplicable, join, withBounds } from '../unknown.js';

/** What can be said of two ranges: undefined where they do not suffice. */
type Decides = (left: Range, right: Range) => boolean | undefined;

interface Range {
  readonly least: number;
  readonly most: number;
}

const isBelow: Decides = (left, right) => (left.most < right.least ? true : left.least >= right.most ? false : undefined);
const isAtMost: Decides = (left, right) => (left.most <= right.least ? true : left.least > right.most ? false : undefined);
const isEqual: Decides = (left, right) => (areApart(left, right) ? false : undefined);
const isUnequal: Decides = (left, right) => (areApart(left, right) ? true : undefined);

function areApart(left: Range, right: Range): boolean {
  return left.most < right.least || left.least > right.most;
}

function unknownOf(left: Result, right: Result): Unknown | undefined {
  if (!(left instanceof Unknown)) return right instanceof Unknown ? right : undefined;
  return right instanceof Unknown ? join(left, right) : left;
}

/** One side is unknown: its bounds may suffice, unless it may still turn out not applicable. */
function compareUnknown(decides: Decides, [left, right]: readonly [Result, Result]): Result | undefined {
  const unknown = unknownOf(left, right);
  if (unknown === undefined) return undefined;
  if (isNotApplicable(left) || isNotApplicable(right)) return NOT_APPLICABLE;
  const [one, other] = [boundsOf(left), boundsOf(right)];
  if (one.mayVanish || other.mayVanish) return withBounds(unknown, VANISHING);
  return (isNumeric(left) && isNumeric(right) ? decides(one, other) : undefined) ?? withBounds(unknown, UNBOUNDED);
}

function isNumeric(result: Result): boolean {
  return result instanceof Unknown || (typeof result === 'number' && Number.isSafeInteger(result));
}

/** `<` and `<=`; the other two are these with their sides exchanged. */
function compileOrder(argument: unknown, { compiler, isStrict, isTurned }: { compiler: Compiler; isStrict: boolean; isTurned: boolean }): Node {
  const [first, second] = compilePair(argument, compiler);
  const decides = isStrict ? isBelow : isAtMost;
  const limit: unknown = Array.isArray(argument) ? argument[1] : undefined;
  const fixed = Number.isSafeInteger(limit) ? (limit as number) : undefined;
  return (run) => {
    const one = first(run);
    const other = fixed ?? second(run);
    const left = isTurned ? other : one;
    const right = isTurned ? one : other;
    if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return isStrict ? (left as number) < (right as number) : (left as number) <= (right as number);
    const unknown = compareUnknown(decides, [left, right]);
    if (unknown !== undefined) return unknown;
    if (parseDate(left) !== null && parseDate(right) !== null) return isStrict ? (left as string) < (right as string) : (left as string) <= (right as string);
    return fault('comparisonOfUnlike');
  };
}

function compileEquality(argument: unknown, { compiler, wanted }: { compiler: Compiler; wanted: boolean }): Node {
  const [leftNode, rightNode] = compilePair(argument, compiler);
  const decides = wanted ? isEqual : isUnequal;
  return (run) => {
    const left = leftNode(run);
    const right = rightNode(run);
    if (typeof left === 'object' || typeof right === 'object') return compareUnknown(decides, [left, right]) ?? fault('comparisonOfUnlike');
    if (typeof left !== typeof right || !isExact(left) || !isExact(right)) return fault('comparisonOfUnlike');
    return (left === right) === wanted;
  };
}

function isExact(value: boolean | number | string): boolean {
  return typeof value !== 'number' || Number.isSafeInteger(value);
}

/** Is the left among the list on the right? */
function compileIn(argument: unknown, compiler: Compiler): Node {
  const [leftNode, rightNode] = compilePair(argument, compiler);
  return (run) => {
    const left = leftNode(run);
    const right = rightNode(run);
    if (isNotApplicable(left) || isNotApplicable(right)) return NOT_APPLICABLE;
    const unknown = unknownOf(left, right);
    if (unknown !== undefined) return unknown;
    if (!Array.isArray(right) || typeof left === 'object') return fault('listExpected');
    return (right as readonly unknown[]).includes(left);
  };
}

const ORDERS = [
  { name: '<', isStrict: true, isTurned: false },
  { name: '<=', isStrict: false, isTurned: false },
  { name: '>', isStrict: true, isTurned: true },
  { name: '>=', isStrict: false, isTurned: true },
];

export const COMPARISON_OPERATORS: readonly Operator[] = [
  ...ORDERS.map(({ name, ...order }) => ({ name, compile: (argument: unknown, compiler: Compiler) => compileOrder(argument, { compiler, ...order }) })),
  { name: '==', compile: (argument, compiler) => compileEquality(argument, { compiler, wanted: true }) },
  { name: '!=', compile: (argument, compiler) => compileEquality(argument, { compiler, wanted: false }) },
  { name: 'in', compile: compileIn },
];
