import { placeholdersOf } from '#definitions/language/wording.js';
import type { Due, Programme, Question, Step } from '#definitions/types/programme.js';
import { daysIn } from './agreement.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';

/** What would pass every rule and fail on the first morning: deadlines out of order, papers that nobody can hand in, words left unfinished. */
export function findImpracticable(programme: Programme): readonly Draft[] {
  return [
    ...programme.flow.steps.flatMap((step, position) => stepDrafts(step, { pointer: `/flow/steps/${position}`, programme })),
    ...paperDrafts(programme),
    ...questionDrafts(programme),
    ...contactDrafts(programme),
    ...unfinishedDrafts(programme, ''),
    ...snapshotDrafts(programme),
    ...(programme.rules.length > 0 && programme.rules.every(({ severity }) => severity !== 'blocking') && programme.mode === 'rolling' ? [{ code: 'refusesNobody', pointer: '/rules' } as const] : []),
  ];
}

interface StepPlace {
  readonly pointer: string;
  readonly programme: Programme;
}

function stepDrafts(step: Step, place: StepPlace): readonly Draft[] {
  const { pointer } = place;
  const drafts: Draft[] = [];
  if ('role' in step && step.overdue?.escalateTo !== undefined && step.overdue.escalateTo === step.role) drafts.push({ code: 'escalatesToSame', pointer: below(pointer, 'overdue', 'escalateTo'), params: { name: step.id, role: step.role } });
  if (step.due?.days !== undefined && step.kind !== 'documents' && (step.due.days < 1 || step.due.days > 365)) drafts.push({ code: 'dueUnlikely', pointer: below(pointer, 'due', 'days'), params: { name: step.id, found: step.due.days } });
  if (step.kind === 'documents') drafts.push(...orderDrafts(step, pointer));
  if (step.kind === 'decide') drafts.push(...appealDrafts(step, pointer));
  return [...drafts, ...dueWordDrafts(step, place)];
}

/** Working days and all days on one scale, roughly: five of one are seven of the other. */
function lengthOf(due: Due | undefined): number | undefined {
  return due?.days === undefined ? undefined : due.kind === 'working' ? (due.days * 7) / 5 : due.days;
}

/** First one reminds, then it is due at the latest, then one gives up. */
function orderDrafts(step: Extract<Step, { kind: 'documents' }>, pointer: string): readonly Draft[] {
  const [due, end] = [lengthOf(step.due), lengthOf(step.giveUp?.after)];
  if (end === undefined) return [];
  const late = (step.remind ?? []).findIndex(({ after }) => (lengthOf(after) ?? 0) >= end);
  return [
    ...(due !== undefined && end < due ? [{ code: 'givesUpEarly', pointer: below(pointer, 'giveUp', 'after'), params: { name: step.id } } as const] : []),
    ...(late >= 0 ? [{ code: 'remindsLate', pointer: below(pointer, 'remind', late, 'after'), params: { name: step.id } } as const] : []),
  ];
}

function appealDrafts({ appeal, id }: Extract<Step, { kind: 'decide' }>, pointer: string): readonly Draft[] {
  if (appeal.days < 3 || appeal.days > 90) return [{ code: 'dueUnlikely', pointer: below(pointer, 'appeal', 'days'), params: { name: id, found: appeal.days } }];
  return (['el', 'en'] as const).flatMap((language): readonly Draft[] => {
    const spoken = daysIn(appeal.text[language], language);
    return spoken.length === 0 || spoken.some(({ days }) => days === appeal.days) ? [] : [{ code: 'dueDiffers', pointer: below(pointer, 'appeal', 'text', language), params: { name: id, found: spoken[0]?.days ?? 0, expected: appeal.days } }];
  });
}

/** {due} and {missing} are filled in where something is due or missing; elsewhere they would stay empty. */
function dueWordDrafts(step: Step, { pointer, programme }: StepPlace): readonly Draft[] {
  if (step.kind !== 'notify') return [];
  const message = programme.messages.find(({ id }) => id === step.message);
  const names = [message?.subject, message?.body, message?.sms].flatMap((text) => (text === undefined ? [] : [...placeholdersOf(text.el), ...placeholdersOf(text.en)]));
  const empty = ['due', 'missing'].find((name) => names.includes(name));
  return empty === undefined ? [] : [{ code: 'placeholderEmpty', pointer: below(pointer, 'message'), params: { name: empty, message: step.message } }];
}

