/** What most applications ask: with the rest of the form, in one request, so that no cut of the network comes between two pages. */
import { commonTypes } from '#forms/fields/common-types.js';
import { learnTypes } from '#forms/fields/known-types.js';
import { address } from './address.js';
import { choice } from './choice.js';
import { date } from './date.js';
import { declaration } from './declaration.js';
import { email } from './email.js';
import type { FieldView } from './field.js';
import { learnViews } from './field.js';
import { file } from './file.js';
import { iban } from './iban.js';
import { identity } from './identity.js';
import { information } from './information.js';
import { phone } from './phone.js';
import { repeat } from './repeat.js';
import { text } from './text.js';
import { yesNo } from './yes-no.js';

export const commonViews = { text, date, yesNo, choice, email, phone, address, identity, iban, repeat, file, declaration, information } as const satisfies Readonly<Record<keyof typeof commonTypes, FieldView>>;

learnTypes(commonTypes);
learnViews(commonViews);
