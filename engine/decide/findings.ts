import { parseDate } from '#definitions/language/dates.js';
import { evaluateExpression } from '#definitions/language/programme.js';
import type { Question } from '#definitions/types/programme.js';
import type { Answers, Json, Refusal } from '#engine/contract/case.js';
import type { Walk } from './walk.js';

interface Asked {
  readonly questions: readonly Question[];
  readonly findings: Answers;
}

/** What was found, as far as it was asked; or why it cannot be recorded. */
export function checkFindings(walk: Walk, { questions, findings }: Asked): { readonly findings: Answers } | { readonly refusal: Refusal } {
  const unknown = Object.keys(findings).find((id) => !questions.some((question) => question.id === id));
  if (unknown !== undefined) return { refusal: { code: 'finding.unknown', pointer: `/findings/${unknown}` } };
  const kept: Record<string, Json> = {};
  for (const question of questions) {
    const value = Object.hasOwn(findings, question.id) ? findings[question.id] : undefined;
    const asked = isAsked(walk, { question, findings });
    const pointer = `/findings/${question.id}`;
    if (value === undefined || value === null || value === '') {
      if (asked === true && question.optional !== true && !SHOWN_ONLY.includes(question.type)) return { refusal: { code: 'finding.required', pointer } };
      continue;
    }
    if (asked === false) continue;
    if (!fits(question, value)) return { refusal: { code: 'finding.invalid', pointer, params: { type: question.type } } };
    kept[question.id] = value;
  }
  return { findings: kept };
}

const SHOWN_ONLY: readonly Question['type'][] = ['information', 'computed'];

/** null: its condition is not known, so it may be answered and need not be. */
function isAsked(walk: Walk, { question, findings }: { readonly question: Question; readonly findings: Answers }): boolean | null {
  if (question.visible === undefined) return true;
  const situation = walk.situation();
  const shown = evaluateExpression(walk.context.prepared, question.visible, { ...situation, answers: { ...situation.answers, ...findings }, findings: { ...situation.findings, [walk.state.currentStep]: findings } });
  return shown.known ? shown.value === true : null;
}

function fits(question: Question, value: Json): boolean {
  switch (question.type) {
    case 'yesNo':
    case 'declaration':
      return typeof value === 'boolean';
    case 'number':
    case 'money':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= (question.min ?? -Infinity) && value <= (question.max ?? Infinity);
    case 'date':
      return parseDate(value) !== null;
    case 'choice':
      return isOption(question, value);
    case 'choices':
      return Array.isArray(value) && new Set(value).size === value.length && value.every((each) => isOption(question, each as Json));
    case 'repeat':
    case 'file':
      return Array.isArray(value) && value.length <= (question.itemsMax ?? 100);
    case 'identity':
    case 'address':
      return typeof value === 'object' || isText(question, value);
    default:
      return isText(question, value);
  }
}

function isOption(question: Question, value: Json): boolean {
  return (question.options ?? []).some((option) => option.value === value);
}

function isText(question: Question, value: Json): boolean {
  return typeof value === 'string' && value.length <= (question.lengthMax ?? 4000);
}
