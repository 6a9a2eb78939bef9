import { parseDate } from '#definitions/language/dates.js';
import { dateOfDayNumber, dayNumber, formatDate } from '#definitions/language/day-numbers.js';
import { placeholdersOf } from '#definitions/language/wording.js';
import type { Programme, Question } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import { listSites } from './sites.js';
import type { Typing } from './typing.js';

/** Kinds of field that are not asked to be computed with. */
const SELF_SUFFICIENT: readonly Question['type'][] = ['file', 'declaration', 'information', 'computed', 'repeat'];

/** What is declared and never used; above all questions: nobody may be asked what nothing needs. */
export function findUnused(typing: Typing): readonly Draft[] {
  const { programme, reads } = typing;
  const inTexts = new Set(textsOf(programme).flatMap(placeholdersOf));
  const steps = programme.flow.steps;
  const messages = new Set(steps.flatMap((step) => [step.overdue?.message, 'message' in step ? step.message : undefined, ...(step.kind === 'documents' ? [step.ask, ...(step.remind ?? []).map(({ message }) => message)] : [])]));
  const amounts = new Set(steps.flatMap((step) => (step.kind === 'pay' ? [step.amount] : step.kind === 'decide' ? [step.award] : [])));
  return [
    ...unusedQuestions(typing),
    ...unusedOf(programme.parameters, { pointer: '/parameters', code: 'parameterUnused', isUsed: (id) => reads.has(`parameter:${id}`) || inTexts.has(id) }),
    ...unusedOf(programme.tables, { pointer: '/tables', code: 'tableUnused', isUsed: (id) => reads.has(`table:${id}`) }),
    ...unusedOf(programme.facts, { pointer: '/facts', code: 'factUnused', isUsed: (id) => reads.has(`fact:${id}`) }),
    ...unusedOf(programme.computed.map((computed) => (computed.visible === true ? { id: '' } : computed)), {
      pointer: '/computed',
      code: 'computedUnused',
      isUsed: (id) => id === '' || reads.has(`computed:${id}`) || amounts.has(id) || inTexts.has(id),
    }),
    // The engine itself sends `received` when an application is filed.
    ...unusedOf(programme.messages, { pointer: '/messages', code: 'messageUnused', isUsed: (id) => id === 'received' || messages.has(id) }),
  ];
}

function unusedOf(list: readonly { readonly id: string }[], { pointer, code, isUsed }: { pointer: string; code: Draft['code']; isUsed: (id: string) => boolean }): readonly Draft[] {
  return list.flatMap(({ id }, position): readonly Draft[] => (isUsed(id) ? [] : [{ code, pointer: below(pointer, position), params: { name: id } }]));
}

function unusedQuestions({ programme, reads }: Typing): readonly Draft[] {
  const drafts: Draft[] = [];
  const read = new Set([...reads].filter((name) => name.startsWith('question:')).map((name) => name.slice('question:'.length)));
  const visit = (questions: readonly Question[], pointer: string, group: string): void => {
    questions.forEach((question, position) => {
      const shape = group === '' ? question.id : `${group}.${question.id}`;
      const isUsed = read.has(shape) || question.role !== undefined || question.purpose !== undefined || SELF_SUFFICIENT.includes(question.type);
      if (!isUsed) drafts.push({ code: 'questionUnused', pointer: below(pointer, position), params: { name: shape } });
      if (question.items !== undefined) visit(question.items, below(pointer, position, 'items'), shape);
    });
  };
  programme.form.pages.forEach((page, position) => visit(page.questions, `/form/pages/${position}/questions`, ''));
  return drafts;
}

/** Every string that is a text for people. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.includes('{') ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/** Fixed dates on which an office is closed. `holidays` are dates, from the national calendar of those years. */
export function findDeadlinesOnHolidays(programme: Programme, holidays: ReadonlySet<string>): readonly Draft[] {
  const literals = listSites(programme).flatMap(({ expression, pointer }) => (pointer.startsWith('/flow/') ? [{ date: dateLiteral(expression), pointer }] : []));
  const dates = [{ date: programme.opening.until, pointer: '/opening/until' }, ...literals];
  return dates.flatMap(({ date, pointer }): readonly Draft[] => {
    if (date === undefined || !isClosed(date, { programme, holidays })) return [];
    return [{ code: 'deadlineOnHoliday', pointer, params: { date } }];
  });
}

/** A date that is written down, or counted in days from one that is. */
function dateLiteral(expression: unknown): string | undefined {
  if (typeof expression !== 'object' || expression === null) return undefined;
  const { date, dateAdd } = expression as { readonly date?: unknown; readonly dateAdd?: { readonly to?: unknown; readonly amount?: unknown; readonly unit?: unknown } };
  if (typeof date === 'string') return date;
  const from = parseDate(dateLiteral(dateAdd?.to));
  const isCounted = from !== null && dateAdd?.unit === 'days' && typeof dateAdd.amount === 'number';
  return isCounted ? formatDate(dateOfDayNumber(dayNumber(from) + (dateAdd.amount as number))) : undefined;
}

function isClosed(text: string, { programme, holidays }: { programme: Programme; holidays: ReadonlySet<string> }): boolean {
  const date = parseDate(text);
  if (date === null) return false;
  // Day 0 was a Thursday.
  const weekday = (((dayNumber(date) + 3) % 7) + 7) % 7;
  return weekday >= 5 || holidays.has(text) || programme.holidays.some(({ month, day }) => month === date.month && day === date.day);
}
