import { evaluateExpression } from '#definitions/language/form.js';
import type { Programme, Question, Text } from '#definitions/types/programme.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import type { FormTexts } from '#forms/findings/tell.js';
import { inLanguage, tellMoney } from '#forms/findings/tell.js';
import { escapePointer } from '#forms/findings/finding.js';
import { listItemQuestions, listPages } from '#forms/pages/pages.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';
import { unaskedIn, preparedOf, situationOf } from '#forms/pages/prepared.js';
import { isObject, isRefusal } from './normalise.js';

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
  /** Identifiers by their last characters only. */
  readonly masked?: boolean;
}

interface Summary extends SummaryOptions {
  readonly programme: Programme;
  readonly answers: GivenAnswers;
  readonly hidden: ReadonlySet<string>;
}

/** Check-your-answers: what was asked and what was answered, page by page, in the reader's language. Information is left out. */
export function summariseAnswers(programme: Programme, answers: GivenAnswers, options: SummaryOptions): readonly SummaryPage[] {
  const summary: Summary = { ...options, programme, answers, hidden: unaskedIn(programme, answers, options.today) };
  return listPages(programme, answers, options)
    .map(({ page, questions }) => ({
      pageId: page.id,
      title: inLanguage(page.title, options.texts.language),
      rows: summariseGroup({ questions, given: answers, path: '', pointer: '' }, summary),
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** The title of one member: `{number}` in the text, or its number after it. */
export function titleOfMember(title: Text | undefined, { position, texts }: { readonly position: number; readonly texts: FormTexts }): string {
  const text = inLanguage(title, texts.language);
  return text.includes('{number}') ? text.replace('{number}', String(position + 1)) : `${text} ${position + 1}`.trim();
}

interface Place {
  readonly questions: readonly Question[];
  readonly given: GivenAnswers;
  readonly path: string;
  readonly pointer: string;
}

function summariseGroup({ questions, given, path, pointer }: Place, summary: Summary): readonly SummaryRow[] {
  return questions
    .filter((question) => question.type !== 'information')
    .map((question) => {
      const value = question.type === 'computed' ? undefined : Object.hasOwn(given, question.id) ? given[question.id] : undefined;
      const below = { path: path + question.id, pointer: `${pointer}/${escapePointer(question.id)}` };
      return {
        question,
        pointer: below.pointer,
        label: inLanguage(question.label, summary.texts.language),
        value: question.type === 'computed' ? summariseComputed(question, summary) : summariseValue(question, value, summary),
        members: question.items !== undefined && Array.isArray(value) ? summariseMembers(value, { question, ...below, summary }) : [],
      };
    });
}

function summariseMembers(members: readonly unknown[], { question, path, pointer, summary }: { question: Question; path: string; pointer: string; summary: Summary }): SummaryRow['members'] {
  return members.map((member, position) => ({
    title: titleOfMember(question.itemTitle, { position, texts: summary.texts }),
    rows: summariseGroup(
      {
        questions: listItemQuestions(question, { path: `${path}.${position}`, hidden: summary.hidden }),
        given: isObject(member) ? member : {},
        path: `${path}.${position}.`,
        pointer: `${pointer}/${position}`,
      },
      summary,
    ),
  }));
}

// eslint-disable-next-line max-params -- the question and its answer are one thing.
function summariseValue(question: Question, value: unknown, { texts, masked = false }: SummaryOptions): string {
  if (isRefusal(value)) return texts.words.refused;
  return value === undefined || value === null ? '' : fieldTypes[question.type].summarise(value, { question, texts, masked });
}

/** The value of a computed question in its unit, "" while it is not known. */
function summariseComputed(question: Question, { programme, answers, today, texts }: Summary): string {
  const outcome = evaluateExpression(preparedOf(programme), question.value, situationOf(programme, answers, today));
  if (!outcome.known) return '';
  const id = isObject(question.value) ? question.value['computed'] : undefined;
  const isMoney = typeof outcome.value === 'number' && programme.computed.some((computed) => computed.id === id && computed.type === 'money');
  return isMoney ? tellMoney(outcome.value as number, texts.language) : fieldTypes.computed.summarise(outcome.value, { question, texts, masked: false });
}
