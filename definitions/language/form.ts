import type { Programme } from '#definitions/types/programme.js';
import type { Cell, Compiler, Operator } from './compiler.js';
import { compile, createIndex, enterElement, withScope } from './compiler.js';
import { collectHidden } from './hidden.js';
import type { CompiledExpression, PreparedForm } from './prepared.js';
import { startRun } from './run.js';
import type { Answers, Outcome, Scope, Situation } from './situation.js';
import type { Result } from './unknown.js';
import { Unknown } from './unknown.js';
import { compileConditions } from './visibility.js';

/** What a form needs of a programme, and no more: a browser fills in a form with this and never decides. */
export type { PreparedForm } from './prepared.js';
export type { Answers, Outcome, Scope, Situation } from './situation.js';

/**
 * A form whose conditions and computed values are compiled.
 * @param operators the vocabulary; what is said in other words is a fault when evaluated
 */
export function prepareForm(programme: Programme, operators: readonly Operator[]): PreparedForm {
  const index = createIndex(programme, operators);
  const compiler: Compiler = { index, scope: new Map(), depth: 0 };
  for (const computed of programme.computed) index.computedNodes.push(compile(computed.value, compiler));
  compileConditions(index, compiler);
  return { index, expressions: new WeakMap() };
}

/**
 * One expression in a situation: a `when` of a step, a `due` date, a bound of a question.
 * @param scope elements that the expression may name, e.g. `{item: {path: 'household.0', value}}`
 */
// eslint-disable-next-line max-params -- agreed with every caller; the scope is rare.
export function evaluateExpression(prepared: PreparedForm, expression: unknown, situation: Situation, scope: Scope = {}): Outcome {
  const { node, cells } = compiled(prepared, expression, scope);
  for (const [name, cell] of cells) enterElement(cell, scope[name]?.path ?? '', scope[name]?.value);
  const result = node(startRun(situation));
  for (const cell of cells.values()) cell.value = undefined;
  return outcomeOfResult(result);
}

/** Compiled once for each expression object and set of names. */
function compiled(prepared: PreparedForm, expression: unknown, scope: Scope): CompiledExpression {
  const names = Object.keys(scope).sort();
  const shapes = names.map((name) => (scope[name]?.path ?? '').split('.').filter((segment) => !/^\d+$/.test(segment)).join('.'));
  const key = names.map((name, position) => `${name}=${shapes[position] ?? ''}`).join(',');
  const isObject = typeof expression === 'object' && expression !== null;
  const known = isObject ? prepared.expressions.get(expression) : undefined;
  const done = known?.get(key);
  if (done !== undefined) return done;
  let compiler: Compiler = { index: prepared.index, scope: new Map(), depth: 0 };
  const cells = new Map<string, Cell>();
  names.forEach((name, position) => {
    const scoped = withScope(compiler, name, { shape: shapes[position], isFixed: false });
    compiler = scoped.compiler;
    cells.set(name, scoped.cell);
  });
  const made = { node: compile(expression, compiler), cells };
  if (isObject) prepared.expressions.set(expression, (known ?? new Map<string, CompiledExpression>()).set(key, made));
  return made;
}

function outcomeOfResult(result: Result): Outcome {
  return result instanceof Unknown ? { known: false, because: result.because, paths: result.paths } : { known: true, value: result };
}

/**
 * The answer paths that are not asked: pages, questions and whole repeated groups by their id, questions of an element by
 * `household.0.pregnant`. A question whose condition is still unknown is not among them, unless those that wait for an
 * answer are wanted too.
 */
// eslint-disable-next-line max-params -- agreed with every caller; the last is the form's own.
export function hiddenPaths(prepared: PreparedForm, answers: Answers, rest: Omit<Situation, 'answers'> = { asOf: '' }, which?: 'orWaiting'): ReadonlySet<string> {
  return collectHidden(startRun({ ...rest, answers }), { index: prepared.index, orWaiting: which !== undefined });
}
