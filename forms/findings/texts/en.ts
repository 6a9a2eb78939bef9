import type { FormTexts } from '#forms/findings/tell.js';
import { en as asked } from './asked/en.js';
import { en as outside } from './outside/en.js';
import { en as rare } from './rare/en.js';

/** English. */
export const en: FormTexts = { language: 'en', findings: { ...asked.sentences, ...rare, ...outside }, words: asked.words };
