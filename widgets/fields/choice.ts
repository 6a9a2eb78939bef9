import type { FieldView } from './field.js';
import { labelled } from './field.js';
import { listOptions, renderOptions, renderSelect } from './options.js';

const RADIOS_MAX = 8;

/** One of a list: radios while they can be seen at once, a native list beyond. */
export const choice: FieldView = (field) => {
  const { pointer, described, wrong, answer, change, form } = field;
  const value = answer();
  const options = listOptions(field);
  return options.length <= RADIOS_MAX
    ? renderOptions(field, options, { type: 'radio', isChosen: (one) => one === value, choose: change })
    : labelled(field, renderSelect(form, { id: pointer, options, value, described, wrong, change }));
};
