import type { Answers as LanguageAnswers, PreparedProgramme, Situation } from '#definitions/language/programme.js';
import { hiddenPaths, prepareProgramme } from '#definitions/language/programme.js';
import type { Programme } from '#definitions/types/programme.js';

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

/** Paths (`spouse`, `household.0.pregnant`) that these answers leave unasked. */
export function hiddenIn(programme: Programme, answers: GivenAnswers, today: string): ReadonlySet<string> {
  return hiddenPaths(preparedOf(programme), answers as LanguageAnswers, { asOf: today });
}
