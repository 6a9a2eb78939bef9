import type { Question } from '#definitions/types/programme.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';

/** What was typed at one question, as it is kept; undefined: not answered. Goes into the members of a repeated group. */
export function normaliseAnswer(question: Question, raw: unknown): unknown {
  const value = fieldTypes[question.type].normalise(raw, question);
  if (question.items === undefined || !Array.isArray(value)) return value;
  return value.map((one: unknown) => (isObject(one) ? normaliseAnswers(question.items ?? [], one) : one));
}

/** Every answer to these questions; what no question asks for stays, for the check to name. */
export function normaliseAnswers(questions: readonly Question[], raw: GivenAnswers): GivenAnswers {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const kept = Object.entries(raw).map(([id, value]) => {
    const question = byId.get(id);
    return [id, question === undefined || isRefusal(value) ? value : normaliseAnswer(question, value)] as const;
  });
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
}

export function isObject(value: unknown): value is GivenAnswers {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** "I would rather not say", which is an answer of its own (see the language). */
export function isRefusal(value: unknown): boolean {
  return isObject(value) && value['refused'] === true && Object.keys(value).length === 1;
}
