import type { FormTexts } from '#forms/findings/tell.js';
import { el as asked } from './asked/el.js';
import { el as outside } from './outside/el.js';
import { el as rare } from './rare/el.js';

/** Greek. Second person plural, what is wrong and what to do, one sentence where one is enough. */
export const el: FormTexts = { language: 'el', findings: { ...asked.sentences, ...rare, ...outside }, words: asked.words };
