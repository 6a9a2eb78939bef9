/** What is loaded only for a form that asks it. */
import { learnTypes } from '#forms/fields/known-types.js';
import { rareTypes } from '#forms/fields/rare-types.js';
import { afm } from './afm.js';
import { amka } from './amka.js';
import { choices } from './choices.js';
import { computed } from './computed.js';
import type { FieldView } from './field.js';
import { learnViews } from './field.js';
import { longText } from './long-text.js';
import { money } from './money.js';
import { number } from './number.js';
import { personalNumber } from './personal-number.js';

export const rareViews = { longText, number, money, choices, afm, amka, personalNumber, computed } as const satisfies Readonly<Record<keyof typeof rareTypes, FieldView>>;

learnTypes(rareTypes);
learnViews(rareViews);
