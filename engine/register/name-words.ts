/*
 * How names are compared: without accents, case, final sigma or breathings, and with the Latin letters that look like
 * Greek ones taken for those, since people and keyboards mix them. The same fold when writing and when searching.
 */

const LATIN = 'ABEHIKMNOPTXYZ';
/** The Greek capitals in the same order; written by number, since the eye cannot tell them from the Latin ones. */
const GREEK = '\u0391\u0392\u0395\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7\u03a5\u0396';
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([...LATIN].map((letter, index) => [letter, GREEK[index] ?? letter]));

const WORDS_MAX = 12;
const WORD_LENGTH_MAX = 40;

/** The folded words of a text, each once, longest first; at most 12 of 40 letters. */
export function foldWords(text: string): readonly string[] {
  const folded = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[A-Z]/g, (letter) => LOOK_ALIKES.get(letter) ?? letter);
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  const distinct = [...new Set(words.map((word) => [...word].slice(0, WORD_LENGTH_MAX).join('')))];
  return distinct.sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, WORDS_MAX);
}

export type SearchQuestion =
  | { readonly kind: 'protocol'; readonly number: number; readonly year?: number }
  | { readonly kind: 'words'; readonly words: readonly string[] };

const NUMBER_MAX = 2_147_483_647;

/** `15/2026`, `15-2026`, `15` ask for a protocol number; anything else for the beginnings of names. */
export function readSearchText(text: string): SearchQuestion {
  const [, number = '', year] = /^\s*(\d{1,10})(?:\s*[/-]\s*(\d{4}))?\s*$/.exec(text) ?? [];
  if (number !== '' && Number(number) <= NUMBER_MAX) {
    return { kind: 'protocol', number: Number(number), ...(year === undefined ? {} : { year: Number(year) }) };
  }
  return { kind: 'words', words: foldWords(text) };
}
