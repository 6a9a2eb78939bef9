import type { FieldType } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';

/** A statement that the person makes by ticking it. */
export const declaration: FieldType = {
  type: 'declaration',
  isAnswered: true,
  missing: 'declaration.missing',
  empty: () => false,
  normalise: (raw) => (raw === null || raw === '' || raw === false ? undefined : raw),
  validate: (value, { question }): readonly FieldFinding[] => {
    if (typeof value !== 'boolean') return [{ code: 'answer.type' }];
    return value || question.optional === true ? [] : [{ code: 'declaration.missing' }];
  },
  summarise: (value, { texts }) => texts.words[value === true ? 'yes' : 'no'],
};
