import type { Programme, Question } from '#definitions/types/programme.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';
import { hiddenIn } from '#forms/pages/prepared.js';
import { isObject } from './normalise.js';

/** The answers with some of them changed; undefined takes an answer away. */
export function mergeAnswers(answers: GivenAnswers, changes: GivenAnswers): GivenAnswers {
  return Object.fromEntries(Object.entries({ ...answers, ...changes }).filter(([, value]) => value !== undefined));
}

/** Without the answers to what is not asked: they stay in a draft and never reach a case. */
export function stripHidden(programme: Programme, answers: GivenAnswers, { today = '' }: { readonly today?: string } = {}): GivenAnswers {
  const hidden = hiddenIn(programme, answers, today);
  const questions = programme.form.pages.flatMap((page) => page.questions);
  return hidden.size === 0 ? answers : stripGroup(answers, { questions, path: '', hidden });
}

function stripGroup(given: GivenAnswers, { questions, path, hidden }: { questions: readonly Question[]; path: string; hidden: ReadonlySet<string> }): GivenAnswers {
  const kept = Object.entries(given)
    .filter(([id]) => !hidden.has(path + id))
    .map(([id, value]) => {
      const items = questions.find((question) => question.id === id)?.items;
      if (items === undefined || !Array.isArray(value)) return [id, value] as const;
      const members = value.map((one: unknown, position) => (isObject(one) ? stripGroup(one, { questions: items, path: `${path}${id}.${position}.`, hidden }) : one));
      return [id, members] as const;
    });
  return Object.fromEntries(kept);
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
  return [...new Set(collect(programme.form.pages.flatMap((page) => page.questions), answers))];
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
  for (const question of programme.form.pages.flatMap((page) => page.questions)) {
    const part = question.role !== undefined && Object.hasOwn(SUBJECT_ROLES, question.role) ? SUBJECT_ROLES[question.role as keyof typeof SUBJECT_ROLES] : undefined;
    const value = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
    if (part === undefined || hidden.has(question.id) || typeof value !== 'string' || value === '') continue;
    if (fieldTypes[question.type].validate(value, { question }).length === 0) subject[part] ??= value;
  }
  return subject;
}
