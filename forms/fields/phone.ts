import type { FieldType } from './field-type.js';
import { compactDigits, normaliseText, printable } from './typed-text.js';

const GREEK = /^\+30(2\d{9}|69\d{8})$/;
const FOREIGN = /^\+(?!30)[1-9]\d{6,14}$/;

/** A telephone number, kept with its country (E.164); ten digits that begin with 2 or 69 are Greek. */
export const phone: FieldType = {
  type: 'phone',
  isAnswered: true,
  missing: 'answer.missing',
  empty: () => '',
  normalise: (raw) =>
    normaliseText(raw, (typed) => {
      const number = compactDigits(typed).replace(/[()]/g, '').replace(/^00/, '+');
      return /^(2\d{9}|69\d{8})$/.test(number) ? `+30${number}` : number.replace(/^30(?=(2\d{9}|69\d{8})$)/, '+30');
    }),
  validate: (value) => {
    if (typeof value !== 'string') return [{ code: 'answer.type' }];
    return GREEK.test(value) || FOREIGN.test(value) ? [] : [{ code: 'phone.malformed' }];
  },
  summarise: (value, { masked }) => {
    const number = printable(value);
    if (masked) return `${'•'.repeat(Math.max(0, number.length - 2))}${number.slice(-2)}`;
    return GREEK.test(number) ? `${number.slice(3, 6)} ${number.slice(6, 9)} ${number.slice(9)}` : number;
  },
};
