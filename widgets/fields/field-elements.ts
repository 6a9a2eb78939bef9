import type { Question } from '#definitions/types/programme.js';
import './common-fields.js';
import { tagOf } from './field-tags.js';

/** Elements for these questions, those inside repeated groups too. Rejects when a part cannot be fetched. */
export async function loadFields(questions: readonly Question[]): Promise<void> {
  const asked = questions.flatMap((question) => [question, ...(question.items ?? [])]);
  if (asked.some(({ type }) => customElements.get(tagOf(type)) === undefined)) await import('./rare-fields.js');
}
