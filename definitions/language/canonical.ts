/**
 * The canonical form of a JSON value (RFC 8785): keys in order of UTF-16 code units, ECMAScript numbers, no spaces.
 * Two documents are the same exactly when their canonical forms are the same bytes in UTF-8.
 * @throws RangeError for what JSON cannot hold: NaN, Infinity, lone surrogates, undefined, functions
 */
export function canonicalise(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (Array.isArray(value)) return `[${value.map(canonicalise).join(',')}]`;
  if (typeof value === 'object') return canonicalObject(value as Record<string, unknown>);
  throw new RangeError(`${typeof value} is not JSON`);
}

function canonicalObject(object: Record<string, unknown>): string {
  let text = '';
  for (const key of Object.keys(object).sort()) {
    if (object[key] !== undefined) text += `${text === '' ? '' : ','}${canonicalText(key)}:${canonicalise(object[key])}`;
  }
  return `{${text}}`;
}

function canonicalNumber(number: number): string {
  if (!Number.isFinite(number)) throw new RangeError('not a finite number');
  return JSON.stringify(number);
}

function canonicalText(text: string): string {
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
