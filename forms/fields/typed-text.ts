/** What people type instead of what is meant, and back. Shared by the field types whose value is a line of characters. */

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  Α: 'A', Β: 'B', Ε: 'E', Ζ: 'Z', Η: 'H', Ι: 'I', Κ: 'K', Μ: 'M', Ν: 'N', Ο: 'O', Ρ: 'P', Τ: 'T', Υ: 'Y', Χ: 'X',
};

/** Digits of any script as 0-9: full-width, Arabic and Persian keyboards. */
export function westernDigits(text: string): string {
  return text.normalize('NFKC').replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15));
}

/** Spaces of every kind, hyphens, dashes, dots, slashes and invisible marks, which people type between groups of characters. */
export function withoutSeparators(text: string): string {
  return text.replace(/[\s.\-/\u00ad\u200b-\u200f\u2010-\u2015\u2212\u2060\ufeff]/g, '');
}

/** A number of an identifier as it is kept: `094 259-216` → `094259216`. */
export function compactDigits(text: string): string {
  return withoutSeparators(westernDigits(text));
}

/** Capital Latin letters and digits: Greek capitals that look like Latin ones become Latin. */
export function compactLatin(text: string): string {
  return [...compactDigits(text).toUpperCase()].map((letter) => LOOK_ALIKES[letter] ?? letter).join('');
}

/** One line: composed, without spaces at the ends, spaces in a row as one. */
export function singleLine(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** Tidies until nothing changes: taking a separator away may bring a letter and its accent together. */
export function settle(text: string, tidy: (text: string) => string): string {
  let [before, after] = [text, tidy(text)];
  for (let round = 0; round < 6 && before !== after; round += 1) [before, after] = [after, tidy(after)];
  return after;
}

/** Applies to strings only; a blank one is "not answered"; other values stay for `validate` to name. */
export function normaliseText(raw: unknown, tidy: (text: string) => string): unknown {
  if (raw === null || raw === undefined) return undefined;
  if (typeof raw !== 'string') return raw;
  const text = settle(raw, tidy);
  return text === '' ? undefined : text;
}

/** All but the last characters as dots. */
export function maskText(text: string, shown = 3): string {
  return `${'•'.repeat(Math.max(0, text.length - shown))}${text.slice(-shown)}`;
}

export function printable(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Control characters and halves of characters have no place in any answer; line ends only where lines are. */
export function hasControlCharacters(text: string, { lines }: { readonly lines: boolean }): boolean {
  return (lines ? /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/u : /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]|\p{Cs}/u).test(text);
}
