/** Finding where a sentence may be cut: never inside quotes or brackets. */

const OPENING = '«“';
const CLOSING = '»”';

/** How deep each character stands in quotes and brackets; the last number is the depth after the text. Brackets inside quotes are words. */
export function depthsOf(text: string): readonly number[] {
  let quotes = 0;
  let brackets = 0;
  const depths: number[] = [];
  for (const character of text) {
    depths.push(quotes + brackets);
    if (character.length === 2) depths.push(quotes + brackets);
    if (OPENING.includes(character)) quotes += 1;
    else if (CLOSING.includes(character)) quotes -= 1;
    else if (quotes === 0 && character === '(') brackets += 1;
    else if (quotes === 0 && character === ')') brackets -= 1;
  }
  depths.push(quotes + brackets);
  return depths;
}

/** The text between brackets that hold the whole of it, or null. */
export function unbracketed(text: string): string | null {
  if (!text.startsWith('(') || !text.endsWith(')')) return null;
  const depths = depthsOf(text);
  return depths.slice(1, -1).every((depth) => depth > 0) ? text.slice(1, -1) : null;
}

/** Every place at depth 0 where `word` stands. */
export function placesOf(word: string, text: string): readonly number[] {
  const depths = depthsOf(text);
  const places: number[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) if (depths[at] === 0) places.push(at);
  return places;
}

/** All pieces of a list `a, b, c`. */
export function splitList(text: string, separator = ', '): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const at of placesOf(separator, text)) {
    pieces.push(text.slice(from, at));
    from = at + separator.length;
  }
  return [...pieces, text.slice(from)];
}

/** What stands in the holes of a pattern such as `{1} is at least {2}`, for every way in which it fits the text. */
export function fitPattern(pattern: string, text: string): readonly Readonly<Record<string, string>>[] {
  const pieces = pattern.split(/\{([a-z0-9]+)\}/);
  const [start = ''] = pieces;
  if (!text.startsWith(start)) return [];
  const depths = depthsOf(text);
  const fit = (piece: number, { from, depth }: { readonly from: number; readonly depth: number }): readonly Readonly<Record<string, string>>[] => {
    const name = pieces[piece];
    if (name === undefined) return from === text.length ? [{}] : [];
    const next = pieces[piece + 1] ?? '';
    const inner = depthAfter(next);
    const ends = next === '' ? [text.length] : occurrences(next, { text, from }).filter((at) => depths[at] === depth);
    return ends.flatMap((at) => fit(piece + 2, { from: at + next.length, depth: depth + inner }).map((rest) => ({ [name]: text.slice(from, at), ...rest })));
  };
  return fit(1, { from: start.length, depth: depthAfter(start) });
}

function depthAfter(words: string): number {
  return depthsOf(words).at(-1) ?? 0;
}

function occurrences(word: string, { text, from }: { readonly text: string; readonly from: number }): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word, from); at !== -1; at = text.indexOf(word, at + 1)) places.push(at);
  return places;
}
