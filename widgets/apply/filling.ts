/**
 * Everything a form needs beyond its start page: loaded while the start page is read, so that a reader who only looks
 * downloads little, and a cut of the network in mid-form finds everything in place.
 */
import type { FormTexts, Language } from '#forms/findings/tell.js';
import '#widgets/elements/error-summary.js';

export { documentOf } from '#forms/answers/answers.js';
export { unaskedIn } from '#forms/pages/prepared.js';
export { FileSender } from '#widgets/client/file-sender.js';
export { loadFields } from '#widgets/fields/field-elements.js';
export { FieldNodes, messagesUnder } from '#widgets/fields/field-nodes.js';
export { Application } from './application.js';
export { Draft } from './draft.js';
export { renderCheck } from './views/check.js';
export { renderPage } from './views/page.js';
export { renderReceipt } from './views/receipt.js';
export { renderResume, renderSaved } from './views/saved.js';

export async function loadFormTexts(language: Language): Promise<FormTexts> {
  return language === 'el' ? (await import('#forms/findings/texts/el.js')).el : (await import('#forms/findings/texts/en.js')).en;
}
