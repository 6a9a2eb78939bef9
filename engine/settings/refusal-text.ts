import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.js';
import type { SettingRefusal } from './settings.js';

/** A refusal as a sentence for the person who starts the process. */
export function settingRefusalText(refusal: SettingRefusal, language: 'el' | 'en'): string {
  const texts = readTexts(language);
  const expected = fill(texts[`expected.${refusal.expected.text}`] ?? '', refusal.expected.params);
  return fill(texts[refusal.code] ?? refusal.code, { variable: refusal.variable, expected });
}

function readTexts(language: 'el' | 'en'): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(packageRoot(), `engine/settings/texts.${language}.json`), 'utf8')) as Readonly<Record<string, string>>;
}

function fill(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
}
