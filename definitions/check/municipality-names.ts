/** A municipality as texts may spell it. */
export interface Neighbour {
  readonly code: string;
  /** Names as texts would write them, in Greek and English. */
  readonly names: readonly string[];
}

/** The code of the municipality that a text spells out, if any. */
export type FindNamed = (words: string) => string | undefined;

/** What stands before a name when the municipality is meant: a river or a street may bear the same name. */
const BEFORE = /(?<!\p{L})(?:ΔΗΜΟ(?:ΣΥ|Σ|Υ|Ν|Ι|ΥΣ)?|ΔΗΜΩΝ|ΔΗΜΑΡΧΟ(?:Σ|Υ|Ν)?|ΔΗΜΑΡΧΕΙΟ(?:Υ)?|Δ\.|MUNICIPALIT(?:Y|IES) OF|CITY OF|MAYOR OF)\s+(?:ΤΗΣ\s+|ΤΟΥ\s+|ΤΩΝ\s+|ΤΟ\s+|THE\s+)?/gu;
const ENDING_MAX = 4;

interface Name {
  readonly code: string;
  readonly words: readonly string[];
}

/** Prepared once a check: a programme has thousands of texts and the country hundreds of names. */
export function createNameFinder(municipalities: readonly Neighbour[], own: string | undefined): FindNamed {
  const names = municipalities.filter(({ code }) => code !== own).flatMap(({ code, names: spelled }) => spelled.map((name): Name => ({ code, words: wordsOf(flat(name)) })));
  const byLetter = new Map<string, Name[]>();
  for (const name of names) {
    const letter = name.words[0]?.slice(0, 1) ?? '';
    byLetter.set(letter, [...(byLetter.get(letter) ?? []), name]);
  }
  return (text) => {
    const words = flat(text);
    for (const match of words.matchAll(BEFORE)) {
      const after = wordsOf(words.slice(match.index + match[0].length, match.index + match[0].length + 80));
      const found = (byLetter.get(after[0]?.slice(0, 1) ?? '') ?? []).find((name) => name.words.length > 0 && name.words.every((word, position) => isSameName(word, after[position] ?? '')));
      if (found !== undefined) return found.code;
    }
    return undefined;
  };
}

/** Capitals without accents, as headings and stamps write. */
function flat(words: string): string {
  return words.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase();
}

function wordsOf(words: string): readonly string[] {
  return words.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** Μαραθώνα, Μαραθώνος, Μαραθώνας: the stem is the same, the ending is the case. */
function isSameName(name: string, word: string): boolean {
  let shared = 0;
  while (shared < Math.min(name.length, word.length) && name[shared] === word[shared]) shared += 1;
  const isStem = shared >= Math.min(4, name.length) && name.length - shared <= ENDING_MAX && word.length - shared <= ENDING_MAX;
  return name === word || (isStem && shared * 2 > name.length);
}
