import type { Text } from '#definitions/types/programme.js';
import type { FindingCode } from './codes.js';
import type { FindingParam } from './finding.js';

/** The language of a reader, as in `definitions/schemas/text.json`. */
export type Language = keyof Text;

/** The sentences and words of one language. */
export interface FormTexts {
  readonly language: Language;
  /** What is wrong and how to mend it, in one sentence for the person who answers. */
  readonly findings: AskedTexts['sentences'] & Readonly<Partial<Record<OutsideCode | RareCode, string>>>;
  readonly words: Readonly<Record<Word, string>>;
}

/** Codes that only answers from outside may have: a form's own fields never make them. */
export type OutsideCode = 'answers.tooLarge' | 'answers.notObject' | 'answer.unknown' | 'choices.repeated' | 'address.unknownPart' | 'identity.kindUnknown' | 'file.malformed' | 'file.repeated';

/** Codes of the field types that few forms ask. */
export type RareCode = Extract<FindingCode, `${'number' | 'money' | 'choices' | 'personalNumber'}.${string}`>;

export type RareTexts = Readonly<Record<Exclude<RareCode, OutsideCode>, string>>;

/** What a form needs to speak of what is typed into it. */
export interface AskedTexts {
  readonly sentences: Readonly<Record<Exclude<FindingCode, OutsideCode | RareCode>, string>>;
  readonly words: FormTexts['words'];
}

export type Word = 'yes' | 'no' | 'given' | 'notGiven' | 'refused' | 'noneOfThese' | IdentityKind;

export type IdentityKind = 'afm' | 'amka' | 'paaypa' | 'idCard' | 'passport' | 'residencePermit' | 'other' | 'none';

/** A text in the reader's language; Greek for who reads Greek, else English, where it was not written. */
export function inLanguage(text: Text | undefined, language: Language): string {
  return text?.[language] ?? text?.en ?? '';
}

/** `{name}` is replaced by the parameter of that name; an unknown name stays visible. */
export function tellFinding({ code, params }: { readonly code: FindingCode; readonly params: Readonly<Record<string, FindingParam>> }, { findings, language }: FormTexts): string {
  const sentence = findings[code] ?? findings['answer.type'];
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => tellParam(params[name] ?? whole, language));
}

function tellParam(param: FindingParam, language: Language): string {
  if (typeof param === 'string') return param;
  if (typeof param === 'number') return tellNumber(param, language);
  if ('cents' in param) return tellMoney(param.cents, language);
  return 'date' in param ? tellDate(param.date, language) : inLanguage(param, language);
}

/** `1.234`. */
export function tellNumber(number: number, language: Language, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(localeOf(language), options).format(number);
}

/** `1.234,50 €`. */
export function tellMoney(cents: number, language: Language): string {
  return tellNumber(cents / 100, language, { style: 'currency', currency: 'EUR' });
}

/** `21 Νοεμβρίου 2026` from `yyyy-mm-dd`. */
export function tellDate(date: string, language: Language): string {
  const instant = Date.parse(`${date}T00:00Z`);
  return Number.isNaN(instant) ? date : tellInstant(instant, language, { timeZone: 'UTC' });
}

/** The day of an instant, and what else is asked of it. */
export function tellInstant(instant: number, language: Language, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'long', year: 'numeric', ...options }).format(instant);
}

/** Western calendar and digits everywhere: a deadline must read the same on paper and on every screen. */
export function localeOf(language: Language): string {
  return `${language === 'en' ? 'en-GB' : language}-u-ca-gregory-nu-latn`;
}
