import { afm } from './afm.js';
import { amka } from './amka.js';
import { choices } from './choices.js';
import { computed } from './computed.js';
import type { FieldType } from './field-type.js';
import { longText } from './long-text.js';
import { money } from './money.js';
import { number } from './number.js';
import { personalNumber } from './personal-number.js';

/** What a browser loads only for a form that asks it. */
export const rareTypes = { longText, number, money, choices, afm, amka, personalNumber, computed } as const satisfies Readonly<Record<string, FieldType>>;
