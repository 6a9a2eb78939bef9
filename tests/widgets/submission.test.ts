import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { field, fillAll, heading, press } from './filling.js';
import type { Town } from './town.js';
import { countApplications, startTown, visit } from './town.js';

const APPLY = '/mandra-eidyllia/apply';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town?.close());

describe('a submission', () => {
  it('is one application when the receipt is lost on the way and the engine is asked again', async () => {
    const { page, close } = await visit(town, APPLY);
    const before = await countApplications(town);
    await fillAll(page);
    let lost = 0;
    await page.route('**/applications', async (route) => {
      if (lost > 0 || route.request().method() !== 'POST') return route.continue();
      // It arrives, it is filed, and its answer never comes back.
      const filed = await route.fetch();
      expect(filed.status()).toBe(201);
      lost += 1;
      return route.abort('connectionreset');
    });
    await press(page, 'Υποβολή αίτησης');
    await heading(page, 'Η αίτησή σας παραλήφθηκε').waitFor();
    expect(lost).toBe(1);
    expect(await countApplications(town)).toBe(before + 1);
    await close();
  });

  it('cannot become a second application when the page is loaded again while nobody knows what became of the first', async () => {
    const { page, close } = await visit(town, APPLY);
    const before = await countApplications(town);
    await fillAll(page);
    await page.route('**/applications', async (route) => {
      if (route.request().method() === 'POST') await route.fetch();
      return route.abort('connectionreset');
    });
    await press(page, 'Υποβολή αίτησης');
    await page.getByText('Ελέγχουμε αν η αίτηση παραλήφθηκε', { exact: false }).waitFor();
    const kept = await page.evaluate(() => Object.entries({ ...sessionStorage }));
    expect(kept).toEqual([['diktyo 9230 wildfire-aid', expect.stringMatching(/^[0-9a-f]{32}$/)]]);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await page.unroute('**/applications');
    await fillAll(page);
    await press(page, /Αλλαγή.*Επώνυμο/);
    await field(page, 'Επώνυμο').fill('Νικολάου');
    await press(page, 'Συνέχεια');
    for (let presses = 0; presses < 2; presses += 1) {
      await press(page, 'Υποβολή αίτησης');
      await page.getByText('Αυτή η αίτηση έχει ήδη υποβληθεί.', { exact: false }).waitFor();
    }
    expect(await countApplications(town)).toBe(before + 1);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await close();
  });

  it('may be made by an authorised relative, which stands at check-your-answers and in the case', async () => {
    const { page, complaints, close } = await visit(town, APPLY);
    const before = await countApplications(town, 'relative');
    await fillAll(page);
    await press(page, /Αλλαγή.*Για ποιον κάνετε την αίτηση/);
    await page.getByLabel('Για συγγενή μου, που με έχει εξουσιοδοτήσει').check();
    await press(page, 'Έναρξη αίτησης');
    await heading(page, 'Ελέγξτε όσα γράψατε').waitFor();
    await expect.poll(() => page.getByText('Για συγγενή μου, που με έχει εξουσιοδοτήσει').count()).toBe(1);
    await press(page, 'Υποβολή αίτησης');
    await heading(page, 'Η αίτησή σας παραλήφθηκε').waitFor();
    expect(await countApplications(town, 'relative')).toBe(before + 1);
    expect(complaints).toEqual([]);
    await close();
  });

  it('is one application however often “submit” is pressed', async () => {
    const { page, close } = await visit(town, APPLY);
    const before = await countApplications(town);
    await fillAll(page);
    const button = page.getByRole('button', { name: 'Υποβολή αίτησης' });
    await button.dblclick();
    await button.click({ timeout: 500 }).catch(() => undefined);
    await heading(page, 'Η αίτησή σας παραλήφθηκε').waitFor();
    expect(await countApplications(town)).toBe(before + 1);
    await close();
  });
});
