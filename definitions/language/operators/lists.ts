import type { Cell, Compiler, Node, Operator } from '../compiler.js';
import { compile, faulty, part, pathOfElement, withScope } from '../compiler.js';
import type { Run } from '../run.js';
import { STEPS_MAX } from '../run.js';
import type { Value } from '../situation.js';
import type { Result } from '../unknown.js';
import { NOT_APPLICABLE, Unknown, VANISHING, boundsOf, clamp, fault, isNotApplicable, join, withBounds } from '../unknown.js';
import { exact, whole } from './numbers.js';

/** What is asked of the elements: does one settle it (`some`, `all`, `none`), or how much are they together? */
interface Question {
  /** The condition's value that settles it, and what it is then; absent for a sum. */
  readonly decisive?: boolean;
  readonly settled?: boolean;
  /** Of a `count` each element is worth 1. */
  readonly isCount?: boolean;
}

/** `member.cars` inside `household` is `household.cars`. */
function shapeOf(path: string, { scope }: Compiler): string | undefined {
  const [head = '', ...rest] = path.split('.');
  const named = scope.get(head);
  if (named === undefined) return path;
  return named.shape === undefined ? undefined : [named.shape, ...rest].join('.');
}

/** Path of the list as it stands in this run: the name of an outer element becomes that element's path. */
function pathOf(path: string, compiler: Compiler): string {
  const [head = '', ...rest] = path.split('.');
  const named = compiler.scope.get(head);
  return named === undefined ? path : [pathOfElement(named.cell), ...rest].join('.');
}

/** The list, or what stands in its place. An unknown list may hold anything, or not apply. */
function listOf(list: Result): readonly Value[] | Unknown {
  if (list instanceof Unknown) return isNotApplicable(list) ? NOT_APPLICABLE : withBounds(list, VANISHING);
  return Array.isArray(list) ? (list as readonly Value[]) : fault('listExpected');
}

/** `{"of": list, "as": name, "where"?: condition, "value"?: number}`. What does not apply to an element does not count. */
function compileWalk(argument: unknown, { compiler, question }: { compiler: Compiler; question: Question }): Node {
  const of = part(argument, 'of');
  const name = part(argument, 'as');
  const given = part(of, 'var');
  const path = typeof given === 'string' ? given : '';
  if (typeof name !== 'string') return faulty('expressionMalformed');
  const isFixed = path !== '' && !compiler.scope.has(path.split('.')[0] ?? '');
  const { cell, compiler: inner } = withScope(compiler, name, { shape: path === '' ? undefined : shapeOf(path, compiler), isFixed });
  const [whereGiven, valueGiven] = [part(argument, 'where'), part(argument, 'value')];
  const isSum = question.decisive === undefined && question.isCount !== true;
  if (isSum ? valueGiven === undefined : whereGiven === undefined) return faulty('expressionMalformed');
  const where = whereGiven === undefined ? undefined : compile(whereGiven, inner);
  const visit = question.decisive === undefined ? addUp({ where, value: isSum ? compile(valueGiven, inner) : undefined }) : settle(where ?? faulty('expressionMalformed'), question);
  const listNode = compile(of, compiler);
  return (run) => {
    const list = listOf(listNode(run));
    if (list instanceof Unknown) return list;
    run.steps += list.length;
    if (run.steps > STEPS_MAX) return fault('budgetSpent');
    cell.list = isFixed ? path : pathOf(path, compiler);
    const result = visit(run, list, cell);
    cell.value = undefined;
    return result;
  };
}

type Visit = (run: Run, list: readonly Value[], cell: Cell) => Result;

function settle(where: Node, { decisive, settled = true }: Question): Visit {
  return (run, list, cell) => {
    let unknown: Unknown | undefined;
    for (let position = 0; position < list.length; position += 1) {
      cell.value = list[position];
      cell.position = position;
      const result = where(run);
      if (result === decisive) return settled;
      if (typeof result !== 'boolean') unknown = joined(unknown, result instanceof Unknown ? result : fault('conditionNotBoolean'));
    }
    return unknown ?? !settled;
  };
}

function joined(unknown: Unknown | undefined, other: Unknown): Unknown | undefined {
  if (other.because === 'notApplicable') return unknown;
  return unknown === undefined ? other : join(unknown, other);
}

/** The sum of the values (or of 1) of those that satisfy; a member that may be one, or a value that may vanish, may add nothing. */
function addUp({ where, value }: { where: Node | undefined; value: Node | undefined }): Visit {
  return (run, list, cell) => {
    let [total, least, most] = [0, 0, 0];
    let unknown: Unknown | undefined;
    for (let position = 0; position < list.length; position += 1) {
      cell.value = list[position];
      cell.position = position;
      const isMember = where === undefined ? true : where(run);
      if (isMember === false || isNotApplicable(isMember)) continue;
      const amount = value === undefined ? 1 : whole(value(run));
      if (isMember === true && typeof amount === 'number') {
        total += amount;
        continue;
      }
      if (isNotApplicable(amount)) continue;
      const bounds = boundsOf(amount);
      const isSure = isMember === true && !bounds.mayVanish;
      least += isSure ? bounds.least : Math.min(0, bounds.least);
      most += isSure ? bounds.most : Math.max(0, bounds.most);
      if (isMember !== true) unknown = joined(unknown, isMember instanceof Unknown ? isMember : fault('conditionNotBoolean'));
      if (amount instanceof Unknown) unknown = joined(unknown, amount);
    }
    if (unknown === undefined) return exact(total);
    return withBounds(unknown, clamp({ least: total + least, most: total + most, mayVanish: false }));
  };
}

function compileLength(argument: unknown, compiler: Compiler): Node {
  const node = compile(argument, compiler);
  return (run) => {
    const list = listOf(node(run));
    return list instanceof Unknown ? list : list.length;
  };
}

const QUESTIONS: { readonly [name: string]: Question } = {
  some: { decisive: true, settled: true },
  all: { decisive: false, settled: false },
  none: { decisive: true, settled: false },
  count: { isCount: true },
  sum: {},
};

export const LIST_OPERATORS: readonly Operator[] = [
  ...Object.entries(QUESTIONS).map(([name, question]) => ({ name, compile: (argument: unknown, compiler: Compiler) => compileWalk(argument, { compiler, question }) })),
  { name: 'length', compile: compileLength },
];
