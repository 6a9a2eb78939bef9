import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { publishCommand } from '#commands/publish.js';
import { hashDocument, readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import type { Programme, Role } from '#definitions/types/programme.js';
import type { CaseFileView } from '#definitions/types/wire.js';
import type { CaseState } from '#engine/contract/case.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { openBrowser } from '#tests/support/browser.js';
import { fileUntilReceipt } from '#tests/support/citizen-client.js';
import type { KeptReceipt } from '#tests/support/citizen-client.js';
import type { DeskClient } from '#tests/support/desk-client.js';
import { openDesk } from '#tests/support/desk-client.js';
import type { StartedSystem } from '#tests/support/started-system.js';
import { startSystem } from '#tests/support/started-system.js';
import { axeFindings } from '#tests/widgets/axe.js';
import { choose, fillAll, fillApplicant, fillHome, fillPeople, field, heading, press } from '#tests/widgets/filling.js';

/*
 * A municipality publishes a new version of its programme in the middle of the work: one citizen is writing, one waits for
 * a refusal, one for papers, one is being reviewed, one is being paid, one was refused long ago.
 */

const MUNICIPALITY = '9230';
const PROGRAMME = 'wildfire-aid';
const NEW_WORDS = { el: 'Μας λείπουν χαρτιά σας. Στείλτε τα από εδώ ή φέρτε τα στην κοινωνική υπηρεσία.', en: 'Some of your papers are missing. Send them here or bring them to the social service.' };

let system: StartedSystem;
let browser: Browser;
let page: Page;
/** Of somebody who has everything filled in when the new version comes. */
let readyPage: Page;
let folder: string;
let desks: Readonly<Record<'desk' | 'inspector' | 'decider', DeskClient>>;
let first: Programme;
let second: Programme;
let answers: Readonly<Record<string, unknown>>;
let resumeCode = '';
const cases: Record<'doubtful' | 'papers' | 'otherArea' | 'review' | 'paid' | 'refused', KeptReceipt> = {} as never;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diktyo-version-'));
  [system, browser] = await Promise.all([startSystem(), openBrowser()]);
  [page, readyPage] = await Promise.all([openPage(), openPage()]);
  const [desk, inspector, decider] = await Promise.all((['desk', 'inspector', 'decider'] satisfies readonly Role[]).map((role) => openDesk(system, { municipality: MUNICIPALITY, role })));
  desks = { desk, inspector, decider } as typeof desks;
  const { programme, overlays, cases: examples, caseNames } = await readProgrammeFolder(join(packageRoot(), 'definitions/programmes', PROGRAMME));
  const overlay = overlays.find(({ municipality }) => municipality === MUNICIPALITY);
  const applied = overlay === undefined ? { findings: [] } : applyOverlay(programme, overlay);
  if (!('programme' in applied)) throw new Error('no overlay');
  first = applied.programme;
  second = nextVersion(first);
  answers = examples[caseNames.indexOf('last-day-of-fire')]?.answers ?? {};
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function openPage(): Promise<Page> {
  const opened = await (await browser.newContext({ locale: 'el-GR' })).newPage();
  opened.setDefaultTimeout(30_000);
  return opened;
}

/** Better words, a limit put off, a smaller area, and one more question. */
function nextVersion(own: Programme): Programme {
  const valued = (id: string, value: unknown): ((parameter: Programme['parameters'][number]) => Programme['parameters'][number]) => (parameter) =>
    parameter.id === id ? ({ ...parameter, values: [{ from: '2021-01-01', value }] } as typeof parameter) : parameter;
  const [home, ...pages] = own.form.pages;
  if (home === undefined) throw new Error('no page');
  return {
    ...own,
    parameters: own.parameters.map(valued('fireLastDay', '2023-07-31')).map(valued('emergencyArea', ['mandra', 'vilia'])),
    flow: { ...own.flow, steps: own.flow.steps.map((step) => (step.id === 'papers' ? { ...step, citizenText: NEW_WORDS } : step)) },
    form: {
      ...own.form,
      pages: [
        { ...home, questions: [...home.questions, { id: 'homeInsured', type: 'yesNo', label: { el: 'Είναι ασφαλισμένο το σπίτι;', en: 'Is the house insured?' }, purpose: { el: 'Για να μην πληρωθεί δύο φορές η ίδια ζημιά.', en: 'So that the same damage is not paid twice.' } }] },
        ...pages,
      ] as Programme['form']['pages'],
    },
  };
}

async function publish(programme: Programme, options: Readonly<Record<string, string | boolean>> = {}): Promise<Record<string, unknown>> {
  const path = join(folder, `${randomUUID()}.json`);
  writeFileSync(path, JSON.stringify(programme));
  let written = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written += String(chunk);
    return true;
  });
  try {
    const status = await publishCommand.run({ arguments: [path], options: { municipality: MUNICIPALITY, data: system.dataFolder, by: 'journey', json: true, ...options } });
    expect([status, status === 0 ? '' : written]).toEqual([0, '']);
  } finally {
    spy.mockRestore();
  }
  return JSON.parse(written) as Record<string, unknown>;
}

