import { en as form } from '#forms/findings/texts/en.js';
import { say } from './say/en.js';
import type { Texts } from './texts.js';

/** English: what widgets say, and what the form says of answers. */
export const en: Texts = { language: 'en', form, say };
