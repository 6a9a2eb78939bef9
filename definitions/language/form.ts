import type { Programme } from '#definitions/types/programme.js';
import type { Compiler, Operators, ProgrammeIndex } from './compiler.js';
import { compile, createIndex } from './compiler.js';
import type { PreparedForm } from './prepared.js';
import type { Node, Run } from './run.js';
import { startRun } from './run.js';
import type { Outcome, Situation } from './situation.js';
import { Unknown } from './unknown.js';
import { compileConditions } from './visibility.js';

/** What a form needs of a programme, and no more: a browser fills in a form with this and never decides. */
export type { PreparedForm } from './prepared.js';
export type { Unasked } from './hidden.js';
export { unaskedPaths } from './hidden.js';
/** A situation that is asked several things and does not change meanwhile: what is worked out for one serves the next. */
export type { Run as KeptSituation } from './run.js';
export { startRun as keepSituation } from './run.js';
export type { Answers, Outcome, Situation } from './situation.js';

/**
 * A form whose conditions and computed values are compiled.
 * @param operators the vocabulary; what is said in other words is a fault when evaluated
 * @param findings what steps may find out: nothing while a form is filled in
 */
export function prepareForm(programme: Programme, operators: Operators, findings: ProgrammeIndex['findings'] = new Map()): PreparedForm {
  const index = createIndex(programme, operators, findings);
  const compiler: Compiler = { index, scope: new Map(), depth: 0 };
  for (const { id, value } of programme.computed) index.computed.set(id, compile(value, compiler));
  compileConditions(compiler);
  return { compiler, expressions: new WeakMap() };
}

/** One expression in a situation: a `when` of a step, a `due` date, a bound of a question. */
export function evaluateExpression(prepared: PreparedForm, expression: unknown, situation: Situation | Run): Outcome {
  const result = nodeOf(prepared, expression)(startRun(situation));
  return result instanceof Unknown ? { known: false, because: result.because, paths: result.paths } : { known: true, value: result };
}

/** Compiled once for each expression object. */
export function nodeOf({ compiler, expressions }: PreparedForm, expression: unknown): Node {
  if (typeof expression !== 'object' || expression === null) return compile(expression, compiler);
  let node = expressions.get(expression);
  if (node === undefined) expressions.set(expression, (node = compile(expression, compiler)));
  return node;
}
