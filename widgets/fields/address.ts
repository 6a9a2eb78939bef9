import { ADDRESS_PARTS } from '#forms/fields/address.js';
import type { FieldView } from './field.js';
import { grouped } from './field.js';
import { renderPart } from './line.js';

const TYPING = {
  street: { autocomplete: 'address-line1' },
  number: { width: 'short' },
  town: { autocomplete: 'address-level2' },
  postcode: { width: 'short', mode: 'numeric', autocomplete: 'postal-code' },
} as const;

/** Where somebody lives. */
export const address: FieldView = (field) => {
  const { form, pointer, errors, answer, change } = field;
  const typed = (): Readonly<Record<string, unknown>> => {
    const parts = answer();
    return typeof parts === 'object' ? (parts as Readonly<Record<string, unknown>>) : {};
  };
  return grouped(
    field,
    ADDRESS_PARTS.map((part) => {
      const id = `${pointer}/${part}`;
      const wrong = id in errors || (pointer in errors && part !== 'number');
      return renderPart(form.say(part), { id, wrong, value: typed()[part], change: (text) => change({ ...typed(), [part]: text }), isWords: true, ...TYPING[part] });
    }),
  );
};
