/** Short forms whose full stop ends no sentence, as officials write them. */
const SHORT_FORMS = new Set(['αρ', 'αριθ', 'αριθμ', 'άρθ', 'άρθρ', 'παρ', 'περ', 'εδ', 'στοιχ', 'κεφ', 'σελ', 'τηλ', 'πλ', 'κα', 'κκ', 'κος', 'δηλ', 'βλ', 'πρβλ', 'εκ', 'χιλ', 'πρωτ', 'απόφ', 'no', 'nos', 'art', 'par', 'mr', 'mrs', 'ms', 'dr', 'st', 'tel', 'pp', 'cf', 'vs']);

/** The sentences of a text. A decimal point, an abbreviation or the stop of «ν. 4387/2016» ends none. */
export function sentencesOf(words: string): readonly string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const match of words.matchAll(/[.;!·?:…]+(?=\s|$|[»”")])|\n+/gu)) {
    const end = match.index + match[0].length;
    if (match[0] === '.' && !endsHere(words.slice(start, match.index), words.slice(end, end + 3))) continue;
    sentences.push(words.slice(start, end));
    start = end;
  }
  return [...sentences, words.slice(start)];
}

/** A short form before the stop («ν.», «π.δ.», «αρ.»), or a small letter after it: the sentence goes on. */
function endsHere(before: string, after: string): boolean {
  if (after.trim() === '') return true;
  if (/^[»”")]*\s+\p{Ll}/u.test(after)) return false;
  const last = /(?:^|[\s(«“"/])([\p{L}.]+)$/u.exec(before)?.[1] ?? '';
  const isShort = /^\p{Ll}$/u.test(last) || SHORT_FORMS.has(last.toLowerCase()) || (/\.\p{L}{1,2}$/u.test(last) && /^\s+\p{N}/u.test(after));
  return !isShort;
}
