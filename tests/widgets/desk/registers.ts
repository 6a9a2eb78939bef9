import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hashDocument, readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import type { Programme } from '#definitions/types/programme.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { openStore } from '#engine/store/connection.js';
import { fileUntilReceipt } from '#tests/support/citizen-client.js';
import { databaseUrlOf } from '#tests/support/desk-client.js';
import type { StartedSystem } from '#tests/support/started-system.js';
import { MUNICIPALITY, expectFitsPhone, findBarriers, keepPicture, openAction, openAtStep } from './desk-browser.js';
import type { Troubled } from './troubles.js';

/** A programme whose last check waits for what an official finds in a register. */
const PROGRAMME = 'school-meals';

/** Publishes the programme in the municipality and files an application from its own first case. */
async function fileForPupil(system: StartedSystem): Promise<string> {
  const { programme, cases, caseNames } = await readProgrammeFolder(join(packageRoot(), 'definitions/programmes', PROGRAMME));
  const hash = hashDocument(programme);
  const store = openStore({ databaseUrl: databaseUrlOf(system, 'postgres'), connectionsMax: 1, application: 'tests', log: () => undefined });
  await createProgrammeRegister(store).publish({ municipality: MUNICIPALITY, hash, programme: programme as Programme, publishedBy: 'tests' });
  await store.close();
  const example = cases[caseNames.indexOf('no-allergy')]?.answers ?? {};
  const answers = { ...example, grade: 'grade1', email: 'politis@example.test', identity: [{ kind: 'none' }] };
  return (await fileUntilReceipt({ apiUrl: system.urls.api, municipality: MUNICIPALITY, programme: PROGRAMME, hash, answers })).receipt.applicationId;
}

/** What an official looks up in a register that the engine does not reach. */
export function describeRegisters(troubled: () => Troubled): void {
  describe('What a register says', () => {
    let page: Page;
    let caseId = '';
    const form = (): Locator => page.locator('fact-form');

    it('is asked in the words of the programme, with where to look and by when', async () => {
      const { system, deskUrl, clerk } = troubled();
      caseId = await fileForPupil(system);
      ({ page } = await clerk('desk'));
      await openAtStep(page, { caseId, deskUrl, step: 'Έλεγχος φακέλου' });
      await openAction(page, 'Καταγράψτε τι λέει το μητρώο');
      await form().getByRole('group', { name: 'Το παιδί φοιτά στο σχολείο' }).waitFor();
      await form().getByText('Μαθητολόγιο του σχολείου. Ρωτήστε τη γραμματεία του σχολείου.').waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await keepPicture(page, 'case-fact');
      await expectFitsPhone(page, 'case-fact');
    });

    it('is not recorded before it is answered, and the clerk reads what is missing', async () => {
      await form().getByRole('button', { name: 'Καταγραφή' }).click();
      await form().getByText(/Επιλέξτε «Ναι» ή «Όχι»/).first().waitFor();
      expect(await page.locator('case-history li', { hasText: 'Αναζήτηση σε μητρώο' }).count()).toBe(0);
      expect(await findBarriers(page)).toEqual([]);
    });

    it('is recorded once, with a note that stays in the house, and the rules read it', async () => {
      await form().getByRole('radio', { name: 'Ναι' }).check();
      await form().getByLabel(/Σημείωση/).fill('Τηλεφώνημα στη γραμματεία.');
      await form().getByRole('button', { name: 'Καταγραφή' }).evaluate((button: HTMLButtonElement) => {
        button.click();
        button.click();
      });
      await page.getByText('Καταγράφηκε τι λέει το μητρώο.').waitFor();
      const looked = page.locator('case-history li', { hasText: 'Αναζήτηση σε μητρώο: Το παιδί φοιτά στο σχολείο.' });
      await looked.first().waitFor();
      expect(await looked.count()).toBe(1);
      expect(await looked.innerText()).toMatch(/εσείς \(Υποδοχή\)[\s\S]*Τηλεφώνημα στη γραμματεία\./);
      const rule = page.locator('section[aria-labelledby="heading-rules"] case-rules li', { hasText: 'Φοίτηση' });
      await rule.locator('.mark.good').waitFor();
      expect(await page.locator('action-panel').getByRole('button', { name: 'Καταγράψτε τι λέει το μητρώο' }).count()).toBe(0);
      expect(await findBarriers(page)).toEqual([]);
    });
  });
}
