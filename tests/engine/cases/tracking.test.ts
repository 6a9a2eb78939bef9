import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Effects, Outbox, Register, Tracking } from '#engine/contract/rooms.js';
import { createEffects } from '#engine/cases/effects.js';
import { createTracking } from '#engine/cases/tracking.js';
import { createRegister } from '#engine/register/register.js';
import { createOutbox } from '#engine/relay/outbox.js';
import type { Store } from '#engine/store/connection.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';
import { MANDRA, MARATHON, openTestStore, publishSample, sampleFiling } from '../register/sample-case.js';

let database: TestDatabase;
let stores: Store[];
let register: Register;
let tracking: Tracking;
let effects: Effects;
let outbox: Outbox;
let owner: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  await publishSample(database);
  stores = [openTestStore(database.apiUrl), openTestStore(database.workerUrl), openTestStore(database.relayUrl)];
  const [api, worker, relay] = stores as [Store, Store, Store];
  register = createRegister(api);
  tracking = createTracking(api);
  effects = createEffects(worker);
  outbox = createOutbox(relay);
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await owner.end();
  await database.drop();
});

const filed = async (changes = {}) => {
  const filing = sampleFiling(changes);
  await register.submit(filing);
  return filing;
};
const open = (trackingCodeHash: string, channel: 'email' | 'sms' = 'email', codeHash = 'right') =>
  tracking.openChallenge({ municipality: MANDRA, trackingCodeHash, channel, codeHash, code: '123456', minutesValid: 10 });
const answer = (trackingCodeHash: string, codeHash: string, sessionHash: string = randomUUID()) =>
  tracking.answerChallenge({ municipality: MANDRA, trackingCodeHash, codeHash, sessionHash, minutesValid: 30 });

describe('the tracking code alone', () => {
  it('shows stage and dates, and whether there is a way to prove oneself; nothing personal', async () => {
    const { trackingCodeHash, applicationId } = await filed();
    const found = await tracking.findStage({ municipality: MANDRA, trackingCodeHash });
    expect(found).toMatchObject({ caseId: applicationId, status: { stage: 'filed' }, hasEmail: true, hasPhone: true });
    expect(JSON.stringify(found)).not.toMatch(/eleni|Παπαδοπούλου|6900000000|720000/);
  });

  it('that is unknown and one of another municipality are the same, and both are counted', async () => {
    const { trackingCodeHash } = await filed();
    expect(await tracking.findStage({ municipality: MARATHON, trackingCodeHash })).toBeNull();
    expect(await tracking.findStage({ municipality: MARATHON, trackingCodeHash: randomUUID() })).toBeNull();
    expect(await owner`select misses from diktyo.tracking_miss where municipality = ${MARATHON}`).toEqual([{ misses: 2 }]);
  });
});

