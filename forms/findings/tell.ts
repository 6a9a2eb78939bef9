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
export type OutsideCode = 'answers.tooLarge' | 'answers.notObject' | 'choices.repeated' | 'address.unknownPart' | 'identity.kindUnknown' | 'file.malformed' | 'file.repeated';

/** Codes of the field types that few forms ask. */
export type RareCode = Extract<FindingCode, `${'number' | 'money' | 'choices' | 'personalNumber'}.${string}`>;

export type RareTexts = Readonly<Record<Exclude<RareCode, OutsideCode>, string>>;

/** What a form needs to speak of what is typed into it. */
export interface AskedTexts {
  readonly sentences: Readonly<Record<Exclude<FindingCode, OutsideCode | RareCode>, string>>;
  readonly words: FormTexts['words'];
}

export type Word = 'yes' | 'no' | 'given' | 'notGiven' | 'refused' | 'none' | `identity.${IdentityKind}`;

export type IdentityKind = 'afm' | 'amka' | 'paaypa' | 'idCard' | 'passport' | 'residencePermit' | 'other' | 'none';

/** A text in the reader's language; Greek for who reads Greek, else English, where it was not written. */
export function inLanguage(text: Text | undefined, language: Language): string {
  if (text === undefined) return '';
  return text[language] ?? (language === 'el' ? text.el : text.en);
}

/** `{name}` is replaced by the parameter of that name; an unknown name stays visible. */
export function tellFinding(finding: { readonly code: FindingCode; readonly params: Readonly<Record<string, FindingParam>> }, texts: FormTexts): string {
  const sentence = texts.findings[finding.code] ?? texts.findings['answer.type'];
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const param = Object.hasOwn(finding.params, name) ? finding.params[name] : undefined;
    return param === undefined ? whole : tellParam(param, texts.language);
  });
}

function tellParam(param: FindingParam, language: Language): string {
  if (typeof param === 'string') return param;
  if (typeof param === 'number') return new Intl.NumberFormat(localeOf(language)).format(param);
  if ('cents' in param) return tellMoney(param.cents, language);
  if ('date' in param) return tellDate(param.date, language);
  return inLanguage(param, language);
}

/** `1.234,50 €`. */
export function tellMoney(cents: number, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { style: 'currency', currency: 'EUR' }).format(cents / 100);
}

/** `21 Νοεμβρίου 2026` from `yyyy-mm-dd`. */
export function tellDate(date: string, language: Language): string {
  const instant = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(instant.getTime())) return date;
  return new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(instant);
}

/** Western calendar and digits everywhere: a deadline must read the same on paper and on every screen. */
export function localeOf(language: Language): string {
  return `${language === 'en' ? 'en-GB' : language === 'el' ? 'el-GR' : language}-u-ca-gregory-nu-latn`;
}
