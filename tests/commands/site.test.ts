import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemoSite } from '#commands/demo/site.js';
import type { Running } from '#engine/contract/settings.js';
import { openBrowser } from '#tests/support/browser.js';
import { axeFindings, overflow } from '#tests/widgets/axe.js';

/** The municipal pages without an engine behind them: what a municipality's own page shows and holds. */
let site: Running;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([startDemoSite({ port: 0, engineUrl: 'http://127.0.0.1:9' }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

const PAGES = ['', 'apply', 'track', 'volunteers', 'missing'].flatMap((page) => ['', 'en/'].flatMap((language) => ['mandra-eidyllia', 'marathonas'].map((slug) => `/${slug}/${language}${page}`)));

describe('The municipal site of the demonstration', () => {
  it('has no barrier on any page, in either language, and fits 320 pixels', async () => {
    const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
    for (const path of PAGES) {
      await page.goto(site.url + path);
      expect([path, await axeFindings(page), await overflow(page)]).toEqual([path, [], 0]);
    }
  });

  it('answers an address that leads nowhere with a page of its own, in the language of the address', async () => {
    for (const [path, words] of [['/mandra-eidyllia/nothing', 'Η σελίδα δεν βρέθηκε'], ['/marathonas/en/nothing', 'Page not found'], ['/nobody', 'Η σελίδα δεν βρέθηκε'], ['/favicon.ico', 'Η σελίδα δεν βρέθηκε']] as const) {
      const response = await fetch(site.url + path);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([path, 404, 'text/html; charset=utf-8']);
      expect(await response.text()).toContain(`<h1>${words}</h1>`);
    }
  });

  it('leaves no placeholder unfilled, and gives a number that can be dialled', async () => {
    for (const path of PAGES) {
      const text = await (await fetch(site.url + path)).text();
      expect(text).not.toMatch(/\{\{/);
      expect(text).toMatch(/href="tel:213\d{7}"/);
    }
  });
});
