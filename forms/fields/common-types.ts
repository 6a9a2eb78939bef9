import { address } from './address.js';
import { choice } from './choice.js';
import { date } from './date.js';
import { declaration } from './declaration.js';
import { email } from './email.js';
import type { FieldType } from './field-type.js';
import { file } from './file.js';
import { iban } from './iban.js';
import { identity } from './identity.js';
import { information } from './information.js';
import { phone } from './phone.js';
import { repeat } from './repeat.js';
import { text } from './text.js';
import { yesNo } from './yes-no.js';

/** What most applications ask. */
export const commonTypes = { text, date, yesNo, choice, email, phone, address, identity, iban, repeat, file, declaration, information } as const satisfies Readonly<Record<string, FieldType>>;
