import type { FormTexts, Language } from '#forms/findings/tell.js';
import type { say } from './say/el.js';

/** The texts of one language that all widgets share. Each widget adds its own (`apply/texts`, `track/texts`). */
export interface Texts {
  readonly language: Language;
  /** Sentences of findings and words of summaries. */
  readonly form: FormTexts;
  readonly say: Readonly<Record<SharedKey, string>>;
}

/** What one widget brings in one language: the shared sentences and its own. */
export interface OwnTexts<Own> {
  readonly say: Texts['say'];
  readonly own: Own;
  /** What is said of answers; a widget that asks nothing needs none. */
  readonly form?: Omit<FormTexts, 'language'>;
}

export type SharedKey = keyof typeof say;

export type Params = Readonly<Record<string, string | number>>;

/** Fills `{name}`. */
export function fill(sentence: string, params: Params = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

const RIGHT_TO_LEFT = ['ar', 'fa', 'ur'];

export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr';
}

const KNOWN: readonly Language[] = ['el', 'en', 'sq', 'ar', 'fa', 'ur', 'uk', 'ka', 'fr'];

export function asLanguage(tag: string | null | undefined): Language {
  const found = KNOWN.find((language) => language === tag?.toLowerCase().split('-')[0]);
  return found ?? 'el';
}

/** Nearest `lang` around an element, shadow roots passed through; Greek when there is none. */
export function languageAround(element: Element): Language {
  let node: Element | null = element;
  while (node !== null) {
    const holder: Element | null = node.closest('[lang]');
    if (holder !== null) return asLanguage(holder.getAttribute('lang'));
    const root = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return 'el';
}
