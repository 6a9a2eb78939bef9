import type { FieldType } from './field-type.js';
import type { FindingCode } from '#forms/findings/codes.js';
import { compactDigits, maskText, normaliseText, printable } from './typed-text.js';

/** The tax number (ΑΦΜ): nine digits, the last a check digit. */
export const afm: FieldType = {
  type: 'afm',
  isAnswered: true,
  missing: 'answer.missing',
  empty: () => '',
  normalise: (raw) => normaliseText(raw, (typed) => compactDigits(typed).replace(/^(EL|GR)(?=\d{9}$)/i, '')),
  validate: (value) => {
    if (typeof value !== 'string') return [{ code: 'answer.type' }];
    const code = judgeAfm(value);
    return code === null ? [] : [{ code }];
  },
  summarise: (value, { masked }) => (masked ? maskText(printable(value)) : printable(value)),
};

/** The first eight digits times 2⁸ … 2¹, modulo 11 modulo 10. Nine zeros pass that sum and are nobody's number. */
export function judgeAfm(value: string): FindingCode | null {
  if (!/^[0-9]{9}$/.test(value)) return 'afm.malformed';
  if (value === '000000000') return 'afm.zero';
  const sum = [...value.slice(0, 8)].reduce((total, digit, position) => total + Number(digit) * 2 ** (8 - position), 0);
  return (sum % 11) % 10 === Number(value[8]) ? null : 'afm.checkDigit';
}
