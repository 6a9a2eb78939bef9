import type { FieldType } from './field-type.js';
import { judgeAfm } from './afm.js';
import { compactLatin, maskText, normaliseText, printable } from './typed-text.js';

/**
 * The Personal Number (Προσωπικός Αριθμός, since 2025): two characters of the person's choice, one check character, and
 * the nine digits of the tax number. How the check character is made is not published; the tax number inside is checked.
 */
export const personalNumber: FieldType = {
  type: 'personalNumber',
  isAnswered: true,
  missing: 'answer.missing',
  empty: () => '',
  normalise: (raw) => normaliseText(raw, compactLatin),
  validate: (value) => {
    if (typeof value !== 'string') return [{ code: 'answer.type' }];
    if (!/^[A-Z0-9]{3}[0-9]{9}$/.test(value)) return [{ code: 'personalNumber.malformed' }];
    return judgeAfm(value.slice(3)) === null ? [] : [{ code: 'personalNumber.afm' }];
  },
  summarise: (value, { masked }) => (masked ? maskText(printable(value)) : printable(value)),
};
