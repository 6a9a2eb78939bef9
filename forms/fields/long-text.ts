import { textType } from './text.js';

export const LONG_TEXT_LENGTH_MAX = 2_000;

/** Several lines of text. */
export const longText = textType({
  lengthMax: (question) => question.lengthMax ?? LONG_TEXT_LENGTH_MAX,
  tidy: (typed) => typed.normalize('NFC').replace(/\r\n?/g, '\n').trim(),
  controls: /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cs}\ufffe\uffff]/u,
});
