import type { FieldType } from './field-type.js';

/** A text between questions; nothing is asked. */
export const information: FieldType = {
  type: 'information',
  isAnswered: false,
  missing: 'answer.missing',
  empty: () => undefined,
  normalise: () => undefined,
  validate: () => [{ code: 'answer.unknown' }],
  summarise: () => '',
};
