import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#engine/settings/package-root.js';

type Texts = Readonly<Record<string, string>>;

const texts = Object.fromEntries(
  (['el', 'en'] as const).map((language) => [language, JSON.parse(readFileSync(join(packageRoot(), 'engine/api/pages/texts', `${language}.json`), 'utf8')) as Texts]),
) as Readonly<Record<'el' | 'en', Texts>>;

/** A text of the engine's own pages. A missing one is a fault: tests/engine/api proves that there is none. */
export function pageText(key: string, language: 'el' | 'en' = 'el'): string {
  const text = texts[language][key];
  if (text === undefined) throw new Error(`the pages have no text ${key}`);
  return text;
}