describe('a one-time code', () => {
  it('opens a session once; used up, it opens nothing', async () => {
    const { trackingCodeHash, applicationId } = await filed();
    expect(await open(trackingCodeHash)).toEqual({ sent: true });
    expect(await answer(trackingCodeHash, 'right', 'session-1')).toEqual({ caseId: applicationId });
    expect(await answer(trackingCodeHash, 'right')).toBeNull();
    expect(await tracking.readSession({ municipality: MANDRA, sessionHash: 'session-1' })).toEqual({ caseId: applicationId });
    expect(await tracking.readSession({ municipality: MARATHON, sessionHash: 'session-1' })).toBeNull();
    await owner`update diktyo.tracking_session set expires_at = clock_timestamp()`;
    expect(await tracking.readSession({ municipality: MANDRA, sessionHash: 'session-1' })).toBeNull();
  });

  it('bears five wrong answers, however many arrive at once', async () => {
    const { trackingCodeHash } = await filed();
    await open(trackingCodeHash);
    await Promise.all(Array.from({ length: 40 }, () => answer(trackingCodeHash, 'wrong')));
    const [row] = await owner`select attempts from diktyo.challenge where case_id in (select application_id from diktyo.application where tracking_code_hash = ${trackingCodeHash})`;
    expect(row?.['attempts']).toBe(5);
    expect(await answer(trackingCodeHash, 'right')).toBeNull();
  });

  it('is sent at most five times an hour, even when asked for all at once', async () => {
    const { trackingCodeHash } = await filed();
    const answers = await Promise.all(Array.from({ length: 12 }, () => open(trackingCodeHash)));
    expect(answers.filter(({ sent }) => sent)).toHaveLength(5);
  });

  it('is sent to nobody for an unknown code or a channel the applicant has not given', async () => {
    const { trackingCodeHash } = await filed({ subject: { email: 'a@example.org', language: 'el' } });
    expect(await open(trackingCodeHash, 'sms')).toEqual({ sent: false });
    expect(await open(randomUUID())).toEqual({ sent: false });
  });

  it('goes out by the one channel, past the case’s own order, and is forgotten once it went', async () => {
    const { trackingCodeHash, applicationId } = await filed();
    await open(trackingCodeHash, 'sms');
    const row = (await outbox.claim({ limit: 500, leaseSeconds: 60 })).find(({ caseId, kind }) => caseId === applicationId && kind === 'message');
    const command = { municipality: MANDRA, caseId: applicationId, commandKey: row?.eventId ?? '' };
    const begun = await effects.begin(command);
    expect(begun).toMatchObject({ kind: 'message', messageId: '@one-time-code', fields: { code: '123456' }, phone: '6900000000', language: 'el' });
    expect(begun).not.toHaveProperty('email');
    await effects.finish({ ...command, result: { status: 'sent' } });
    expect(await owner`select 1 from diktyo.effect where fields::text like '%123456%' and case_id = ${applicationId}`).toHaveLength(0);
  });
});

describe('an outside effect', () => {
  const plan = async (kind: 'message' | 'call') => {
    const { applicationId } = await filed();
    await owner`insert into diktyo.effect (municipality, case_id, command_key, kind, message_id, fields, activity, input)
      values (${MANDRA}, ${applicationId}, 'c1', ${kind}, 'received', '{}', 'stamp', '{"a": 1}')`;
    return { municipality: MANDRA, caseId: applicationId, commandKey: 'c1' };
  };

  it('is tried, and once it went through there is nothing left to do', async () => {
    const command = await plan('message');
    expect(await effects.begin(command)).toMatchObject({ kind: 'message', attempt: 1, messageKey: `${MANDRA}/${command.caseId}/c1`, email: 'eleni@example.org' });
    await effects.finish({ ...command, result: { status: 'sent' } });
    expect(await effects.begin(command)).toEqual({ kind: 'done' });
  });

  it('that surely did not get through may be tried again', async () => {
    const command = await plan('call');
    expect(await effects.begin(command)).toEqual({ kind: 'call', attempt: 1, activity: 'stamp', input: { a: 1 } });
    await effects.finish({ ...command, result: { status: 'notSent', error: 'refused' } });
    expect(await effects.begin(command)).toMatchObject({ attempt: 2 });
    await effects.finish({ ...command, result: { status: 'sent', output: { stamp: 7 } } });
    expect(await owner`select output, attempts from diktyo.effect where case_id = ${command.caseId}`).toEqual([{ output: { stamp: 7 }, attempts: 2 }]);
  });

  it('whose attempt was begun and never ended is uncertain, and stays so', async () => {
    const command = await plan('message');
    await effects.begin(command);
    expect(await effects.begin(command)).toEqual({ kind: 'uncertain' });
    expect(await effects.begin(command)).toEqual({ kind: 'uncertain' });
  });

  it('is begun by one of many who try at once', async () => {
    const command = await plan('message');
    const begun = await Promise.all(Array.from({ length: 10 }, () => effects.begin(command)));
    expect(begun.filter((answer_) => answer_?.kind === 'message')).toHaveLength(1);
  });

  it('of another municipality is unknown', async () => {
    expect(await effects.begin({ ...(await plan('message')), municipality: MARATHON })).toBeNull();
  });
});
