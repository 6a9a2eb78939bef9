import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccess } from '#engine/access/sessions.js';
import { createTracking } from '#engine/cases/tracking.js';
import type { Register, Upkeep } from '#engine/contract/rooms.js';
import { createRegister } from '#engine/register/register.js';
import { createUpkeep } from '#engine/register/upkeep.js';
import type { Store } from '#engine/store/connection.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';
import { CLERK, MANDRA, MARATHON, openTestStore, publishSample, SAMPLE_HASH, sampleFiling } from './sample-case.js';

let database: TestDatabase;
let api: Store;
let owner: postgres.Sql;
let register: Register;
let upkeep: Upkeep;
beforeAll(async () => {
  database = await createTestDatabase();
  await publishSample(database);
  api = openTestStore(database.apiUrl);
  register = createRegister(api);
  upkeep = createUpkeep(api);
  owner = postgres(database.ownerUrl, { max: 2, onnotice: () => undefined });
});
afterAll(async () => {
  await api.close();
  await owner.end();
  await database.drop();
});

const sweep = (limit = 100) => upkeep.sweepExpired({ limit });
const NOTHING = { drafts: 0, documents: 0, challenges: 0, trackingSessions: 0, staffSessions: 0, missCounts: 0, more: false };

interface Kept {
  readonly documentId: string;
  readonly draftId: string;
}

async function keepFile(owned: { draftId?: string }, municipality = MANDRA): Promise<string> {
  const documentId = randomUUID();
  await register.announceDocument({ municipality, documentId, owner: owned, kind: 'tax', name: 'Εκκαθαριστικό.pdf', mediaType: 'image/png', sizeBytes: 1, by: CLERK });
  await register.storeDocument({ municipality, documentId, owner: owned, bytes: new Uint8Array([1]), sha256: 's', state: 'clean' });
  return documentId;
}

async function keepDraft(municipality = MANDRA): Promise<Kept> {
  const draftId = randomUUID();
  await register.createDraft({ municipality, draftId, programmeId: 'aid', hash: SAMPLE_HASH, resumeCodeHash: draftId, key: draftId, answers: { income: 1 }, daysKept: 60 });
  return { draftId, documentId: await keepFile({ draftId }, municipality) };
}

const age = (draftId: string) => owner`update diktyo.draft set expires_at = clock_timestamp() - interval '1 second' where draft_id = ${draftId}`;
const has = async (table: string, column: string, id: string): Promise<boolean> => (await owner.unsafe(`select 1 from diktyo.${table} where ${column} = $1`, [id])).length > 0;

beforeEach(async () => {
  await sweep(5_000);
  await owner`delete from diktyo.audit_entry where action = 'swept'`;
});

