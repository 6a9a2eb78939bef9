import type { Programme, Text } from '#definitions/types/programme.js';
import { parseDate } from './dates.js';
import type { Value } from './situation.js';
import { TEXTS } from './texts/texts.js';

export type Language = keyof Text;

/** How a value is written in a sentence. */
export type ValueKind = 'money' | 'number' | 'percent' | 'boolean' | 'date' | 'text' | 'list';

/** Written here and not by `Intl`, whose tables differ between browsers and servers. */
export function writeValue(value: Value, { kind, language, currency = 'EUR' }: { kind: ValueKind; language: Language; currency?: string }): string {
  if (typeof value === 'boolean') return sentence(value ? TEXTS.yes : TEXTS.no, language);
  if (typeof value === 'number') return kind === 'money' ? writeMoney(value, { language, currency }) : writeNumber(value, language) + (kind === 'percent' ? ' %' : '');
  if (typeof value === 'string') return writeDate(value) ?? value;
  if (Array.isArray(value)) return value.map((part: Value) => writeValue(part, { kind: 'text', language })).join(', ');
  return sentence(TEXTS.none, language);
}

export function sentence(text: Text, language: Language): string {
  return text[language] ?? text.en;
}

function writeNumber(number: number, language: Language): string {
  const [separator, point] = language === 'el' || language === 'sq' || language === 'fr' ? ['.', ','] : [',', '.'];
  const [whole = '', fraction] = String(Math.abs(number)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, separator);
  return (number < 0 ? '−' : '') + grouped + (fraction === undefined ? '' : point + fraction);
}

/** Cents as `1.234,56 €`, or `€1,234.56` where the sign stands first. */
export function writeMoney(cents: number, { language, currency = 'EUR' }: { language: Language; currency?: string }): string {
  const sign = currency === 'EUR' ? '€' : currency;
  const fraction = String(Math.abs(cents) % 100).padStart(2, '0');
  const whole = writeNumber(Math.trunc(Math.abs(cents) / 100), language);
  const minus = cents < 0 ? '−' : '';
  return language === 'en' ? `${minus}${sign}${currency === 'EUR' ? '' : ' '}${whole}.${fraction}` : `${minus}${whole},${fraction} ${sign}`;
}

function writeDate(text: string): string | undefined {
  const date = parseDate(text);
  if (date === null) return undefined;
  return `${String(date.day).padStart(2, '0')}/${String(date.month).padStart(2, '0')}/${date.year}`;
}

const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9.-]*)\}/g;

/** The names in braces of a text, in order. */
export function placeholdersOf(text: string): readonly string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
}

/** Fills `{name}`; a name that `fill` does not know stays as it is, so that a later step (the municipality's name) may. */
export function fillText(text: Text, fill: (name: string, language: Language) => string | undefined): Text {
  const filled = Object.entries(text).map(([language, words]: [string, string]) => [
    language,
    words.includes('{') ? words.replace(PLACEHOLDER, (whole, name: string) => fill(name, language as Language) ?? whole) : words,
  ]);
  return Object.fromEntries(filled) as unknown as Text;
}

/** What a reason may name in braces: a computed value or a parameter in force. */
export interface Words {
  readonly programme: Programme;
  readonly computed: { readonly [computedId: string]: Value };
  readonly asOf: string;
}

export function fillReason(reason: Text, words: Words): Text {
  return reason.el.includes('{') || reason.en.includes('{') ? fillText(reason, (name, language) => wordFor(name, { ...words, language })) : reason;
}

function wordFor(name: string, { programme, computed, asOf, language }: Words & { language: Language }): string | undefined {
  const currency = programme.currency ?? 'EUR';
  const declared = programme.computed.find((candidate) => candidate.id === name);
  if (declared !== undefined) return writeValue(computed[name] ?? null, { kind: declared.type, language, currency });
  const parameter = programme.parameters.find((candidate) => candidate.id === name);
  const inForce = parameter?.values.filter((value) => value.from <= asOf).sort((left, right) => (left.from < right.from ? 1 : -1))[0];
  if (parameter === undefined || inForce === undefined) return undefined;
  return writeValue(inForce.value, { kind: KIND_OF_UNIT[parameter.unit], language, currency });
}

const KIND_OF_UNIT = { cents: 'money', count: 'number', percent: 'percent', date: 'date', text: 'text', list: 'list' } as const;