const file = async (changes: Readonly<Record<string, unknown>> = {}): Promise<KeptReceipt> =>
  (await fileUntilReceipt({ apiUrl: system.urls.api, municipality: MUNICIPALITY, programme: PROGRAMME, hash: hashDocument(first), answers: { ...answers, ...changes } })).receipt;
const read = ({ applicationId }: KeptReceipt): Promise<CaseFileView> =>
  desks.desk.client.send<CaseFileView>({ method: 'GET', path: `/staff/${MUNICIPALITY}/cases/${applicationId}`, staff: desks.desk.staff });
const stateOf = async (receipt: KeptReceipt): Promise<CaseState> => (await read(receipt)).state as unknown as CaseState;
const act = (receipt: KeptReceipt, role: keyof typeof desks, body: object): Promise<unknown> =>
  desks[role].client.send({ method: 'POST', path: `/staff/${MUNICIPALITY}/cases/${receipt.applicationId}/actions`, key: randomUUID(), body, staff: desks[role].staff });
const arrive = (receipt: KeptReceipt, step: string): Promise<void> => expect.poll(async () => (await stateOf(receipt)).currentStep, { timeout: 60_000 }).toBe(step);
const outcomeOf = async (receipt: KeptReceipt): Promise<unknown> => ((await read(receipt)).decision as { readonly outcome: string }).outcome;

async function bringPapers(receipt: KeptReceipt): Promise<void> {
  const { documents } = await stateOf(receipt);
  for (const [documentKind, { status }] of Object.entries(documents)) {
    if (status === 'asked' || status === 'missing') await act(receipt, 'desk', { kind: 'documentProvided', documentKind, documentIds: [] });
  }
  await arrive(receipt, 'deskReview');
}

describe('Before the new version', () => {
  it('a citizen puts a half-written application aside', async () => {
    await page.goto(`${system.urls.site}/mandra-eidyllia/apply`);
    await press(page, 'Έναρξη αίτησης');
    await fillHome(page);
    await press(page, /Αποθήκευση/);
    await heading(page, 'Η αίτησή σας αποθηκεύτηκε').waitFor();
    resumeCode = (await page.locator('diktyo-apply .code').textContent()) ?? '';
    expect(resumeCode).not.toBe('');
  });

  it('another has everything filled in', async () => {
    await readyPage.goto(`${system.urls.site}/mandra-eidyllia/apply`);
    await fillAll(readyPage);
  });

  it('cases stand in every stage', async () => {
    cases.papers = await file();
    cases.otherArea = await file({ community: 'oinoi' });
    cases.doubtful = await file({ damageDate: '2023-07-28' });
    cases.review = await file();
    cases.paid = await file();
    cases.refused = await file({ damageDate: '2023-07-29' });
    await Promise.all([arrive(cases.papers, 'papers'), arrive(cases.otherArea, 'papers'), arrive(cases.doubtful, 'doubt'), arrive(cases.review, 'papers'), arrive(cases.paid, 'papers'), arrive(cases.refused, 'doubt')]);
    await bringPapers(cases.review);
    await bringPapers(cases.paid);
    await act(cases.paid, 'desk', { kind: 'reviewed', stepId: 'deskReview', outcome: 'complete' });
    await act(cases.paid, 'inspector', { kind: 'assessed', stepId: 'inspection', findings: { mainHomeHit: true, damageGradePercent: 20 } });
    await arrive(cases.paid, 'decision');
    await act(cases.paid, 'decider', { kind: 'decided', stepId: 'decision', approve: true });
    await arrive(cases.paid, 'payment');
    await act(cases.refused, 'desk', { kind: 'reviewed', stepId: 'doubt', outcome: 'refuse' });
    await arrive(cases.refused, 'decision');
    await act(cases.refused, 'decider', { kind: 'decided', stepId: 'decision', approve: false });
    await expect.poll(async () => (await stateOf(cases.refused)).status, { timeout: 60_000 }).toBe('closed');
  });
});