/** Who writes 10 means megabytes; what is counted here is bytes. */
function paperDrafts({ documents }: Programme): readonly Draft[] {
  return documents.flatMap((document, position): readonly Draft[] => {
    const wrong = document.sizeBytesMax < 1000 ? 'sizeBytesMax' : document.filesMax < 1 ? 'filesMax' : document.expiryMonths !== undefined && document.expiryMonths < 1 ? 'expiryMonths' : undefined;
    return wrong === undefined ? [] : [{ code: 'paperImpossible', pointer: below('/documents', position, wrong), params: { name: document.id, property: wrong, found: document[wrong] ?? 0 } }];
  });
}

const NAMES: readonly unknown[] = ['applicantGivenName', 'applicantFamilyName'];

function questionDrafts({ form }: Programme): readonly Draft[] {
  const visit = (question: Question, pointer: string): readonly Draft[] => {
    const [least, most] = [dateOf(question.dateMin), dateOf(question.dateMax)];
    return [
      ...(NAMES.includes(question.role) && (question.lengthMax ?? 100) < 30 ? [{ code: 'nameShort', pointer: below(pointer, 'lengthMax'), params: { name: question.id, found: question.lengthMax ?? 0 } } as const] : []),
      ...(least !== undefined && most !== undefined && least > most ? [{ code: 'boundsCrossed', pointer: below(pointer, 'dateMax'), params: { min: least, max: most } } as const] : []),
      ...(question.items ?? []).flatMap((item, position) => visit(item, below(pointer, 'items', position))),
    ];
  };
  return form.pages.flatMap((page, at) => page.questions.flatMap((question, position) => visit(question, below('/form/pages', at, 'questions', position))));
}

function dateOf(expression: unknown): string | undefined {
  const date = typeof expression === 'object' && expression !== null && Object.hasOwn(expression, 'date') ? (expression as { readonly date: unknown }).date : undefined;
  return typeof date === 'string' ? date : undefined;
}

/** A telephone number that can be called: ten digits, or a short one of three to five. */
function contactDrafts({ contact }: Programme): readonly Draft[] {
  const digits = contact.phone.replaceAll(/\D/g, '').length;
  return [
    ...(digits >= 10 || (digits >= 3 && digits <= 5) ? [] : [{ code: 'contactUnlikely', pointer: '/contact/phone', params: { found: contact.phone } } as const]),
    ...(contact.email === undefined || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(contact.email) ? [] : [{ code: 'contactUnlikely', pointer: '/contact/email', params: { found: contact.email } } as const]),
  ];
}

const UNFINISHED = /(?<![\p{L}\p{N}])(?:TODO|TBD|FIXME|XXX+|lorem ipsum|συμπληρώστε εδώ)(?![\p{L}\p{N}])|\?\?\?|^[.…\-–_\s]*$/iu;

/** What somebody meant to write later; ids and dates are no words. */
function unfinishedDrafts(value: unknown, pointer: string): readonly Draft[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]: [string, unknown]): readonly Draft[] => {
    const place = below(pointer, name);
    if (typeof part !== 'string') return unfinishedDrafts(part, place);
    const isWords = (name === 'el' || name === 'en') && part !== '' ? true : name === 'legalBasis' || pointer.endsWith('/legalBasis') || name === 'source';
    return isWords && UNFINISHED.test(part) ? [{ code: 'textUnfinished', pointer: place, params: { found: part } }] : [];
  });
}

/** What is frozen for the ranking is frozen when nobody can apply any more, and objections come after that. */
function snapshotDrafts({ selection }: Programme): readonly Draft[] {
  const last = (selection?.windows ?? []).filter(({ kind }) => kind === 'applications').map(({ until }) => until).sort().at(-1);
  const at = selection?.snapshotAt;
  if (selection === undefined || last === undefined) return [];
  return [
    ...(at === undefined || at >= last ? [] : [{ code: 'snapshotEarly', pointer: '/selection/snapshotAt', params: { found: at, expected: last } } as const]),
    ...selection.windows.flatMap(({ kind, from }, position): readonly Draft[] => (kind === 'objections' && from < last ? [{ code: 'objectionsEarly', pointer: below('/selection/windows', position, 'from'), params: { found: from, expected: last } }] : [])),
  ];
}
