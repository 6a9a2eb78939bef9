import type { Programme } from '#definitions/types/programme.js';
import type { Compiler, Node, Operator } from './compiler.js';
import { compile, createIndex } from './compiler.js';
import { collectHidden } from './hidden.js';
import type { PreparedForm } from './prepared.js';
import type { Run } from './run.js';
import { startRun } from './run.js';
import type { Answers, Outcome, Situation } from './situation.js';
import type { Result } from './unknown.js';
import { Unknown } from './unknown.js';
import { compileConditions } from './visibility.js';

/** What a form needs of a programme, and no more: a browser fills in a form with this and never decides. */
export type { PreparedForm } from './prepared.js';
/** A situation that is asked several things and does not change meanwhile: what is worked out for one serves the next. */
export type { Run as KeptSituation } from './run.js';
export { startRun as keepSituation } from './run.js';
export type { Answers, Outcome, Situation } from './situation.js';

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

/** One expression in a situation: a `when` of a step, a `due` date, a bound of a question. */
export function evaluateExpression(prepared: PreparedForm, expression: unknown, situation: Situation | Run): Outcome {
  return outcomeOfResult(nodeOf(prepared, expression)(startRun(situation)));
}

/** Compiled once for each expression object. */
export function nodeOf({ index, expressions }: PreparedForm, expression: unknown): Node {
  const isObject = typeof expression === 'object' && expression !== null;
  let node = isObject ? expressions.get(expression) : undefined;
  if (node === undefined) {
    node = compile(expression, { index, scope: new Map(), depth: 0 });
    if (isObject) expressions.set(expression, node);
  }
  return node;
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
  return unaskedPaths(prepared, { ...rest, answers }, which);
}

// eslint-disable-next-line max-params -- as above.
export function unaskedPaths(prepared: PreparedForm, situation: Situation | Run, which?: 'orWaiting'): ReadonlySet<string> {
  return collectHidden(startRun(situation), { index: prepared.index, orWaiting: which !== undefined });
}
