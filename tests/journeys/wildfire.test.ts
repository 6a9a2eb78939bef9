import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDemoPaper } from '#commands/demo/demo-paper.js';
import type { CaughtMessages } from '#definitions/types/wire.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { openBrowser } from '#tests/support/browser.js';
import type { StartedSystem } from '#tests/support/started-system.js';
import { startSystem } from '#tests/support/started-system.js';
import { axeFindings, overflow } from '#tests/widgets/axe.js';
import { openAction, openAtStep, searchFor, signIn } from '#tests/widgets/desk/desk-browser.js';
import { field, fillApplicant, fillHome, fillHousehold, heading, press } from '#tests/widgets/filling.js';

/*
 * The whole story, in the real browser against the system as `npm start` starts it: a citizen on a phone, a clerk, an
 * inspector and a decider at their desks. Each test is the next page of the story.
 */

const PHONE = { width: 390, height: 844 };
const MAIL = 'eleni@example.org';

let system: StartedSystem;
let browser: Browser;
let citizen: BrowserContext;
let page: Page;
let clerk: Page;
let protocolNumber = '';
let trackingCode = '';
let caseId = '';
const complaints: string[] = [];

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), openBrowser()]);
  citizen = await browser.newContext({ locale: 'el-GR', viewport: PHONE, deviceScaleFactor: 2, hasTouch: true, isMobile: true });
  page = await citizen.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const SHOWN_IN_README = ['citizen', 'desk'];

/** Kept as output of the run; with KEEP_PICTURES set, those that the README shows are kept beside this file. */
async function keepPicture(of: Page, name: string): Promise<void> {
  const isKept = process.env['KEEP_PICTURES'] !== undefined && SHOWN_IN_README.includes(name);
  const folder = join(packageRoot(), isKept ? 'tests/journeys/pictures' : 'test-output/journeys');
  mkdirSync(folder, { recursive: true });
  await of.screenshot({ path: join(folder, `${name}.png`) });
}

