import type { Question } from '#definitions/types/programme.js';
import './common-fields.js';
import { fieldViews } from './field.js';

/** What these questions look like, those inside repeated groups too. Rejects when a part cannot be fetched. */
export async function loadFields(questions: readonly Question[]): Promise<void> {
  const asked = questions.flatMap((question) => [question, ...(question.items ?? [])]);
  if (asked.some(({ type }) => fieldViews[type] === undefined)) await import('./rare-fields.js');
}
