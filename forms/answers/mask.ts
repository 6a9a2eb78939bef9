import type { Question } from '#definitions/types/programme.js';
import { isList, isObject, isString } from '#forms/fields/shapes.js';

/** How many characters of an identifier are shown. */
const SHOWN: Readonly<Partial<Record<Question['type'], number>>> = { afm: 3, amka: 3, personalNumber: 3, iban: 3, identity: 3, phone: 2 };

/** The answer for somebody who need not know it: identifiers by their last characters only, everything else as it is. */
export function maskAnswer({ type }: Pick<Question, 'type'>, value: unknown): unknown {
  const shown = SHOWN[type];
  if (shown === undefined) return value;
  if (isString(value)) return `${'•'.repeat(Math.max(0, value.length - shown))}${value.slice(-shown)}`;
  return isList(value) ? value.map((row) => (isObject(row) && isString(row['value']) ? { ...row, value: maskAnswer({ type }, row['value']) } : row)) : value;
}
