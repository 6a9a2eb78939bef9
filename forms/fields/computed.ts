import type { FieldType } from './field-type.js';
import { localeOf } from '#forms/findings/tell.js';
import { printable } from './typed-text.js';

/** A value worked out from other answers and shown; it is never taken from the person, so an answer to it is refused. */
export const computed: FieldType = {
  type: 'computed',
  isAnswered: false,
  missing: 'answer.missing',
  empty: () => undefined,
  normalise: () => undefined,
  validate: () => [{ code: 'answer.unknown' }],
  summarise: (value, { texts }) => {
    if (typeof value === 'boolean') return texts.words[value ? 'yes' : 'no'];
    return typeof value === 'number' ? new Intl.NumberFormat(localeOf(texts.language)).format(value) : printable(value);
  },
};
