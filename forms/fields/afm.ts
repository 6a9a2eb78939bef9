import { compactDigits, lineType } from './typed-text.js';

/**
 * The tax number (ΑΦΜ): nine digits. The last is the sum of the first eight times 2⁸ … 2¹, modulo 11 modulo 10. Nine zeros
 * pass that sum and are nobody's number.
 */
export const afm = lineType({
  tidy: (typed) => compactDigits(typed).replace(/^(EL|GR)(?=\d{9}$)/i, ''),
  pattern: /^\d{9}$/,
  malformed: 'afm.malformed',
  validate: (digits) => {
    if (Number(digits) === 0) return 'afm.zero';
    const sum = [...digits.slice(0, 8)].reduce((total, digit) => (total + Number(digit)) * 2, 0);
    return (sum % 11) % 10 === Number(digits[8]) ? [] : 'afm.checkDigit';
  },
});
