import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '#tests/support/browser.js';
import type { KeptReceipt } from '#tests/support/citizen-client.js';
import type { StartedSystem } from '#tests/support/started-system.js';
import { startSystem } from '#tests/support/started-system.js';
import { MUNICIPALITY, expectNoSidewaysScroll, fileAsCitizen, findBarriers, inventAnswers, keepPicture, openAction, openAtStep, searchFor, signIn } from './desk-browser.js';
import type { SignedIn } from './desk-browser.js';
import { describeCounter } from './counter.js';
import { describeHolders } from './holders.js';
import { describeRegisters } from './registers.js';
import { describeTroubles, startMailServer } from './troubles.js';

let system: StartedSystem;
let browser: Browser;
let receipt: KeptReceipt;
let deskUrl = '';
const opened: SignedIn[] = [];

/** `desk`, or `desk@9220` of another municipality. */
async function clerk(role: string, size: { readonly width?: number; readonly height?: number } = {}): Promise<SignedIn> {
  const [name, municipality = MUNICIPALITY] = role.split('@');
  const signedIn = await signIn(browser, { deskUrl, account: `${name ?? role}-${municipality}`, ...size });
  opened.push(signedIn);
  return signedIn;
}

let mail: Awaited<ReturnType<typeof startMailServer>>;

beforeAll(async () => {
  mail = await startMailServer();
  process.env['SMTP_URL'] = mail.url;
  process.env['SMTP_FROM'] = 'desk@example.test';
  [system, browser] = await Promise.all([startSystem({ demo: false }), openBrowser()]);
  deskUrl = system.urls.desk;
  receipt = await fileAsCitizen(system.urls.api, inventAnswers(1));
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  await mail?.stop();
});

