import type { Browser, BrowserContext, Locator } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import type { StartedSystem } from '#tests/support/started-system.js';
import { MUNICIPALITY, expectFitsPhone, fileAsCitizen, findBarriers, inventAnswers, keepPicture, openAction, openAtStep } from './desk-browser.js';
import type { SignedIn } from './desk-browser.js';

export interface Troubled {
  readonly system: StartedSystem;
  readonly browser: Browser;
  readonly deskUrl: string;
  clerk(role: string): Promise<SignedIn>;
}

/** Mail to this address is refused for good by the mail server of the test. */
const REFUSED_ADDRESS = 'refused@example.test';

/** A real mail server that takes every message but those to one address. */
export async function startMailServer(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) => done(address === REFUSED_ADDRESS ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => done());
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `smtp://127.0.0.1:${port}`, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

const noteForm = (page: SignedIn['page']): ReturnType<SignedIn['page']['locator']> => page.locator('note-form');

/** What the first row of the list tells. */
async function firstIncident(page: SignedIn['page']): Promise<{ readonly protocolNumber: string; readonly incident: string }> {
  const cells = page.locator('incidents-page tbody tr').first().getByRole('cell');
  const [incident = ''] = (await cells.nth(3).innerText()).split('\n');
  return { protocolNumber: (await cells.nth(1).innerText()).trim(), incident: incident.trim() };
}

