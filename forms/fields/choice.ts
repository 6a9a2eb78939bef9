import type { Question } from '#definitions/types/programme.js';
import { fieldType } from './field-type.js';
import { inLanguage } from '#forms/findings/tell.js';
import { isString } from './shapes.js';

/** One of the options, kept by its value. */
export const choice = fieldType({
  missing: 'choice.missing',
  shape: isString,
  validate: (value, { question }) => (optionOf(question, value) ? [] : 'choice.unknown'),
  summarise: (value, { question, texts }) => inLanguage(optionOf(question, value)?.label, texts.language),
});

export function optionOf({ options = [] }: Question, value: unknown): (typeof options)[number] | undefined {
  return options.find((option) => option.value === value);
}
