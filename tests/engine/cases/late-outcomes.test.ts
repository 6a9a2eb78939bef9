import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEffects } from '#engine/cases/effects.js';
import type { CaseState, EffectPlan } from '#engine/contract/case.js';
import type { Effects, Upkeep } from '#engine/contract/rooms.js';
import { createUpkeep } from '#engine/register/upkeep.js';
import { createWatchRecord } from '#engine/relay/watch-record.js';
import type { Store } from '#engine/store/connection.js';
import { CITIZEN, CLERK, MANDRA, openTestStore, sampleEvent, samplePlan, sampleState, sampleStatus } from '../register/sample-case.js';
import { openCaseRoom } from './case-room.js';
import type { CaseRoom } from './case-room.js';

let room: CaseRoom;
let worker: Store;
let relay: Store;
let effects: Effects;
let upkeep: Upkeep;
let caseId: string;
let version: number;

beforeAll(async () => {
  room = await openCaseRoom();
  worker = openTestStore(room.urlOf('diktyo_worker'), 2);
  relay = openTestStore(room.urlOf('diktyo_relay'), 2);
  effects = createEffects(worker);
  upkeep = createUpkeep(room.api);
});
afterAll(async () => {
  await Promise.all([worker.close(), relay.close()]);
  await room.close();
});
beforeEach(async () => {
  caseId = await room.file();
  version = 0;
});

async function apply(changes: Parameters<typeof samplePlan>[0]): Promise<void> {
  await room.kernel.apply({ municipality: MANDRA, caseId, version, event: sampleEvent(`event-${version}`), refusal: null, plan: samplePlan(changes) });
  version += 1;
}

describe('An attempt that was given up', () => {
  const message: EffectPlan = { commandKey: 'm', kind: 'message', messageId: 'm', fields: {} };
  const key = (): { municipality: string; caseId: string; commandKey: string } => ({ municipality: MANDRA, caseId, commandKey: 'm' });
  const statusOf = async (): Promise<unknown> => (await room.owner`select status from diktyo.effect where case_id = ${caseId}`)[0]?.['status'];

  /** A worker froze in the middle of the first attempt; a person has looked, and has the message sent again. */
  beforeEach(async () => {
    const incident = { id: 'incident-1', commandKey: 'm', code: 'effect.uncertain', openedAt: '2026-01-01T00:00:00.000Z' };
    await apply({ effects: [message] });
    expect(await effects.begin(key())).toMatchObject({ attempt: 1 });
    expect(await effects.begin(key())).toEqual({ kind: 'uncertain' });
    await apply({ incidents: [{ change: 'open', incident }] });
    await apply({ incidents: [{ change: 'settle', incident: { ...incident, settledAt: '2026-01-02T00:00:00.000Z', resolution: 'retry' } }] });
  });

  it('and fails late takes nothing from the one that follows it', async () => {
    expect(await effects.begin(key())).toMatchObject({ attempt: 2 });
    await effects.finish({ ...key(), attempt: 1, result: { status: 'notSent', error: 'smtp.ETIMEDOUT' } });
    expect(await statusOf()).toBe('trying');
    await effects.finish({ ...key(), attempt: 2, result: { status: 'sent' } });
    expect(await statusOf()).toBe('sent');
  });

  it('and got through after all is not followed by another', async () => {
    await effects.finish({ ...key(), attempt: 1, result: { status: 'sent' } });
    expect(await effects.begin(key())).toEqual({ kind: 'done' });
  });

  it('and got through while another was under way ends both', async () => {
    expect(await effects.begin(key())).toMatchObject({ attempt: 2 });
    await effects.finish({ ...key(), attempt: 1, result: { status: 'sent' } });
    await effects.finish({ ...key(), attempt: 2, result: { status: 'notSent', error: 'smtp.450' } });
    expect(await effects.begin(key())).toEqual({ kind: 'done' });
  });
});

