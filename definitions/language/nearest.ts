import type { NearestChange } from './decision.js';
import { nodeOf } from './form.js';
import type { PreparedProgramme } from './prepared.js';
import type { Run } from './run.js';
import { withoutTrace } from './run.js';
import { TEXTS } from './texts/texts.js';
import { isMoney } from './units.js';
import { fillText, writeValue } from './wording.js';

type Operator = NearestChange['operator'];

interface Threshold {
  readonly operator: Operator;
  readonly left: unknown;
  readonly right: unknown;
}

const ABOVE: readonly Operator[] = ['<', '<='];
const SIDES: { readonly [operator in Operator]: Operator } = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/**
 * For a false rule that is a threshold: by how much its figure misses. Of an "and" with one false part that part; of an
 * "or" the part that misses by least. Nothing for other conditions: their reason says it.
 */
export function nearestChange(run: Run, { expression, prepared }: { expression: unknown; prepared: PreparedProgramme }): NearestChange | undefined {
  const argument = argumentOf(expression, 'and');
  if (argument !== undefined) {
    const failing = argument.filter((part) => valueOf(run, { expression: part, prepared }) === false);
    return failing.length === 1 ? nearestChange(run, { expression: failing[0], prepared }) : undefined;
  }
  const either = argumentOf(expression, 'or');
  if (either !== undefined) {
    const changes = either.map((part) => nearestChange(run, { expression: part, prepared })).filter((change) => change !== undefined);
    return changes.sort((left, right) => left.by - right.by)[0];
  }
  return missOf(run, { threshold: thresholdOf(expression), prepared });
}

function argumentOf(expression: unknown, name: string): readonly unknown[] | undefined {
  if (typeof expression !== 'object' || expression === null || !Object.hasOwn(expression, name)) return undefined;
  const argument = (expression as Record<string, unknown>)[name];
  return Array.isArray(argument) ? argument : undefined;
}

/** A literal or parameter on the left is the limit: `0 < x` is `x > 0`. */
function thresholdOf(expression: unknown): Threshold | undefined {
  for (const operator of Object.keys(SIDES) as Operator[]) {
    const pair = argumentOf(expression, operator);
    if (pair === undefined) continue;
    const [left, right] = pair;
    const isLimit = typeof left === 'number' || (typeof left === 'object' && left !== null && Object.hasOwn(left, 'param'));
    return isLimit ? { operator: SIDES[operator], left: right, right: left } : { operator, left, right };
  }
  return undefined;
}

function valueOf(run: Run, { expression, prepared }: { expression: unknown; prepared: PreparedProgramme }): unknown {
  return withoutTrace(run, nodeOf(prepared, expression));
}

function missOf(run: Run, { threshold, prepared }: { threshold: Threshold | undefined; prepared: PreparedProgramme }): NearestChange | undefined {
  if (threshold === undefined) return undefined;
  const { operator } = threshold;
  const value = valueOf(run, { expression: threshold.left, prepared });
  const limit = valueOf(run, { expression: threshold.right, prepared });
  if (typeof value !== 'number' || typeof limit !== 'number') return undefined;
  const isTooHigh = ABOVE.includes(operator);
  const distance = isTooHigh ? value - limit : limit - value;
  const by = operator.length === 1 ? distance + 1 : distance;
  if (by <= 0) return undefined;
  const unit = [threshold.left, threshold.right].some((side) => isMoney(side, { questions: prepared.compiler.index.questions, money: prepared.money })) ? 'cents' : 'count';
  const figures: { readonly [name: string]: number } = { value, limit, by };
  const currency = prepared.programme.currency ?? 'EUR';
  const text = fillText(isTooHigh ? TEXTS.tooHigh : TEXTS.tooLow, (name, language) => writeValue(figures[name] ?? 0, { kind: unit === 'cents' ? 'money' : 'number', language, currency }));
  return { operator, value, limit, by, unit, text };
}
