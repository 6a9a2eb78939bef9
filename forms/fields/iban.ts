import { compactLatin, lineType } from './typed-text.js';

/** The lengths that matter here; other countries by the general limits. */
const LENGTHS: Readonly<Record<string, number>> = { GR: 27, CY: 28, BG: 22, AL: 28, RO: 24, DE: 22, FR: 27, IT: 27, UA: 29 };

/** A bank account (ISO 13616): country, two check digits modulo 97, the national number. */
export const iban = lineType({
  // Typed with a Greek keyboard, GR comes out as ΓΡ.
  tidy: (typed) => compactLatin(typed).replace(/^IBAN:?/, '').replace(/^ΓP/, 'GR'),
  pattern: /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/,
  malformed: 'iban.malformed',
  validate: (account) => {
    const expected = LENGTHS[account.slice(0, 2)] ?? account.length;
    if (account.length !== expected) return [{ code: 'iban.length', params: { expected, found: account.length } }];
    // Country and check digits go to the end, letters count as two digits: A = 10.
    const digits = (account.slice(4) + account.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(parseInt(letter, 36)));
    return BigInt(digits) % 97n === 1n ? [] : 'iban.checkDigits';
  },
  summarise: (account) => account.replace(/.{4}(?=.)/gu, '$& '),
});
