import type { FieldType } from './field-type.js';
import { validateText } from './text.js';
import { normaliseText, printable } from './typed-text.js';

export const LONG_TEXT_LENGTH_MAX = 2_000;

/** Several lines of text. */
export const longText: FieldType = {
  type: 'longText',
  isAnswered: true,
  missing: 'answer.missing',
  empty: () => '',
  normalise: (raw) => normaliseText(raw, (typed) => typed.normalize('NFC').replace(/\r\n?/g, '\n').trim()),
  validate: (value, context) => validateText(value, context, { lengthMax: LONG_TEXT_LENGTH_MAX, lines: true }),
  summarise: (value) => printable(value),
};
