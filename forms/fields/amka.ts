import { parseDate } from '#definitions/language/dates.js';
import { lineType } from './typed-text.js';

/**
 * The social security number (ΑΜΚΑ): a date of birth as DDMMYY, four digits, a Luhn check digit. Its year has no
 * century: it is never used for an age.
 */
export const amka = lineType({
  pattern: /^\d{11}$/,
  malformed: 'amka.malformed',
  validate: (digits) => {
    // A day that exists in any century exists in this one: 1800 and 1900 had no 29 February, 2000 had.
    if (parseDate(digits.replace(/(..)(..)(..).*/, '20$3-$2-$1')) === null) return 'amka.date';
    // Every second digit counts double, the two digits of the double apart.
    const sum = [...digits].reduce((total, digit, position) => total + Number(position % 2 === 0 ? digit : '0246813579'[Number(digit)]), 0);
    return sum % 10 === 0 ? [] : 'amka.checkDigit';
  },
});