/** Tab after Tab until the control has the focus. */
async function tabTo(page: SignedIn['page'], control: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await control.evaluate((element) => element === (element.getRootNode() as ShadowRoot).activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the keyboard does not reach it');
}

async function countNotes(page: SignedIn['page'], text: string): Promise<number> {
  return page.locator('case-history li', { hasText: text }).count();
}

/** When something is away, nothing is lost, nothing is done twice, and the clerk is told the truth. */
export function describeTroubles(troubled: () => Troubled): void {
  describe('The desk in trouble', () => {
    let caseId = '';
    let signedIn: SignedIn;

    const openCase = async (): Promise<SignedIn['page']> => {
      const { system, deskUrl, clerk } = troubled();
      caseId = (await fileAsCitizen(system.urls.api, { ...inventAnswers(7), email: REFUSED_ADDRESS })).applicationId;
      signedIn = await clerk('supervisor');
      await openAtStep(signedIn.page, { caseId, deskUrl, step: 'Συγκέντρωση δικαιολογητικών' });
      return signedIn.page;
    };

    it('shows a message that was refused as an incident, and lets the supervisor settle it', async () => {
      const page = await openCase();
      await page.getByRole('link', { name: 'Συμβάντα' }).click();
      await page.locator('incidents-page a[data-row]').first().waitFor({ timeout: 60_000 });
      expect(await findBarriers(page)).toEqual([]);
      await keepPicture(page, 'incidents');
      await page.locator('incidents-page a[data-row]').first().click();
      const form = page.locator('incident-form');
      await form.getByRole('radio', { name: /αρνήθηκε/ }).first().check();
      await form.getByRole('radio', { name: /Έγινε με άλλον τρόπο/ }).check();
      await form.getByRole('button', { name: 'Τακτοποίηση' }).click();
      await form.getByText('Γράψτε μια σημείωση.').waitFor();
      await form.getByLabel('Σημείωση').fill('Ενημερώθηκε στο τηλέφωνο.');
      expect(await findBarriers(page)).toEqual([]);
      await keepPicture(page, 'case-incident');
      await form.getByRole('button', { name: 'Τακτοποίηση' }).click();
      await page.locator('case-history li', { hasText: 'Τακτοποιήθηκε συμβάν: Έγινε με άλλον τρόπο' }).first().waitFor();
    });

    it('lets an administrator settle one from the list with the keyboard alone, without opening the case', async () => {
      const { page, context, complaints } = await troubled().clerk('administrator');
      const rows = page.locator('incidents-page a[data-row]');
      await rows.first().waitFor({ timeout: 60_000 });
      const before = await rows.count();
      const { protocolNumber, incident } = await firstIncident(page);
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      const detail = page.locator('incident-detail');
      await detail.getByRole('heading', { name: incident }).waitFor();
      expect(page.url()).toMatch(/#\/incidents\/[0-9a-f-]{36}\/incident-\d+$/);
      expect(await detail.locator('section').innerText()).toMatch(new RegExp(`Τι απέτυχε\\s+.+[\\s\\S]*Από\\s+\\d+ .+ \\d\\d:\\d\\d[\\s\\S]*${protocolNumber}`));
      expect(await detail.getByRole('link', { name: protocolNumber }).count()).toBe(0);
      await expectFitsPhone(page, 'incident');
      await tabTo(page, detail.getByRole('radio', { name: /Νέα προσπάθεια/ }));
      for (const _step of ['done', 'drop']) await page.keyboard.press('ArrowDown');
      expect(await detail.getByRole('radio', { name: /Να μη γίνει/ }).isChecked()).toBe(true);
      await tabTo(page, detail.getByRole('button', { name: 'Τακτοποίηση' }));
      await page.keyboard.press('Enter');
      await detail.getByText('Γράψτε μια σημείωση.').waitFor();
      expect(await detail.getByLabel('Σημείωση').evaluate((element: HTMLElement) => element === (element.getRootNode() as ShadowRoot).activeElement)).toBe(true);
      expect(await findBarriers(page)).toEqual([]);
      await page.keyboard.type('Η διεύθυνση δεν υπάρχει.');
      await tabTo(page, detail.getByRole('button', { name: 'Τακτοποίηση' }));
      await page.keyboard.press('Enter');
      await detail.getByText('Το συμβάν τακτοποιήθηκε.').waitFor({ timeout: 60_000 });
      await expect.poll(() => rows.count(), { timeout: 30_000 }).toBe(before - 1);
      expect(await findBarriers(page)).toEqual([]);
      await keepPicture(page, 'incident-settled');
      await page.getByRole('button', { name: 'English' }).click();
      await detail.getByText('The incident was settled.').waitFor();
      await page.reload();
      await page.getByText('This incident is no longer open.').waitFor();
      expect(complaints).toEqual([]);
      await context.close();
    });

    it('says that an action is recorded while nobody carries it out, asks again by itself, and it happens once', async () => {
      const { system } = troubled();
      const { page } = signedIn;
      const worker = system.findProcess('worker') ?? -1;
      process.kill(worker, 'SIGSTOP');
      try {
        await openAction(page, 'Προσθέστε σημείωση');
        await noteForm(page).getByLabel('Σημείωση').fill('Γράφτηκε ενώ ο εργάτης κοιμόταν.');
        await noteForm(page).getByRole('button', { name: 'Προσθήκη' }).click();
        await noteForm(page).getByText(/^Καταγράφηκε\./).waitFor({ timeout: 20_000 });
        expect(await noteForm(page).locator('[data-submit]').getAttribute('aria-disabled')).toBe('true');
        expect(await findBarriers(page)).toEqual([]);
        await keepPicture(page, 'case-delayed');
      } finally {
        process.kill(worker, 'SIGCONT');
      }
      await noteForm(page).getByText('Έγινε.').waitFor({ timeout: 60_000 });
      await page.locator('case-history li', { hasText: 'ο εργάτης κοιμόταν' }).first().waitFor();
      expect(await countNotes(page, 'ο εργάτης κοιμόταν')).toBe(1);
    });

    it('goes on by itself when the network comes back, and it happens once', async () => {
      const { page, context } = signedIn;
      await context.setOffline(true);
      await noteForm(page).getByLabel('Σημείωση').fill('Γράφτηκε χωρίς δίκτυο.');
      await noteForm(page).getByRole('button', { name: 'Προσθήκη' }).click();
      await noteForm(page).getByText(/^Δεν ήρθε απάντηση/).waitFor();
      await context.setOffline(false);
      await noteForm(page).getByText('Έγινε.').waitFor({ timeout: 60_000 });
      await page.locator('case-history li', { hasText: 'χωρίς δίκτυο' }).first().waitFor();
      expect(await countNotes(page, 'χωρίς δίκτυο')).toBe(1);
    });

    it('keeps what is typed when the sign-in runs out, and sends it after signing in again', async () => {
      const { page, context } = signedIn;
      await noteForm(page).getByLabel('Σημείωση').fill('Γράφτηκε πριν λήξει η σύνδεση.');
      const cookies = await context.cookies();
      await context.clearCookies();
      await noteForm(page).getByRole('button', { name: 'Προσθήκη' }).click();
      const ended = page.locator('.ended');
      await ended.getByText('Η σύνδεσή σας έληξε').waitFor();
      expect(await findBarriers(page)).toEqual([]);
      expect(await noteForm(page).getByLabel('Σημείωση').inputValue()).toBe('Γράφτηκε πριν λήξει η σύνδεση.');
      await restore(context, cookies);
      await page.getByRole('button', { name: 'Συνδέθηκα ξανά' }).click();
      await ended.waitFor({ state: 'detached' });
      await noteForm(page).getByRole('button', { name: 'Προσθήκη' }).click();
      await page.locator('case-history li', { hasText: 'πριν λήξει η σύνδεση' }).first().waitFor();
      expect(await countNotes(page, 'πριν λήξει η σύνδεση')).toBe(1);
    });

    it('does not look signed out while the engine has not heard of it', async () => {
      const { page, context } = signedIn;
      await context.setOffline(true);
      await page.getByRole('button', { name: 'Αποσύνδεση' }).click();
      await page.getByText(/^Η αποσύνδεση δεν έγινε/).waitFor();
      await page.locator('case-page').waitFor();
      await context.setOffline(false);
    });

    it('does not open the case of another municipality', async () => {
      const { page } = signedIn;
      await page.goto(`${troubled().deskUrl}#/case/9220/${caseId}`);
      await page.locator('case-page').getByRole('alert').waitFor();
      expect(await page.locator('case-page case-answers').count()).toBe(0);
      expect(MUNICIPALITY).not.toBe('9220');
    });
  });
}

async function restore(context: BrowserContext, cookies: Awaited<ReturnType<BrowserContext['cookies']>>): Promise<void> {
  await context.addCookies(cookies);
}
