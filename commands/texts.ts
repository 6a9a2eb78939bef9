import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#engine/settings/package-root.js';

export type Language = 'el' | 'en';

const cache = new Map<Language, Readonly<Record<string, string>>>();

/** The language of the terminal: DIKTYO_LANGUAGE, else what the system's locale says; English where it says neither. */
export function terminalLanguage(environment: Readonly<Record<string, string | undefined>> = process.env): Language {
  const named = environment['DIKTYO_LANGUAGE'] ?? environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? '';
  return named.toLowerCase().startsWith('el') ? 'el' : 'en';
}

/** A sentence of texts/<language>.json with its places filled. @throws Error when there is none: a bug, and tests/house looks for it. */
export function textOf(language: Language, key: string, params: Readonly<Record<string, string | number>> = {}): string {
  const text = textsIn(language)[key];
  if (text === undefined) throw new Error(`no text "${key}" in commands/texts/${language}.json`);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** The same sentence in both languages: for refusals, which are read by whoever happens to be there. */
export function inBoth(key: string, params: Readonly<Record<string, string | number>> = {}): { readonly el: string; readonly en: string } {
  return { el: textOf('el', key, params), en: textOf('en', key, params) };
}

export function textsIn(language: Language): Readonly<Record<string, string>> {
  const known = cache.get(language);
  if (known) return known;
  const texts = JSON.parse(readFileSync(join(packageRoot(), `commands/texts/${language}.json`), 'utf8')) as Readonly<Record<string, string>>;
  cache.set(language, texts);
  return texts;
}
