import type { Localised } from '#definitions/types/wire.js';
import type { Text } from '#definitions/types/programme.js';

/** A text as it crosses the wire; `{municipality}` and other places are filled in, in each language. */
export function localised(text: Text | Localised, places: Readonly<Record<string, Localised>> = {}): Localised {
  const languages = Object.entries(text).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const fill = (language: string, words: string): string =>
    words.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => {
      const place = Object.hasOwn(places, name) ? places[name] : undefined;
      return place === undefined ? whole : (place[language] ?? place.en);
    });
  return Object.fromEntries(languages.map(([language, words]) => [language, fill(language, words)])) as Localised;
}
