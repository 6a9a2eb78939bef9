import type { Rule, Text } from '#definitions/types/programme.js';
import type { RuleDecision, RuleValue } from './decision.js';
import { nearestChange } from './nearest.js';
import type { PreparedProgramme, PreparedRule } from './prepared.js';
import type { Run } from './run.js';
import { TEXTS } from './texts/texts.js';
import { readsOf } from './trace.js';
import type { Result } from './unknown.js';
import { NOT_APPLICABLE, Unknown, fault, isNotApplicable } from './unknown.js';
import type { Words } from './wording.js';
import { fillReason } from './wording.js';

export function decideRule(run: Run, { rule: prepared, prepared: programme, words }: { rule: PreparedRule; prepared: PreparedProgramme; words: Words }): RuleDecision {
  const { rule } = prepared;
  run.readCount = 0;
  const result = resultOf(run, prepared);
  const value = valueOf(result);
  const read = readsOf(run);
  const nearest = value === 'false' ? nearestChange(run, { expression: rule.condition, prepared: programme }) : undefined;
  return {
    id: rule.id,
    title: rule.title,
    value,
    severity: rule.severity,
    reason: fillReason(reasonOf(rule, result), words),
    legalBasis: rule.legalBasis,
    read,
    missing: result instanceof Unknown ? result.paths : [],
    ...(result instanceof Unknown && value === 'unknown' ? { because: result.because } : {}),
    ...(nearest === undefined ? {} : { nearest }),
  };
}

/** Whether a rule applies is only asked for when it matters: a condition that holds passes either way. */
function resultOf(run: Run, { when, condition }: PreparedRule): Result {
  const applies = when === undefined ? true : when(run);
  if (applies === false || isNotApplicable(applies)) return NOT_APPLICABLE;
  const result = condition(run);
  return applies === true || result === true || isNotApplicable(result) ? result : applies;
}

function valueOf(result: Result): RuleValue {
  if (typeof result === 'boolean') return result ? 'true' : 'false';
  return isNotApplicable(result) ? 'notApplicable' : 'unknown';
}

function reasonOf(rule: Rule, result: Result): Text {
  if (result === true) return rule.reason.true ?? TEXTS.true;
  if (result === false) return rule.reason.false;
  const { because } = result instanceof Unknown ? result : fault('conditionNotBoolean');
  return because === 'missing' ? (rule.reason.unknown ?? TEXTS.missing) : TEXTS[because];
}