describe('The desk, from the queue to the last payment', () => {
  it('shows the clerk who is signed in, for which municipality, and that the data are demo data', async () => {
    const { page } = await clerk('desk');
    await page.getByText('ΔΟΚΙΜΑΣΤΙΚΑ στοιχεία').waitFor();
    expect(await page.locator('desk-header header').innerText()).toMatch(/Δήμος Μάνδρας[\s\S]*Υποδοχή/);
    expect(await findBarriers(page)).toEqual([]);
    await keepPicture(page, 'queue-empty');
  });

  it('lets the clerk find a case by its number, without the number ever standing in the address', async () => {
    const { page } = opened[0] as SignedIn;
    await searchFor(page, receipt.protocolNumber);
    expect(page.url()).toMatch(/#\/search$/);
    expect(await page.locator('search-page a[data-row]').first().innerText()).toBe(receipt.protocolNumber);
    expect(await findBarriers(page)).toEqual([]);
    await keepPicture(page, 'search');
  });

  it('asks for a paper once, though the button is pressed three times', async () => {
    const { page } = opened[0] as SignedIn;
    await openAtStep(page, { caseId: receipt.applicationId, deskUrl, step: 'Συγκέντρωση δικαιολογητικών' });
    await openAction(page, 'Ζητήστε δικαιολογητικό');
    const form = page.locator('ask-document-form');
    await form.getByLabel('Δικαιολογητικό').selectOption({ index: 1 });
    await form.getByLabel(/Σημείωση/).fill('Και τις δύο όψεις, παρακαλώ.');
    await form.getByRole('button', { name: 'Να ζητηθεί' }).evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
      button.click();
    });
    await form.getByText('Έγινε.').waitFor();
    const asked = page.locator('case-history li', { hasText: 'Ζητήθηκε:' });
    await asked.first().waitFor();
    expect(await asked.count()).toBe(1);
    expect(await asked.first().innerText()).toContain('εσείς (Υποδοχή)');
    expect(await findBarriers(page)).toEqual([]);
    await keepPicture(page, 'case-papers');
  });

  it('takes the missing papers in at the counter, one as a file and the others as seen', async () => {
    const { page } = opened[0] as SignedIn;
    for (let taken = 0; taken < 10; taken += 1) {
      const offer = page.locator('case-documents').getByRole('button', { name: /^Παραλαβή/ }).first();
      const arrived = page.locator('case-page section.now').getByText('Έλεγχος φακέλου', { exact: true });
      await offer.or(arrived).first().waitFor();
      if (!(await offer.isVisible())) break;
      const before = await page.locator('case-history li', { hasText: 'Παραλήφθηκε:' }).count();
      await offer.click();
      const form = page.locator('receive-documents-form');
      if (taken === 0) {
        await form.getByLabel('Αρχεία').setInputFiles({ name: 'χαρτί.pdf', mimeType: 'application/pdf', buffer: await makePaper() });
      } else {
        await form.getByLabel(/Το είδα/).check();
      }
      await form.getByRole('button', { name: 'Παραλαβή', exact: true }).click();
      await expect.poll(() => page.locator('case-history li', { hasText: 'Παραλήφθηκε:' }).count(), { timeout: 30_000 }).toBeGreaterThan(before);
    }
    await openAtStep(page, { caseId: receipt.applicationId, deskUrl, step: 'Έλεγχος φακέλου' });
    expect(await page.locator('case-documents ul').first().innerText()).toContain('χαρτί.pdf');
  });

  it('keeps what is typed when another page is looked at meanwhile', async () => {
    const { page } = opened[0] as SignedIn;
    await openAction(page, 'Προσθέστε σημείωση');
    await page.locator('note-form').getByLabel('Σημείωση').fill('Μισή πρότ');
    await page.getByRole('link', { name: 'Εργασίες του δήμου' }).click();
    await page.locator('queue-page a[data-row]').first().waitFor();
    await page.locator('queue-page a[data-row]', { hasText: receipt.protocolNumber }).first().click();
    await openAction(page, 'Προσθέστε σημείωση');
    expect(await page.locator('note-form').getByLabel('Σημείωση').inputValue()).toBe('Μισή πρότ');
    await page.locator('note-form').getByLabel('Σημείωση').fill('');
  });

  it('is worked by keyboard alone: claim, open, record the outcome', async () => {
    const { page } = opened[0] as SignedIn;
    await page.keyboard.press('Escape');
    await page.locator('main').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.locator('queue-page a[data-row]').first().waitFor();
    // The same key on a Greek layout writes another letter.
    await page.evaluate(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ξ', code: 'KeyJ' })));
    await page.keyboard.press('c');
    await page.locator('queue-page').getByText('Εσείς').waitFor();
    await findRowByKeyboard();
    await page.keyboard.press('Enter');
    await page.locator('action-panel').waitFor();
    await page.keyboard.press('a');
    await expect.poll(() => focusedText()).toContain('Ολοκληρώστε τον έλεγχο');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await page.locator('review-form').getByRole('radio', { name: /Πλήρης/ }).isChecked()).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Όλα εδώ.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('case-history li', { hasText: 'Πλήρης' }).first().waitFor();
    await page.getByText('Ο έλεγχος ολοκληρώθηκε.').waitFor();
    await expect.poll(() => focusedText()).toContain('Ο έλεγχος ολοκληρώθηκε.');

    async function focusedText(): Promise<string> {
      return page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return active?.textContent ?? '';
      });
    }
    async function findRowByKeyboard(): Promise<void> {
      for (let step = 0; step < 20 && !(await focusedText()).includes(receipt.protocolNumber); step += 1) await page.keyboard.press('ArrowDown');
      expect(await focusedText()).toContain(receipt.protocolNumber);
    }
  });

  it('leaves single keys alone when the reader has turned the shortcuts off', async () => {
    const { page } = opened[0] as SignedIn;
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog');
    expect(await findBarriers(page)).toEqual([]);
    await dialog.getByRole('checkbox', { name: 'Συντομεύσεις ενεργές' }).uncheck();
    await dialog.getByRole('button', { name: 'Κλείσιμο' }).click();
    await page.keyboard.press('g');
    await page.keyboard.press('q');
    expect(page.url()).toContain('#/case/');
    await page.getByRole('button', { name: 'Βοήθεια' }).click();
    await dialog.getByRole('checkbox', { name: 'Συντομεύσεις ενεργές' }).check();
    await page.keyboard.press('Escape');
    await page.locator('main').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('q');
    await page.locator('queue-page h1').waitFor();
    expect(page.url()).toMatch(/#\/queue$/);
  });

  it('lets the inspector record what was found, with the step’s own questions', async () => {
    const { page } = await clerk('inspector');
    await openAtStep(page, { caseId: receipt.applicationId, deskUrl, step: 'Αυτοψία στο σπίτι' });
    const form = page.locator('inspection-form');
    await form.getByRole('button', { name: 'Καταγραφή ευρημάτων' }).click();
    await form.getByText('Κάτι λείπει ή θέλει διόρθωση').waitFor();
    await form.getByRole('radio', { name: 'Ναι' }).check();
    await form.getByLabel(/Βαθμός ζημιάς/).fill('60');
    expect(await findBarriers(page)).toEqual([]);
    await keepPicture(page, 'case-inspection');
    await form.getByRole('button', { name: 'Καταγραφή ευρημάτων' }).click();
    await page.locator('case-history li', { hasText: 'Καταγράφηκε: Αυτοψία' }).first().waitFor();
  });

  it('shows the decider the proposal rule by rule, and wants a reason in writing against it', async () => {
    const { page } = await clerk('decider');
    await openAtStep(page, { caseId: receipt.applicationId, deskUrl, step: 'Απόφαση' });
    const form = page.locator('decision-form');
    await form.getByText('Πληροί τους όρους').waitFor();
    expect(await page.locator('case-answers .pages').innerText()).toMatch(/Βαθμός ζημιάς[^\n]*\s+60/);
    expect(await form.locator('form').innerText()).toMatch(/Ποσό: [\d.]+,\d\d/);
    await form.getByRole('radio', { name: /Απόρριψη/ }).check();
    await form.getByRole('button', { name: 'Έκδοση απόφασης' }).click();
    await form.getByText('Γράψτε γιατί αποφασίζετε διαφορετικά').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await form.getByRole('radio', { name: /Έγκριση/ }).check();
    await keepPicture(page, 'case-decision');
    await form.getByRole('button', { name: 'Έκδοση απόφασης' }).click();
    await page.locator('case-outcome').getByText('Εγκρίθηκε').first().waitFor();
  });

  it('records a payment', async () => {
    const { page } = opened.at(-1) as SignedIn;
    await openAtStep(page, { caseId: receipt.applicationId, deskUrl, step: 'Πληρωμή σε δύο δόσεις' });
    const form = page.locator('payment-form');
    await form.getByLabel('Αριθμός εντάλματος').fill('ΧΕ 441/2026');
    await form.getByRole('button', { name: 'Καταγραφή πληρωμής' }).click();
    await page.locator('case-outcome').getByText('Πληρώθηκε').first().waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await keepPicture(page, 'case-payment');
  });

  it('shows the supervisor the incidents, and nobody else the way there', async () => {
    const { page } = await clerk('supervisor');
    await page.getByRole('link', { name: 'Συμβάντα' }).click();
    await page.getByText('Κανένα ανοιχτό συμβάν.').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await (opened[0] as SignedIn).page.getByRole('link', { name: 'Συμβάντα' }).count()).toBe(0);
  });

  it('greets an administrator with the incidents, not with a refusal, and offers no search of cases', async () => {
    const { page, complaints } = await clerk('administrator');
    await page.getByText('Κανένα ανοιχτό συμβάν.').waitFor();
    expect(page.url()).toMatch(/#\/incidents$/);
    expect(await page.locator('desk-header').getByRole('searchbox').count()).toBe(0);
    await page.goto(`${deskUrl}#/case/${MUNICIPALITY}/${receipt.applicationId}`);
    await page.locator('incidents-page h1').waitFor();
    expect(await page.getByText('Δεν έχετε αυτό το δικαίωμα').count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    opened.pop();
  });

  it('looks for no single letter, and for a number of one digit', async () => {
    const { page } = opened[0] as SignedIn;
    await page.getByRole('link', { name: 'Αναζήτηση' }).click();
    const search = page.locator('search-page');
    const lookFor = async (text: string): Promise<void> => {
      await search.getByRole('searchbox').fill(text);
      await search.getByRole('button', { name: 'Αναζήτηση' }).click();
    };
    await lookFor('Π');
    await search.getByText('Γράψτε τουλάχιστον δύο γράμματα, ή τον αριθμό πρωτοκόλλου.').waitFor();
    await lookFor(receipt.protocolNumber.split('/')[0] ?? '');
    await search.locator('a[data-row]').first().waitFor();
    expect(await search.locator('a[data-row]').first().innerText()).toBe(receipt.protocolNumber);
  });

  it('covers what is worked out of a sensitive answer, and tells limits by their labels', async () => {
    const { page } = opened[0] as SignedIn;
    await openAtStep(page, { caseId: receipt.applicationId, deskUrl, step: 'Πληρωμή σε δύο δόσεις' });
    const rules = page.locator('section[aria-labelledby="heading-rules"] case-rules');
    await rules.locator('.amounts').waitFor();
    expect(await rules.locator('.amounts').innerText()).toMatch(/Αναπηρία στο νοικοκυριό\s+Καλυμμένο/);
    const area = rules.locator('li', { hasText: 'Περιοχή σε έκτακτη ανάγκη' });
    await area.getByText('Πώς βγήκε').click();
    expect(await area.locator('.read').innerText()).toContain('Μάνδρα, Βίλια, Οινόη');
  });

  it('signs out, and the session is over', async () => {
    const { page } = opened.at(-1) as SignedIn;
    await page.getByRole('button', { name: 'Αποσύνδεση' }).click();
    await page.getByRole('heading', { name: 'Σύνδεση προσωπικού' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: 'Σύνδεση προσωπικού' }).waitFor();
  });
});

