import type { Programme } from '#definitions/types/programme.js';
import { canonicalise } from './canonical.js';
import type { Operators } from './compiler.js';
import { compile } from './compiler.js';
import type { Decision } from './decision.js';
import { decidePoints } from './points.js';
import { OPERATORS } from './operators/operators.js';
import { computedAt } from './operators/reading.js';
import { decideRule } from './rule.js';
import { prepareForm, unaskedPaths } from './form.js';
import type { PreparedProgramme } from './prepared.js';
import { indexFindings } from './question-index.js';
import type { Node } from './run.js';
import { startRun } from './run.js';
import { sha256 } from './sha256.js';
import type { Answers, Situation, Value } from './situation.js';
import type { Result } from './unknown.js';
import { Unknown } from './unknown.js';
import { moneyNames } from './units.js';

export type { Decision, NearestChange, PointsDecision, PointsLineDecision, Read, RuleDecision, RuleValue } from './decision.js';
export { evaluateExpression } from './form.js';
export type { PreparedProgramme } from './prepared.js';
export type { Answers, DocumentStatus, Outcome, Situation, UnknownKind, Value } from './situation.js';

/**
 * Throws nothing on a checked programme; in an unchecked one an unknown operator or name becomes a fault when evaluated.
 * @param options.version the hash when it is already known (a browser gets a projection, whose own hash would differ)
 * @param options.operators the vocabulary as somebody else reads it: the check, before there are answers
 */
export function prepareProgramme(programme: Programme, options: { readonly version?: string; readonly operators?: Operators } = {}): PreparedProgramme {
  const form = prepareForm(programme, options.operators ?? OPERATORS, indexFindings(programme));
  const { compiler } = form;
  const node = (expression: unknown): Node | undefined => (expression === undefined ? undefined : compile(expression, compiler));
  return {
    programme,
    version: options.version ?? `sha256-${sha256(canonicalise(programme))}`,
    ...form,
    money: moneyNames(programme),
    rules: programme.rules.map((rule) => ({ rule, when: node(rule.when), condition: compile(rule.condition, compiler) })),
    lines: (programme.points?.lines ?? []).map((line) => ({ line, when: node(line.when), points: compile(line.points, compiler), multiplier: node(line.multiplier) })),
    documents: programme.documents.map(({ id, requiredWhen }) => ({ id, required: node(requiredWhen) ?? always })),
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
  for (const { id } of programme.computed) {
    run.readCount = 0;
    const result = computedAt(run, prepared.compiler.index, id);
    computed[id] = result instanceof Unknown ? null : result;
  }
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

/** Which papers this situation asks for. */
export function requiredDocuments(prepared: PreparedProgramme, situation: Situation): readonly { readonly id: string; readonly required: 'yes' | 'no' | 'unknown' }[] {
  const run = startRun(situation);
  return prepared.documents.map(({ id, required }) => {
    const result = required(run);
    if (result === true) return { id, required: 'yes' };
    return { id, required: result instanceof Unknown && result.because !== 'notApplicable' ? 'unknown' : result === false || result instanceof Unknown ? 'no' : 'unknown' };
  });
}

/** The answer paths that are settled as not asked: see `unaskedPaths`. */
export function hiddenPaths(prepared: PreparedProgramme, answers: Answers, rest: Omit<Situation, 'answers'> = { asOf: '' }): ReadonlySet<string> {
  return unaskedPaths(prepared, { ...rest, answers }).hidden;
}
