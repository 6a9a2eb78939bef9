import type { Question } from '#definitions/types/programme.js';
import { address } from './address.js';
import { afm } from './afm.js';
import { amka } from './amka.js';
import { choice } from './choice.js';
import { choices } from './choices.js';
import { computed } from './computed.js';
import { date } from './date.js';
import { declaration } from './declaration.js';
import { email } from './email.js';
import type { FieldType } from './field-type.js';
import { file } from './file.js';
import { iban } from './iban.js';
import { identity } from './identity.js';
import { information } from './information.js';
import { longText } from './long-text.js';
import { money } from './money.js';
import { number } from './number.js';
import { personalNumber } from './personal-number.js';
import { phone } from './phone.js';
import { repeat } from './repeat.js';
import { text } from './text.js';
import { yesNo } from './yes-no.js';

/** Every field type; a new one is a file and a line here. */
export const fieldTypes: Readonly<Record<Question['type'], FieldType>> = {
  text,
  longText,
  number,
  money,
  date,
  yesNo,
  choice,
  choices,
  email,
  phone,
  address,
  afm,
  amka,
  personalNumber,
  identity,
  iban,
  repeat,
  file,
  declaration,
  information,
  computed,
};
