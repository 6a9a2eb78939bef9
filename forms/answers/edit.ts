import type { Programme, Question } from '#definitions/types/programme.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import { definedOf, isList, isObject, isString, mapMembers, ownValue } from '#forms/fields/shapes.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';
import { hiddenIn, questionsOf } from '#forms/pages/prepared.js';

/** The answers with some of them changed; undefined takes an answer away. */
export function mergeAnswers(answers: GivenAnswers, changes: GivenAnswers): GivenAnswers {
  return definedOf({ ...answers, ...changes });
}

/** Without the answers to what is not asked: they stay in a draft and never reach a case. */
export function stripHidden(programme: Programme, answers: GivenAnswers, { today = '' }: { readonly today?: string } = {}): GivenAnswers {
  const hidden = hiddenIn(programme, answers, today);
  const strip = (given: GivenAnswers, path: string): GivenAnswers =>
    Object.fromEntries(
      Object.entries(given)
        .filter(([name]) => !hidden.has(path + name))
        .map(([name, value]) => [name, mapMembers(value, (member, position) => strip(member, `${path}${name}.${position}.`))]),
    );
  const isTouched = [...hidden].some((path) => path.includes('.') || Object.hasOwn(answers, path));
  return isTouched ? strip(answers, '') : answers;
}

/** The ids of uploaded documents that these answers name, each once, in the order of the form. */
export function listDocumentIds(programme: Programme, answers: GivenAnswers): readonly string[] {
  const collect = (questions: readonly Question[], given: GivenAnswers): readonly string[] =>
    questions.flatMap(({ id, items, document }) => {
      const value = ownValue(given, id);
      if (!isList(value)) return [];
      return items ? value.filter(isObject).flatMap((member) => collect(items, member)) : document === undefined ? [] : value.filter(isString);
    });
  return [...new Set(collect(questionsOf(programme), answers))];
}

export interface Subject {
  readonly givenName?: string;
  readonly familyName?: string;
  readonly birthDate?: string;
  readonly email?: string;
  readonly phone?: string;
}

const SUBJECT_ROLES = {
  applicantGivenName: 'givenName',
  applicantFamilyName: 'familyName',
  applicantBirthDate: 'birthDate',
  applicantEmail: 'email',
  applicantPhone: 'phone',
} as const;

/** Whom the application is about, by the roles of questions: for search and messages only. Hidden answers do not count. */
export function readSubject(programme: Programme, answers: GivenAnswers, { today = '' }: { readonly today?: string } = {}): Subject {
  const hidden = hiddenIn(programme, answers, today);
  const subject: Record<string, string> = {};
  for (const question of questionsOf(programme)) {
    const part = question.role !== undefined && Object.hasOwn(SUBJECT_ROLES, question.role) ? SUBJECT_ROLES[question.role as keyof typeof SUBJECT_ROLES] : undefined;
    const value = ownValue(answers, question.id);
    if (part === undefined || hidden.has(question.id) || !isString(value) || value === '') continue;
    if (fieldTypes[question.type].validate(value, { question }).length === 0) subject[part] ??= value;
  }
  return subject;
}
