import { fieldType, printable } from './field-type.js';
import { tellNumber } from '#forms/findings/tell.js';
import { isAnything, isBoolean } from './shapes.js';
import { tellYesNo } from './yes-no.js';

/** A value worked out from other answers and shown; it is never taken from the person, so an answer to it is refused. */
export const computed = fieldType({
  isAnswered: false,
  shape: isAnything,
  normalise: () => undefined,
  validate: () => 'answer.unknown',
  summarise: (value, context) => (isBoolean(value) ? tellYesNo(value, context) : typeof value === 'number' ? tellNumber(value, context.texts.language) : printable(value)),
});
