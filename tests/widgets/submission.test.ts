import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReceiptView } from '#definitions/types/wire.js';
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

  it.each([
    { language: 'el', start: 'Έναρξη αίτησης', submit: 'Υποβολή αίτησης', save: 'Αποθήκευση απόδειξης', title: 'Έκτακτη ενίσχυση πυροπλήκτων', owner: /^Δήμος Μάνδρας/, protocol: 'Αριθμός πρωτοκόλλου', tracking: 'Κωδικός παρακολούθησης', next: 'Τι γίνεται τώρα', papers: 'Χαρτιά που λείπουν ακόμα' },
    { language: 'en', start: 'Start the application', submit: 'Submit the application', save: 'Save the receipt', title: 'Emergency aid after a wildfire', owner: /^Municipality of Mandra/, protocol: 'Protocol number', tracking: 'Tracking code', next: 'What happens now', papers: 'Papers still missing' },
  ] as const)('leaves a receipt that can be kept as a file: numbers, next steps and missing papers, and no button of the page ($language)', async ({ language, start, submit, save, title, owner, protocol, tracking, next, papers }) => {
    const { page, close } = await visit(town, APPLY);
    await fillAll(page);
    if (language === 'en') {
      await press(page, /Αλλαγή.*Για ποιον κάνετε την αίτηση/);
      await page.locator('diktyo-apply').getByRole('button', { name: 'English' }).click();
      await press(page, start);
    }
    const filed = page.waitForResponse((response) => response.url().endsWith('/applications') && response.request().method() === 'POST');
    await press(page, submit);
    const receipt = (await (await filed).json()) as ReceiptView;
    const saving = page.waitForEvent('download');
    await press(page, save);
    const file = await saving;
    expect(file.suggestedFilename()).toBe(`${protocol} ${receipt.protocolNumber.replace('/', '-')}.txt`);
    const text = await readFile(await file.path(), 'utf8');
    const lines = text.replace(/^\ufeff/, '').split('\n').map((line) => line.trim()).filter((line) => line !== '');
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(lines[0]).toBe(title);
    expect(lines[1]).toMatch(owner);
    const after = (label: string): string => lines[lines.findIndex((line) => line.startsWith(label)) + 1] ?? '';
    expect(after(protocol)).toBe(receipt.protocolNumber);
    expect(after(tracking)).toBe(receipt.trackingCode);
    expect(after(next)).toBe(receipt.nextSteps[language]);
    expect(receipt.missingDocuments.length).toBeGreaterThan(0);
    expect(lines.slice(lines.indexOf(papers) + 1, lines.indexOf(papers) + 1 + receipt.missingDocuments.length)).toEqual(receipt.missingDocuments.map((paper) => paper.title[language]));
    expect(text).toContain(receipt.contact.phone);
    for (const button of [save, 'Εκτύπωση', 'Print']) expect(text).not.toContain(button);
    await close();
  });
});
