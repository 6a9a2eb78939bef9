import type { Programme, Question } from '#definitions/types/programme.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';
import { hiddenIn, questionsOf } from '#forms/pages/prepared.js';
import { isObject } from './normalise.js';

/** The answers with some of them changed; undefined takes an answer away. */
export function mergeAnswers(answers: GivenAnswers, changes: GivenAnswers): GivenAnswers {
  return Object.fromEntries(Object.entries({ ...answers, ...changes }).filter(([, value]) => value !== undefined));
}

/** Without the answers to what is not asked: they stay in a draft and never reach a case. */
export function stripHidden(programme: Programme, answers: GivenAnswers, { today = '' }: { readonly today?: string } = {}): GivenAnswers {
  const hidden = hiddenIn(programme, answers, today);
  const isKept = (name: string): boolean => !hidden.has(name);
  let kept = Object.keys(answers).every(isKept) ? answers : Object.fromEntries(Object.entries(answers).filter(([name]) => isKept(name)));
  for (const path of hidden) if (path.includes('.')) kept = without(kept, path.split('.'));
  return kept;
}

/** The same answers without the one of a member (`household.0.school`); what is beside it stays the same object. */
function without(given: GivenAnswers, [id = '', position, ...rest]: readonly string[]): GivenAnswers {
  if (!Object.hasOwn(given, id)) return given;
  if (position === undefined) return Object.fromEntries(Object.entries(given).filter(([name]) => name !== id));
  const members = given[id];
  if (!Array.isArray(members)) return given;
  return { ...given, [id]: members.map((member: unknown, place) => (String(place) === position && isObject(member) ? without(member, rest) : member)) };
}

/** The ids of uploaded documents that these answers name, each once, in the order of the form. */
export function listDocumentIds(programme: Programme, answers: GivenAnswers): readonly string[] {
  const collect = (questions: readonly Question[], given: GivenAnswers): readonly string[] =>
    questions.flatMap((question) => {
      const value = Object.hasOwn(given, question.id) ? given[question.id] : undefined;
      if (!Array.isArray(value)) return [];
      if (question.items !== undefined) return value.filter(isObject).flatMap((member) => collect(question.items ?? [], member));
      return question.document === undefined ? [] : value.filter((one): one is string => typeof one === 'string');
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
    const value = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
    if (part === undefined || hidden.has(question.id) || typeof value !== 'string' || value === '') continue;
    if (fieldTypes[question.type].validate(value, { question }).length === 0) subject[part] ??= value;
  }
  return subject;
}
