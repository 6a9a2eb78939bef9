import type { FieldType } from './field-type.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import { localeOf } from '#forms/findings/tell.js';

export const REPEAT_ITEMS_MAX = 30;

/** A group of questions for each member of a list. The answers inside the members are judged by `forms/answers`, question by question. */
export const repeat: FieldType = {
  type: 'repeat',
  isAnswered: true,
  missing: 'repeat.tooFew',
  empty: () => [],
  normalise: (raw) => (raw === null || raw === '' ? undefined : raw),
  validate: (value, { question }) => {
    if (!Array.isArray(value)) return [{ code: 'answer.type' }];
    const min = question.itemsMin ?? 0;
    const max = question.itemsMax ?? REPEAT_ITEMS_MAX;
    if (value.length > max) return [{ code: 'repeat.tooMany', params: { max } }];
    const findings: FieldFinding[] = value.length < min ? [{ code: 'repeat.tooFew', params: { min } }] : [];
    value.forEach((one: unknown, position) => {
      if (typeof one !== 'object' || one === null || Array.isArray(one)) findings.push({ code: 'answer.type', at: `/${position}` });
    });
    return findings;
  },
  summarise: (value, { texts }) => (Array.isArray(value) ? new Intl.NumberFormat(localeOf(texts.language)).format(value.length) : ''),
};
