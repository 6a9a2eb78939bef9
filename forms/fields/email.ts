import { lineType } from './typed-text.js';

/** An e-mail address. That it has the form of one is all that can be known before a message arrives. */
export const email = lineType({
  tidy: (typed) => {
    const address = typed.normalize('NFC').replace(/[\s\u200b-\u200f\u2060]/g, '').replace(/^mailto:/i, '');
    return address.replace(/@[^@]*$/, (domain) => domain.toLowerCase());
  },
  pattern: /^(?=.{1,254}$)(?!\.|.*\.[.@])[^\s@<>()[\]\\,;:"\p{C}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}$/u,
  malformed: 'email.malformed',
});
