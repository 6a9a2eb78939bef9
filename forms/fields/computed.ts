import type { Programme, Question } from '#definitions/types/programme.js';
import { fieldType, printable } from './field-type.js';
import { tellMoney, tellNumber } from '#forms/findings/tell.js';
import { isAnything, isBoolean, isObject } from './shapes.js';
import { tellYesNo } from './yes-no.js';

/** A value worked out from other answers and shown in its unit; it is never taken from the person, so an answer to it is refused. */
export const computed = fieldType({
  isAnswered: false,
  shape: isAnything,
  normalise: () => undefined,
  validate: () => 'answer.unknown',
  summarise: (value, context) => {
    if (isBoolean(value)) return tellYesNo(value, context);
    if (typeof value !== 'number') return printable(value);
    return (isMoney(context.question, context.programme) ? tellMoney : tellNumber)(value, context.texts.language);
  },
});

function isMoney({ value }: Question, programme?: Programme): boolean {
  return isObject(value) && programme?.computed.some(({ id, type }) => type === 'money' && id === value['computed']) === true;
}