describe('The new version', () => {
  it('is tried first: what changes, of which kind, and for how many in each stage', async () => {
    const told = await publish(second, { dryRun: true });
    expect(told).toMatchObject({ before: hashDocument(first), version: hashDocument(second), published: false, notCarried: [] });
    expect((told['changes'] as { class: string; what: string }[]).map(({ class: kind, what }) => `${kind} ${what}`).toSorted()).toEqual([
      'loosened parameter fireLastDay', 'questionRequired question homeInsured', 'textOnly step papers', 'tightened parameter emergencyArea',
    ]);
    expect(told['open']).toEqual({
      draft: { adopt: 0, ask: 1, pinned: 0 },
      filed: { adopt: 2, ask: 0, pinned: 0 },
      inReview: { adopt: 2, ask: 0, pinned: 0 },
      benefitRunning: { adopt: 1, ask: 0, pinned: 0 },
    });
  });

  it('comes into force while the work goes on', async () => {
    expect(await publish(second)).toMatchObject({ published: true, created: true, before: hashDocument(first) });
    await Promise.all(
      [cases.papers, cases.otherArea, cases.doubtful, cases.review, cases.paid].map((receipt) => expect.poll(async () => (await stateOf(receipt)).versions?.length, { timeout: 60_000 }).toBe(1)),
    );
  });

  it('brings who waits for papers the better words, and nothing else of it against them', async () => {
    const open = await read(cases.papers);
    expect(open.summary.status.sentence).toMatchObject(NEW_WORDS);
    expect(open.filedHash).toBe(hashDocument(first));
    expect([hashDocument(first), hashDocument(second)]).not.toContain(open.hash);
    const [taken] = (open.state as unknown as CaseState).versions ?? [];
    expect(taken).toMatchObject({ stage: 'filed', hash: open.hash, published: hashDocument(second) });
    expect(taken?.adopted.map(({ what }) => what).toSorted()).toEqual(['parameter fireLastDay', 'step papers']);
    expect(taken?.kept.map(({ what, because }) => `${what}: ${because}`).toSorted()).toEqual(['parameter emergencyArea: pinned', 'question homeInsured: pinned']);
    expect(open.history.filter(({ kind }) => kind === 'versionPublished')).toHaveLength(1);
    expect(await outcomeOf(cases.otherArea)).toBe('undecided');
  });

  it('turns a refusal that was coming into an application that goes on', async () => {
    await arrive(cases.doubtful, 'papers');
    expect(await outcomeOf(cases.doubtful)).toBe('undecided');
    expect((await read(cases.doubtful)).tasks).toEqual([]);
  });

  it('reaches a case in review, which goes on where it is', async () => {
    const open = await read(cases.review);
    expect((open.state as unknown as CaseState).versions?.[0]).toMatchObject({ stage: 'inReview' });
    expect((open.state as unknown as CaseState).currentStep).toBe('deskReview');
    await act(cases.review, 'desk', { kind: 'reviewed', stepId: 'deskReview', outcome: 'complete' });
    await arrive(cases.review, 'inspection');
  });

  it('leaves the rules of a benefit that is being paid as they were decided, and pays on', async () => {
    const before = await stateOf(cases.paid);
    expect(before.versions?.[0]).toMatchObject({ stage: 'benefitRunning' });
    expect(before.versions?.[0]?.adopted.map(({ what }) => what)).toEqual(['step papers']);
    for (const { partId } of before.parts) await act(cases.paid, 'decider', { kind: 'partPaid', stepId: 'payment', partId, reference: `ΧΕ ${partId}`, paidOn: '2026-03-02' });
    await expect.poll(async () => (await stateOf(cases.paid)).outcome, { timeout: 60_000 }).toBe('granted');
  });

  it('leaves what has ended ended', async () => {
    const open = await read(cases.refused);
    expect(open.state).toMatchObject({ status: 'closed', outcome: 'refused' });
    expect(open.hash).toBe(hashDocument(first));
    expect(open.history.map(({ kind }) => kind)).not.toContain('versionPublished');
  });

  it('takes a form that was filled in before it for what it is: told what to answer, nothing lost', async () => {
    const body = { programme: PROGRAMME, hash: hashDocument(first), answers, documentIds: [], language: 'el' };
    const response = await fetch(`${system.urls.api}/municipalities/${MUNICIPALITY}/applications`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() }, body: JSON.stringify(body),
    });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: 'programme.hashStale', findings: [{ pointer: '/hash' }, { code: 'programme.questionNew', pointer: '/answers/homeInsured' }] });
  });
});

