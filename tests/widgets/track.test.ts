import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings, overflow } from './axe.js';
import { heading, press } from './filling.js';
import type { Town } from './town.js';
import { startTown, visit } from './town.js';

const TRACK = '/mandra-eidyllia/track';
const PHONE = { width: 320, height: 640 };
const ANSWERS = {
  community: 'mandra',
  homeAddress: { street: 'Αγίας Παρασκευής', number: '12', town: 'Μάνδρα', postcode: '19600' },
  damageDate: '2023-07-18',
  isMainHome: true,
  tenure: 'rented',
  alreadyAided: false,
  givenName: 'Ελένη',
  familyName: 'Παπαδοπούλου',
  birthDate: '1980-02-01',
  identity: [{ kind: 'afm', value: '094259216' }],
  email: 'eleni@example.gr',
  applicantDisability67: false,
  livesWithOthers: false,
  truthDeclaration: true,
};

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town?.close());

/** Filed through the engine, as the form does. */
async function fileOne(): Promise<{ readonly trackingCode: string; readonly protocolNumber: string }> {
  const at = `${town.engineUrl}/api/v1/municipalities/9230`;
  const { hash } = (await (await fetch(`${at}/programmes/wildfire-aid`)).json()) as { hash: string };
  const response = await fetch(`${at}/applications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ programme: 'wildfire-aid', hash, answers: ANSWERS, documentIds: [], language: 'el' }),
  });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as { trackingCode: string; protocolNumber: string };
}

/** The code that was sent last, read where the message waits. */
async function lastOneTimeCode(): Promise<string> {
  const sql = postgres(town.ownerUrl, { max: 1 });
  const [row] = await sql<{ code: string }[]>`select fields->>'code' as code from diktyo.effect where message_id = '@one-time-code' order by expires_at desc limit 1`;
  await sql.end();
  return row?.code ?? '';
}

describe('following an application on a municipality’s page', () => {
  it('shows stage and dates by the code alone, however it is typed, and nothing more', async () => {
    const { trackingCode, protocolNumber } = await fileOne();
    const { page, complaints, close } = await visit(town, TRACK, { viewport: PHONE });
    await page.getByLabel('Κωδικός παρακολούθησης').fill(trackingCode.toLowerCase().replaceAll('-', '  '));
    await press(page, 'Εμφάνιση');
    await page.getByText(protocolNumber).waitFor();
    expect(await page.getByText('Παπαδοπούλου').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('says the same of a code that does not exist as of one that was mistyped', async () => {
    const { page, close } = await visit(town, TRACK);
    for (const code of ['0000-0000-0000-0000-0000', 'μπλα']) {
      await page.getByLabel('Κωδικός παρακολούθησης').fill(code);
      await press(page, 'Εμφάνιση');
      await page.getByText('Ο κωδικός δεν βρέθηκε. Ελέγξτε τον γράμμα προς γράμμα.').waitFor();
    }
    await close();
  });

  it('opens the whole case by a one-time code: who holds it, what is missing, what comes next', async () => {
    const { trackingCode } = await fileOne();
    const { page, complaints, close } = await visit(town, TRACK, { viewport: PHONE });
    await page.getByLabel('Κωδικός παρακολούθησης').fill(trackingCode);
    await press(page, 'Εμφάνιση');
    await press(page, 'Αποστολή με e-mail');
    await page.getByLabel('Κωδικός μίας χρήσης').fill('12');
    await press(page, 'Άνοιγμα');
    await page.getByText('Γράψτε τα 6 ψηφία.').waitFor();
    const code = await lastOneTimeCode();
    await page.getByLabel('Κωδικός μίας χρήσης').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await press(page, 'Άνοιγμα');
    await heading(page, 'Έκτακτη ενίσχυση πυροπλήκτων').waitFor();
    for (const fact of ['Ποιος έχει την υπόθεση', 'Τι ακολουθεί']) expect(await page.getByText(fact).count()).toBe(1);
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await press(page, 'Ανάκληση της αίτησης');
    await page.getByRole('button', { name: 'Όχι, την κρατώ' }).click();
    expect(complaints).toEqual([]);
    await close();
  });

  it('refuses a wrong one-time code and lets the person try again', async () => {
    const { trackingCode } = await fileOne();
    const { page, close } = await visit(town, TRACK);
    await page.getByLabel('Κωδικός παρακολούθησης').fill(trackingCode);
    await press(page, 'Εμφάνιση');
    await press(page, 'Αποστολή με e-mail');
    await page.getByLabel('Κωδικός μίας χρήσης').waitFor();
    const code = await lastOneTimeCode();
    await page.getByLabel('Κωδικός μίας χρήσης').fill(code === '000000' ? '000001' : '000000');
    await press(page, 'Άνοιγμα');
    await page.getByText('Ο κωδικός δεν είναι σωστός ή έληξε.', { exact: false }).waitFor();
    await page.getByLabel('Κωδικός μίας χρήσης').fill(code);
    await press(page, 'Άνοιγμα');
    await page.getByText('Ποιος έχει την υπόθεση').waitFor();
    await close();
  });
});
