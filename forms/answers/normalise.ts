import type { Question } from '#definitions/types/programme.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import { definedOf, isObject, mapMembers } from '#forms/fields/shapes.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';

/** What was typed at one question, as it is kept; undefined: not answered. Goes into the members of a repeated group. */
export function normaliseAnswer({ type, items }: Question, raw: unknown): unknown {
  const value = fieldTypes[type].normalise(raw);
  return items ? mapMembers(value, (member) => normaliseAnswers(items, member)) : value;
}

/** Every answer to these questions; what no question asks for stays, for the check to name. */
export function normaliseAnswers(questions: readonly Question[], raw: GivenAnswers): GivenAnswers {
  const kept = Object.entries(raw).map(([id, value]) => {
    const question = questions.find((one) => one.id === id);
    return [id, question && !isRefusal(value) ? normaliseAnswer(question, value) : value] as const;
  });
  return definedOf(Object.fromEntries(kept));
}

/** "I would rather not say", which is an answer of its own (see the language). */
export function isRefusal(value: unknown): boolean {
  return isObject(value) && value['refused'] === true && Object.keys(value).length === 1;
}
