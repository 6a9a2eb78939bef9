import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { freePort } from '#commands/servers/ports.js';
import { openBrowser } from '../../support/browser.js';
import { builtFolder } from '../../support/shared.js';
import type { Door } from './door.js';
import { fileVolunteer, openDoor } from './door.js';

let door: Door;
let browser: Browser;
let engineUrl: string;
beforeAll(async () => {
  const port = await freePort();
  engineUrl = `http://127.0.0.1:${port}`;
  door = await openDoor({ publicUrl: engineUrl, assetsFolder: join(await builtFolder(), 'assets') });
  await door.app.listen({ host: '127.0.0.1', port });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await door.close();
});

it('the real widgets run on the hosted pages, under the engine’s own policy', async () => {
  const page = await (await browser.newContext()).newPage();
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  await page.goto(`${engineUrl}/apply/9230/volunteer-registry`);
  await page.waitForFunction(() => document.querySelector('diktyo-apply')?.shadowRoot?.querySelector('button') !== null);
  const { trackingCode, protocolNumber } = await fileVolunteer(door);
  await page.goto(`${engineUrl}/track/9230`);
  await page.waitForFunction(() => document.querySelector('diktyo-track')?.shadowRoot?.querySelector('input') !== null);
  await page.locator('diktyo-track input').first().fill(trackingCode);
  await page.locator('diktyo-track input').first().press('Enter');
  await page.getByText(protocolNumber).first().waitFor();
  await page.goto(`${engineUrl}/apply/9230/volunteer-registry?lang=en`);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.waitForFunction(() => document.querySelector('diktyo-apply')?.shadowRoot?.querySelector('button') !== null);
  expect(wrong).toEqual([]);
});

it.each([
  ['el', /^Δήμος Μάνδρας/, 'Πού βρίσκεται η αίτησή μου'],
  ['en', /^Municipality of Mandra/, 'Where my application stands'],
])('whoever follows an application reads whose page it is while the widget runs (%s)', async (language, name, title) => {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
  await page.goto(`${engineUrl}/track/9230?lang=${language}`);
  await page.getByRole('heading', { name: title }).waitFor();
  expect(await page.getByText(name).filter({ visible: true }).count()).toBe(1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
