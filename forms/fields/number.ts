import { fieldType } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import { tellNumber } from '#forms/findings/tell.js';
import { isString, isWhole } from './shapes.js';
import { westernDigits } from './typed-text.js';

/** A whole number: the language of rules knows no others. */
export const number = fieldType({
  shape: isWhole,
  mistaken: 'number.notWhole',
  tidy: (line) => westernDigits(line).replace(/\s/g, ''),
  normalise: (typed) => (isString(typed) && /^[-+]?\d{1,3}(\.\d{3})+$|^[-+]?\d{1,15}$/.test(typed) ? Number(typed.replaceAll('.', '')) || 0 : typed),
  validate: (value, { question: { min = -Infinity, max = Infinity } }) => {
    const findings: FieldFinding[] = [];
    if (value < min) findings.push({ code: 'number.tooSmall', params: { min } });
    if (value > max) findings.push({ code: 'number.tooLarge', params: { max } });
    return findings;
  },
  summarise: (value, { texts }) => tellNumber(value, texts.language),
});
