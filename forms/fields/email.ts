import type { FieldType } from './field-type.js';
import { normaliseText, printable } from './typed-text.js';

const PATTERN = /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}$/u;

/** An e-mail address. That it has the form of one is all that can be known before a message arrives. */
export const email: FieldType = {
  type: 'email',
  isAnswered: true,
  missing: 'answer.missing',
  empty: () => '',
  normalise: (raw) =>
    normaliseText(raw, (typed) => {
      const address = typed.normalize('NFC').replace(/[\s\u200b-\u200f\u2060\ufeff]/g, '').replace(/^mailto:/i, '');
      const at = address.lastIndexOf('@');
      return at < 0 ? address : address.slice(0, at) + address.slice(at).toLowerCase();
    }),
  validate: (value) => {
    if (typeof value !== 'string') return [{ code: 'answer.type' }];
    const isAddress = value.length <= 254 && PATTERN.test(value) && !/^\.|\.\.|\.@/.test(value);
    return isAddress ? [] : [{ code: 'email.malformed' }];
  },
  summarise: (value) => printable(value),
};
