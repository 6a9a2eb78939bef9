import { compactDigits, lineType } from './typed-text.js';

/** A telephone number, kept with its country (E.164); ten digits that begin with 2 or 69 are Greek. */
export const phone = lineType({
  tidy: (typed) => compactDigits(typed).replace(/^00/, '+').replace(/^(30)?(?=(2\d|69)\d{8}$)/, '+30'),
  pattern: /^\+(30(2\d|69)\d{8}|(?!30)[1-9]\d{6,14})$/,
  malformed: 'phone.malformed',
  summarise: (number) => number.replace(/^\+30(...)(...)(....)$/, '$1 $2 $3'),
});
