import type { Answers as LanguageAnswers, PreparedProgramme, Scope, Situation } from '#definitions/language/programme.js';
import { evaluateExpression, hiddenPaths, prepareProgramme } from '#definitions/language/programme.js';
import type { Expression, Programme, Question } from '#definitions/types/programme.js';

/** Answers by question id, as they come from outside: nothing is known of the values yet. */
export type GivenAnswers = Readonly<Record<string, unknown>>;

const PREPARED = new WeakMap<Programme, PreparedProgramme>();

/** Compiled once for each programme object. The version is not worked out: no form asks for it. */
export function preparedOf(programme: Programme): PreparedProgramme {
  let prepared = PREPARED.get(programme);
  if (prepared === undefined) {
    prepared = prepareProgramme(programme, { version: '' });
    PREPARED.set(programme, prepared);
  }
  return prepared;
}

/** The situation in which a form is filled in: the answers and the day, nothing from registers. */
export function situationOf(answers: GivenAnswers, today: string): Situation {
  return { answers: answers as LanguageAnswers, asOf: today };
}

/** Paths (`spouse`, `household.0.pregnant`) that these answers have settled as not asked. */
export function hiddenIn(programme: Programme, answers: GivenAnswers, today: string): ReadonlySet<string> {
  return hiddenPaths(preparedOf(programme), answers as LanguageAnswers, { asOf: today });
}

/**
 * Paths that are not asked now: those settled as not asked, and those whose condition waits for an answer that has not
 * been given. A condition that waits for anything else (a register, a paper) does not keep its question away.
 */
export function unaskedIn(programme: Programme, answers: GivenAnswers, today: string): ReadonlySet<string> {
  const unasked = new Set(hiddenIn(programme, answers, today));
  const waits = (visible: Expression | undefined, scope: Scope = {}): boolean => {
    if (visible === undefined) return false;
    const outcome = evaluateExpression(preparedOf(programme), visible, situationOf(answers, today), scope);
    return !outcome.known && outcome.because === 'missing';
  };
  const visit = (question: Question, { path, value, scope }: { path: string; value: unknown; scope: Scope }): void => {
    if (waits(question.visible, scope)) unasked.add(path);
    if (question.items === undefined || !Array.isArray(value)) return;
    value.forEach((member: unknown, position) => {
      const item = { path: `${path}.${position}`, value: member as never };
      for (const inner of question.items ?? []) visit(inner, { path: `${item.path}.${inner.id}`, value: readAnswer(member, inner.id), scope: { ...scope, item } });
    });
  };
  for (const page of programme.form.pages) {
    const isWaiting = waits(page.visible);
    for (const question of page.questions) {
      if (isWaiting) unasked.add(question.id);
      else visit(question, { path: question.id, value: readAnswer(answers, question.id), scope: {} });
    }
  }
  return unasked;
}

/** An own property of whatever was given. */
function readAnswer(given: unknown, id: string): unknown {
  return typeof given === 'object' && given !== null && Object.hasOwn(given, id) ? (given as GivenAnswers)[id] : undefined;
}
