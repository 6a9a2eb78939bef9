import { evaluateExpression } from '#definitions/language/form.js';
import type { DocumentKind, Programme, Question } from '#definitions/types/programme.js';
import type { FieldContext } from '#forms/fields/field-type.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import type { FindingCode } from '#forms/findings/codes.js';
import type { FieldFinding, Finding, FindingParam } from '#forms/findings/finding.js';
import { escapePointer } from '#forms/findings/finding.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';
import { unaskedIn, preparedOf, situationOf } from '#forms/pages/prepared.js';
import { isObject, isRefusal } from './normalise.js';

/**
 * `draft`: may be unfinished, and may hold what was typed and is still wrong; `submit`: complete;
 * `desk`: complete, but papers may come later.
 */
export type Stage = 'draft' | 'submit' | 'desk';

export interface CheckOptions {
  /** yyyy-mm-dd, in Athens. */
  readonly today: string;
  readonly stage: Stage;
}

/** More findings help nobody. */
export const FINDINGS_MAX = 500;
const NODES_MAX = 20_000;
const DEPTH_MAX = 8;

/** What even a draft may not hold. */
const DRAFT_CODES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'answers.tooLarge', 'answers.notObject', 'answer.unknown', 'answer.type', 'text.characters', 'text.tooLong', 'address.unknownPart',
  'repeat.tooMany', 'file.malformed', 'file.repeated', 'file.tooMany',
]);

interface Check extends CheckOptions {
  readonly programme: Programme;
  readonly answers: GivenAnswers;
  readonly hidden: ReadonlySet<string>;
}

interface Asked {
  readonly questions: readonly Question[];
  readonly given: GivenAnswers;
  /** Path of the member they stand in, with dots and with slashes; "" at the top. */
  readonly path: string;
  readonly pointer: string;
}

/**
 * Everything that is wrong with these answers, in the order of the form; answers to what is not asked are ignored, fields
 * that the form does not know are findings. Values are judged as they stand: nothing is coerced. Never throws.
 */
export function checkAnswers(programme: Programme, answers: unknown, options: CheckOptions): readonly Finding[] {
  if (!isObject(answers)) return [{ code: 'answers.notObject', pointer: '', params: {} }];
  if (isTooLarge(answers)) return [{ code: 'answers.tooLarge', pointer: '', params: {} }];
  const check: Check = { ...options, programme, answers, hidden: unaskedIn(programme, answers, options.today) };
  const questions = programme.form.pages.flatMap((page) => page.questions);
  const findings = checkGroup({ questions, given: answers, path: '', pointer: '' }, check);
  return (options.stage === 'draft' ? findings.filter(({ code }) => DRAFT_CODES.has(code)) : findings).slice(0, FINDINGS_MAX);
}

/** The findings of some questions only: those of a page, when "continue" is pressed. */
export function checkQuestions(programme: Programme, answers: GivenAnswers, options: CheckOptions & { readonly questions: readonly Question[] }): readonly Finding[] {
  const { questions, ...rest } = options;
  const wanted = new Set(questions.map(({ id }) => `/${escapePointer(id)}`));
  return checkAnswers(programme, answers, rest).filter(({ pointer }) => wanted.has(`/${pointer.split('/')[1] ?? ''}`));
}

function checkGroup(asked: Asked, check: Check): readonly Finding[] {
  const known = new Set<string>();
  const findings = asked.questions.flatMap((question) => {
    if (fieldTypes[question.type].isAnswered) known.add(question.id);
    return checkQuestion(question, asked, check);
  });
  const unknown = Object.keys(asked.given).filter((name) => !known.has(name));
  return [...findings, ...unknown.map((name): Finding => ({ code: 'answer.unknown', pointer: `${asked.pointer}/${escapePointer(name)}`, params: { name } }))];
}

// eslint-disable-next-line max-params -- the question, where it stands, and what holds for all.
function checkQuestion(question: Question, asked: Asked, check: Check): readonly Finding[] {
  const type = fieldTypes[question.type];
  const path = asked.path === '' ? question.id : `${asked.path}.${question.id}`;
  if (!type.isAnswered || check.hidden.has(path)) return [];
  const pointer = `${asked.pointer}/${escapePointer(question.id)}`;
  const value = Object.hasOwn(asked.given, question.id) ? asked.given[question.id] : undefined;
  const asFinding = ({ code, at = '', params = {} }: FieldFinding): Finding => ({ code, pointer: pointer + at, params: { label: question.label, ...params } });
  if (isUnanswered(value) || isRefusal(value)) return mayBeEmpty(question, check) ? [] : [asFinding(missingOf(question))];
  const own = type.validate(value, contextOf(question, check)).map(asFinding);
  if (question.items === undefined || !Array.isArray(value)) return own;
  return [...own, ...checkMembers(value, { question, path, pointer, check })];
}

function checkMembers(members: readonly unknown[], { question, path, pointer, check }: { question: Question; path: string; pointer: string; check: Check }): readonly Finding[] {
  return members.flatMap((member, position) =>
    isObject(member)
      ? checkGroup({ questions: question.items ?? [], given: member, path: `${path}.${position}`, pointer: `${pointer}/${position}` }, check)
      : [],
  );
}

function isUnanswered(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function missingOf(question: Question): FieldFinding {
  const { missing } = fieldTypes[question.type];
  if (missing !== 'repeat.tooFew') return { code: missing };
  const min: FindingParam = question.itemsMin ?? 0;
  return min > 0 ? { code: missing, params: { min } } : { code: 'answer.missing' };
}

function mayBeEmpty(question: Question, check: Check): boolean {
  if (question.optional === true) return true;
  const document = documentOf(check.programme, question);
  if (document === undefined) return false;
  if (check.stage === 'desk' || document.mayBeMissingAtFiling) return true;
  if (document.requiredWhen === undefined) return false;
  const required = evaluateExpression(preparedOf(check.programme), document.requiredWhen, situationOf(check.answers, check.today));
  return required.known && required.value !== true;
}

export function documentOf(programme: Programme, question: Question): DocumentKind | undefined {
  return question.document === undefined ? undefined : programme.documents.find(({ id }) => id === question.document);
}

function contextOf(question: Question, check: Check): FieldContext {
  const document = documentOf(check.programme, question);
  const dateMin = boundOf(question.dateMin, check);
  const dateMax = boundOf(question.dateMax, check);
  return {
    question,
    ...(document === undefined ? {} : { document }),
    ...(dateMin === undefined ? {} : { dateMin }),
    ...(dateMax === undefined ? {} : { dateMax }),
  };
}

/** A bound that is not known yet binds nobody. */
function boundOf(expression: Question['dateMin'], check: Check): string | undefined {
  if (expression === undefined) return undefined;
  const bound = evaluateExpression(preparedOf(check.programme), expression, situationOf(check.answers, check.today));
  return bound.known && typeof bound.value === 'string' ? bound.value : undefined;
}

function isTooLarge(answers: GivenAnswers): boolean {
  let nodes = 0;
  const visit = (value: unknown, depth: number): boolean => {
    nodes += 1;
    if (nodes > NODES_MAX || depth > DEPTH_MAX) return true;
    return typeof value === 'object' && value !== null && Object.values(value).some((below) => visit(below, depth + 1));
  };
  return visit(answers, 0);
}
