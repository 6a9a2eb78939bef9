import type { Question } from '#definitions/types/programme.js';
import type { FieldType } from './field-type.js';
import { inLanguage } from '#forms/findings/tell.js';
import type { Language } from '#forms/findings/tell.js';

/** One of the options, kept by its value. */
export const choice: FieldType = {
  type: 'choice',
  isAnswered: true,
  missing: 'choice.missing',
  empty: () => undefined,
  normalise: (raw) => (raw === null || raw === '' ? undefined : raw),
  validate: (value, { question }) => {
    if (typeof value !== 'string') return [{ code: 'answer.type' }];
    return isOption(question, value) ? [] : [{ code: 'choice.unknown' }];
  },
  summarise: (value, { question, texts }) => optionLabel(question, value, texts.language),
};

export function isOption(question: Question, value: string): boolean {
  return (question.options ?? []).some((option) => option.value === value);
}

export function optionLabel(question: Question, value: unknown, language: Language): string {
  return inLanguage(question.options?.find((option) => option.value === value)?.label, language);
}
