/** The answer document: everything the API and the desk need of it, with every field type and the whole language. */
import '#forms/fields/field-types.js';
import '#forms/pages/whole-language.js';

export type { GivenAnswers } from '#forms/pages/prepared.js';
export type { CheckOptions, Stage } from './check.js';
export { checkAnswers, checkQuestions, documentOf } from './check.js';
export type { Subject } from './edit.js';
export { listDocumentIds, mergeAnswers, readSubject, stripHidden } from './edit.js';
export { maskAnswer } from './mask.js';
export { normaliseAnswer, normaliseAnswers } from './normalise.js';
export type { SummaryOptions, SummaryPage, SummaryRow } from './summarise.js';
export { summariseAnswers, titleOfMember } from './summarise.js';