async function looksRight(): Promise<void> {
  expect(await axeFindings(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
}

/** What stands in a widget: its text lies in a shadow root. */
const readWidget = (tag: string): Promise<string> => page.locator(tag).evaluate((element) => element.shadowRoot?.textContent ?? '');

const codesUsed = new Set<string>();

/** From the page where a small installation shows its mail; a code works once. */
async function readOneTimeCode(): Promise<string> {
  for (;;) {
    const { messages } = (await (await fetch(`${system.urls.api}/outbox`)).json()) as CaughtMessages;
    const code = messages.filter(({ to }) => to === MAIL).map(({ body }) => /\b\d{6}\b/.exec(body)?.[0]).find((found) => found !== undefined && !codesUsed.has(found));
    if (code !== undefined) {
      codesUsed.add(code);
      return code;
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

const sendPaper = async (button: RegExp): Promise<void> => {
  const offer = page.getByRole('button', { name: button }).first();
  await page.locator('diktyo-track input[type=file]').first().setInputFiles({ name: 'χαρτί.pdf', mimeType: 'application/pdf', buffer: Buffer.from(makeDemoPaper('paper')) });
  await offer.waitFor();
  const before = await page.locator('diktyo-track .tag', { hasText: 'Το στείλατε' }).count();
  await offer.click();
  await expect.poll(() => page.locator('diktyo-track .tag', { hasText: 'Το στείλατε' }).count(), { timeout: 30_000 }).toBeGreaterThan(before);
};

describe('A family after the fire', () => {
  it('applies on the municipality’s page, on a phone, and receives a number and a code', async () => {
    await page.goto(`${system.urls.site}/mandra-eidyllia/apply`);
    await press(page, 'Έναρξη αίτησης');
    await fillHome(page);
    await heading(page, 'Το σπίτι σας').evaluate((element) => element.scrollIntoView());
    await keepPicture(page, 'citizen');
    await press(page, 'Συνέχεια');
    await fillApplicant(page);
    await press(page, 'Συνέχεια');
    await heading(page, 'Επικοινωνία').waitFor();
    await field(page, /E-mail/).fill(MAIL);
    await press(page, 'Συνέχεια');
    await fillHousehold(page);
    await press(page, 'Συνέχεια');
    await heading(page, 'Δικαιολογητικά').waitFor();
    await press(page, 'Συνέχεια');
    await page.getByRole('checkbox').check();
    await press(page, 'Συνέχεια');
    await heading(page, 'Ελέγξτε όσα γράψατε').waitFor();
    await looksRight();
    await press(page, 'Υποβολή αίτησης');
    await heading(page, 'Η αίτησή σας παραλήφθηκε').waitFor();
    const receipt = await readWidget('diktyo-apply');
    protocolNumber = /\d+\/20\d\d/.exec(receipt)?.[0] ?? '';
    trackingCode = /(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}/.exec(receipt)?.[0] ?? '';
    expect(protocolNumber).not.toBe('');
    expect(trackingCode).not.toBe('');
    await looksRight();
    await keepPicture(page, 'receipt');
  });

  it('is found by the clerk, who asks for one more paper', async () => {
    ({ page: clerk } = await signIn(browser, { deskUrl: system.urls.desk, account: 'desk-9230' }));
    await searchFor(clerk, protocolNumber);
    await clerk.locator('search-page a[data-row]').first().click();
    await clerk.locator('case-page section.now').getByText('Συγκέντρωση δικαιολογητικών', { exact: true }).waitFor();
    caseId = clerk.url().split('/').at(-1) ?? '';
    await openAction(clerk, 'Ζητήστε δικαιολογητικό');
    const form = clerk.locator('ask-document-form');
    await form.getByLabel('Δικαιολογητικό').selectOption({ index: 1 });
    await form.getByLabel(/Σημείωση/).fill('Και τις δύο όψεις, παρακαλώ.');
    await form.getByRole('button', { name: 'Να ζητηθεί' }).click();
    await form.getByText('Έγινε.').waitFor();
    await keepPicture(clerk, 'desk-asks');
  });

  it('sees what is missing with the code from the mail, and sends the papers from the phone', async () => {
    await page.goto(`${system.urls.site}/mandra-eidyllia/track`);
    await page.getByLabel('Κωδικός παρακολούθησης').fill(trackingCode);
    await press(page, 'Εμφάνιση');
    await press(page, 'Αποστολή με e-mail');
    await page.getByLabel('Κωδικός μίας χρήσης').fill(await readOneTimeCode());
    await press(page, 'Άνοιγμα');
    await page.getByText('Τι λείπει από εσάς').waitFor();
    await page.getByText('Και τις δύο όψεις, παρακαλώ.').first().waitFor();
    await looksRight();
    await keepPicture(page, 'track-missing');
    while ((await page.locator('diktyo-track input[type=file]').count()) > 0) await sendPaper(/^Αποστολή:/);
    await expect.poll(() => readWidget('diktyo-track'), { timeout: 30_000 }).toContain('Ελέγχουμε τα χαρτιά σας');
  });

  it('is reviewed, inspected and approved, each by whom it belongs to', async () => {
    await openAtStep(clerk, { caseId, deskUrl: system.urls.desk, step: 'Έλεγχος φακέλου' });
    await openAction(clerk, 'Ολοκληρώστε τον έλεγχο');
    await clerk.locator('review-form').getByRole('radio', { name: /Πλήρης/ }).check();
    await clerk.locator('review-form').getByRole('button').last().click();
    await clerk.getByText('Ο έλεγχος ολοκληρώθηκε.').waitFor();

    const { page: inspector } = await signIn(browser, { deskUrl: system.urls.desk, account: 'inspector-9230' });
    await openAtStep(inspector, { caseId, deskUrl: system.urls.desk, step: 'Αυτοψία στο σπίτι' });
    const inspection = inspector.locator('inspection-form');
    await inspection.getByRole('radio', { name: 'Ναι' }).check();
    await inspection.getByLabel(/Βαθμός ζημιάς/).fill('60');
    await inspection.getByRole('button', { name: 'Καταγραφή ευρημάτων' }).click();
    await inspector.locator('case-history li', { hasText: 'Καταγράφηκε: Αυτοψία' }).first().waitFor();

    const { page: decider } = await signIn(browser, { deskUrl: system.urls.desk, account: 'decider-9230' });
    await openAtStep(decider, { caseId, deskUrl: system.urls.desk, step: 'Απόφαση' });
    const decision = decider.locator('decision-form');
    await decision.getByText('Πληροί τους όρους').waitFor();
    await decision.getByRole('radio', { name: /Έγκριση/ }).check();
    await keepPicture(decider, 'desk');
    await decision.getByRole('button', { name: 'Έκδοση απόφασης' }).click();
    await decider.locator('case-outcome').getByText('Εγκρίθηκε').first().waitFor();

    await openAtStep(decider, { caseId, deskUrl: system.urls.desk, step: 'Πληρωμή σε δύο δόσεις' });
    await decider.locator('payment-form').getByLabel('Αριθμός εντάλματος').fill('ΧΕ 441/2026');
    await decider.locator('payment-form').getByRole('button', { name: 'Καταγραφή πληρωμής' }).click();
    await decider.locator('case-outcome').getByText('Πληρώθηκε').first().waitFor();
  });

  it('reads the decision with its reasons, the way to appeal, and the instalments', async () => {
    await page.reload();
    await page.getByLabel('Κωδικός παρακολούθησης').fill(trackingCode);
    await press(page, 'Εμφάνιση');
    await press(page, 'Αποστολή με e-mail');
    await page.getByLabel('Κωδικός μίας χρήσης').fill(await readOneTimeCode());
    await press(page, 'Άνοιγμα');
    await heading(page, 'Η αίτηση εγκρίθηκε').waitFor();
    const told = await readWidget('diktyo-track');
    for (const part of ['Γιατί', 'Νομική βάση', 'Αν διαφωνείτε', 'Πρώτη δόση', 'Πληρώθηκε στις', 'Δεύτερη δόση', 'Έως']) expect(told).toContain(part);
    expect(told).toMatch(/\d\.?\d*,\d{2}\s€/);
    await looksRight();
    await heading(page, 'Η αίτηση εγκρίθηκε').scrollIntoViewIfNeeded();
    await keepPicture(page, 'decision');
    expect(complaints).toEqual([]);
  });
});
