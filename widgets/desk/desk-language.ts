import { el } from './texts/el.js';
import { en } from './texts/en.js';
import type { DeskTextKey } from './texts/el.js';

export const DESK_LANGUAGES = ['el', 'en'] as const;
export type DeskLanguage = (typeof DESK_LANGUAGES)[number];

const TEXTS: Readonly<Record<DeskLanguage, Readonly<Record<DeskTextKey, string>>>> = { el, en };

export type TextParams = Readonly<Record<string, string | number>>;

/** A sentence of the desk; `{name}` stands for a parameter. */
export function deskText(language: DeskLanguage, key: DeskTextKey, params: TextParams = {}): string {
  return TEXTS[language][key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** True when the desk has a sentence of this name: kinds and codes that arrive from outside are looked up. */
export function isDeskText(key: string): key is DeskTextKey {
  return Object.hasOwn(el, key);
}

/** Every text of a programme and of the engine has both languages. */
export interface TwoTongued {
  readonly el: string;
  readonly en: string;
}

export function readText(language: DeskLanguage, text: TwoTongued | undefined): string {
  return text?.[language] ?? '';
}
