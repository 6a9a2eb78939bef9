/** What is loaded only for a form that asks it. */
import { learnTypes } from '#forms/fields/known-types.js';
import { rareTypes } from '#forms/fields/rare-types.js';
import './afm.js';
import './amka.js';
import './choices.js';
import './computed.js';
import './long-text.js';
import './money.js';
import './number.js';
import './personal-number.js';

learnTypes(rareTypes);
