import { parseDate } from '#definitions/language/dates.js';
import type { FieldType } from './field-type.js';
import type { FindingCode } from '#forms/findings/codes.js';
import { compactDigits, maskText, normaliseText, printable } from './typed-text.js';

/**
 * The social security number (ΑΜΚΑ): a date of birth as DDMMYY, four digits, a Luhn check digit. Its year has no
 * century: it is never used for an age.
 */
export const amka: FieldType = {
  type: 'amka',
  isAnswered: true,
  missing: 'answer.missing',
  empty: () => '',
  normalise: (raw) => normaliseText(raw, compactDigits),
  validate: (value) => {
    if (typeof value !== 'string') return [{ code: 'answer.type' }];
    const code = judgeAmka(value);
    return code === null ? [] : [{ code }];
  },
  summarise: (value, { masked }) => (masked ? maskText(printable(value)) : printable(value)),
};

export function judgeAmka(value: string): FindingCode | null {
  if (!/^[0-9]{11}$/.test(value)) return 'amka.malformed';
  const [day, month, year] = [value.slice(0, 2), value.slice(2, 4), value.slice(4, 6)];
  if (!['18', '19', '20'].some((century) => parseDate(`${century}${year}-${month}-${day}`) !== null)) return 'amka.date';
  return luhn(value) ? null : 'amka.checkDigit';
}

function luhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, position) => {
    const doubled = Number(digit) * (position % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
