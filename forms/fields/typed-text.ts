import type { FieldType, OwnParts } from './field-type.js';
import { fieldType } from './field-type.js';
import type { FindingCode } from '#forms/findings/codes.js';
import { isString } from './shapes.js';

/** What people type instead of what is meant, and back. Shared by the field types whose value is a line of characters. */

/** Greek capitals, and the Latin ones that look like them. */
const [GREEK, LATIN] = ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'] as const;

/** Digits of any script as 0-9: full-width, Arabic and Persian keyboards. */
export function westernDigits(text: string): string {
  return text.normalize('NFKC').replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15));
}

/**
 * A number of an identifier as it is kept: `094 259-216` → `094259216`. Spaces of every kind, hyphens, dashes, dots,
 * slashes, brackets and invisible marks are what people type between groups of characters.
 */
export function compactDigits(text: string): string {
  return westernDigits(text).replace(/[\s./()\u00ad\u200b-\u2015\u2212\u2060-]/g, '');
}

/** Capital Latin letters and digits: Greek capitals that look like Latin ones become Latin. */
export function compactLatin(text: string): string {
  return compactDigits(text).toUpperCase().replace(/[Α-Χ]/g, (letter) => LATIN[GREEK.indexOf(letter)] ?? letter);
}

/** One line: composed, without spaces at the ends, spaces in a row as one. */
export function singleLine(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** A type whose answer must look like this, tidied: without what people type between digits unless said otherwise. */
export interface Line extends Omit<OwnParts<string>, 'shape' | 'mistaken' | 'normalise'> {
  readonly pattern: RegExp;
  readonly malformed: FindingCode;
}

export function lineType({ pattern, malformed, tidy = compactDigits, validate = () => [], ...own }: Line): FieldType {
  return fieldType({
    ...own,
    tidy,
    shape: isString,
    validate: (line, context) => (pattern.test(line) ? validate(line, context) : malformed),
  });
}
