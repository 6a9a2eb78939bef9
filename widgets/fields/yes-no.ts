import type { FieldView } from './field.js';
import { renderOptions } from './options.js';

/** Yes or no. */
export const yesNo: FieldView = (field) => {
  const { answer, change } = field;
  const { yes, no } = field.form.formTexts.words;
  return renderOptions(field, [{ value: 'yes', label: yes }, { value: 'no', label: no }], { type: 'radio', isChosen: (one) => answer() === (one === 'yes'), choose: (one) => change(one === 'yes') });
};
