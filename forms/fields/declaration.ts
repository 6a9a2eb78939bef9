import { fieldType } from './field-type.js';
import { isBoolean } from './shapes.js';
import { tellYesNo } from './yes-no.js';

/** A statement that the person makes by ticking it. */
export const declaration = fieldType({
  missing: 'declaration.missing',
  shape: isBoolean,
  normalise: (raw) => (raw === false ? undefined : raw),
  validate: (isMade, { question }) => (isMade || question.optional === true ? [] : 'declaration.missing'),
  summarise: tellYesNo,
});
