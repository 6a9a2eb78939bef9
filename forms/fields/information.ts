import { fieldType } from './field-type.js';
import { isAnything } from './shapes.js';

/** A text between questions; nothing is asked. */
export const information = fieldType({
  isAnswered: false,
  shape: isAnything,
  normalise: () => undefined,
  validate: () => 'answer.unknown',
});
