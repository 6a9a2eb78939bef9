import type { FieldType } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import { isOption, optionLabel } from './choice.js';

/** Any of the options, kept as a list of their values. An empty list is an answer: none of them. */
export const choices: FieldType = {
  type: 'choices',
  isAnswered: true,
  missing: 'choices.missing',
  empty: () => [],
  normalise: (raw) => (raw === null || raw === '' ? undefined : Array.isArray(raw) ? [...new Set<unknown>(raw)] : raw),
  validate: (value, { question }) => {
    if (!Array.isArray(value)) return [{ code: 'answer.type' }];
    const findings: FieldFinding[] = [];
    value.forEach((one: unknown, position) => {
      if (typeof one !== 'string' || !isOption(question, one)) findings.push({ code: 'choice.unknown', at: `/${position}` });
    });
    if (new Set<unknown>(value).size < value.length) findings.push({ code: 'choices.repeated' });
    const min = question.itemsMin ?? (question.optional === true ? 0 : 1);
    const max = question.itemsMax ?? Infinity;
    if (value.length === 0 && min > 0) findings.push({ code: 'choices.missing' });
    else if (value.length < min) findings.push({ code: 'choices.tooFew', params: { min } });
    if (value.length > max) findings.push({ code: 'choices.tooMany', params: { max } });
    return findings.slice(0, 20);
  },
  summarise: (value, { question, texts }) => {
    if (!Array.isArray(value)) return '';
    return value.length === 0 ? texts.words.none : value.map((one) => optionLabel(question, one, texts.language)).join('\n');
  },
};
