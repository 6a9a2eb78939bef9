import type { FieldType } from './field-type.js';

/** Yes or no. */
export const yesNo: FieldType = {
  type: 'yesNo',
  isAnswered: true,
  missing: 'yesNo.missing',
  empty: () => undefined,
  normalise: (raw) => (raw === null || raw === '' ? undefined : raw === 'yes' ? true : raw === 'no' ? false : raw),
  validate: (value) => (typeof value === 'boolean' ? [] : [{ code: 'answer.type' }]),
  summarise: (value, { texts }) => (typeof value === 'boolean' ? texts.words[value ? 'yes' : 'no'] : ''),
};
