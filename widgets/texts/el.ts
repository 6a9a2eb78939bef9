import { el as form } from '#forms/findings/texts/el.js';
import { say } from './say/el.js';
import type { Texts } from './texts.js';

/** Greek: what widgets say, and what the form says of answers. */
export const el: Texts = { language: 'el', form, say };
