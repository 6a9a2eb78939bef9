import type { Programme, Question, Text } from '#definitions/types/programme.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import { isBlank, isList, isObject, ownValue } from '#forms/fields/shapes.js';
import { pointerTo } from '#forms/findings/finding.js';
import type { FormTexts } from '#forms/findings/tell.js';
import { inLanguage } from '#forms/findings/tell.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';
import { calculatorOf, unaskedIn } from '#forms/pages/prepared.js';
import { isRefusal } from './normalise.js';

export interface SummaryRow {
  readonly question: Question;
  readonly pointer: string;
  readonly label: string;
  /** "" when not answered. Several lines where the answer has several parts. */
  readonly value: string;
  /** The members of a repeated group. */
  readonly members: readonly { readonly title: string; readonly rows: readonly SummaryRow[] }[];
}

export interface SummaryPage {
  readonly pageId: string;
  readonly title: string;
  readonly rows: readonly SummaryRow[];
}

export interface SummaryOptions {
  readonly texts: FormTexts;
  /** yyyy-mm-dd, in Athens. */
  readonly today: string;
}

/** Check-your-answers: what was asked and what was answered, page by page, in the reader's language. Information is left out. */
export function summariseAnswers(programme: Programme, answers: GivenAnswers, { texts, today }: SummaryOptions): readonly SummaryPage[] {
  const hidden = unaskedIn(programme, answers, today);
  const work = calculatorOf(programme, answers, today);
  const rowsOf = (questions: readonly Question[], given: GivenAnswers, path: string): readonly SummaryRow[] =>
    questions
      .filter(({ id, type }) => type !== 'information' && !hidden.has(path + id))
      .map((question) => {
        const { type, items } = question;
        const below = path + question.id;
        const value = type === 'computed' ? work(question.value) : ownValue(given, question.id);
        return {
          question,
          pointer: pointerTo(below),
          label: inLanguage(question.label, texts.language),
          value: isBlank(value) ? '' : isRefusal(value) ? texts.words.refused : fieldTypes[type].summarise(value, { question, texts, programme }),
          members: items && isList(value) ? value.map((member, position) => ({
            title: titleOfMember(question.itemTitle, { position, texts }),
            rows: rowsOf(items, isObject(member) ? member : {}, `${below}.${position}.`),
          })) : [],
        };
      });
  return programme.form.pages
    .map(({ id, title, questions }) => ({ pageId: id, title: inLanguage(title, texts.language), rows: rowsOf(questions, answers, '') }))
    .filter(({ rows }) => rows.length > 0);
}

/** The title of one member: `{number}` in the text, or its number after it. */
export function titleOfMember(title: Text | undefined, { position, texts }: { readonly position: number; readonly texts: FormTexts }): string {
  const text = inLanguage(title, texts.language);
  return text.includes('{number}') ? text.replace('{number}', String(position + 1)) : `${text} ${position + 1}`.trim();
}
