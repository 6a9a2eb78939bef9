import type { FieldView } from './field.js';
import { listOptions, renderOptions } from './options.js';

/** Any of a list. */
export const choices: FieldView = (field) => {
  const { answer, change } = field;
  const options = listOptions(field);
  const isChosen = (value: string): boolean => {
    const chosen = answer();
    return Array.isArray(chosen) && chosen.includes(value);
  };
  const choose = (value: string, on: boolean): void => change(options.map((option) => option.value).filter((one) => (one === value ? on : isChosen(one))));
  return renderOptions(field, options, { type: 'checkbox', isChosen, choose });
};
