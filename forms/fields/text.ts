import type { FieldContext, FieldType } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import { hasControlCharacters, normaliseText, printable, singleLine } from './typed-text.js';

export const TEXT_LENGTH_MAX = 200;

/** A line of text. */
export const text: FieldType = {
  type: 'text',
  isAnswered: true,
  missing: 'answer.missing',
  empty: () => '',
  normalise: (raw) => normaliseText(raw, singleLine),
  validate: (value, context) => validateText(value, context, { lengthMax: TEXT_LENGTH_MAX, lines: false }),
  summarise: (value) => printable(value),
};

export function validateText(value: unknown, { question }: FieldContext, limits: { readonly lengthMax: number; readonly lines: boolean }): readonly FieldFinding[] {
  if (typeof value !== 'string') return [{ code: 'answer.type' }];
  const findings: FieldFinding[] = [];
  if (hasControlCharacters(value, limits)) findings.push({ code: 'text.characters' });
  const max = question.lengthMax ?? limits.lengthMax;
  // There are never more characters than units: most texts need not be counted.
  const length = value.length > max ? [...value].length : 0;
  if (length > max) findings.push({ code: 'text.tooLong', params: { max, over: length - max } });
  return findings;
}
