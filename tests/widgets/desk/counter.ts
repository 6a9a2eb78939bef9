import postgres from 'postgres';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { makeDemoPaper } from '#commands/demo/demo-paper.js';
import { databaseUrlOf } from '#tests/support/desk-client.js';
import { press } from '#tests/widgets/filling.js';
import { expectFitsPhone, fileAsCitizen, findBarriers, inventAnswers, keepPicture, openAction, openAtStep } from './desk-browser.js';
import type { SignedIn } from './desk-browser.js';
import type { Troubled } from './troubles.js';

const OTHER_MUNICIPALITY = '9220';
const QUEUE = 130;
const pdf = { name: 'ε1.pdf', mimeType: 'application/pdf', buffer: Buffer.from(makeDemoPaper('lastE1')) };

const paper = (page: Page, kind: string): Locator => page.locator(`filing-papers [data-paper="${kind}"]`);

async function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.textContent ?? '';
  });
}

/** From the first question to the papers, as a clerk types what the citizen says. */
async function typeApplication(page: Page): Promise<void> {
  const form = page.locator('question-group');
  const field = (label: string | RegExp): Locator => form.getByLabel(label, typeof label === 'string' ? { exact: true } : {});
  const choose = (question: string | RegExp, answer: string): Promise<void> => form.getByRole('group', { name: question }).getByRole('radio', { name: answer, exact: true }).check();
  const typeDate = async (question: string, parts: readonly string[]): Promise<void> => {
    for (const [index, part] of ['Ημέρα', 'Μήνας', 'Έτος'].entries()) await form.getByRole('group', { name: question }).getByLabel(part).fill(parts[index] ?? '');
  };
  await form.getByRole('group', { name: 'Πού βρίσκεται το σπίτι;' }).getByRole('radio').first().check();
  await field('Οδός ή τοποθεσία').fill('Αγίας Παρασκευής');
  await field(/^Αριθμός/).fill('12');
  await field('Πόλη ή χωριό').fill('Μάνδρα');
  await field('Ταχυδρομικός κώδικας').fill('196 00');
  await typeDate('Ποια μέρα έγινε η ζημιά;', ['18', '7', '2023']);
  await choose('Είναι η κύρια κατοικία σας;', 'Ναι');
  await choose('Με ποιον τρόπο μένετε στο σπίτι;', 'Το νοικιάζουμε');
  await choose(/ζητήσει ήδη/, 'Όχι');
  await press(page, 'Συνέχεια');
  await field('Όνομα').fill('Ελένη');
  await field('Επώνυμο').fill('Παπαδοπούλου');
  await typeDate('Ημερομηνία γέννησης', ['1', '2', '1980']);
  await field('Είδος εγγράφου').selectOption({ label: 'ΑΦΜ' });
  await field('Αριθμός εγγράφου').fill('094 259 216');
  await press(page, 'Συνέχεια');
  await field(/E-mail/).fill('gkise@example.test');
  await press(page, 'Συνέχεια');
  await choose('Έχετε αναπηρία 67 % και πάνω;', 'Ναι');
  await choose('Μένουν άλλα άτομα μαζί σας;', 'Όχι');
  await press(page, 'Συνέχεια');
  await page.locator('question-fields').getByRole('checkbox').check();
  await press(page, 'Συνέχεια');
  await page.locator('filing-papers fieldset').first().waitFor();
}

