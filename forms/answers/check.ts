import type { KeptSituation } from '#definitions/language/form.js';
import { evaluateExpression } from '#definitions/language/form.js';
import type { DocumentKind, Programme, Question } from '#definitions/types/programme.js';
import type { FieldContext } from '#forms/fields/field-type.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import type { FindingCode } from '#forms/findings/codes.js';
import type { FieldFinding, Finding, FindingParam } from '#forms/findings/finding.js';
import { escapePointer } from '#forms/findings/finding.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';
import { preparedOf, questionsOf, situationOf, unaskedIn } from '#forms/pages/prepared.js';
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
  readonly hidden: ReadonlySet<string>;
  readonly situation: KeptSituation;
  readonly findings: Finding[];
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
  const findings = judgeAnswers(programme, answers, options);
  return (options.stage === 'draft' ? findings.filter(({ code }) => DRAFT_CODES.has(code)) : findings).slice(0, FINDINGS_MAX);
}

/** The same without the limits on what comes from outside: for answers that a form itself has made. */
export function judgeAnswers(programme: Programme, answers: GivenAnswers, { today, stage }: CheckOptions): readonly Finding[] {
  const findings: Finding[] = [];
  const check: Check = { today, stage, programme, hidden: unaskedIn(programme, answers, today), situation: situationOf(programme, answers, today), findings };
  checkGroup({ questions: questionsOf(programme), given: answers, path: '', pointer: '' }, check);
  return findings;
}

/** The findings of some questions only: those of a page, when "continue" is pressed. */
export function checkQuestions(programme: Programme, answers: GivenAnswers, options: CheckOptions & { readonly questions: readonly Question[] }): readonly Finding[] {
  const { questions, ...rest } = options;
  const wanted = new Set(questions.map(({ id }) => `/${escapePointer(id)}`));
  return judgeAnswers(programme, answers, rest).filter(({ pointer }) => wanted.has(`/${pointer.split('/')[1] ?? ''}`));
}

function checkGroup(asked: Asked, check: Check): void {
  for (const question of asked.questions) checkQuestion(question, asked, check);
  const known = answeredNames(asked.questions);
  for (const name of Object.keys(asked.given)) {
    if (!known.has(name)) check.findings.push({ code: 'answer.unknown', pointer: `${asked.pointer}/${escapePointer(name)}`, params: { name } });
  }
}

const namesOf = new WeakMap<readonly Question[], ReadonlySet<string>>();

/** Under which names these questions keep answers. */
function answeredNames(questions: readonly Question[]): ReadonlySet<string> {
  let names = namesOf.get(questions);
  if (names === undefined) namesOf.set(questions, (names = new Set(questions.filter(({ type }) => fieldTypes[type].isAnswered).map(({ id }) => id))));
  return names;
}

// eslint-disable-next-line max-params -- the question, where it stands, and what holds for all.
function checkQuestion(question: Question, asked: Asked, check: Check): void {
  const type = fieldTypes[question.type];
  const path = asked.path === '' ? question.id : `${asked.path}.${question.id}`;
  if (!type.isAnswered || check.hidden.has(path)) return;
  const value = Object.hasOwn(asked.given, question.id) ? asked.given[question.id] : undefined;
  if (isUnanswered(value) || isRefusal(value)) {
    if (!mayBeEmpty(question, check)) addFinding(missingOf(question), { question, asked, check });
    return;
  }
  for (const found of type.validate(value, contextOf(question, check))) addFinding(found, { question, asked, check });
  if (question.items === undefined || !Array.isArray(value)) return;
  const pointer = pointerOf(question, asked);
  value.forEach((member: unknown, position) => {
    if (isObject(member)) checkGroup({ questions: question.items ?? [], given: member, path: `${path}.${position}`, pointer: `${pointer}/${position}` }, check);
  });
}

function addFinding({ code, at = '', params = {} }: FieldFinding, { question, asked, check }: { question: Question; asked: Asked; check: Check }): void {
  check.findings.push({ code, pointer: pointerOf(question, asked) + at, params: { label: question.label, ...params } });
}

function pointerOf(question: Question, asked: Asked): string {
  return `${asked.pointer}/${escapePointer(question.id)}`;
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
  const required = evaluateExpression(preparedOf(check.programme), document.requiredWhen, check.situation);
  return required.known && required.value !== true;
}

export function documentOf(programme: Programme, question: Question): DocumentKind | undefined {
  return question.document === undefined ? undefined : programme.documents.find(({ id }) => id === question.document);
}

function contextOf(question: Question, check: Check): FieldContext {
  if (question.document === undefined && question.dateMin === undefined && question.dateMax === undefined) return { question };
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
  const bound = evaluateExpression(preparedOf(check.programme), expression, check.situation);
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
