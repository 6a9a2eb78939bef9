import type { ProblemInput } from '../problems/problem.js';
import { problemTexts } from '../problems/problem.js';
import { escapeText, page } from './markup.js';
import { pageText } from './texts.js';

/** What went wrong with signing in, and a link to begin again. */
export function describeLoginProblem(problem: ProblemInput): string {
  const { title, detail } = problemTexts(problem);
  const body = [
    `<main><h1>${escapeText(title.el)}</h1><p>${escapeText(detail.el)}</p>`,
    `<section lang="en"><h2>${escapeText(title.en)}</h2><p>${escapeText(detail.en)}</p></section>`,
    `<p><a href="/api/v1/staff/login?returnTo=/desk">${escapeText(pageText('login.again'))}</a></p></main>`,
  ].join('\n');
  return page({ title: title.el, body });
}