/** Filing with papers, judging and looking at them, taking an application back: what happens at a counter. */
export function describeCounter(troubled: () => Troubled): void {
  describe('Papers at the counter', () => {
    let signedIn: SignedIn;
    const page = (): Page => signedIn.page;

    it('are scanned, seen or missing, in a form that keeps everything when the sign-in runs out in its middle', async () => {
      signedIn = await troubled().clerk('desk');
      await page().getByRole('link', { name: 'Νέα αίτηση' }).click();
      await page().getByRole('radio', { name: /πυροπλήκτων/ }).check();
      await page().getByRole('radio', { name: /Ο ίδιος ο πολίτης/ }).check();
      await page().getByLabel('Γλώσσα των μηνυμάτων').selectOption('en');
      await press(page(), 'Έναρξη');
      await typeApplication(page());
      await paper(page(), 'lastE1').getByRole('radio', { name: 'Σαρωμένο αρχείο' }).check();
      await paper(page(), 'identityPaper').getByRole('radio', { name: /Το είδα/ }).check();
      const cookies = await signedIn.context.cookies();
      await signedIn.context.clearCookies();
      await paper(page(), 'lastE1').locator('input[type=file]').setInputFiles(pdf);
      await page().locator('.ended').getByText('Η σύνδεσή σας έληξε').waitFor();
      await press(page(), 'Συνέχεια');
      await page().getByText(/^Περιμένετε να τελειώσουν τα αρχεία/).waitFor();
      expect(await findBarriers(page())).toEqual([]);
      await signedIn.context.addCookies(cookies);
      await press(page(), 'Συνδέθηκα ξανά');
      await page().locator('.ended').waitFor({ state: 'detached' });
      await paper(page(), 'lastE1').getByRole('button', { name: /Δοκιμάστε ξανά/ }).click();
      await paper(page(), 'lastE1').locator('[data-stage="stored"]').waitFor();
      expect(await paper(page(), 'identityPaper').getByRole('radio', { name: /Το είδα/ }).isChecked()).toBe(true);
    });

    it('are looked at for what they are: a page of text that is called PDF is not taken', async () => {
      await paper(page(), 'lastE1').locator('input[type=file]').setInputFiles({ name: 'ψεύτικο.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<!doctype html><p>%PDF-1.7') });
      await paper(page(), 'lastE1').locator('[data-stage="failed"]').waitFor();
      await press(page(), 'Συνέχεια');
      expect(await page().locator('filing-page h1').innerText()).toBe('Δικαιολογητικά');
      await paper(page(), 'lastE1').getByRole('button', { name: /Αφαίρεση.*ψεύτικο/ }).click();
      const picture = { name: 'σελίδα 2.png', mimeType: 'image/png', buffer: await page().screenshot({ clip: { x: 0, y: 0, width: 120, height: 80 } }) };
      await paper(page(), 'lastE1').locator('input[type=file]').setInputFiles(picture);
      await expect.poll(() => paper(page(), 'lastE1').locator('[data-stage="stored"]').count()).toBe(2);
      expect(await findBarriers(page())).toEqual([]);
      await keepPicture(page(), 'filing-papers');
      await expectFitsPhone(page(), 'filing-papers');
    });

    it('stand on the receipt, taken and missing, in the citizen’s language, and nothing else is printed', async () => {
      await press(page(), 'Συνέχεια');
      await page().getByRole('heading', { name: 'Έλεγχος απαντήσεων' }).waitFor();
      expect(await page().locator('filing-page section[aria-label="Δικαιολογητικά"]').innerText()).toMatch(/ε1\.pdf, σελίδα 2\.png[\s\S]*Λείπει/);
      expect(await findBarriers(page())).toEqual([]);
      await keepPicture(page(), 'filing-check-papers');
      await expectFitsPhone(page(), 'filing-check-papers');
      await press(page(), 'Κατάθεση της αίτησης');
      const receipt = page().locator('filing-receipt article');
      await receipt.getByRole('heading', { name: 'The application has been filed' }).waitFor();
      expect(await receipt.getAttribute('lang')).toBe('en');
      expect(await receipt.locator('[data-list="papersTaken"]').innerText()).toMatch(/Identity card[^\n]*\(original\)\n[\s\S]*Last E1 tax form$/);
      expect(await receipt.locator('[data-list="missingPapers"] li').allInnerTexts()).toEqual(['Disability opinion (KEPA)']);
      expect(await findBarriers(page())).toEqual([]);
      await keepPicture(page(), 'filing-receipt-papers');
      await expectFitsPhone(page(), 'filing-receipt-papers');
      await page().emulateMedia({ media: 'print' });
      expect(await page().locator('desk-header').isVisible()).toBe(false);
      expect(await page().getByRole('button', { name: 'Εκτύπωση' }).isVisible()).toBe(false);
      expect(await receipt.locator('[data-code]').isVisible()).toBe(true);
      await keepPicture(page(), 'filing-receipt-printed');
      await page().emulateMedia({ media: null });
      await page().getByRole('link', { name: 'Άνοιγμα υπόθεσης' }).click();
      await page().locator('case-documents li', { hasText: 'Τελευταίο Ε1' }).getByText('Ήρθε, δεν έχει ελεγχθεί').waitFor({ timeout: 30_000 });
      await page().locator('case-documents li', { hasText: 'Ταυτότητα' }).getByText('Ήρθε, δεν έχει ελεγχθεί').waitFor();
      await page().locator('case-documents li', { hasText: 'αναπηρία' }).getByText(/Λείπει|Ζητήθηκε/).first().waitFor();
    });

    it('are looked at without leaving the case, and the focus comes back', async () => {
      await page().getByRole('button', { name: /Προβολή.*σελίδα 2/ }).click();
      const dialog = page().getByRole('dialog');
      const image = dialog.getByRole('img', { name: 'σελίδα 2.png' });
      await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(120);
      expect(await findBarriers(page())).toEqual([]);
      await keepPicture(page(), 'case-viewer');
      await expectFitsPhone(page(), 'case-viewer');
      await page().keyboard.press('Escape');
      await expect.poll(() => focusedText(page())).toMatch(/Προβολή.*σελίδα 2/);
      await page().getByRole('button', { name: /Προβολή.*ε1\.pdf/ }).click();
      if (await page().evaluate(() => navigator.pdfViewerEnabled)) await dialog.locator('iframe').waitFor();
      else await dialog.getByText(/δεν δείχνει PDF/).waitFor();
      expect(await dialog.getByRole('link', { name: 'Αποθήκευση' }).getAttribute('download')).toBe('ε1.pdf');
      await dialog.getByRole('button', { name: 'Κλείσιμο' }).click();
    });

    it('are judged one by one, and refused only with a reason that the citizen reads', async () => {
      await page().locator('case-documents li', { hasText: 'Τελευταίο Ε1' }).getByRole('button', { name: /^Έλεγχος/ }).click();
      const form = page().locator('judge-document-form');
      await form.getByRole('radio', { name: /Δεν γίνεται δεκτό/ }).check();
      await press(page(), 'Καταγραφή ελέγχου');
      await form.getByText('Γράψτε μια σημείωση.').waitFor();
      await form.getByLabel(/Σημείωση/).fill('Λείπει η δεύτερη σελίδα.');
      expect(await findBarriers(page())).toEqual([]);
      await press(page(), 'Καταγραφή ελέγχου');
      await page().locator('case-documents li', { hasText: 'Τελευταίο Ε1' }).getByText('Δεν έγινε δεκτό').waitFor({ timeout: 30_000 });
      await page().locator('case-documents li', { hasText: 'Ταυτότητα' }).getByRole('button', { name: /^Έλεγχος/ }).click();
      await form.getByRole('radio', { name: /^Δεκτό/ }).check();
      await press(page(), 'Καταγραφή ελέγχου');
      await page().locator('case-documents li', { hasText: 'Ταυτότητα' }).getByText('Δεκτό', { exact: true }).waitFor({ timeout: 30_000 });
    });

    it('and rules tell why: the condition as a sentence, with the values that it read', async () => {
      const rule = page().locator('case-rules li', { hasText: 'Ημέρες της πυρκαγιάς' });
      await rule.getByText('Πώς βγήκε').click();
      expect(await rule.locator('details').innerText()).toMatch(/Ο όρος:[\s\S]*Ποια μέρα έγινε η ζημιά;[\s\S]*18 Ιουλίου 2023/);
      expect(await findBarriers(page())).toEqual([]);
      await keepPicture(page(), 'case-rule-why');
      await expectFitsPhone(page(), 'case-rule-why');
    });
  });

  describe('Two clerks at one case', () => {
    it('whoever comes second reads what happened meanwhile and by whom, and keeps what was typed', async () => {
      const { system, deskUrl, clerk } = troubled();
      const caseId = (await fileAsCitizen(system.urls.api, inventAnswers(21))).applicationId;
      const [first, second] = [await clerk('desk'), await clerk('supervisor')];
      for (const { page } of [first, second]) await openAtStep(page, { caseId, deskUrl, step: 'Συγκέντρωση δικαιολογητικών' });
      await openAction(second.page, 'Ζητήστε δικαιολογητικό');
      const late = second.page.locator('ask-document-form');
      await late.getByLabel('Δικαιολογητικό').selectOption({ index: 1 });
      await late.getByLabel(/Σημείωση/).fill('Γράφτηκε ενώ ο άλλος ανακαλούσε.');

      await openAction(first.page, 'Ανάκληση από τον πολίτη');
      await press(first.page, 'Ανάκληση της αίτησης');
      await first.page.getByText('Επιβεβαιώστε ότι το ζήτησε ο πολίτης.').waitFor();
      await first.page.getByLabel(/έγινε έλεγχος ταυτότητας/).check();
      expect(await findBarriers(first.page)).toEqual([]);
      await press(first.page, 'Ανάκληση της αίτησης');
      await first.page.locator('action-panel .done').getByText('Η αίτηση ανακλήθηκε.').waitFor({ timeout: 30_000 });
      await first.page.locator('case-history li', { hasText: 'Ανακλήθηκε η αίτηση' }).waitFor();

      await press(second.page, 'Να ζητηθεί');
      const moved = second.page.locator('[data-moved]');
      await moved.getByText(/προχώρησε πριν σταλεί/).waitFor();
      expect(await moved.innerText()).toMatch(/Τελευταίο: Ανακλήθηκε η αίτηση\. Υποδοχή/);
      expect(await late.getByLabel(/Σημείωση/).inputValue()).toBe('Γράφτηκε ενώ ο άλλος ανακαλούσε.');
      expect(await findBarriers(second.page)).toEqual([]);
      await keepPicture(second.page, 'case-moved-on');
      await press(second.page, /σβήστε όσα έγραψα/);
      await moved.waitFor({ state: 'detached' });
      expect(await second.page.locator('case-history li', { hasText: 'Ζητήθηκε' }).count()).toBe(0);
    });
  });

  describe('A long queue', () => {
    it('is read page by page with the keyboard, held to a step or to what is late, and stands where it stood', async () => {
      const { system, browser, deskUrl, clerk } = troubled();
      await fillQueue(system, await fileElsewhere(system));
      const { page } = await clerk(`supervisor@${OTHER_MUNICIPALITY}`);
      expect(browser.isConnected()).toBe(true);
      await page.goto(`${deskUrl}#/queue/all`);
      const rows = page.locator('queue-page a[data-row]');
      await expect.poll(() => rows.count()).toBe(50);
      expect(await page.locator('queue-page .heading').innerText()).toMatch(/13[01] εργασίες, 30 εκπρόθεσμες/);
      await rows.nth(49).focus();
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => rows.count()).toBe(100);
      await expect.poll(() => page.evaluate(() => document.querySelector('diktyo-desk')?.shadowRoot?.querySelector('queue-page')?.shadowRoot?.activeElement?.getAttribute('data-task'))).toBe(await rows.nth(50).getAttribute('data-task'));
      await press(page, 'Περισσότερες');
      await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(130);
      expect(await page.getByRole('button', { name: 'Περισσότερες' }).count()).toBe(0);
      expect(await findBarriers(page)).toEqual([]);
      await rows.nth(110).focus();
      const task = await rows.nth(110).getAttribute('data-task');
      await page.keyboard.press('Enter');
      await page.locator('case-page h1').waitFor();
      await page.goBack();
      await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(130);
      await expect.poll(() => page.evaluate(() => document.querySelector('diktyo-desk')?.shadowRoot?.querySelector('queue-page')?.shadowRoot?.activeElement?.getAttribute('data-task'))).toBe(task);

      await page.getByLabel(/Μόνο εκπρόθεσμες \(30\)/).check();
      await expect.poll(() => rows.count()).toBe(30);
      await page.getByLabel('Εργασία', { exact: true }).selectOption({ label: 'Δεύτερος έλεγχος (65)' });
      await expect.poll(() => rows.count()).toBe(15);
      expect(await findBarriers(page)).toEqual([]);
      await keepPicture(page, 'queue-filtered');
      await expectFitsPhone(page, 'queue-filtered');
    });
  });
}

