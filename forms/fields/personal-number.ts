import { afm } from './afm.js';
import { compactLatin, lineType } from './typed-text.js';

/**
 * The Personal Number (Προσωπικός Αριθμός, since 2025): two characters of the person's choice, one check character, and
 * the nine digits of the tax number. How the check character is made is not published; the tax number inside is checked.
 */
export const personalNumber = lineType({
  tidy: compactLatin,
  pattern: /^[A-Z0-9]{3}\d{9}$/,
  malformed: 'personalNumber.malformed',
  validate: (number, context) => (afm.validate(number.slice(3), context).length === 0 ? [] : 'personalNumber.afm'),
});
