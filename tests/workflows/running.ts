import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Worker } from '@temporalio/worker';
import type postgres from 'postgres';
import connectPostgres from 'postgres';
import { readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { hashDocument } from '#definitions/folder/programme-folder.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import type { Programme } from '#definitions/types/programme.js';
import { createCases } from '#engine/cases/cases.js';
import type { Actor, Answers, CaseEventKind, CaseEventPayloads, Json } from '#engine/contract/case.js';
import type { Cases, CaseFile, Register } from '#engine/contract/rooms.js';
import type { Settings } from '#engine/contract/settings.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { createRegister } from '#engine/register/register.js';
import type { ActionSender } from '#engine/relay/action-sender.js';
import { createActionSender } from '#engine/relay/action-sender.js';
import { packageRoot } from '#engine/settings/package-root.js';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import type { TestDatabase } from '../support/database.js';
import { createTestDatabase } from '../support/database.js';

export type { Worker };

export const MANDRA = '9230';
export const CITIZEN: Actor = { kind: 'citizen' };
export const staff = (role: NonNullable<Actor['role']>): Actor => ({ kind: 'staff', account: `account-of-${role}`, role });

export interface Published {
  readonly programme: Programme;
  readonly hash: string;
  readonly answers: Answers;
}

export interface House {
  readonly database: TestDatabase;
  readonly owner: postgres.Sql;
  readonly register: Register;
  readonly cases: Cases;
  readonly sender: ActionSender;
  settings(role: 'diktyo_worker' | 'diktyo_relay', more?: Partial<Settings>): Settings;
  publish(programme: Programme, answers?: Answers): Promise<Published>;
  /** Files an application; returns the id of its case. */
  file(published: Published, more?: { readonly answers?: Answers; readonly subject?: Readonly<Record<string, string>> }): Promise<string>;
  /** Records an action as the API does, then tells it to the case; the answer is read from the database. */
  act<Kind extends CaseEventKind>(caseId: string, order: { readonly kind: Kind; readonly payload: CaseEventPayloads[Kind]; readonly actor: Actor; readonly key?: string; readonly deadlineMs?: number; readonly graceSeconds?: number }): Promise<string>;
  read(caseId: string): Promise<CaseFile>;
  /** Waits until the case is as wanted. */
  until(caseId: string, wanted: (file: CaseFile) => boolean, what?: string): Promise<CaseFile>;
  close(): Promise<void>;
}

/** The record of a municipality in a database of this test's own, and the doors that the API has. */
export async function openHouse(temporal: { readonly address: string; readonly namespace: string }): Promise<House> {
  const database = await createTestDatabase();
  const stores: Store[] = [];
  const open = (url: string, connectionsMax = 6): Store => {
    const store = openStore({ databaseUrl: url, connectionsMax, application: 'tests', log: () => undefined });
    stores.push(store);
    return store;
  };
  const api = open(database.apiUrl);
  const [register, cases] = [createRegister(api), createCases(api)];
  const publishing = createProgrammeRegister(open(database.ownerUrl, 1));
  const owner = connectPostgres(database.ownerUrl, { max: 2, onnotice: () => undefined });
  const temporalSettings = { ...temporal, tls: false };
  const sender = createActionSender(temporalSettings);

  const house: House = {
    database,
    owner,
    register,
    cases,
    sender,
    settings: (role, more = {}) => ({
      mode: 'development', publicUrl: 'http://127.0.0.1:4300', host: '127.0.0.1', port: 0, databaseUrl: database.urlOf(role), databaseConnectionsMax: 6,
      temporal: temporalSettings, codeKey: new Uint8Array(32), login: { issuer: 'http://127.0.0.1', clientId: 'x', insecure: true }, messages: { kind: 'catcher' },
      trustedProxies: [], logLevel: (process.env['DIKTYO_TEST_LEVEL'] ?? 'error') as 'error', ...more,
    }),
    async publish(programme, answers = { fit: true }) {
      const hash = hashDocument(programme);
      await publishing.publish({ municipality: MANDRA, hash, programme, publishedBy: 'tests' });
      return { programme, hash, answers };
    },
    async file({ programme, hash, answers }, more = {}) {
      const applicationId = randomUUID();
      const receipt = await register.submit({
        municipality: MANDRA, programmeId: programme.id, hash, submissionKey: randomUUID(), bodyHash: randomBytes(16).toString('hex'), applicationId,
        trackingNonce: randomBytes(16).toString('hex'), trackingCodeHash: randomBytes(32).toString('hex'), answers: more.answers ?? answers,
        subject: { givenName: 'Δοκιμή', familyName: 'Δοκιμαστική', email: 'citizen@example.org', phone: '6900000000', language: 'el', ...more.subject },
        actor: CITIZEN, channel: 'web', documentIds: [],
        status: { stage: '', stageTitle: { el: 'Παραλαβή', en: 'Received' }, stepTitle: { el: 'Παραλαβή', en: 'Received' }, holder: { kind: 'system' }, sentence: { el: 'Λάβαμε.', en: 'Received.' }, missing: [], next: { el: 'Μετά', en: 'Next' }, closed: false },
      });
      if (!('protocolNumber' in receipt)) throw new Error(`filing refused: ${JSON.stringify(receipt)}`);
      return applicationId;
    },
    async act(caseId, { kind, payload, actor, key = randomUUID(), deadlineMs = 10_000, graceSeconds = 5 }) {
      const recorded = await cases.recordAction({ municipality: MANDRA, caseId, key, kind, actor, payload: payload as Json, payloadHash: createHash('sha256').update(JSON.stringify(payload)).digest('hex'), graceSeconds });
      if (recorded === null || 'code' in recorded) return recorded?.code ?? 'case.notFound';
      const { delivered } = await sender.sendAction({ municipality: MANDRA, caseId, eventId: key, kind, deadlineMs });
      if (!delivered) return 'not delivered';
      const reply = await cases.readReply({ municipality: MANDRA, caseId, key });
      return reply === null ? 'no reply' : reply.accepted ? 'accepted' : reply.refusal.code;
    },
    async read(caseId) {
      const file = await cases.readFile({ municipality: MANDRA, caseId, reader: staff('supervisor'), purpose: 'test' });
      if (file === null) throw new Error('no such case');
      return file;
    },
    async until(caseId, wanted, what = 'the case to be as wanted') {
      const until = Date.now() + 60_000;
      for (;;) {
        const file = await house.read(caseId);
        if (file.state !== null && wanted(file)) return file;
        if (Date.now() > until) throw new Error(`waited in vain for ${what}; the case is at ${JSON.stringify({ step: file.state?.currentStep, effects: file.effects, incidents: file.state?.incidents })}`);
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    },
    async close() {
      await sender.close();
      await Promise.all(stores.map((store) => store.close()));
      await owner.end();
      await database.drop();
    },
  };
  return house;
}

/** Waits for a condition, never for a time. */
export async function until(condition: () => boolean | Promise<boolean>, what: string, milliseconds = 60_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** The shipped programme with the overlay of one municipality, and the answers of one of its eligible cases. */
export async function readWildfire(): Promise<{ programme: Programme; answers: Answers }> {
  const { programme, overlays, cases, caseNames } = await readProgrammeFolder(join(packageRoot(), 'definitions/programmes/wildfire-aid'));
  const overlay = overlays.find(({ municipality }) => municipality === MANDRA);
  const applied = overlay === undefined ? undefined : applyOverlay(programme, overlay);
  if (applied === undefined || !('programme' in applied)) throw new Error('the overlay does not fit');
  return { programme: applied.programme, answers: (cases[caseNames.indexOf('large-family-and-disability')]?.answers ?? {}) as Answers };
}

export const PAPERS = ['identityPaper', 'lastE1', 'largeFamilyCertificate', 'disabilityOpinion'];

/** From filing to the last payment. At the counter a paper may be seen without a file. */
export async function walkWildfire(house: House, caseId: string): Promise<void> {
  const expectAccepted = async (answer: Promise<string>): Promise<void> => {
    const heard = await answer;
    if (heard !== 'accepted') throw new Error(`an action was not accepted: ${heard}`);
  };
  for (const documentKind of PAPERS) await expectAccepted(house.act(caseId, { kind: 'documentProvided', payload: { documentKind, documentIds: [] }, actor: staff('desk') }));
  await expectAccepted(house.act(caseId, { kind: 'reviewed', payload: { stepId: 'deskReview', outcome: 'complete' }, actor: staff('desk') }));
  await expectAccepted(house.act(caseId, { kind: 'assessed', payload: { stepId: 'inspection', findings: { mainHomeHit: true, damageGradePercent: 20 } }, actor: staff('inspector') }));
  await expectAccepted(house.act(caseId, { kind: 'decided', payload: { stepId: 'decision', approve: true }, actor: staff('decider') }));
  for (const partId of ['first', 'second']) {
    await expectAccepted(house.act(caseId, { kind: 'partPaid', payload: { stepId: 'payment', partId, reference: `ΧΕ ${partId}`, paidOn: '2026-03-02' }, actor: staff('decider') }));
  }
}
