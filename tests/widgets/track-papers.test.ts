import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDemoPaper } from '#commands/demo/demo-paper.js';
import type { CaughtMessages } from '#definitions/types/wire.js';
import { openBrowser } from '#tests/support/browser.js';
import type { StartedSystem } from '#tests/support/started-system.js';
import { startSystem } from '#tests/support/started-system.js';
import { fileAsCitizen, inventAnswers } from './desk/desk-browser.js';
import { press } from './filling.js';

const PAPER = Buffer.from(makeDemoPaper('paper'));
const BODY_AT = PAPER.indexOf('\n') + 1;
/** A paper of some size, by a long comment, so that it is a while on its way. */
const BIG = Buffer.concat([PAPER.subarray(0, BODY_AT), Buffer.from(`%${' '.repeat(1_500_000)}\n`), PAPER.subarray(BODY_AT)]);
const MAIL = 'track@example.test';

let system: StartedSystem;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

/** From the page where a small installation shows its mail, once such a mail is there. */
async function readMail(pattern: RegExp): Promise<string> {
  for (;;) {
    const { messages } = (await (await fetch(`${system.urls.api}/outbox`)).json()) as CaughtMessages;
    const found = messages.filter(({ to }) => to === MAIL).map(({ body }) => pattern.exec(body)?.[0]).find((one) => one !== undefined);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

const papers = (): Locator => page.locator('diktyo-track .paper');
const listed = (name: string): Locator => page.getByRole('listitem').filter({ hasText: name });
const count = (tag: string): Promise<number> => page.locator('diktyo-track .tag', { hasText: tag }).count();
const choose = (name: string, buffer: Buffer): Promise<void> => papers().filter({ has: page.locator('input') }).first().locator('input[type=file]').setInputFiles({ name, mimeType: 'application/pdf', buffer });

/** Hands in what arrived; the engine answers with the case as it is then. */
async function hand(): Promise<void> {
  const before = await count('Το στείλατε');
  await page.getByRole('button', { name: /^Αποστολή:/ }).first().click();
  await expect.poll(() => count('Το στείλατε'), { timeout: 30_000 }).toBe(before + 1);
}

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), openBrowser()]);
  page = await (await browser.newContext({ locale: 'el-GR', viewport: { width: 320, height: 640 } })).newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => complaints.push(String(error)));
  const { trackingCode } = await fileAsCitizen(system.urls.api, { ...inventAnswers(3), email: MAIL });
  await readMail(/χρειαζόμαστε/);
  await page.goto(`${system.urls.site}/mandra-eidyllia/track`);
  await page.getByLabel('Κωδικός παρακολούθησης').fill(trackingCode);
  await press(page, 'Εμφάνιση');
  await press(page, 'Αποστολή με e-mail');
  await page.getByLabel('Κωδικός μίας χρήσης').fill(await readMail(/\b\d{6}\b/));
  await press(page, 'Άνοιγμα');
  await page.getByText('Τι λείπει από εσάς').waitFor();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

describe('a paper sent from the tracking page', () => {
  it('goes to the engine, is handed in with one press, and is missing no more', async () => {
    const asked = await count('Ζητήθηκε');
    expect(asked).toBeGreaterThan(2);
    await choose('ταυτότητα.pdf', PAPER);
    await listed('ταυτότητα.pdf').getByText('Ανέβηκε', { exact: false }).waitFor();
    await hand();
    expect(await count('Ζητήθηκε')).toBe(asked - 1);
    await page.getByText('Το χαρτί στάλθηκε.').waitFor();
  });

  it('that is not what it is called is refused with what to do, cannot be handed in, and another takes its place', async () => {
    await choose('ψεύτικο.pdf', Buffer.from('<!doctype html><p>%PDF-1.7'));
    await listed('ψεύτικο.pdf').getByText('Δεν έγινε δεκτό. Ανεβάστε άλλο.', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: /^Αποστολή:/ }).count()).toBe(0);
    expect(await listed('ψεύτικο.pdf').getByRole('button').allTextContents()).toEqual(['Αφαίρεση: ψεύτικο.pdf']);
    await listed('ψεύτικο.pdf').getByRole('button').click();
    await listed('ψεύτικο.pdf').waitFor({ state: 'detached' });
    await choose('σωστό.pdf', PAPER);
    await listed('σωστό.pdf').getByText('Ανέβηκε', { exact: false }).waitFor();
    await hand();
  });

  it('goes on by itself when the network is cut in the middle, and arrives once', async () => {
    const sent: string[] = [];
    let cut = (): void => undefined;
    const isCut = new Promise<void>((resolve) => {
      cut = resolve;
    });
    page.on('request', (request) => {
      if (request.url().includes('/tracking/documents')) sent.push(request.method());
    });
    // Its bytes are on their way when the line goes dead; whatever comes later finds the line as it is then.
    await page.route('**/tracking/documents/*', async (route) => {
      if (sent.filter((method) => method === 'PUT').length > 1) return route.continue();
      await isCut;
      return route.abort('connectionreset');
    });
    await choose('μεγάλο.pdf', BIG);
    await listed('μεγάλο.pdf').getByText('Ανεβαίνει:', { exact: false }).waitFor();
    await expect.poll(() => sent).toEqual(['POST', 'PUT']);
    await page.context().setOffline(true);
    cut();
    await listed('μεγάλο.pdf').getByText('Περιμένει το δίκτυο.', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: /^Αποστολή:/ }).count()).toBe(0);
    await page.context().setOffline(false);
    await listed('μεγάλο.pdf').getByText('Ανέβηκε', { exact: false }).waitFor({ timeout: 60_000 });
    expect(await listed('μεγάλο.pdf').count()).toBe(1);
    // Announced once; its bytes went a second time.
    expect(sent.filter((method) => method === 'POST')).toHaveLength(1);
    expect(sent.filter((method) => method === 'PUT').length).toBeGreaterThan(1);
    await hand();
    expect(complaints).toEqual([]);
  });
});
