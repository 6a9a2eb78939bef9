import postgres from 'postgres';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { databaseUrlOf } from '#tests/support/desk-client.js';
import { press } from '#tests/widgets/filling.js';
import { MUNICIPALITY, expectFitsPhone, fileAsCitizen, findBarriers, inventAnswers, keepPicture } from './desk-browser.js';
import type { SignedIn } from './desk-browser.js';
import type { Troubled } from './troubles.js';

const [FIRST, SECOND] = ['Κλήση στον αιτούντα', 'Ταξινόμηση φακέλου'] as const;

const rowOf = (page: Page, title: string): Locator => page.locator('queue-page tbody tr', { hasText: title });
const buttonOf = (page: Page, title: string, name: string): Locator => rowOf(page, title).getByRole('button', { name });
const told = (page: Page): Locator => page.locator('queue-page p.told');

/** The link, button or heading of the queue that has the focus, in words. */
async function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active === document.body ? 'nothing' : (active?.textContent ?? '').replace(/\s+/g, ' ').trim();
  });
}

/** Two tasks of the desk in one case, more urgent than all others. */
async function openTasks(system: Troubled['system'], caseId: string): Promise<void> {
  const owner = postgres(databaseUrlOf(system, 'postgres'), { max: 1, onnotice: () => undefined });
  for (const [index, title] of [FIRST, SECOND].entries()) {
    await owner`
      insert into diktyo.task (municipality, case_id, task_key, step_id, role, title, due_at)
      values (${MUNICIPALITY}, ${caseId}, ${`holder#${index}`}, 'handover', 'desk', ${owner.json({ el: title, en: `Handover ${index + 1}` })}, now() - ${9 - index} * interval '1 day')`;
  }
  await owner.end();
}

async function closeTasks(system: Troubled['system'], caseId: string): Promise<void> {
  const owner = postgres(databaseUrlOf(system, 'postgres'), { max: 1, onnotice: () => undefined });
  await owner`update diktyo.task set closed_at = now() where case_id = ${caseId} and step_id = 'handover'`;
  await owner.end();
}

