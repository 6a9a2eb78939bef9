import type { Page, Programme, Question } from '#definitions/types/programme.js';
import type { GivenAnswers } from './prepared.js';
import { unaskedIn } from './prepared.js';

/** A page with the questions that these answers let it ask. */
export interface AskedPage {
  readonly page: Page;
  readonly questions: readonly Question[];
}

/** The pages to go through, in order; one that asks nothing is left out. */
export function listPages(programme: Programme, answers: GivenAnswers, { today }: { readonly today: string }): readonly AskedPage[] {
  const hidden = unaskedIn(programme, answers, today);
  return programme.form.pages
    .map((page) => ({ page, questions: page.questions.filter((question) => !hidden.has(question.id)) }))
    .filter(({ questions }) => questions.length > 0);
}

/**
 * The page after or before another, by id. A page that has disappeared since is looked up by its place in the form, so
 * that the way is never lost. Null: past the last or before the first.
 */
export function neighbourPage(pages: readonly AskedPage[], { from, direction, programme }: { readonly from: string; readonly direction: 1 | -1; readonly programme: Programme }): string | null {
  const order = programme.form.pages.map(({ id }) => id);
  const beyond = ({ page }: AskedPage): boolean => (order.indexOf(page.id) - order.indexOf(from)) * direction > 0;
  return pages.filter(beyond).at(direction === 1 ? 0 : -1)?.page.id ?? null;
}

/** Which page of how many. The number may grow or shrink as answers come in. */
export function progressOf(pages: readonly AskedPage[], pageId: string): { readonly number: number; readonly count: number } {
  return { number: Math.max(1, pages.findIndex(({ page }) => page.id === pageId) + 1), count: pages.length };
}
