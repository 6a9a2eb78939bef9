import type { FieldType } from './field-type.js';
import { compactLatin, maskText, normaliseText, printable } from './typed-text.js';

/** The lengths that matter here; other countries by the general limits. */
const LENGTHS: Readonly<Record<string, number>> = { GR: 27, CY: 28, BG: 22, AL: 28, RO: 24, DE: 22, FR: 27, IT: 27, UA: 29 };

/** A bank account (ISO 13616): country, two check digits modulo 97, the national number. */
export const iban: FieldType = {
  type: 'iban',
  isAnswered: true,
  missing: 'answer.missing',
  empty: () => '',
  // Typed with a Greek keyboard, GR comes out as ΓΡ.
  normalise: (raw) => normaliseText(raw, (typed) => compactLatin(typed).replace(/^IBAN:?/, '').replace(/^ΓP/, 'GR')),
  validate: (value) => {
    if (typeof value !== 'string') return [{ code: 'answer.type' }];
    if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/.test(value)) return [{ code: 'iban.malformed' }];
    const length = LENGTHS[value.slice(0, 2)];
    if (length !== undefined && value.length !== length) return [{ code: 'iban.length', params: { expected: length, found: value.length } }];
    return remainder97(value.slice(4) + value.slice(0, 4)) === 1 ? [] : [{ code: 'iban.checkDigits' }];
  },
  summarise: (value, { masked }) => (masked ? maskText(printable(value)) : printable(value)).replace(/.{4}(?=.)/gu, '$& '),
};

/** Letters count as two digits, A = 10. */
function remainder97(rotated: string): number {
  return [...rotated].reduce((rest, character) => {
    const digit = parseInt(character, 36);
    return (rest * (digit > 9 ? 100 : 10) + digit) % 97;
  }, 0);
}