describe('A file that the scanner refuses later', () => {
  const provide = (documentId: string, { kind, eventId = randomUUID() }: { kind: string; eventId?: string }) =>
    room.door.recordAction({ municipality: MANDRA, caseId, key: eventId, kind: 'documentProvided', actor: CITIZEN, payload: { documentKind: kind, documentIds: [documentId] }, payloadHash: 'x', graceSeconds: 30 });
  const refuse = (documentId: string) => upkeep.judgeQuarantined({ municipality: MANDRA, documentId, state: 'refused', note: { el: 'α', en: 'a' } });
  const toldOf = async (): Promise<unknown> => (await room.owner`select payload->>'documentKind' as kind from diktyo.case_command where case_id = ${caseId} and kind = 'documentJudged'`).map(({ kind }) => kind as unknown);

  async function upload(kind: string): Promise<string> {
    const documentId = randomUUID();
    const of = { municipality: MANDRA, documentId, owner: { caseId } };
    await room.register.announceDocument({ ...of, kind, name: 'x', mediaType: 'image/png', sizeBytes: 1, by: CITIZEN });
    await room.register.storeDocument({ ...of, bytes: new Uint8Array([1]), sha256: 's', state: 'quarantined' });
    return documentId;
  }

  it('is told to the case whatever keys its owner has used', async () => {
    const documentId = await upload('tax');
    await provide(documentId, { kind: 'tax', eventId: `scan-${documentId}` });
    expect(await refuse(documentId)).toEqual({ state: 'refused', isCaseTold: true });
    expect(await toldOf()).toEqual(['tax']);
  });

  it('cannot have been handed in as another kind of paper than it was announced as', async () => {
    const documentId = await upload('tax');
    expect(await provide(documentId, { kind: 'identity' })).toEqual({ code: 'application.documentsInvalid', pointer: '/documentIds' });
    expect(await provide(documentId, { kind: 'tax' })).toMatchObject({ reply: null });
  });

  it('is told as the kind of paper under which the case counts it, also where earlier releases took it as another', async () => {
    const documentId = await upload('tax');
    const documents: CaseState['documents'] = { identity: { status: 'provided', documentIds: [documentId] } };
    await apply({ state: sampleState({ documents }) });
    expect(await refuse(documentId)).toEqual({ state: 'refused', isCaseTold: true });
    expect(await toldOf()).toEqual(['identity']);
  });
});

describe('When the clock of the database is put back a little', () => {
  const record = (key: string) => room.door.recordAction({ municipality: MANDRA, caseId, key, kind: 'noteAdded', actor: CLERK, payload: {}, payloadHash: 'x', graceSeconds: 30 });
  const putBack = (seconds: number) => room.owner`update diktyo.case_command set recorded_at = recorded_at + make_interval(secs => ${seconds}) where case_id = ${caseId}`;
  const accepted = async () => (await room.kernel.load({ municipality: MANDRA, caseId, eventId: 'z' }))?.accepted ?? [];

  it('what was accepted first still counts first', async () => {
    await record('z');
    await putBack(2);
    for (const key of ['y', 'x']) await record(key);
    expect((await accepted()).map(({ id }) => id)).toEqual(['z', 'y', 'x']);
  });

  it('an instant that was plainly wrong is not carried on', async () => {
    await record('z');
    await putBack(86_400);
    await record('y');
    const [{ at } = { at: '' }] = (await accepted()).filter(({ id }) => id === 'y');
    expect(Date.parse(at)).toBeLessThan(Date.now() + 600_000);
  });
});

describe('The watch', () => {
  it('starts no kernel for a closed case because of a call that it has left behind, and does for a message', async () => {
    const [withCall, withMessage] = [caseId, await room.file()];
    for (const [id, effect] of [[withCall, { kind: 'call', activity: 'x', input: {} }], [withMessage, { kind: 'message', messageId: 'm', fields: {} }]] as const) {
      caseId = id;
      version = 0;
      await apply({ state: sampleState({ status: 'closed', outcome: 'expired' }), status: sampleStatus('end', true), effects: [{ ...effect, commandKey: 'k' }] });
    }
    await room.owner`update diktyo.outbox set sent_at = clock_timestamp()`;
    await room.owner`update diktyo.case_record set changed_at = clock_timestamp() - interval '2 hours'`;
    const record = createWatchRecord(relay);
    await record.hold({ holder: 'one', seconds: 60 });
    const needing = (await record.read({ limit: 500, scan: 5_000, quietSeconds: 60 })).cases.filter(({ needsKernel }) => needsKernel).map((watched) => watched.caseId);
    expect(needing).toContain(withMessage);
    expect(needing).not.toContain(withCall);
  });
});
