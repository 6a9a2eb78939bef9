import type { DocumentKind, Programme, Question } from '#definitions/types/programme.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import { isBlank, isObject, mapMembers, ownValue } from '#forms/fields/shapes.js';
import type { FindingCode } from '#forms/findings/codes.js';
import type { FieldFinding, Finding } from '#forms/findings/finding.js';
import { escapePointer, pointerTo } from '#forms/findings/finding.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';
import { calculatorOf, onceFor, questionsOf, unaskedIn } from '#forms/pages/prepared.js';
import { isRefusal } from './normalise.js';

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

/**
 * Everything that is wrong with these answers, in the order of the form; answers to what is not asked are ignored, fields
 * that the form does not know are findings. Values are judged as they stand: nothing is coerced. Never throws.
 */
export function checkAnswers(programme: Programme, answers: unknown, options: CheckOptions): readonly Finding[] {
  if (!isObject(answers)) return [{ code: 'answers.notObject', pointer: '', params: {} }];
  if (isTooLarge(answers)) return [{ code: 'answers.tooLarge', pointer: '', params: {} }];
  const findings = judgeAnswers(programme, answers, { ...options, judgeNames });
  return (options.stage === 'draft' ? findings.filter(({ code }) => DRAFT_CODES.has(code)) : findings).slice(0, FINDINGS_MAX);
}

export interface JudgeOptions extends CheckOptions {
  /** What else is wrong with a group of answers: how they are called. */
  readonly judgeNames?: (group: { readonly questions: readonly Question[]; readonly given: GivenAnswers; readonly path: string }) => readonly Finding[];
}

/** The same without what only comes from outside, limits and unknown names: for answers that a form itself has made. */
export function judgeAnswers(programme: Programme, answers: GivenAnswers, { today, stage, judgeNames }: JudgeOptions): readonly Finding[] {
  const findings: Finding[] = [];
  const hidden = unaskedIn(programme, answers, today);
  const work = calculatorOf(programme, answers, today);
  // A bound that is not known yet binds nobody.
  const dayOf = (expression: Question['dateMin']): string | undefined => (expression === undefined ? undefined : (work(expression) as string | undefined));
  // A paper that is perhaps required is required.
  const mayBeMissing = ({ mayBeMissingAtFiling, requiredWhen }: DocumentKind): boolean =>
    stage === 'desk' || mayBeMissingAtFiling || (requiredWhen !== undefined && (work(requiredWhen) ?? true) !== true);
  const judgeAnswer = (question: Question, value: unknown): readonly FieldFinding[] => {
    const { type, optional, items, itemsMin: min = 0, dateMin, dateMax } = question;
    const document = documentOf(programme, question);
    if (!isBlank(value) && !isRefusal(value)) return fieldTypes[type].validate(value, { question, document, dateMin: dayOf(dateMin), dateMax: dayOf(dateMax) });
    if (optional === true || (document && mayBeMissing(document))) return [];
    return [items && min > 0 ? { code: 'repeat.tooFew', params: { min } } : { code: fieldTypes[type].missing }];
  };
  // The path of a member ends in a dot; "" at the top.
  const judgeGroup = (questions: readonly Question[], given: GivenAnswers, path: string): void => {
    for (const question of questions) {
      const { id, type, items, label } = question;
      const below = path + id;
      if (!fieldTypes[type].isAnswered || hidden.has(below)) continue;
      const value = ownValue(given, id);
      for (const { code, at = '', params } of judgeAnswer(question, value)) findings.push({ code, pointer: pointerTo(below) + at, params: { label, ...params } });
      if (items) mapMembers(value, (member, position) => judgeGroup(items, member, `${below}.${position}.`));
    }
    findings.push(...(judgeNames?.({ questions, given, path }) ?? []));
  };
  judgeGroup(questionsOf(programme), answers, '');
  return findings;
}

/** The findings of some questions only: those of a page, when "continue" is pressed. */
export function checkQuestions(programme: Programme, answers: GivenAnswers, options: CheckOptions & { readonly questions: readonly Question[] }): readonly Finding[] {
  return judgeAnswers(programme, answers, options).filter(({ pointer }) => options.questions.some(({ id }) => id === pointer.split('/')[1]));
}

/** Answers to what this group does not ask. */
const judgeNames: NonNullable<JudgeOptions['judgeNames']> = ({ questions, given, path }) => {
  const names = namesOf(questions);
  return Object.keys(given)
    .filter((name) => !names.has(name))
    .map((name) => ({ code: 'answer.unknown', pointer: pointerTo(path) + escapePointer(name), params: { name } }));
};

/** Under which names these questions keep answers. */
const namesOf = /* @__PURE__ */ onceFor((questions: readonly Question[]): ReadonlySet<string> => new Set(questions.filter(({ type }) => fieldTypes[type].isAnswered).map(({ id }) => id)));

export function documentOf(programme: Programme, { document }: Question): DocumentKind | undefined {
  return document === undefined ? undefined : programme.documents.find(({ id }) => id === document);
}

function isTooLarge(answers: GivenAnswers): boolean {
  let nodes = 0;
  const visit = (value: unknown, depth: number): boolean => {
    nodes += 1;
    if (nodes > NODES_MAX || depth > DEPTH_MAX) return true;
    if (typeof value === 'object' && value !== null) for (const below of Object.values(value)) if (visit(below, depth + 1)) return true;
    return false;
  };
  return visit(answers, 0);
}
