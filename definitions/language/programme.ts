import type { Programme } from '#definitions/types/programme.js';
import { canonicalise } from './canonical.js';
import type { Cell, Compiler, Node } from './compiler.js';
import { compile, createIndex, enterElement, withScope } from './compiler.js';
import type { Decision } from './decision.js';
import { decidePoints } from './points.js';
import { OPERATORS } from './operators/operators.js';
import { computedAt } from './operators/reading.js';
import { decideRule } from './rule.js';
import type { CompiledExpression, PreparedProgramme } from './prepared.js';
import { startRun } from './run.js';
import { sha256 } from './sha256.js';
import type { Answers, Outcome, Scope, Situation, Value } from './situation.js';
import type { Result } from './unknown.js';
import { Unknown } from './unknown.js';
import { compileConditions } from './visibility.js';
import { collectHidden } from './hidden.js';

export type { Decision, NearestChange, PointsDecision, PointsLineDecision, Read, RuleDecision, RuleValue } from './decision.js';
export type { PreparedProgramme } from './prepared.js';
export type { Answers, DocumentStatus, Outcome, Scope, Situation, UnknownKind, Value } from './situation.js';

/**
 * Throws nothing on a checked programme; in an unchecked one an unknown operator or name becomes a fault when evaluated.
 * @param options.version the hash when it is already known (a browser gets a projection, whose own hash would differ)
 */
export function prepareProgramme(programme: Programme, options: { readonly version?: string } = {}): PreparedProgramme {
  const index = createIndex(programme, OPERATORS);
  const compiler: Compiler = { index, scope: new Map(), depth: 0 };
  for (const computed of programme.computed) index.computedNodes.push(compile(computed.value, compiler));
  compileConditions(index, compiler);
  const node = (expression: unknown): Node | undefined => (expression === undefined ? undefined : compile(expression, compiler));
  return {
    programme,
    version: options.version ?? `sha256-${sha256(canonicalise(programme))}`,
    index,
    rules: programme.rules.map((rule) => ({ rule, when: node(rule.when), condition: compile(rule.condition, compiler) })),
    lines: (programme.points?.lines ?? []).map((line) => ({ line, when: node(line.when), points: compile(line.points, compiler), multiplier: node(line.multiplier) })),
    documents: programme.documents.map(({ id, requiredWhen }) => ({ id, required: node(requiredWhen) ?? always })),
    expressions: new WeakMap(),
  };
}

function always(): Result {
  return true;
}

/** The decision on a situation, complete or not. Same input, same bytes, wherever it runs. */
export function evaluateProgramme(prepared: PreparedProgramme, situation: Situation): Decision {
  const { programme } = prepared;
  const run = startRun(situation);
  const computed: Record<string, Value> = {};
  programme.computed.forEach(({ id }, position) => {
    run.readCount = 0;
    const result = computedAt(run, { nodes: prepared.index.computedNodes, position });
    computed[id] = result instanceof Unknown ? null : result;
  });
  const words = { programme, computed, asOf: situation.asOf };
  const rules = prepared.rules.map((rule) => decideRule(run, { rule, prepared, words }));
  const points = decidePoints(run, { lines: prepared.lines, cap: programme.points?.cap });
  const missing = new Set([...rules, ...points.lines].flatMap((line) => line.missing));
  return {
    programme: programme.id,
    version: prepared.version,
    asOf: situation.asOf,
    outcome: outcomeOf(rules),
    rules,
    points,
    computed,
    missing: [...missing].sort(),
  };
}

function outcomeOf(rules: Decision['rules']): Decision['outcome'] {
  const blocking = rules.filter((rule) => rule.severity === 'blocking');
  if (blocking.some((rule) => rule.value === 'false')) return 'ineligible';
  return blocking.some((rule) => rule.value === 'unknown') ? 'undecided' : 'eligible';
}

/**
 * One expression in a situation: a `when` of a step, a `due` date, a bound of a question.
 * @param scope elements that the expression may name, e.g. `{item: {path: 'household.0', value}}`
 */
// eslint-disable-next-line max-params -- agreed with every caller; the scope is rare.
export function evaluateExpression(prepared: PreparedProgramme, expression: unknown, situation: Situation, scope: Scope = {}): Outcome {
  const { node, cells } = compiled(prepared, expression, scope);
  for (const [name, cell] of cells) enterElement(cell, scope[name]?.path ?? '', scope[name]?.value);
  const result = node(startRun(situation));
  for (const cell of cells.values()) cell.value = undefined;
  return outcomeOfResult(result);
}

/** Compiled once for each expression object and set of names. */
function compiled(prepared: PreparedProgramme, expression: unknown, scope: Scope): CompiledExpression {
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
 * `household.0.pregnant`. A question whose condition is still unknown is not among them.
 */
export function hiddenPaths(prepared: PreparedProgramme, answers: Answers, rest: Omit<Situation, 'answers'> = { asOf: '' }): ReadonlySet<string> {
  return collectHidden(startRun({ ...rest, answers }), prepared.index);
}

/** Which papers this situation asks for. */
export function requiredDocuments(prepared: PreparedProgramme, situation: Situation): readonly { readonly id: string; readonly required: 'yes' | 'no' | 'unknown' }[] {
  const run = startRun(situation);
  return prepared.documents.map(({ id, required }) => {
    const result = required(run);
    if (result === true) return { id, required: 'yes' };
    return { id, required: result instanceof Unknown && result.because !== 'notApplicable' ? 'unknown' : result === false || result instanceof Unknown ? 'no' : 'unknown' };
  });
}
