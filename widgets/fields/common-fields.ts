/** What most applications ask: with the rest of the form, in one request, so that no cut of the network comes between two pages. */
import { commonTypes } from '#forms/fields/common-types.js';
import { learnTypes } from '#forms/fields/known-types.js';
import './address.js';
import './choice.js';
import './date.js';
import './declaration.js';
import './email.js';
import './file.js';
import './iban.js';
import './identity.js';
import './information.js';
import './phone.js';
import './repeat.js';
import './text.js';
import './yes-no.js';

learnTypes(commonTypes);
