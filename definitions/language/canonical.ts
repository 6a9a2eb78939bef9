/**
 * The canonical form of a JSON value (RFC 8785): keys in order of UTF-16 code units, ECMAScript numbers, no spaces.
 * Two documents are the same exactly when their canonical forms are the same bytes in UTF-8.
 * @throws RangeError for what JSON cannot hold: NaN, Infinity, lone surrogates, undefined, functions
 */
export function canonicalise(value: unknown): string {
  if (typeof value === 'string') return canonicalText(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (Array.isArray(value)) return canonicalList(value);
  if (typeof value === 'object') return canonicalObject(value as Record<string, unknown>);
  throw new RangeError(`${typeof value} is not JSON`);
}

/** One text that grows: lists of parts to be joined would cost more than all the rest, and every filing is written so. */
function canonicalList(list: readonly unknown[]): string {
  let text = '';
  for (const element of list) text += text === '' ? canonicalise(element) : `,${canonicalise(element)}`;
  return `[${text}]`;
}

function canonicalObject(object: Record<string, unknown>): string {
  let text = '';
  for (const key of Object.keys(object).sort()) {
    const value = object[key];
    if (value !== undefined) text += `${text === '' ? '' : ','}${canonicalText(key)}:${canonicalise(value)}`;
  }
  return `{${text}}`;
}

function canonicalNumber(number: number): string {
  if (!Number.isFinite(number)) throw new RangeError('not a finite number');
  return JSON.stringify(number);
}

/** What JSON may write otherwise than as it stands. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for.
const ODD = /["\\\u0000-\u001f\ud800-\udfff]/;

function canonicalText(text: string): string {
  if (!ODD.test(text)) return `"${text}"`;
  const written = JSON.stringify(text);
  if (written.includes('\\ud') && hasLoneSurrogate(text)) throw new RangeError('a lone surrogate');
  return written;
}

function hasLoneSurrogate(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) return true;
  }
  return false;
}
