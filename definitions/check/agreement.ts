import type { Due, Message, Programme, Step, Text } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import { DAY_PATTERNS, NUMBER_WORDS, WORKING_DAYS } from './texts/spoken.js';

/** What texts promise and what the definition does: days of a deadline, amounts of money. */
export function findDisagreements(programme: Programme): readonly Draft[] {
  return [...dueDrafts(programme), ...amountDrafts(programme), ...reasonDrafts(programme)];
}

type Language = 'el' | 'en';
const LANGUAGES: readonly Language[] = ['el', 'en'];

interface SpokenDays {
  readonly days: number;
  readonly isWorking: boolean;
}

/** "within ten working days" → 10, working. */
export function daysIn(words: string, language: Language): readonly SpokenDays[] {
  return [...words.matchAll(DAY_PATTERNS[language])].flatMap(([whole, number = '']): readonly SpokenDays[] => {
    const days = /^\d+$/.test(number) ? Number(number) : NUMBER_WORDS[language].indexOf(number.toLowerCase()) + 1;
    return days > 0 ? [{ days, isWorking: WORKING_DAYS[language].test(whole) }] : [];
  });
}

/** A step's own sentence and the messages that it sends itself speak of the deadlines of that step. */
function dueDrafts({ flow, messages }: Programme): readonly Draft[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  return flow.steps.flatMap((step, position) => {
    const dues = duesOf(step);
    const texts = [
      { text: step.citizenText, pointer: `/flow/steps/${position}/citizenText` },
      ...sentBy(step).flatMap((id) => textsOf(byId.get(id)).map((text) => ({ text, pointer: `/flow/steps/${position}` }))),
    ];
    if (dues.length === 0) return [];
    return texts.flatMap(({ text, pointer }) => LANGUAGES.flatMap((language) => contrary(text?.[language] ?? '', { language, dues, pointer, name: step.id })));
  });
}

function contrary(words: string, { language, dues, pointer, name }: { language: Language; dues: readonly Due[]; pointer: string; name: string }): readonly Draft[] {
  const spoken = daysIn(words, language);
  const other = spoken.find(({ days, isWorking }) => !dues.some((due) => due.days === days && (!isWorking || due.kind === 'working')));
  if (other === undefined) return [];
  const expected = dues.map((due) => `${due.days ?? 0} ${due.kind ?? 'calendar'}`).join(', ');
  return [{ code: 'dueDiffers', pointer: pointer.endsWith('citizenText') ? below(pointer, language) : pointer, params: { name, found: `${other.days}${other.isWorking ? ' working' : ''}`, expected } }];
}

function duesOf(step: Step): readonly Due[] {
  const dues = [step.due];
  if (step.kind === 'wait') dues.push(step.until);
  if (step.kind === 'pay') dues.push(...step.parts.map(({ due }) => due));
  if (step.kind === 'documents') dues.push(step.giveUp?.after, ...(step.remind ?? []).map(({ after }) => after));
  return dues.filter((due) => due?.days !== undefined) as readonly Due[];
}

function sentBy(step: Step): readonly string[] {
  const names = [step.overdue?.message];
  if (step.kind === 'documents') names.push(step.ask, ...(step.remind ?? []).map(({ message }) => message));
  return names.filter((name) => name !== undefined);
}

function textsOf(message: Message | undefined): readonly Text[] {
  return message === undefined ? [] : [message.body, ...(message.sms === undefined ? [] : [message.sms])];
}

const AMOUNTS: { readonly [language in Language]: RegExp } = {
  el: /(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{2}))?\s*(?:€|ευρώ)/g,
  en: /(?:€\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{2}))?(?![\d]))|(?:(?<![\d.,€])(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{2}))?\s*(?:€|euros?))/g,
};

/** Amounts of money in a text, in cents, as Greek and English write them: 3.500,00 € and €3,500.00. */
export function amountsIn(words: string, language: Language): readonly number[] {
  return [...words.matchAll(AMOUNTS[language])].map(([, a, b, c, d]) => Number((a ?? c ?? '0').replaceAll(/[.,]/g, '')) * 100 + Number(b ?? d ?? 0));
}

