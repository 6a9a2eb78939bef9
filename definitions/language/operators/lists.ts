import type { Compiler, Node, Operator } from '../compiler.js';
import { compile, faulty, part, withScope } from '../compiler.js';
import type { Run } from '../run.js';
import { step } from '../run.js';
import type { Value } from '../situation.js';
import type { Bounds, Result } from '../unknown.js';
import { NOT_APPLICABLE, Unknown, VANISHING, boundsOf, clamp, fault, isNotApplicable, join, withBounds } from '../unknown.js';
import { exact, whole } from './arithmetic.js';

/** `{"of": list, "as": name, "where"?: condition, "value"?: number}`, compiled. */
interface Walk {
  readonly list: Node;
  readonly listPath: string;
  readonly slot: number;
  readonly where: Node | undefined;
  readonly value: Node | undefined;
}

function compileWalk(argument: unknown, compiler: Compiler): Walk | undefined {
  const of = part(argument, 'of');
  const name = part(argument, 'as');
  if (of === undefined || typeof name !== 'string') return undefined;
  const path = part(of, 'var');
  const scoped = withScope(compiler, name, typeof path === 'string' ? shapeOf(path, compiler) : undefined);
  const inner = (expression: unknown): Node | undefined => (expression === undefined ? undefined : compile(expression, scoped.compiler));
  return {
    list: compile(of, compiler),
    listPath: typeof path === 'string' ? path : '',
    slot: scoped.slot,
    where: inner(part(argument, 'where')),
    value: inner(part(argument, 'value')),
  };
}

/** `member.cars` inside `household` is `household.cars`. */
function shapeOf(path: string, { scope }: Compiler): string | undefined {
  const [head = '', ...rest] = path.split('.');
  const named = scope.get(head);
  if (named === undefined) return path;
  return named.shape === undefined ? undefined : [named.shape, ...rest].join('.');
}

/** The list, or what stands in its place. An unknown list may hold anything, or not apply. */
function listOf(run: Run, walk: Walk): readonly Value[] | Unknown {
  const list = walk.list(run);
  if (list instanceof Unknown) return isNotApplicable(list) ? NOT_APPLICABLE : withBounds(list, VANISHING);
  return Array.isArray(list) ? (list as readonly Value[]) : fault('listExpected');
}

/** Path of the list as it stands in this run: the name of an outer element becomes that element's path. */
function pathOf(run: Run, { walk, compiler }: { walk: Walk; compiler: Compiler }): string {
  const [head = '', ...rest] = walk.listPath.split('.');
  const named = compiler.scope.get(head);
  return named === undefined ? walk.listPath : [run.elementPaths[named.slot] ?? '', ...rest].join('.');
}

/** Visits each element in order until `visit` answers true. A spent budget is a fault. */
function walkThrough(run: Run, { list, walk, compiler, visit }: { list: readonly Value[]; walk: Walk; compiler: Compiler; visit: (run: Run) => boolean }): Unknown | undefined {
  const { slot } = walk;
  const path = pathOf(run, { walk, compiler });
  for (let position = 0; position < list.length; position += 1) {
    const spent = step(run);
    if (spent instanceof Unknown) return spent;
    run.elements[slot] = list[position] as Value;
    run.elementPaths[slot] = `${path}.${position}`;
    if (visit(run)) return undefined;
  }
  return undefined;
}

/** `some`, `all`, `none`: one element that is `decisive` settles it. What is not applicable to an element does not count. */
function compileQuantifier(argument: unknown, { compiler, decisive, settled }: { compiler: Compiler; decisive: boolean; settled: boolean }): Node {
  const walk = compileWalk(argument, compiler);
  const where = walk?.where;
  if (walk === undefined || where === undefined) return faulty('expressionMalformed');
  return (run) => {
    const list = listOf(run, walk);
    if (list instanceof Unknown) return list;
    let unknown: Unknown | undefined;
    let isSettled = false;
    const spent = walkThrough(run, {
      list,
      walk,
      compiler,
      visit: () => {
        const result = truth(where(run));
        if (result === decisive) isSettled = true;
        else if (result instanceof Unknown && result.because !== 'notApplicable') unknown = unknown === undefined ? result : join(unknown, result);
        return isSettled;
      },
    });
    if (isSettled) return settled;
    return spent ?? unknown ?? !settled;
  };
}

function truth(result: Result): boolean | Unknown {
  return typeof result === 'boolean' || result instanceof Unknown ? result : fault('conditionNotBoolean');
}

/** A sum that grows element by element, with its bounds. */
class Tally {
  total = 0;
  least = 0;
  most = 0;
  unknown: Unknown | undefined;

  add(result: number | Unknown, isSure: boolean): void {
    const { least, most, mayVanish }: Bounds = boundsOf(result);
    if (typeof result === 'number') this.total += result;
    else this.unknown = this.unknown === undefined ? result : join(this.unknown, result);
    this.least += isSure && !mayVanish ? least : Math.min(0, least);
    this.most += isSure && !mayVanish ? most : Math.max(0, most);
  }

  because(unknown: Unknown): void {
    this.unknown = this.unknown === undefined ? unknown : join(this.unknown, unknown);
  }

  get result(): Result {
    if (this.unknown === undefined) return exact(this.total);
    return withBounds(this.unknown, clamp({ least: this.least, most: this.most, mayVanish: false }));
  }
}

/** `count` is the sum of 1 over the elements that satisfy; `sum` of a value over those that do (or over all). */
function compileTally(argument: unknown, { compiler, isCount }: { compiler: Compiler; isCount: boolean }): Node {
  const walk = compileWalk(argument, compiler);
  if (walk === undefined || (isCount ? walk.where : walk.value) === undefined) return faulty('expressionMalformed');
  const { where } = walk;
  const value = isCount ? (): Result => 1 : (walk.value as Node);
  return (run) => {
    const list = listOf(run, walk);
    if (list instanceof Unknown) return list;
    const tally = new Tally();
    const visit = (): boolean => {
      addElement(tally, { isMember: where === undefined || truth(where(run)), value: () => whole(value(run)) });
      return false;
    };
    return walkThrough(run, { list, walk, compiler, visit }) ?? tally.result;
  };
}

function addElement(tally: Tally, { isMember, value }: { isMember: boolean | Unknown; value: () => number | Unknown }): void {
  if (isMember === false || (isMember instanceof Unknown && isMember.because === 'notApplicable')) return;
  const amount = value();
  if (isNotApplicable(amount)) return;
  if (isMember === true) {
    tally.add(amount, true);
    return;
  }
  tally.because(isMember);
  tally.add(amount, false);
}

function compileLength(argument: unknown, compiler: Compiler): Node {
  const list = compile(argument, compiler);
  return (run) => {
    const result = list(run);
    if (result instanceof Unknown) return isNotApplicable(result) ? NOT_APPLICABLE : withBounds(result, VANISHING);
    return Array.isArray(result) ? result.length : fault('listExpected');
  };
}

export const LIST_OPERATORS: readonly Operator[] = [
  { name: 'some', compile: (argument, compiler) => compileQuantifier(argument, { compiler, decisive: true, settled: true }) },
  { name: 'all', compile: (argument, compiler) => compileQuantifier(argument, { compiler, decisive: false, settled: false }) },
  { name: 'none', compile: (argument, compiler) => compileQuantifier(argument, { compiler, decisive: true, settled: false }) },
  { name: 'count', compile: (argument, compiler) => compileTally(argument, { compiler, isCount: true }) },
  { name: 'sum', compile: (argument, compiler) => compileTally(argument, { compiler, isCount: false }) },
  { name: 'length', compile: compileLength },
];