describe('A sweep', () => {
  it('finds nothing to do where nothing has run out, and writes nothing down', async () => {
    const { draftId, documentId } = await keepDraft();
    expect(await sweep()).toEqual(NOTHING);
    expect([await has('draft', 'draft_id', draftId), await has('document_content', 'document_id', documentId)]).toEqual([true, true]);
    expect(await owner`select 1 from diktyo.audit_entry where action = 'swept'`).toEqual([]);
  });

  it('removes an expired draft with its files, and a second one finds nothing', async () => {
    const [old, young] = [await keepDraft(), await keepDraft()];
    await age(old.draftId);
    expect(await sweep()).toEqual({ ...NOTHING, drafts: 1, documents: 1 });
    for (const table of ['document', 'document_content']) expect(await has(table, 'document_id', old.documentId), table).toBe(false);
    expect(await has('draft', 'draft_id', old.draftId)).toBe(false);
    expect([await has('draft', 'draft_id', young.draftId), await has('document_content', 'document_id', young.documentId)]).toEqual([true, true]);
    expect(await sweep()).toEqual(NOTHING);
  });

  it('never touches what was filed: the papers of the application stay although its draft goes', async () => {
    const { draftId, documentId } = await keepDraft();
    const left = await keepFile({ draftId });
    const filing = sampleFiling({ draftId, documentIds: [documentId] });
    const receipt = await register.submit(filing);
    await age(draftId);
    expect(await sweep()).toMatchObject({ drafts: 1, documents: 1 });
    expect([await has('document_content', 'document_id', documentId), await has('document_content', 'document_id', left)]).toEqual([true, false]);
    // Whoever repeats the filing still hears the same receipt.
    expect(await register.submit(filing)).toEqual({ ...receipt, repeated: true });
  });

  it('removes files of nobody after a day, not before', async () => {
    const [old, young] = [await keepFile({}), await keepFile({})];
    await owner`update diktyo.document set announced_at = clock_timestamp() - interval '25 hours' where document_id = ${old}`;
    await owner`update diktyo.document set announced_at = clock_timestamp() - interval '23 hours' where document_id = ${young}`;
    expect(await sweep()).toEqual({ ...NOTHING, documents: 1 });
    expect([await has('document', 'document_id', old), await has('document', 'document_id', young)]).toEqual([false, true]);
  });

  it('removes codes a day after their end, with the code that was never delivered, and sessions when they end', async () => {
    const tracking = createTracking(api);
    const filing = sampleFiling();
    await register.submit(filing);
    const of = { municipality: MANDRA, trackingCodeHash: filing.trackingCodeHash };
    await tracking.openChallenge({ ...of, channel: 'email', codeHash: 'c', code: '424242', minutesValid: 10 });
    await tracking.answerChallenge({ ...of, codeHash: 'c', sessionHash: 'live', minutesValid: 10 });
    await tracking.openChallenge({ ...of, channel: 'email', codeHash: 'd', code: '535353', minutesValid: 10 });
    await tracking.answerChallenge({ ...of, codeHash: 'd', sessionHash: 'over', minutesValid: 10 });
    await owner`update diktyo.challenge set expires_at = clock_timestamp() - interval '25 hours' where code_hash = 'c'`;
    await owner`update diktyo.tracking_session set expires_at = clock_timestamp() - interval '1 second' where session_hash = 'over'`;
    expect(await sweep()).toEqual({ ...NOTHING, challenges: 1, trackingSessions: 1 });
    expect(await owner`select fields->>'code' as code from diktyo.effect where case_id = ${filing.applicationId} order by planned_at`).toEqual([{ code: null }, { code: '535353' }]);
    expect(await tracking.readSession({ municipality: MANDRA, sessionHash: 'live' })).toEqual({ caseId: filing.applicationId });
  });

  it('removes sessions of staff that have ended and leaves those that live', async () => {
    const administration = openTestStore(database.ownerUrl, 1);
    const who = { issuer: 'i', subject: randomUUID() };
    await createAccess(administration).grant({ ...who, name: 'Α', municipality: MANDRA, role: 'desk', by: 'tests' });
    await administration.close();
    const access = createAccess(api);
    for (const sessionHash of ['live', 'over']) await access.openStaffSession({ ...who, sessionHash, csrfHash: 'c', hoursValid: 1 });
    await owner`update diktyo.staff_session set expires_at = clock_timestamp() - interval '1 second' where session_hash = 'over'`;
    expect(await sweep()).toEqual({ ...NOTHING, staffSessions: 1 });
    expect(await owner`select session_hash as hash from diktyo.staff_session`).toEqual([{ hash: 'live' }]);
    expect(await owner`select detail from diktyo.audit_entry where action = 'swept' and municipality = '0000'`).toMatchObject([{ detail: { staffSessions: 1 } }]);
  });

  it('is written down in each municipality as counts, and nothing of anybody', async () => {
    for (const municipality of [MANDRA, MARATHON]) await age((await keepDraft(municipality)).draftId);
    await age((await keepDraft(MARATHON)).draftId);
    await sweep();
    const rows = await owner`select municipality, actor, case_id, detail from diktyo.audit_entry where action = 'swept' order by municipality`;
    const detail = { drafts: 1, documents: 1, challenges: 0, trackingSessions: 0, staffSessions: 0, missCounts: 0 };
    expect(rows).toEqual([
      { municipality: MARATHON, actor: { kind: 'system' }, case_id: null, detail: { ...detail, drafts: 2, documents: 2 } },
      { municipality: MANDRA, actor: { kind: 'system' }, case_id: null, detail },
    ]);
  });

  it('takes a bounded bite and says that there is more', async () => {
    for (let count = 0; count < 5; count += 1) await age((await keepDraft()).draftId);
    expect(await sweep(3)).toMatchObject({ drafts: 3, more: true });
    expect(await sweep(3)).toMatchObject({ drafts: 2, more: false });
  });

  it('by many processes at once counts everything once', async () => {
    for (let count = 0; count < 12; count += 1) await age((await keepDraft()).draftId);
    const swept = await Promise.all(Array.from({ length: 8 }, () => sweep()));
    expect(swept.reduce((sum, { drafts }) => sum + drafts, 0)).toBe(12);
    const audited = await owner<{ drafts: number }[]>`select sum((detail->>'drafts')::int)::int as drafts from diktyo.audit_entry where action = 'swept'`;
    expect(audited).toEqual([{ drafts: 12 }]);
  });

  it('does not wait for a draft that somebody is just filing', async () => {
    const { draftId } = await keepDraft();
    await age(draftId);
    await owner.begin(async (sql) => {
      await sql`select 1 from diktyo.draft where draft_id = ${draftId} for update`;
      expect(await sweep()).toMatchObject({ drafts: 0 });
    });
    expect(await sweep()).toMatchObject({ drafts: 1 });
  });
});

describe('The wall of sessions', () => {
  it('shows a sweep what has ended and nothing that lives', async () => {
    await owner.begin(async (sql) => {
      await sql`set local role diktyo_owner`;
      await sql`select set_config('diktyo.sweep', 'sessions', true)`;
      expect(await sql`select 1 from diktyo.staff_session where expires_at > clock_timestamp()`).toEqual([]);
    });
    expect((await owner`select 1 from diktyo.staff_session`).length).toBeGreaterThan(0);
  });
});
