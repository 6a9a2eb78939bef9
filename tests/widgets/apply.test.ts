import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, overflow } from './axe.js';
import { choose, field, fillAll, fillApplicant, fillHome, heading, press, typeDate } from './filling.js';
import type { Town } from './town.js';
import { countApplications, startTown, visit } from './town.js';

const APPLY = '/mandra-eidyllia/apply';
const PHONE = { width: 320, height: 640 };
const PDF = { name: 'e1.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n') };

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town?.close());

describe('an application on a municipality’s page', () => {
  it('goes from start to receipt, legible at 320 px, without a finding of axe or a complaint of the browser', async () => {
    const { page, complaints, close } = await visit(town, APPLY, { viewport: PHONE });
    const look = async (): Promise<void> => {
      expect(await axeFindings(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    };
    await heading(page, 'Έκτακτη ενίσχυση πυροπλήκτων').waitFor();
    await look();
    await press(page, 'Έναρξη αίτησης');
    await press(page, 'Συνέχεια');
    await page.getByRole('alert').filter({ hasText: 'Κάτι χρειάζεται διόρθωση' }).waitFor();
    await look();
    await fillHome(page);
    await press(page, 'Συνέχεια');
    await fillApplicant(page);
    await look();
    await press(page, 'Συνέχεια');
    await heading(page, 'Επικοινωνία').waitFor();
    await field(page, /E-mail/).fill('eleni@example.gr');
    await look();
    await press(page, 'Συνέχεια');
    await choose(page, 'Έχετε αναπηρία 67 % και πάνω;', 'Όχι');
    await choose(page, 'Μένουν άλλα άτομα μαζί σας;', 'Ναι');
    await press(page, /^Προσθήκη/);
    await press(page, /^Καταχώριση/);
    await page.getByText('Συμπληρώστε: Ονοματεπώνυμο').waitFor();
    await look();
    await field(page, 'Ονοματεπώνυμο').fill('Άρης Νικολάου');
    await typeDate(page, 'Ημερομηνία γέννησης', ['3', '4', '2015']);
    await choose(page, 'Τι είναι για εσάς;', 'Παιδί');
    await choose(page, 'Έχει αναπηρία 67 % και πάνω;', 'Ναι');
    await press(page, /^Καταχώριση/);
    await look();
    await press(page, 'Συνέχεια');
    await heading(page, 'Δικαιολογητικά').waitFor();
    await page.locator('input[type=file]').first().setInputFiles(PDF);
    await page.getByText('Ανέβηκε').first().waitFor();
    await look();
    await press(page, 'Αποθήκευση για αργότερα');
    await heading(page, 'Η αίτησή σας αποθηκεύτηκε').waitFor();
    await look();
    await press(page, 'Συνέχεια της αίτησης');
    await press(page, 'Συνέχεια');
    await page.getByRole('checkbox').check();
    await look();
    await press(page, 'Συνέχεια');
    await heading(page, 'Ελέγξτε όσα γράψατε').waitFor();
    await look();
    await page.setViewportSize({ width: 1280, height: 900 });
    // Every answer under the one above it, those of the people in the household too.
    const edges = await page.locator('.facts dd:nth-child(2)').evaluateAll((answers) => answers.map((answer) => Math.round(answer.getBoundingClientRect().left)));
    expect(edges.length).toBeGreaterThan(10);
    expect([...new Set(edges)]).toHaveLength(1);
    await page.setViewportSize(PHONE);
    await press(page, 'Υποβολή αίτησης');
    await heading(page, 'Η αίτησή σας παραλήφθηκε').waitFor();
    await look();
    await expect.poll(() => page.getByText('Τελευταίο Ε1').count()).toBe(1);
    expect(complaints).toEqual([]);
    await close();
  });

  it('asks for whom it is only where the programme takes it from a relative too', async () => {
    const whom = 'Για ποιον κάνετε την αίτηση;';
    const fire = await visit(town, APPLY);
    await fire.page.getByRole('group', { name: whom }).waitFor();
    await fire.close();
    const { page, close } = await visit(town, '/marathonas/volunteers');
    await heading(page, 'Μητρώο εθελοντών').waitFor();
    await page.getByRole('button', { name: 'Έναρξη αίτησης' }).waitFor();
    expect(await page.getByText(whom).count()).toBe(0);
    await close();
  });

  it('is made by keyboard alone, from start to receipt', async () => {
    const { page, complaints, close } = await visit(town, '/marathonas/volunteers');
    /** What has the focus: its own words, or those of its label and of the group around it. */
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        const labels = [...((element as HTMLInputElement | null)?.labels ?? [])].map((label) => label.textContent?.trim());
        const group = element?.closest('fieldset')?.querySelector('legend')?.textContent?.trim() ?? '';
        return `${element?.tagName ?? ''} ${group} ${labels.join(' ')} ${labels.length > 0 ? '' : (element?.textContent?.trim() ?? '')}`;
      });
    const tabTo = async (wanted: RegExp): Promise<void> => {
      for (let presses = 0; presses < 80; presses += 1) {
        if (wanted.test(await focused())) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`no way by keyboard to ${String(wanted)}; the focus is on ${await focused()}`);
    };
    const type = async (wanted: RegExp, text: string): Promise<void> => {
      await tabTo(wanted);
      await page.keyboard.type(text);
    };
    const tick = async (wanted: RegExp): Promise<void> => {
      await tabTo(wanted);
      await page.keyboard.press('Space');
    };
    await page.getByRole('button', { name: 'Έναρξη αίτησης' }).waitFor();
    await tabTo(/Έναρξη αίτησης/);
    await page.keyboard.press('Enter');
    await page.getByText(/^Βήμα 1/).waitFor();
    await expect.poll(focused).toMatch(/^DIV.*Τα στοιχεία σας/);
    await tabTo(/BUTTON.*Συνέχεια/);
    await page.keyboard.press('Enter');
    await expect.poll(focused).toMatch(/Κάτι χρειάζεται διόρθωση/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(focused).toMatch(/^INPUT.*Όνομα/);
    await page.keyboard.type('Νίκος');
    await type(/Επώνυμο/, 'Μαρινάκης');
    await type(/Ημερομηνία γέννησης Ημέρα/, '5');
    await type(/Μήνας/, '6');
    await type(/Έτος/, '1990');
    await type(/Κινητό/, '69 1234 5678');
    await page.keyboard.press('Enter');
    await expect.poll(focused).toMatch(/^DIV.*Τι προσφέρετε/);
    await tick(/Μαγειρική/);
    await tick(/Ελληνικά/);
    await tabTo(/BUTTON.*Συνέχεια/);
    await page.keyboard.press('Enter');
    await expect.poll(focused).toMatch(/^DIV.*Πότε μπορείτε/);
    await tick(/Σαββατοκύριακα/);
    await type(/Πόσες ώρες/, '4');
    await tick(/εχεμύθεια/);
    await tabTo(/BUTTON.*Συνέχεια/);
    await page.keyboard.press('Enter');
    await expect.poll(focused).toMatch(/^DIV.*Ελέγξτε όσα γράψατε/);
    await tabTo(/BUTTON.*Υποβολή αίτησης/);
    await page.keyboard.press('Enter');
    await expect.poll(focused, { timeout: 20_000 }).toMatch(/^DIV.*Η αίτησή σας παραλήφθηκε/);
    expect(complaints).toEqual([]);
    await close();
  });

  it('keeps what was typed when the network is cut in the middle, and sends it when the network is back', async () => {
    const { page, close } = await visit(town, APPLY);
    const before = await countApplications(town);
    await fillAll(page);
    await page.context().setOffline(true);
    await press(page, 'Υποβολή αίτησης');
    await page.getByText('Ελέγχουμε αν η αίτηση παραλήφθηκε', { exact: false }).waitFor();
    await page.goBack();
    await heading(page, 'Ελέγξτε όσα γράψατε').waitFor();
    expect(await page.getByRole('button', { name: /^Αλλαγή/ }).count()).toBe(0);
    await expect.poll(() => page.getByText('Παπαδοπούλου').count()).toBe(1);
    await page.context().setOffline(false);
    await heading(page, 'Η αίτησή σας παραλήφθηκε').waitFor();
    expect(await countApplications(town)).toBe(before + 1);
    await close();
  });

  it('goes on from its resume code in another browser, for whom it was begun, however the code is typed', async () => {
    const first = await visit(town, APPLY);
    await first.page.getByRole('radio', { name: /^Για συγγενή/ }).check();
    await press(first.page, 'Έναρξη αίτησης');
    await fillHome(first.page);
    await press(first.page, 'Συνέχεια');
    await field(first.page, 'Όνομα').fill('Ελένη');
    await press(first.page, 'Αποθήκευση για αργότερα');
    const code = (await first.page.locator('.code').innerText()).trim();
    await first.close();
    const { page, complaints, close } = await visit(town, APPLY);
    await press(page, 'Έχω κωδικό συνέχισης');
    await page.getByLabel('Κωδικός συνέχισης').fill(code.toLowerCase().replaceAll('-', ' '));
    await press(page, 'Συνέχεια');
    await heading(page, 'Τα στοιχεία σας').waitFor();
    expect(await field(page, 'Όνομα').inputValue()).toBe('Ελένη');
    await press(page, 'Πίσω');
    await press(page, 'Πίσω');
    expect(await page.getByRole('radio', { name: /^Για συγγενή/ }).isChecked()).toBe(true);
    expect(complaints).toEqual([]);
    await close();
  });

  it('keeps a save that could not be made, says so, and makes it later', async () => {
    const { page, close } = await visit(town, APPLY);
    await press(page, 'Έναρξη αίτησης');
    await fillHome(page);
    await page.context().setOffline(true);
    await press(page, 'Αποθήκευση για αργότερα');
    await page.getByText('Δεν αποθηκεύτηκε ακόμα', { exact: false }).waitFor({ timeout: 30_000 });
    expect(await field(page, 'Πόλη ή χωριό').inputValue()).toBe('Μάνδρα');
    await page.context().setOffline(false);
    await press(page, 'Αποθήκευση για αργότερα');
    await heading(page, 'Η αίτησή σας αποθηκεύτηκε').waitFor();
    await close();
  });

  it('goes back with the browser’s own button, with every answer in place and the address untouched', async () => {
    const { page, close } = await visit(town, APPLY);
    const address = page.url();
    await press(page, 'Έναρξη αίτησης');
    await fillHome(page);
    await press(page, 'Συνέχεια');
    await heading(page, 'Τα στοιχεία σας').waitFor();
    await page.goBack();
    await heading(page, 'Το σπίτι σας').waitFor();
    expect(await field(page, 'Πόλη ή χωριό').inputValue()).toBe('Μάνδρα');
    await page.goForward();
    await heading(page, 'Τα στοιχεία σας').waitFor();
    expect(page.url()).toBe(address);
    await close();
  });

  it('changes an answer from check-your-answers and comes straight back', async () => {
    const { page, close } = await visit(town, APPLY);
    await fillAll(page);
    await press(page, /Αλλαγή.*Επώνυμο/);
    await field(page, 'Επώνυμο').fill('Νικολάου');
    await press(page, 'Συνέχεια');
    await heading(page, 'Ελέγξτε όσα γράψατε').waitFor();
    await expect.poll(() => page.getByText('Νικολάου').count()).toBe(1);
    await close();
  });

  it('keeps nothing of the person in the browser, the address or the events that the page hears', async () => {
    const { page, close } = await visit(town, APPLY);
    await page.evaluate(() => {
      const heard: string[] = [];
      (window as unknown as { heard: string[] }).heard = heard;
      for (const name of ['ready', 'started', 'step', 'saved', 'submitted', 'error', 'change']) {
        for (const prefix of ['diktyo-', 'dk-']) addEventListener(prefix + name, (event) => heard.push(`${event.type} ${JSON.stringify((event as CustomEvent).detail)}`), true);
      }
    });
    await fillAll(page);
    await press(page, 'Υποβολή αίτησης');
    await heading(page, 'Η αίτησή σας παραλήφθηκε').waitFor();
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state]));
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard.join('\n'));
    expect(heard).toMatch(/diktyo-submitted \{"reference":"\d+\/\d{4}"\}/);
    for (const secret of ['Ελένη', 'Παπαδοπούλου', '094259216', 'eleni@example.gr', 'Παρασκευής']) expect(`${kept}${heard}`).not.toContain(secret);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    expect(await page.context().cookies()).toEqual([]);
    await close();
  });

  it('brings a file to its member of a list, also when a member before it goes while the file is on its way', async () => {
    const { page, complaints, close } = await visit(town, APPLY);
    await press(page, 'Έναρξη αίτησης');
    await page.getByText(/^Βήμα 1/).waitFor();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/current/documents/*', async (route) => {
      await held;
      return route.continue();
    });
    await page.evaluate(() => {
      type Form = HTMLElement & { application: { programme: { form: { pages: { questions: object[] }[] } } }; set(id: string, value: unknown): void };
      const form = document.querySelector('diktyo-apply') as Form;
      const [page] = form.application.programme.form.pages;
      page!.questions = [{ id: 'household', type: 'repeat', label: { el: 'Άτομα', en: 'People' }, itemTitle: { el: 'Άτομο', en: 'Person' }, items: [{ id: 'photo', type: 'file', label: { el: 'Φωτογραφία', en: 'Photo' }, document: 'lastE1' }] }];
      form.set('livesWithOthers', true);
      form.set('household', [{ name: 'one' }, { name: 'two' }]);
    });
    const list = page.getByRole('group', { name: 'Άτομα' });
    await list.getByRole('button', { name: /^Αλλαγή/ }).nth(1).click();
    await list.locator('input[type=file]').setInputFiles(PDF);
    await list.getByText('Ανεβαίνει', { exact: false }).waitFor();
    await list.getByRole('button', { name: /^Αφαίρεση/ }).first().click();
    release();
    const typed = (): Promise<unknown> => page.evaluate(() => (document.querySelector('diktyo-apply') as unknown as { application: { typed: Record<string, unknown> } }).application.typed['household']);
    await expect.poll(typed).toEqual([{ name: 'two', photo: [expect.stringMatching(/^[0-9a-f-]{36}$/)] }]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('refuses a file of another kind before sending it, and a file that lies about its kind after', async () => {
    const { page, close } = await visit(town, APPLY);
    await fillAll(page);
    await press(page, /Αλλαγή.*Τελευταίο Ε1/);
    const input = page.locator('input[type=file]').nth(1);
    await input.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await page.getByText('Το αρχείο «notes.txt» δεν είναι PDF, JPG ή PNG.').waitFor();
    await input.setInputFiles({ name: 'lie.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html><script>1</script></html>') });
    const refused = page.getByRole('listitem').filter({ hasText: 'lie.pdf' });
    await refused.getByText('Δεν έγινε δεκτό. Ανεβάστε άλλο.', { exact: false }).waitFor();
    expect(await refused.getByRole('button').allTextContents()).toEqual(['Αφαίρεση: lie.pdf']);
    await close();
  });
});

describe('the page around the widget', () => {
  it('speaks English on an English page, and Greek again when asked', async () => {
    const { page, close } = await visit(town, '/mandra-eidyllia/en/apply');
    await heading(page, 'Emergency aid after a wildfire').waitFor();
    await page.locator('diktyo-apply').getByRole('button', { name: 'Ελληνικά' }).click();
    await heading(page, 'Έκτακτη ενίσχυση πυροπλήκτων').waitFor();
    await close();
  });

  it('turns around for a language written from right to left', async () => {
    const { page, complaints, close } = await visit(town, APPLY, { viewport: PHONE });
    await page.evaluate(() => {
      const widget = document.createElement('diktyo-apply');
      for (const [name, value] of [['programme', 'wildfire-aid'], ['municipality', '9230'], ['lang', 'ar'], ['id', 'arabic']] as const) widget.setAttribute(name, value);
      document.querySelector('diktyo-apply')?.replaceWith(widget);
    });
    await page.locator('#arabic').getByRole('button', { name: 'Start the application' }).click();
    await page.locator('#arabic').getByRole('button', { name: 'Continue', exact: true }).click();
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('#arabic') as Element).direction)).toBe('rtl');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await axeFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('would be heard to complain, had anything broken the page’s policy', async () => {
    const { page, complaints, close } = await visit(town, APPLY);
    await heading(page, 'Έκτακτη ενίσχυση πυροπλήκτων').waitFor();
    await page.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'b { color: red }';
      document.querySelector('diktyo-apply')?.shadowRoot?.append(style);
    });
    await expect.poll(() => complaints.join()).toContain('policy: style-src');
    await close();
  });

  it('shows the fallback where the script is blocked', async () => {
    const { page, close } = await visit(town, APPLY, { javaScriptEnabled: false });
    await page.getByText('Η αίτηση δεν μπόρεσε να ανοίξει εδώ.', { exact: false }).waitFor();
    await close();
  });

  it('shows the fallback and a way to try again where the engine does not answer, and goes on when it does', async () => {
    const { page, close } = await visit(town, '/mandra-eidyllia/');
    await page.route('**/api/v1/**', (route) => route.abort('connectionrefused'));
    await page.getByRole('link', { name: 'Κάντε αίτηση' }).click();
    await page.getByText('Η υπηρεσία δεν απαντά τώρα.', { exact: false }).waitFor({ timeout: 40_000 });
    await page.getByText('Η αίτηση δεν μπόρεσε να ανοίξει εδώ.', { exact: false }).waitFor();
    await page.unroute('**/api/v1/**');
    await press(page, 'Δοκιμάστε ξανά');
    await heading(page, 'Έκτακτη ενίσχυση πυροπλήκτων').waitFor();
    await close();
  });

  it('works on a page without TLS, where browsers withhold some of their functions', async () => {
    const { page, close } = await visit(town, '/mandra-eidyllia/');
    await page.addInitScript(() => {
      Object.defineProperty(crypto, 'randomUUID', { value: undefined });
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await page.getByRole('link', { name: 'Κάντε αίτηση' }).click();
    await fillAll(page);
    await press(page, 'Υποβολή αίτησης');
    await heading(page, 'Η αίτησή σας παραλήφθηκε').waitFor();
    await close();
  });

  it('loads once, however often the script stands on the page, and upgrades what is added later', async () => {
    // Under the page's own policy no script may write another one into it, as this test does.
    const { page, complaints, close } = await visit(town, '/mandra-eidyllia/', { bypassCSP: true });
    await page.evaluate((engine) => {
      for (let copy = 0; copy < 2; copy += 1) {
        const script = document.createElement('script');
        script.src = `${engine}/embed/v1.js?copy=${copy}`;
        document.head.append(script);
      }
      const marker = document.createElement('div');
      for (const [name, value] of [['diktyo', 'track'], ['municipality', '9230']] as const) marker.dataset[name] = value;
      document.querySelector('main')?.append(marker);
    }, town.engineUrl);
    await page.getByLabel('Κωδικός παρακολούθησης').waitFor();
    expect(await page.locator('diktyo-track').count()).toBe(1);
    expect(await page.evaluate(() => Object.keys(window).filter((name) => /diktyo/i.test(name)))).toEqual(['diktyo']);
    expect(complaints).toEqual([]);
    await close();
  });
});