/** An amount in a text is a figure of the programme; in the title of a parameter, that parameter's own. */
function amountDrafts(programme: Programme): readonly Draft[] {
  const figures = new Set<number>([0]);
  for (const part of [programme.rules, programme.points, programme.computed, programme.tables, programme.parameters, programme.overlayable, programme.form, programme.flow, programme.selection]) collectFigures(part, figures);
  const drafts: Draft[] = [];
  const visit = (value: unknown, { pointer, own }: { pointer: string; own: ReadonlySet<number> }): void => {
    if (typeof value !== 'object' || value === null) return;
    const text = value as Partial<Text>;
    if (typeof text.el === 'string' && typeof text.en === 'string') {
      for (const language of LANGUAGES) {
        const strange = amountsIn(text[language] ?? '', language).find((cents) => !own.has(cents));
        if (strange !== undefined) drafts.push({ code: 'amountUnknown', pointer: below(pointer, language), params: { found: (strange / 100).toFixed(2) } });
      }
    } else for (const [name, part] of Object.entries(value)) visit(part, { pointer: below(pointer, name), own });
  };
  const { parameters, sources: _sources, legalBasis: _legalBasis, ...rest } = programme;
  visit(rest, { pointer: '', own: figures });
  parameters.forEach((parameter, position) => {
    const own = new Set<number>();
    collectFigures(parameter.values, own);
    visit(parameter, { pointer: `/parameters/${position}`, own: parameter.unit === 'cents' ? own : figures });
  });
  return drafts;
}

function collectFigures(value: unknown, figures: Set<number>): void {
  if (typeof value === 'number') figures.add(value);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collectFigures(part, figures);
}

/** Whole numbers of a sentence that are no amounts, dates, percentages or days. */
const COUNTS = /(?<![\p{L}\d.,:/–-])(\d{1,3})(?![\d.,:/%]|\s*(?:%|€|ευρώ|euro|ημ[εέ]ρ|μέρες|ώρ|days?|hours?))/gu;

/** A refusal speaks of the figures that its rule reads; another one is of an older notice. */
function reasonDrafts(programme: Programme): readonly Draft[] {
  return programme.rules.flatMap(({ id, condition, when, reason }, position): readonly Draft[] => {
    const figures = new Set<unknown>();
    collectRead([condition, when], { programme, figures, seen: new Set() });
    if (![...figures].some((figure) => typeof figure === 'number' && figure > 1 && figure < 1000)) return [];
    return LANGUAGES.flatMap((language): readonly Draft[] => {
      const strange = [...reason.false[language].matchAll(COUNTS)].map(([, digits]) => Number(digits)).find((number) => !figures.has(number));
      return strange === undefined ? [] : [{ code: 'reasonFigure', pointer: `/rules/${position}/reason/false/${language}`, params: { name: id, found: strange } }];
    });
  });
}

/** Every number that an expression reads: written down, of parameters, of tables, and of the computed values that it names. */
function collectRead(expression: unknown, look: { readonly programme: Programme; readonly figures: Set<unknown>; readonly seen: Set<string> }): void {
  const { programme, figures, seen } = look;
  if (typeof expression !== 'object' || expression === null) return void figures.add(expression);
  for (const [name, argument] of Object.entries(expression)) {
    const key = `${name} ${String(argument)}`;
    if (typeof argument === 'string' && !seen.has(key)) {
      seen.add(key);
      if (name === 'param') programme.parameters.filter(({ id }) => id === argument).forEach(({ values }) => values.forEach(({ value }) => figures.add(value)));
      if (name === 'computed') programme.computed.filter(({ id }) => id === argument).forEach(({ value }) => collectRead(value, look));
      if (name === 'table') programme.tables.filter(({ id }) => id === argument).forEach((table) => collectFigures(table, figures as Set<number>));
    }
    collectRead(argument, look);
  }
}
