import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { afmOf } from '#commands/demo/identifiers.js';
import type { ProgrammeList, ReceiptView } from '#definitions/types/wire.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { fileUntilReceipt } from '#tests/support/citizen-client.js';
import type { KeptReceipt } from '#tests/support/citizen-client.js';

export const MUNICIPALITY = '9230';
export const PROGRAMME = 'wildfire-aid';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Pictures of every page, kept as output of the test. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = join(packageRoot(), 'test-output/desk');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** What axe finds on the page as it stands; it is run beside the page's own policy, which stays in force. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Runtime.evaluate', { expression: AXE });
  const found = await page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { axe: { run(node: Document, options: object): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }> } };
    const { violations } = await axe.run(document, { runOnly: tags });
    return violations.map((violation) => `${violation.id}: ${JSON.stringify(violation.nodes.map((node) => node.target))}`);
  }, TAGS);
  await protocol.detach();
  return found;
}

/** Nobody has to scroll sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

/** The same page 320 pixels wide: no sideways scroll, no barrier; then as wide as before. */
export async function expectFitsPhone(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  try {
    await keepPicture(page, `narrow-${name}`);
    await expectNoSidewaysScroll(page);
    expect(await findBarriers(page)).toEqual([]);
  } finally {
    if (before !== null) await page.setViewportSize(before);
  }
}

export interface SignedIn {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of the page's console and uncaught exceptions so far. */
  readonly complaints: readonly string[];
}

/** A clerk's own browser window, signed in through the identity provider's page. */
export async function signIn(browser: Browser, { deskUrl, account, width = 1280, height = 900 }: { readonly deskUrl: string; readonly account: string; readonly width?: number; readonly height?: number }): Promise<SignedIn> {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'el-GR', timezoneId: 'America/New_York' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A browser tells every answer that is not 2xx; the tests of trouble see to those. The identity provider's page is not ours.
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && page.url().startsWith(deskUrl) && !isAnswer) complaints.push(message.text());
  });
  await page.goto(deskUrl);
  await page.getByRole('link', { name: 'Σύνδεση' }).click();
  await page.locator(`button[name="account"][value="${account}"]`).click();
  await page.getByRole('navigation', { name: 'Σελίδες' }).waitFor();
  return { context, page, complaints };
}

/** What an invented citizen of this municipality would answer; the ordinal keeps people apart. */
export function inventAnswers(ordinal: number): Readonly<Record<string, unknown>> {
  return {
    community: 'mandra',
    homeAddress: { street: 'Οδός Δοκιμής', number: String(ordinal), town: 'Μάνδρα', postcode: '19600' },
    damageDate: '2023-07-18',
    isMainHome: true,
    tenure: 'owned',
    alreadyAided: false,
    givenName: 'Δοκιμή',
    familyName: 'Πυρόπληκτη',
    birthDate: '1980-03-02',
    identity: [{ kind: 'afm', value: afmOf(ordinal) }],
    phone: '+306900000001',
    email: 'dokimi@example.test',
    applicantDisability67: true,
    livesWithOthers: true,
    household: [{ name: 'Παιδί Πυρόπληκτου', memberBirthDate: '2015-05-10', relation: 'child', memberDisability67: false }],
    truthDeclaration: true,
  };
}

export async function fileAsCitizen(apiUrl: string, answers: Readonly<Record<string, unknown>>): Promise<KeptReceipt> {
  const list = (await (await fetch(`${apiUrl}/municipalities/${MUNICIPALITY}/programmes`)).json()) as ProgrammeList;
  const hash = list.programmes.find(({ id }) => id === PROGRAMME)?.hash ?? '';
  return (await fileUntilReceipt({ apiUrl, municipality: MUNICIPALITY, programme: PROGRAMME, hash, answers })).receipt;
}

export type { ReceiptView };

/** Opens a case by its number, with the search that is always at hand. */
export async function searchFor(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator('desk-header').getByRole('searchbox').fill(text);
  await page.locator('desk-header').getByRole('button', { name: 'Αναζήτηση' }).click();
  await page.locator('search-page a[data-row]').first().waitFor();
}

/** The case page, once the case has come to a step. */
export async function openAtStep(page: Page, { caseId, deskUrl, step }: { readonly caseId: string; readonly deskUrl: string; readonly step: string }): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    await page.goto(`${deskUrl}#/case/${MUNICIPALITY}/${caseId}`);
    await page.reload();
    const now = page.locator('case-page section.now').getByText(step, { exact: true });
    const arrived = await now.waitFor({ timeout: 2_000 }).then(() => true, () => false);
    if (arrived) return;
    if (attempt > 40) throw new Error(`the case does not come to «${step}»: ${await page.locator('case-page section.now').innerText()}`);
  }
}

/** Opens the form of an action, if it is not open, and gives its place. */
export async function openAction(page: Page, title: string): Promise<void> {
  const button = page.locator('action-panel').getByRole('button', { name: title, exact: true });
  if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
}