describe('Filing for a person at the counter', () => {
  it('goes page by page through the citizen’s own form, papers later, and ends with a receipt', async () => {
    const { page } = opened[0] as SignedIn;
    await page.getByRole('link', { name: 'Νέα αίτηση' }).click();
    await page.getByRole('radio', { name: /εθελοντ/i }).first().check();
    await page.getByRole('radio', { name: /Ο ίδιος ο πολίτης/ }).check();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Έναρξη' }).click();
    await answerVolunteerForm();
    await page.getByRole('heading', { name: 'Έλεγχος απαντήσεων' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await keepPicture(page, 'filing-check');
    await page.getByRole('button', { name: 'Κατάθεση της αίτησης' }).dblclick();
    const protocol = page.locator('filing-receipt [data-protocol]');
    await protocol.waitFor();
    expect(await protocol.innerText()).toMatch(/^\d+\/\d{4}$/);
    expect(await page.locator('filing-receipt [data-code]').innerText()).not.toBe('');
    expect(await findBarriers(page)).toEqual([]);
    await keepPicture(page, 'filing-receipt');
    await page.getByRole('link', { name: 'Άνοιγμα υπόθεσης' }).click();
    await page.locator('case-page').getByText('Κατατέθηκε στο γραφείο').first().waitFor();

    async function answerVolunteerForm(): Promise<void> {
      for (let turn = 0; turn < 15; turn += 1) {
        const heading = page.locator('filing-page h1');
        await heading.waitFor();
        if ((await heading.innerText()) === 'Έλεγχος απαντήσεων') return;
        await page.locator('question-group').locator('input, select, textarea').first().waitFor();
        await answerVisible();
        const before = await heading.innerText();
        await page.getByRole('button', { name: 'Συνέχεια' }).click();
        await expect.poll(async () => (await heading.innerText()) !== before || (await page.locator('question-fields').getByRole('alert').getByRole('listitem').count()) > 0).toBe(true);
        expect(await page.locator('question-fields').getByRole('alert').getByRole('listitem').allInnerTexts()).toEqual([]);
      }
    }
    async function answerVisible(): Promise<void> {
      const fill = async (label: RegExp, value: string): Promise<void> => {
        for (const control of await page.locator('question-group').getByLabel(label).all()) await control.fill(value);
      };
      await fill(/^Όνομα/, 'Δοκιμή');
      await fill(/^Επώνυμο/, 'Γραφείου');
      await fill(/^Ημέρα/, '3');
      await fill(/^Μήνας/, '4');
      await fill(/^Έτος/, '1985');
      await fill(/τηλέφωνο/i, '6900000001');
      await fill(/ώρες/i, '3');
      for (const group of await page.locator('question-group').getByRole('group').all()) {
        const box = group.getByRole('checkbox').or(group.getByRole('radio')).first();
        if ((await box.count()) > 0) await box.check();
      }
      for (const box of await page.locator('question-fields label.box').getByRole('checkbox').all()) await box.check();
    }
  });
});

describeCounter(() => ({ system, browser, deskUrl, clerk }));

describeHolders(() => ({ system, browser, deskUrl, clerk }));

describeRegisters(() => ({ system, browser, deskUrl, clerk }));

describeTroubles(() => ({ system, browser, deskUrl, clerk }));

describe('The desk on a narrow screen and in the other language', () => {
  it('fits 320 pixels on every page', async () => {
    const { page } = await clerk('supervisor', { width: 320, height: 640 });
    for (const hash of ['#/queue', '#/queue/all', '#/search', '#/incidents', '#/filing', `#/case/${MUNICIPALITY}/${receipt.applicationId}`]) {
      await page.goto(`${deskUrl}${hash}`);
      await page.locator('main h1').first().waitFor();
      await expectNoSidewaysScroll(page);
      expect(await findBarriers(page)).toEqual([]);
      await keepPicture(page, `narrow-${hash.split('/')[1]}`);
    }
  });

  it('speaks English when asked, and remembers it', async () => {
    const { page } = opened.at(-1) as SignedIn;
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('link', { name: 'My tasks' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'My tasks' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  });

  it('has no barrier in English either, on any page', async () => {
    const { page } = opened.at(-1) as SignedIn;
    for (const hash of ['#/queue', '#/queue/all', '#/search', '#/incidents', '#/filing', `#/case/${MUNICIPALITY}/${receipt.applicationId}`]) {
      await page.goto(`${deskUrl}${hash}`);
      await page.locator('main h1').first().waitFor();
      await expectNoSidewaysScroll(page);
      expect(await findBarriers(page)).toEqual([]);
    }
  });

  it('has complained of nothing, under its own strict policy', () => {
    expect(opened.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

async function makePaper(): Promise<Buffer> {
  const { makeDemoPaper } = await import('#commands/demo/demo-paper.js');
  return Buffer.from(makeDemoPaper('lastE1'));
}
