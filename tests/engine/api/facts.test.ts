import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseFileView, CaughtMessages, CitizenCase, QueueView, TrackSession } from '#definitions/types/wire.js';
import { hashDocument, readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import type { Programme, Role } from '#definitions/types/programme.js';
import type { Running } from '#engine/contract/settings.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { startRelay } from '#engine/relay/main.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { openStore } from '#engine/store/connection.js';
import { startWorker } from '#workflows/worker/main.js';
import { startTemporal } from '../../support/temporal.js';
import type { OwnTemporal } from '../../support/temporal.js';
import type { Door, Filed, SignedIn } from './door.js';
import { MANDRA, MARATHON, call, openDoor } from './door.js';

let temporal: OwnTemporal;
let door: Door;
let running: Running[];
let owner: postgres.Sql;
const hashes: Record<string, string> = {};
const examples: Record<string, Readonly<Record<string, unknown>>> = {};
const staff: Record<string, SignedIn> = {};

beforeAll(async () => {
  temporal = await startTemporal();
  const { address, namespace } = temporal;
  door = await openDoor({ temporal: { address, namespace } });
  owner = postgres(door.database.ownerUrl, { max: 1, onnotice: () => undefined });
  await publish('housing-and-work', 'housing-street');
  await publish('school-meals', 'no-allergy');
  examples['school-meals'] = { ...examples['school-meals'], grade: 'grade1' };
  const settings = { ...door.settings, temporal: { address, namespace, tls: false }, logLevel: 'error' as const };
  running = [await startWorker({ ...settings, databaseUrl: door.database.workerUrl }), await startRelay({ ...settings, databaseUrl: door.database.relayUrl })];
  for (const municipality of [MANDRA, MARATHON]) {
    for (const role of ['desk', 'inspector', 'decider', 'supervisor'] as const) staff[`${municipality} ${role}`] = await door.signIn([{ municipality, role }]);
  }
});
afterAll(async () => {
  await Promise.all(running.map((part) => part.close()));
  await owner.end();
  await door.close();
  await temporal.stop();
});

/** The shipped programme, in both municipalities. */
async function publish(id: string, example: string): Promise<void> {
  const { programme, cases, caseNames } = await readProgrammeFolder(join(packageRoot(), 'definitions/programmes', id));
  const store = openStore({ databaseUrl: door.database.ownerUrl, connectionsMax: 1, application: 'tests', log: () => undefined });
  const hash = hashDocument(programme);
  for (const municipality of [MANDRA, MARATHON]) await createProgrammeRegister(store).publish({ municipality, hash, programme: programme as Programme, publishedBy: 'tests' });
  await store.close();
  hashes[id] = hash;
  examples[id] = cases[caseNames.indexOf(example)]?.answers ?? {};
}

async function until<Value>(look: () => Promise<Value>, isThere: (value: Value) => boolean): Promise<Value> {
  const end = Date.now() + 60_000;
  for (;;) {
    const value = await look();
    if (isThere(value)) return value;
    if (Date.now() > end) throw new Error(`waited in vain; last seen: ${JSON.stringify(value).slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

/** A call that must succeed; an action that is only recorded is asked for again with its key, as its answer says. */
async function done<Value>(method: 'GET' | 'POST', url: string, options: NonNullable<Parameters<typeof call>[3]> = {}): Promise<Value> {
  const key = randomUUID();
  const response = await until(() => call(door, method, url, { key, ...options }), ({ statusCode }) => statusCode !== 503);
  if (response.statusCode >= 300) throw new Error(`${method} ${url}: ${response.body}`);
  return response.json<Value>();
}

/** One case in one municipality, as its citizen and its staff handle it. */
class Case {
  readonly municipality: string;
  readonly filed: Filed;

  constructor(municipality: string, filed: Filed) {
    this.municipality = municipality;
    this.filed = filed;
  }

  get path(): string {
    return `/api/v1/staff/${this.municipality}/cases/${this.filed.applicationId}`;
  }

  as(role: Role): SignedIn {
    const signedIn = staff[`${this.municipality} ${role}`];
    if (signedIn === undefined) throw new Error(`nobody signed in as ${role}`);
    return signedIn;
  }

  file(): Promise<CaseFileView> {
    return done('GET', this.path, { as: this.as('supervisor') });
  }

  act(role: Role, body: unknown): Promise<unknown> {
    return done('POST', `${this.path}/actions`, { as: this.as(role), body });
  }

  at(step: string): Promise<CaseFileView> {
    return until(() => this.file(), ({ state }) => state.currentStep === step);
  }

  /** What the citizen sees, by the code from the outbox. */
  async seenByCitizen(): Promise<CitizenCase> {
    const base = { municipality: this.municipality, trackingCode: this.filed.trackingCode };
    const known = new Set((await done<CaughtMessages>('GET', '/api/v1/outbox')).messages.map(({ id }) => id));
    await call(door, 'POST', '/api/v1/tracking/challenge', { body: { ...base, channel: 'email' } });
    const isCode = ({ id, body }: CaughtMessages['messages'][number]): boolean => !known.has(id) && /\b\d{6}\b/.test(body);
    const { messages } = await until(() => done<CaughtMessages>('GET', '/api/v1/outbox'), (found) => found.messages.some(isCode));
    const oneTimeCode = /\b(\d{6})\b/.exec(messages.find(isCode)?.body ?? '')?.[1];
    return (await done<TrackSession>('POST', '/api/v1/tracking/open', { body: { ...base, oneTimeCode } })).view;
  }
}

async function file(programme: string, { municipality = MANDRA, afm }: { readonly municipality?: string; readonly afm?: string }): Promise<Case> {
  const answers = { ...examples[programme], email: 'politis@example.org', identity: afm === undefined ? [{ kind: 'none' }] : [{ kind: 'afm', value: afm }] };
  const filed = await done<Filed>('POST', `/api/v1/municipalities/${municipality}/applications`, { body: { programme, hash: hashes[programme], answers, documentIds: [], language: 'el' } });
  return new Case(municipality, filed);
}

async function toDecision(housed: Case): Promise<void> {
  await housed.at('deskReview');
  await housed.act('desk', { kind: 'reviewed', stepId: 'deskReview', outcome: 'complete' });
  await housed.act('inspector', { kind: 'assessed', stepId: 'individualPlan', findings: { isAgreed: true, rentMonthCents: 35_000, setupCents: 100_000, rentFrom: '2026-12-01' } });
  await housed.at('decision');
}

describe('a second application in a programme that may run only once', () => {
  it('is stopped by the register, wherever the first one is; only the fact crosses, and both sides can see that it did', async () => {
    const first = await file('housing-and-work', { municipality: MARATHON, afm: '000000036' });
    await toDecision(first);
    await first.act('decider', { kind: 'decided', stepId: 'decision', approve: true });
    await first.at('monthPasses');

    const second = await file('housing-and-work', { afm: '000000036' });
    const stopped = await second.at('doubt');
    expect(stopped.decision).toMatchObject({ outcome: 'ineligible', rules: expect.arrayContaining([expect.objectContaining({ id: 'notTwice', value: 'false', read: [expect.objectContaining({ fact: 'activeInHousingProgramme', value: true, source: 'Κοινό μητρώο προγραμμάτων' })] })]) as unknown });
    await second.act('desk', { kind: 'reviewed', stepId: 'doubt', outcome: 'refuse' });
    await second.act('decider', { kind: 'decided', stepId: 'decision', approve: false });

    const seen = await until(() => second.seenByCitizen(), ({ status }) => status.closed);
    const reason = seen.decision?.reasons.find(({ ruleId }) => ruleId === 'notTwice');
    expect(reason?.reason.el).toMatch(/^Το νοικοκυριό είναι ήδη σε πρόγραμμα στέγασης\. \(Κοινό μητρώο προγραμμάτων, \d\d\/\d\d\/\d{4}\)$/);
    const looks = seen.timeline.filter(({ text }) => text.el.startsWith('Κοιτάξαμε το μητρώο'));
    expect(looks.length).toBeGreaterThan(1);
    expect(looks[0]?.text.el).toContain('(Κοινό μητρώο προγραμμάτων)');
    for (const whole of [JSON.stringify(seen), JSON.stringify(await second.file())]) {
      expect(whole).not.toContain(first.filed.applicationId);
      expect(whole).not.toContain(`"${MARATHON}"`);
    }
    const audit = await owner<{ municipality: string; action: string; case_id: string }[]>`select distinct municipality, action, case_id from diktyo.audit_entry where action in ('factsRead', 'factTold') and case_id in (${first.filed.applicationId}, ${second.filed.applicationId})`;
    expect([...audit].map(({ municipality, action, case_id: caseId }) => `${municipality} ${action} ${caseId === first.filed.applicationId ? 'first' : 'second'}`).sort()).toEqual([`${MARATHON} factTold first`, `${MARATHON} factsRead first`, `${MANDRA} factsRead second`].sort());
  });

  it('of somebody else goes on, with the look at the register on record', async () => {
    const other = await file('housing-and-work', { afm: '090000045' });
    const going = await other.at('deskReview');
    expect(going.decision).toMatchObject({ rules: expect.arrayContaining([expect.objectContaining({ id: 'notTwice', value: 'true' })]) as unknown });
    expect(going.state).toMatchObject({ facts: { activeInHousingProgramme: { value: false, from: 'record' } } });
  });

  it('of somebody without any number is looked up by an official', async () => {
    const nobody = await file('housing-and-work', {});
    const asked = await nobody.at('deskReview');
    expect(asked.state).toMatchObject({ lookups: { activeInHousingProgramme: { role: 'desk' } } });
    await nobody.act('desk', { kind: 'factRecorded', factId: 'activeInHousingProgramme', value: false, note: 'Ρωτήθηκαν οι γείτονες δήμοι.' });
    await toDecision(nobody);
    expect((await nobody.file()).decision).toMatchObject({ outcome: 'eligible' });
  });

  it('that was approved while the other waited stops the decision until a reason is written', async () => {
    const [one, other] = [await file('housing-and-work', { municipality: MARATHON, afm: '094014249' }), await file('housing-and-work', { afm: '094014249' })];
    await toDecision(one);
    await toDecision(other);
    await one.act('decider', { kind: 'decided', stepId: 'decision', approve: true });
    await one.at('monthPasses');
    const key = randomUUID();
    const changed = await until(() => call(door, 'POST', `${other.path}/actions`, { key, as: other.as('decider'), body: { kind: 'decided', stepId: 'decision', approve: true } }), ({ statusCode }) => statusCode !== 503);
    expect(changed.json()).toMatchObject({ code: 'decision.factsChanged', status: 409 });
    await other.act('decider', { kind: 'decided', stepId: 'decision', approve: false, note: 'Εγκρίθηκε στον άλλο δήμο.' });
    expect((await until(() => other.file(), ({ summary }) => summary.status.closed)).state).toMatchObject({ decision: { approved: false, facts: { activeInHousingProgramme: { value: true } } } });
  });
});

describe('a fact of a register that the engine does not reach', () => {
  it('is asked of the desk, told to the citizen, recorded once, and carries the case on', async () => {
    const pupil = await file('school-meals', { afm: '000000036' });
    const asked = await until(() => pupil.file(), ({ state }) => state.lookups !== undefined);
    expect(asked.summary.status.next.el).toContain('Το παιδί φοιτά στο σχολείο (Μαθητολόγιο του σχολείου)');
    const { tasks } = await done<QueueView>('GET', `/api/v1/staff/${MANDRA}/queue`, { as: pupil.as('desk') });
    const task = tasks.find(({ stepId, summary }) => stepId === 'fact:attendsSchool' && summary.caseId === pupil.filed.applicationId);
    expect(task).toMatchObject({ role: 'desk', title: { el: 'Αναζητήστε: Το παιδί φοιτά στο σχολείο (Μαθητολόγιο του σχολείου)' }, dueAt: expect.any(String) as unknown });

    await pupil.at('deskReview');
    await pupil.act('desk', { kind: 'reviewed', stepId: 'deskReview', outcome: 'complete' });
    const held = await pupil.at('finalCheck');
    expect(held.summary.status).toMatchObject({ holder: { kind: 'municipality', role: 'desk' }, dueAt: expect.any(String) as unknown });
    expect(held.actions).toContain('factRecorded');

    const refuse = async (role: Role, body: object): Promise<unknown> => (await until(() => call(door, 'POST', `${pupil.path}/actions`, { as: pupil.as(role), body: { kind: 'factRecorded', factId: 'attendsSchool', ...body } }), ({ statusCode }) => statusCode !== 503)).json();
    expect(await refuse('decider', { value: true })).toMatchObject({ code: 'access.forbidden' });
    expect(await refuse('desk', { value: 'ίσως' })).toMatchObject({ code: 'fact.invalid', status: 422 });
    expect(await refuse('desk', { value: { yes: true } })).toMatchObject({ code: 'request.invalid', status: 400 });
    expect(await refuse('supervisor', { factId: 'other', value: true })).toMatchObject({ code: 'fact.unknown' });

    await pupil.act('desk', { kind: 'factRecorded', factId: 'attendsSchool', value: true, note: 'Τηλεφώνημα στη γραμματεία.' });
    const listed = await until(() => pupil.file(), ({ summary }) => summary.status.closed);
    expect(listed.state).toMatchObject({ outcome: 'granted', facts: { attendsSchool: { value: true, from: 'person' } } });
    expect(listed.tasks).toEqual([]);
    const seen = await pupil.seenByCitizen();
    expect(seen.timeline.filter(({ text }) => text.el === 'Κοιτάξαμε το μητρώο: Το παιδί φοιτά στο σχολείο (Μαθητολόγιο του σχολείου).')).toHaveLength(1);
    expect(JSON.stringify(seen)).not.toContain('Τηλεφώνημα');
  });
});
