/**
 * Everything a form needs beyond its start page: loaded while the start page is read, so that a reader who only looks
 * downloads little, and a cut of the network in mid-form finds everything in place.
 */
import type { Programme, Question } from '#definitions/types/programme.js';
import { commonTypes } from '#forms/fields/common-types.js';
import type { FormTexts, Language } from '#forms/findings/tell.js';
import { needsOperators } from '#forms/pages/prepared.js';
import '#widgets/elements/error-summary.js';
import { loadFields } from '#widgets/fields/field-elements.js';
import type * as SavedModule from './views/saved.js';

export { documentOf } from '#forms/answers/check.js';
export { unaskedIn } from '#forms/pages/prepared.js';
export { FieldNodes, messagesUnder } from '#widgets/fields/field-nodes.js';
export { Application } from './application.js';
export { Draft } from './draft.js';
export { judgeRefusal } from './refusal.js';
export { createUploads } from './uploads.js';
export { renderCheck } from './views/check.js';
export { renderPage } from './views/page.js';
export { renderReceipt } from './views/receipt.js';

/** What this form takes beyond what all take: seldom asked fields and what is said of them, seldom used words of the language. */
export async function loadRest(programme: Programme, texts: FormTexts): Promise<void> {
  const questions = programme.form.pages.flatMap((page) => page.questions);
  await Promise.all([loadFields(questions), needsOperators(programme) ? import('#forms/pages/whole-language.js') : undefined, asksRare(questions) ? learnSentences(texts) : undefined]);
}

/** What only those need who come back another day: its pages, and its sentences among the others. */
export async function loadKeeping(language: Language, texts: object): Promise<typeof SavedModule> {
  const [keeping, { saved }] = await Promise.all([import('./views/saved.js'), language === 'el' ? import('./texts/saved/el.js') : import('./texts/saved/en.js')]);
  Object.assign(texts, saved);
  return keeping;
}

function asksRare(questions: readonly Question[]): boolean {
  return questions.some(({ type, items = [] }) => !Object.hasOwn(commonTypes, type) || asksRare(items));
}

async function learnSentences({ language, findings }: FormTexts): Promise<void> {
  Object.assign(findings, language === 'el' ? (await import('#forms/findings/texts/rare/el.js')).el : (await import('#forms/findings/texts/rare/en.js')).en);
}