describe('The citizen who had put the application aside', () => {
  it('is told what is asked anew, is led there, and finds everything else as it was', async () => {
    await page.goto(`${system.urls.site}/mandra-eidyllia/apply`);
    await press(page, 'Έχω κωδικό συνέχισης');
    await field(page, 'Κωδικός συνέχισης').fill(resumeCode);
    await press(page, 'Συνέχεια');
    await heading(page, 'Το πρόγραμμα άλλαξε').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await press(page, 'Είναι ασφαλισμένο το σπίτι;');
    await page.getByRole('group', { name: 'Είναι ασφαλισμένο το σπίτι;' }).waitFor();
    expect(await field(page, 'Οδός ή τοποθεσία').inputValue()).toBe('Αγίας Παρασκευής');
    await choose(page, 'Είναι ασφαλισμένο το σπίτι;', 'Όχι');
    await press(page, 'Συνέχεια');
    await fillApplicant(page);
    await press(page, 'Συνέχεια');
    // Only what still lacks an answer is walked through; the rest is there at the check.
    await fillPeople(page);
    await press(page, 'Συνέχεια');
    await page.getByRole('checkbox').check();
    await press(page, 'Συνέχεια');
    await heading(page, 'Ελέγξτε όσα γράψατε').waitFor();
    await press(page, 'Υποβολή αίτησης');
    await heading(page, 'Η αίτησή σας παραλήφθηκε').waitFor();
  });
});

describe('The citizen who submits under the version before', () => {
  it('is asked what is new by the version that the engine named, and files with everything else as it was', async () => {
    const [asked] = await Promise.all([readyPage.waitForRequest((request) => request.url().includes(`/programmes/${PROGRAMME}?hash=`)), press(readyPage, 'Υποβολή αίτησης')]);
    expect(new URL(asked.url()).searchParams.get('hash')).toBe(hashDocument(second));
    await heading(readyPage, 'Το πρόγραμμα άλλαξε').waitFor();
    await press(readyPage, 'Είναι ασφαλισμένο το σπίτι;');
    await choose(readyPage, 'Είναι ασφαλισμένο το σπίτι;', 'Όχι');
    await press(readyPage, 'Συνέχεια');
    await heading(readyPage, 'Ελέγξτε όσα γράψατε').waitFor();
    await press(readyPage, 'Υποβολή αίτησης');
    await heading(readyPage, 'Η αίτησή σας παραλήφθηκε').waitFor();
  });
});

describe('The earlier version', () => {
  it('comes into force again for new applications, and takes nothing back from those who wait', async () => {
    const before = await read(cases.doubtful);
    expect(await publish(first)).toMatchObject({ published: true, created: false, before: hashDocument(second) });
    await expect.poll(async () => (await stateOf(cases.doubtful)).versions?.length, { timeout: 60_000 }).toBe(2);
    const after = await read(cases.doubtful);
    expect((after.state as unknown as CaseState).currentStep).toBe((before.state as unknown as CaseState).currentStep);
    expect(await outcomeOf(cases.doubtful)).toBe('undecided');
    const receipt = await file();
    await arrive(receipt, 'papers');
    expect((await read(receipt)).hash).toBe(hashDocument(first));
  });
});