async function fileElsewhere(system: Troubled['system']): Promise<string> {
  const list = (await (await fetch(`${system.urls.api}/municipalities/${OTHER_MUNICIPALITY}/programmes`)).json()) as { programmes: { id: string; hash: string }[] };
  const hash = list.programmes.find(({ id }) => id === 'volunteer-registry')?.hash ?? '';
  const answers = { givenName: 'Δοκιμή', familyName: 'Ουράς', birthDate: '1990-04-12', phone: '+306900000000', email: 'oura@example.test', skills: ['cooking'], languages: ['greek'], availability: ['weekends'], hoursPerWeek: 4, conduct: true };
  const response = await fetch(`${system.urls.api}/municipalities/${OTHER_MUNICIPALITY}/applications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ programme: 'volunteer-registry', hash, answers, documentIds: [], language: 'el' }),
  });
  if (response.status !== 201) throw new Error(await response.text());
  return ((await response.json()) as { applicationId: string }).applicationId;
}

/** As many open tasks as a bad morning brings; whose they are is not what is looked at here. */
async function fillQueue(system: Troubled['system'], caseId: string): Promise<void> {
  const owner = postgres(databaseUrlOf(system, 'postgres'), { max: 1, onnotice: () => undefined });
  await owner`
    insert into diktyo.task (municipality, case_id, task_key, step_id, role, title, due_at)
    select ${OTHER_MUNICIPALITY}, ${caseId}, 'q#' || n, case when n % 2 = 0 then 'secondLook' else 'firstLook' end, 'desk',
      case when n % 2 = 0 then '{"el": "Δεύτερος έλεγχος", "en": "Second look"}'::jsonb else '{"el": "Πρώτος έλεγχος", "en": "First look"}'::jsonb end,
      case when n <= 30 then now() - interval '2 days' else now() + n * interval '1 hour' + interval '2 days' end
    from generate_series(1, ${QUEUE}) as n`;
  await owner.end();
}
