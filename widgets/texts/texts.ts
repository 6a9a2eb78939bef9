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

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return /ar|fa|ur/.test(language) ? 'rtl' : 'ltr';
}

/** Nearest `lang` around an element, its own first, shadow roots passed through; Greek when there is none, or none of ours. */
export function languageAround(element: Element): Language {
  for (let node: Element | undefined = element; node !== undefined; node = (node.getRootNode() as Partial<ShadowRoot>).host) {
    const holder = node.closest('[lang]');
    if (holder !== null) return (/^(el|en|sq|ar|fa|ur|uk|ka|fr)\b/.exec(holder.getAttribute('lang')?.toLowerCase() ?? '')?.[0] ?? 'el') as Language;
  }
  return 'el';
}
