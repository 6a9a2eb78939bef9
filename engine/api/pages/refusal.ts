import type { Localised } from '#definitions/types/wire.js';
import { escapeText, page } from './markup.js';
import { pageText } from './texts.js';

/** What a person reads whose browser asked for a page that is not there, or not now: a program gets problem details instead. */
export function describeRefusal({ title, detail }: { readonly title: Localised; readonly detail: Localised }): string {
  const body = [
    `<main><h1>${escapeText(title.el)}</h1><p>${escapeText(detail.el)}</p>`,
    `<section lang="en"><h2>${escapeText(title.en)}</h2><p>${escapeText(detail.en)}</p></section>`,
    `<p><a href="/">${escapeText(pageText('index.all'))}</a></p></main>`,
  ].join('\n');
  return page({ title: title.el, body });
}
