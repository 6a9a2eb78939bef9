import type { FieldType } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import { localeOf } from '#forms/findings/tell.js';
import { normaliseText, printable, westernDigits } from './typed-text.js';

/** A whole number: the language of rules knows no others. */
export const number: FieldType = {
  type: 'number',
  isAnswered: true,
  missing: 'answer.missing',
  empty: () => '',
  normalise: (raw) => {
    const typed = normaliseText(raw, (given) => westernDigits(given).replace(/\s/g, ''));
    return typeof typed === 'string' && /^[-+]?\d{1,3}(\.\d{3})+$|^[-+]?\d{1,15}$/.test(typed) ? Number(typed.replaceAll('.', '')) || 0 : typed;
  },
  validate: (value, { question }) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return [{ code: 'number.notWhole' }];
    const findings: FieldFinding[] = [];
    if (question.min !== undefined && value < question.min) findings.push({ code: 'number.tooSmall', params: { min: question.min } });
    if (question.max !== undefined && value > question.max) findings.push({ code: 'number.tooLarge', params: { max: question.max } });
    return findings;
  },
  summarise: (value, { texts }) => (typeof value === 'number' ? new Intl.NumberFormat(localeOf(texts.language)).format(value) : printable(value)),
};
