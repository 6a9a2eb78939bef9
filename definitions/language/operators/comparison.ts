import type { Compiler, Node, Operator } from '../compiler.js';
import { compilePair } from '../compiler.js';
import { parseDate } from '../dates.js';
import type { Result } from '../unknown.js';
import { NOT_APPLICABLE, UNBOUNDED, Unknown, VANISHING, boundsOf, fault, isNotApplicable, join, withBounds } from '../unknown.js';

/** An order relation: on values, and on bounds where they suffice (undefined: they do not). */
interface Relation {
  readonly name: string;
  readonly holds: (left: number | string, right: number | string) => boolean;
  readonly decides: (left: Range, right: Range) => boolean | undefined;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

const ORDER: readonly Relation[] = [
  { name: '<', holds: (left, right) => left < right, decides: (left, right) => (left.most < right.least ? true : left.least >= right.most ? false : undefined) },
  { name: '<=', holds: (left, right) => left <= right, decides: (left, right) => (left.most <= right.least ? true : left.least > right.most ? false : undefined) },
  { name: '>', holds: (left, right) => left > right, decides: (left, right) => (left.least > right.most ? true : left.most <= right.least ? false : undefined) },
  { name: '>=', holds: (left, right) => left >= right, decides: (left, right) => (left.least >= right.most ? true : left.most < right.least ? false : undefined) },
];

const EQUALITY: readonly Relation[] = [
  { name: '==', holds: (left, right) => left === right, decides: (left, right) => (areApart(left, right) ? false : undefined) },
  { name: '!=', holds: (left, right) => left !== right, decides: (left, right) => (areApart(left, right) ? true : undefined) },
];

function areApart(left: Range, right: Range): boolean {
  return left.most < right.least || left.least > right.most;
}

function unknownOf(left: Result, right: Result): Unknown | undefined {
  if (!(left instanceof Unknown)) return right instanceof Unknown ? right : undefined;
  return right instanceof Unknown ? join(left, right) : left;
}

/** One side is unknown: its bounds may suffice, unless it may still turn out not applicable. */
function compareUnknown(relation: Relation, [left, right]: readonly [Result, Result]): Result | undefined {
  const unknown = unknownOf(left, right);
  if (unknown === undefined) return undefined;
  if (isNotApplicable(left) || isNotApplicable(right)) return NOT_APPLICABLE;
  const [one, other] = [boundsOf(left), boundsOf(right)];
  if (one.mayVanish || other.mayVanish) return withBounds(unknown, VANISHING);
  return (isNumeric(left) && isNumeric(right) ? relation.decides(one, other) : undefined) ?? withBounds(unknown, UNBOUNDED);
}

function isNumeric(result: Result): boolean {
  return result instanceof Unknown || (typeof result === 'number' && Number.isSafeInteger(result));
}

function compileOrder(argument: unknown, { compiler, relation }: { compiler: Compiler; relation: Relation }): Node {
  const [leftNode, rightNode] = compilePair(argument, compiler);
  const { holds } = relation;
  return (run) => {
    const left = leftNode(run);
    const right = rightNode(run);
    if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return holds(left as number, right as number);
    const unknown = compareUnknown(relation, [left, right]);
    if (unknown !== undefined) return unknown;
    if (parseDate(left) !== null && parseDate(right) !== null) return holds(left as string, right as string);
    return fault('comparisonOfUnlike');
  };
}

function compileEquality(argument: unknown, { compiler, relation }: { compiler: Compiler; relation: Relation }): Node {
  const [leftNode, rightNode] = compilePair(argument, compiler);
  const { holds } = relation;
  return (run) => {
    const left = leftNode(run);
    const right = rightNode(run);
    if (typeof left === 'object' || typeof right === 'object') return compareUnknown(relation, [left, right]) ?? fault('comparisonOfUnlike');
    if (typeof left !== typeof right || !isExact(left) || !isExact(right)) return fault('comparisonOfUnlike');
    return holds(left as string, right as string);
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

export const COMPARISON_OPERATORS: readonly Operator[] = [
  ...ORDER.map((relation) => ({ name: relation.name, compile: (argument: unknown, compiler: Compiler) => compileOrder(argument, { compiler, relation }) })),
  ...EQUALITY.map((relation) => ({ name: relation.name, compile: (argument: unknown, compiler: Compiler) => compileEquality(argument, { compiler, relation }) })),
  { name: 'in', compile: compileIn },
];
