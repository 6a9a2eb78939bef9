import type { Operator, Operators } from '../compiler.js';
import { MALFORMED, compile, ofOne, targetOf, withScope } from '../compiler.js';
import { readOwn } from '../reading.js';
import type { Cell, Node, Run } from '../run.js';
import { STEPS_MAX } from '../run.js';
import type { Value } from '../situation.js';
import type { Result } from '../unknown.js';
import { Unknown, VANISHING, boundsOf, clamp, exact, fault, isNotApplicable, join, truth, whole, withBounds } from '../unknown.js';

/** The list, or what stands in its place. An unknown list may hold anything, or not apply. */
function listOf(list: Result): readonly Value[] | Unknown {
  if (Array.isArray(list)) return list;
  return list instanceof Unknown ? withBounds(list, VANISHING) : fault('listExpected');
}

type Visit = (run: Run, list: readonly Value[]) => Result;

/** Is there an element for which the condition is `decisive`? Then the whole is `settled`. */
function settle(cell: Cell, where: Node, { decisive, settled }: { readonly decisive: boolean; readonly settled: boolean }): Visit {
  return (run, list) => {
    let unknown: Unknown | undefined;
    for (let position = 0; position < list.length; position += 1) {
      cell.value = list[position];
      cell.position = position;
      const result = truth(where(run));
      if (result === decisive) return settled;
      if (typeof result !== 'boolean' && !isNotApplicable(result)) unknown = join(unknown, result);
    }
    return unknown ?? !settled;
  };
}

/** The sum of the values (or of 1) of those that satisfy; a member that may be one, or a value that may vanish, may add nothing. */
function addUp(cell: Cell, where: Node | undefined, value: Node | undefined): Visit {
  return (run, list) => {
    let total = 0;
    let least = 0;
    let most = 0;
    let unknown: Unknown | undefined;
    for (let position = 0; position < list.length; position += 1) {
      cell.value = list[position];
      cell.position = position;
      const isMember = where === undefined ? true : truth(where(run));
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
      unknown = join(join(unknown, isMember), amount);
    }
    return unknown === undefined ? exact(total) : withBounds(unknown, clamp({ least: total + least, most: total + most, mayVanish: false }));
  };
}

/**
 * `{"of": list, "as": name, "where"?: condition, "value"?: number}`. What does not apply to an element does not count.
 * @param needed the part that must be there; the sum of the values, or of 1 for each
 * @param decisive the condition's value that settles it, and what it is then: no sum
 */
function walk(needed: 'where' | 'value', decisive?: boolean, settled = false): Operator {
  return (argument, compiler) => {
    const [of, name, whereGiven] = [readOwn(argument, 'of'), readOwn(argument, 'as'), readOwn(argument, 'where')];
    if (typeof name !== 'string' || readOwn(argument, needed) === undefined) return MALFORMED;
    const path = readOwn(of, 'var');
    const target = typeof path === 'string' ? targetOf(path, compiler) : undefined;
    const moving = target?.cell === undefined ? undefined : target;
    const { cell, compiler: inner } = withScope(compiler, name, { shape: target?.shape, list: moving === undefined ? target?.shape : undefined });
    const where = whereGiven === undefined ? undefined : compile(whereGiven, inner);
    const value = needed === 'value' ? compile(readOwn(argument, needed), inner) : undefined;
    const listNode = compile(of, compiler);
    const visit = decisive === undefined ? addUp(cell, where, value) : settle(cell, where ?? MALFORMED, { decisive, settled });
    return (run) => {
      const list = listOf(listNode(run));
      if (list instanceof Unknown) return list;
      run.steps += list.length;
      if (run.steps > STEPS_MAX) return fault('budgetSpent');
      if (moving !== undefined) cell.list = moving.path();
      const result = visit(run, list);
      cell.value = undefined;
      return result;
    };
  };
}

export const LIST_OPERATORS: Operators = {
  some: walk('where', true, true),
  all: walk('where', false),
  none: walk('where', true),
  count: walk('where'),
  sum: walk('value'),
  length: ofOne((operand) => {
    const list = listOf(operand);
    return list instanceof Unknown ? list : list.length;
  }),
};