/** A task changes hands: whoever has it gives it back, a supervisor frees what a colleague has. */
export function describeHolders(troubled: () => Troubled): void {
  describe('Who has a task', () => {
    let clerk: SignedIn;
    let supervisor: SignedIn;
    let caseId = '';
    let protocolNumber = '';
    const show = async ({ page }: SignedIn, scope: 'queue' | 'queue/all'): Promise<void> => {
      await page.goto(`${troubled().deskUrl}#/${scope}`);
      await page.reload();
      await page.locator('queue-page table').waitFor();
    };

    it('is told in words; whoever has it gives it back with the keyboard, and stays where the list was read', async () => {
      const { system } = troubled();
      const receipt = await fileAsCitizen(system.urls.api, inventAnswers(61));
      [caseId, protocolNumber] = [receipt.applicationId, receipt.protocolNumber];
      await openTasks(system, caseId);
      clerk = await troubled().clerk('desk');
      const { page } = clerk;
      await show(clerk, 'queue/all');
      await rowOf(page, FIRST).locator('a[data-row]').focus();
      await page.keyboard.press('c');
      await told(page).getByText(`Αναλάβατε την εργασία «${FIRST}» (${protocolNumber}).`).waitFor();
      await rowOf(page, FIRST).getByText('Εσείς', { exact: true }).waitFor();
      expect(await focusedText(page)).toBe(protocolNumber);
      expect(await findBarriers(page)).toEqual([]);
      await keepPicture(page, 'queue-claimed');
      await expectFitsPhone(page, 'queue-claimed');

      await page.keyboard.press('Tab');
      expect(await focusedText(page)).toBe(`Επιστροφή ${protocolNumber}`);
      await page.keyboard.press('Enter');
      await told(page).getByText(`Επιστρέψατε την εργασία «${FIRST}» (${protocolNumber}). Μπορεί να την αναλάβει άλλος.`).waitFor();
      await buttonOf(page, FIRST, `Ανάληψη ${protocolNumber}`).waitFor();
      // The link of the same row, not another button: pressing Enter once more undoes nothing.
      expect(await rowOf(page, FIRST).locator('a[data-row]').evaluate((link) => (link.getRootNode() as ShadowRoot).activeElement === link)).toBe(true);
      expect(await findBarriers(page)).toEqual([]);
    });

    it('in the list of one’s own, what is given back goes, and the focus goes on to the next, at last to the heading', async () => {
      const { page } = clerk;
      for (const title of [FIRST, SECOND]) {
        await buttonOf(page, title, 'Ανάληψη').click();
        await rowOf(page, title).getByText('Εσείς', { exact: true }).waitFor();
      }
      await show(clerk, 'queue');
      const rows = page.locator('queue-page tbody tr');
      const before = await rows.count();
      await buttonOf(page, FIRST, 'Επιστροφή').focus();
      await page.keyboard.press('Enter');
      await rowOf(page, FIRST).waitFor({ state: 'detached' });
      expect(await rows.count()).toBe(before - 1);
      expect(await rowOf(page, SECOND).locator('a[data-row]').evaluate((link) => (link.getRootNode() as ShadowRoot).activeElement === link)).toBe(true);
      for (let left = before - 1; left > 0; left -= 1) {
        await rows.first().getByRole('button', { name: 'Επιστροφή' }).focus();
        await page.keyboard.press('Enter');
        await expect.poll(() => rows.count()).toBe(left - 1);
      }
      await page.getByText('Δεν έχετε αναλάβει εργασίες.').waitFor();
      expect(await focusedText(page)).toBe('Οι εργασίες μου');
      expect(await findBarriers(page)).toEqual([]);
      await expectFitsPhone(page, 'queue-given-back');
    });

    it('a supervisor frees what a colleague has, pressed twice is pressed once; nobody else is offered to', async () => {
      await show(clerk, 'queue/all');
      await buttonOf(clerk.page, FIRST, 'Ανάληψη').click();
      await rowOf(clerk.page, FIRST).getByText('Εσείς', { exact: true }).waitFor();
      supervisor = await troubled().clerk('supervisor');
      const { page } = supervisor;
      await show(supervisor, 'queue/all');
      await rowOf(page, FIRST).getByText('Συνάδελφος', { exact: true }).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await keepPicture(page, 'queue-colleague');
      await expectFitsPhone(page, 'queue-colleague');
      const writes: string[] = [];
      page.on('request', (request) => {
        if (request.method() === 'POST') writes.push(new URL(request.url()).pathname);
      });
      await buttonOf(page, FIRST, `Αποδέσμευση ${protocolNumber}`).evaluate((button: HTMLButtonElement) => {
        button.click();
        button.click();
      });
      await told(page).getByText(`Αποδεσμεύσατε την εργασία «${FIRST}» (${protocolNumber}). Μπορεί να την αναλάβει άλλος.`).waitFor();
      await buttonOf(page, FIRST, 'Ανάληψη').waitFor();
      expect(writes.filter((path) => path.endsWith('/give-back'))).toHaveLength(1);

      await buttonOf(page, FIRST, 'Ανάληψη').click();
      await rowOf(page, FIRST).getByText('Εσείς', { exact: true }).waitFor();
      await show(clerk, 'queue/all');
      await rowOf(clerk.page, FIRST).getByText('Συνάδελφος', { exact: true }).waitFor();
      expect(await rowOf(clerk.page, FIRST).getByRole('button').count()).toBe(0);
    });

    it('who comes too late is told so, and sees the list as it is', async () => {
      const { page } = clerk;
      await show(clerk, 'queue/all');
      await buttonOf(page, SECOND, 'Ανάληψη').waitFor();
      await show(supervisor, 'queue/all');
      await buttonOf(supervisor.page, SECOND, 'Ανάληψη').click();
      await rowOf(supervisor.page, SECOND).getByText('Εσείς', { exact: true }).waitFor();
      const late = buttonOf(page, SECOND, 'Ανάληψη');
      // Unless the list has been read again meanwhile, which tells the same.
      if (await late.isVisible()) {
        await late.click();
        await page.locator('queue-page').getByText('Η εργασία έχει αναληφθεί').waitFor();
        expect((await told(page).innerText()).trim()).toBe('');
      }
      await rowOf(page, SECOND).getByText('Συνάδελφος', { exact: true }).waitFor();
    });

    it('is told in English too', async () => {
      const { page } = supervisor;
      await press(page, 'English');
      await rowOf(page, 'Handover 2').getByText('You', { exact: true }).waitFor();
      await expectFitsPhone(page, 'queue-holders-english');
      await rowOf(page, 'Handover 2').getByRole('button', { name: `Give back ${protocolNumber}` }).click();
      await told(page).getByText(`You have given back the task “Handover 2” (${protocolNumber}). Somebody else may claim it.`).waitFor();
      await rowOf(page, 'Handover 2').getByRole('button', { name: `Claim ${protocolNumber}` }).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await closeTasks(troubled().system, caseId);
    });
  });
}
