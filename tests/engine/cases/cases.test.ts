import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StepPlan, TaskChange } from '#engine/contract/case.js';
import { CITIZEN, CLERK, MANDRA, MARATHON, sampleEvent, sampleFiling, samplePlan, sampleState, sampleStatus } from '../register/sample-case.js';
import { openCaseRoom } from './case-room.js';
import type { CaseRoom } from './case-room.js';

const READING = { reader: CLERK, purpose: 'tests' } as const;

let room: CaseRoom;
let register: CaseRoom['register'];
let door: CaseRoom['door'];
let kernel: CaseRoom['kernel'];
let owner: CaseRoom['owner'];
let caseId: string;

beforeAll(async () => {
  room = await openCaseRoom();
  ({ register, door, kernel, owner } = room);
});
afterAll(() => room.close());
beforeEach(async () => {
  caseId = await room.file();
});

const load = (eventId: string) => kernel.load({ municipality: MANDRA, caseId, eventId });
const apply = (version: number, eventId: string, plan: StepPlan | null = samplePlan()) =>
  kernel.apply({ municipality: MANDRA, caseId, version, event: sampleEvent(eventId), plan, refusal: plan ? null : { code: 'action.refused', params: { code: 'x' } } });
const record = (key: string, changes: object = {}) =>
  door.recordAction({ municipality: MANDRA, caseId, key, kind: 'noteAdded', actor: CLERK, payload: { note: 'α' }, payloadHash: 'hash', graceSeconds: 30, ...changes });

describe('a case that was just filed', () => {
  it('loads without a state, with its answers and the event of its filing', async () => {
    expect(await load('filed')).toMatchObject({ version: 0, state: null, answers: { income: 720_000 }, applied: null, documents: [], callOutput: null, event: { kind: 'filed', actor: CITIZEN, payload: {} } });
  });

  it('is unknown under another municipality, to whoever asks', async () => {
    expect(await kernel.load({ municipality: MARATHON, caseId, eventId: 'filed' })).toBeNull();
    expect(await kernel.apply({ municipality: MARATHON, caseId, version: 0, event: sampleEvent('e'), plan: samplePlan(), refusal: null })).toBeNull();
    expect(await door.readFile({ municipality: MARATHON, caseId, reader: CLERK, purpose: 'review' })).toBeNull();
    expect(await record('k', { municipality: MARATHON })).toBeNull();
  });
});

describe('applying an event', () => {
  it('moves the version by one and answers later questions about the same event from the record', async () => {
    expect(await apply(0, 'e1', samplePlan({ commands: [{ kind: 'end' }] }))).toEqual({ version: 1 });
    expect((await load('e1'))?.applied).toEqual({ reply: { accepted: true, version: 1 }, commands: [{ kind: 'end' }] });
    expect(await load('e2')).toMatchObject({ version: 1, applied: null, state: { currentStep: 'review' } });
  });

  it('does nothing when the version has changed meanwhile, or when the event has been applied', async () => {
    await apply(0, 'e1');
    expect(await apply(0, 'e2')).toBeNull();
    expect(await apply(1, 'e1')).toBeNull();
    expect((await load('e2'))?.version).toBe(1);
  });

  it('happens once among many who try at the same moment, and no version is skipped', async () => {
    for (let version = 0; version < 5; version += 1) {
      const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => apply(version, `e${version}-${index}`)));
      expect(answers.filter(Boolean)).toEqual([{ version: version + 1 }]);
    }
    const rows = await owner<{ version: number }[]>`select version from diktyo.case_event where case_id = ${caseId} and accepted order by 1`;
    expect(rows.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
  });

  it('keeps a refused event without moving the version', async () => {
    expect(await apply(0, 'e1', null)).toEqual({ version: 0 });
    expect((await load('e1'))?.applied).toEqual({ reply: { accepted: false, version: 0, code: 'action.refused' }, commands: [] });
    expect(await door.readReply({ municipality: MANDRA, caseId, key: 'e1' })).toEqual({ accepted: false, refusal: { code: 'action.refused', params: { code: 'x' } } });
  });

  it('opens, escalates and closes tasks, each once', async () => {
    const task = (change: TaskChange['change'], role: TaskChange['role'] = 'desk'): TaskChange => ({ change, taskKey: 'review#1', stepId: 'review', role, title: { el: 'Έλεγχος', en: 'Review' }, dueAt: '2030-01-01T00:00:00.000Z' });
    const open = async (roles: readonly TaskChange['role'][]) => (await door.queue({ municipality: MANDRA, roles, limit: 200, ...READING })).filter(({ summary }) => summary.caseId === caseId);
    await apply(0, 'e1', samplePlan({ tasks: [task('open')] }));
    const [opened] = await open(['desk']);
    expect(opened).toMatchObject({ taskKey: 'review#1', role: 'desk', dueAt: '2030-01-01T00:00:00.000Z', summary: { applicantName: 'Ελένη Παπαδοπούλου' } });
    const claim = (account: string) => door.claimTask({ municipality: MANDRA, taskId: opened?.taskId ?? '', account, roles: ['desk'] });
    expect(await claim('clerk-1')).toMatchObject({ claimedBy: 'clerk-1' });
    expect(await claim('clerk-1')).toMatchObject({ claimedBy: 'clerk-1' });
    expect(await claim('clerk-2')).toEqual({ code: 'task.claimed' });
    expect(await door.claimTask({ municipality: MARATHON, taskId: opened?.taskId ?? '', account: 'x', roles: ['desk'] })).toBeNull();
    await apply(1, 'e2', samplePlan({ tasks: [task('escalate', 'supervisor')] }));
    expect(await open(['desk'])).toEqual([]);
    expect((await open(['supervisor']))[0]?.claimedBy).toBeUndefined();
    await apply(2, 'e3', samplePlan({ tasks: [task('close')] }));
    expect(await open(['supervisor'])).toEqual([]);
    expect(await claim('clerk-1')).toBeNull();
  });

  it('stores effects, incidents and payments with it', async () => {
    const incident = { id: 'i1', commandKey: 'mail#1', code: 'smtp.down', openedAt: '2026-03-01T08:00:00.000Z' };
    const part = { partId: 'p1', title: { el: 'Α', en: 'A' }, amountCents: 50_000, dueAt: '2026-04-01T00:00:00.000Z' };
    await apply(0, 'e1', samplePlan({
      state: sampleState({ parts: [part] }),
      effects: [{ commandKey: 'mail#1', kind: 'message', messageId: 'received', fields: { a: 'β' } }],
      incidents: [{ change: 'open', incident }],
    }));
    expect(await door.incidents({ municipality: MANDRA, ...READING })).toContainEqual(expect.objectContaining({ caseId, incidentId: 'i1', code: 'smtp.down' }));
    expect(await door.incidents({ municipality: MARATHON, ...READING })).toEqual([]);
    await apply(1, 'e2', samplePlan({
      state: sampleState({ parts: [{ ...part, paidOn: '2026-04-02', reference: 'ΧΕ 12' }] }),
      incidents: [{ change: 'settle', incident: { ...incident, settledAt: '2026-03-02T08:00:00.000Z', resolution: 'drop' } }],
    }));
    expect((await door.incidents({ municipality: MANDRA, ...READING })).filter((row) => row.caseId === caseId)).toEqual([]);
    const [payment] = await owner`select amount_cents::int as cents, paid_on::text as paid, reference from diktyo.payment where case_id = ${caseId}`;
    expect(payment).toEqual({ cents: 50_000, paid: '2026-04-02', reference: 'ΧΕ 12' });
    const file = await door.readFile({ municipality: MANDRA, caseId, reader: CLERK, purpose: 'review' });
    expect(file?.effects).toEqual([{ commandKey: 'mail#1', kind: 'message', status: 'dropped', attempts: 0 }]);
    expect(file?.history.map(({ eventId }) => eventId)).toEqual(['e1', 'e2']);
  });
});

describe('an action', () => {
  it('is recorded once, and says what became of it when it is sent again', async () => {
    const first = await record('k1');
    expect(first).toEqual({ recordedAt: expect.stringMatching(/Z$/), reply: null });
    expect(await record('k1')).toEqual(first);
    expect((await load('k1'))?.event).toMatchObject({ id: 'k1', kind: 'noteAdded', actor: CLERK, payload: { note: 'α' } });
    await apply(0, 'k1', samplePlan({ status: sampleStatus('decided') }));
    expect(await record('k1')).toMatchObject({ reply: { accepted: true, version: 1, status: { stage: 'decided' } } });
  });

  it('with a known key and another payload or kind is refused', async () => {
    await record('k1');
    expect(await record('k1', { payloadHash: 'other' })).toEqual({ code: 'action.keyReused' });
    expect(await record('k1', { kind: 'withdrawn' })).toEqual({ code: 'action.keyReused' });
  });

  it('sent a hundred times at once is one action and one row for the relay', async () => {
    await Promise.all(Array.from({ length: 100 }, () => record('k1')));
    expect(await owner`select 1 from diktyo.outbox where case_id = ${caseId} and kind = 'event'`).toHaveLength(1);
  });

  it('whose event was applied by another way is no longer the relay’s business', async () => {
    await record('k1', { graceSeconds: 0 });
    await apply(0, 'k1');
    expect(await owner`select 1 from diktyo.outbox where case_id = ${caseId} and event_id = 'k1' and sent_at is not null`).toHaveLength(1);
  });

  it('on a closed case is refused, since nobody would ever carry it out, unless it is a note or settles an incident', async () => {
    await apply(0, 'e1', samplePlan({ state: sampleState({ status: 'closed', outcome: 'withdrawn' }), status: sampleStatus('end', true) }));
    expect(await record('k9', { kind: 'reviewed' })).toEqual({ code: 'action.refused', params: { code: 'case.closed' } });
    expect(await record('k10')).toMatchObject({ reply: null });
  });

  it('cannot hand in a file of another case', async () => {
    const other = sampleFiling();
    await register.submit(other);
    const bytes = new Uint8Array([1]);
    for (const [documentId, of] of [['mine', caseId], ['theirs', other.applicationId]] as const) {
      const id = `${documentId}-${caseId}`;
      await register.announceDocument({ municipality: MANDRA, documentId: id, owner: { caseId: of }, kind: 'tax', name: 'x', mediaType: 'image/png', sizeBytes: 1, by: CITIZEN });
      await register.storeDocument({ municipality: MANDRA, documentId: id, owner: { caseId: of }, bytes, sha256: 's', state: 'clean' });
    }
    const provide = (key: string, id: string) => record(key, { kind: 'documentProvided', payload: { documentKind: 'tax', documentIds: [`${id}-${caseId}`] } });
    expect(await provide('k1', 'theirs')).toMatchObject({ code: 'application.documentsInvalid' });
    expect(await provide('k2', 'mine')).toMatchObject({ reply: null });
  });
});

describe('reading', () => {
  it('leaves a trace of reader and purpose in the same statement', async () => {
    await door.readFile({ municipality: MANDRA, caseId, reader: CLERK, purpose: 'inspection' });
    const rows = await owner`select action, actor, purpose from diktyo.audit_entry where case_id = ${caseId} and action = 'caseRead'`;
    expect(rows).toEqual([{ action: 'caseRead', actor: CLERK, purpose: 'inspection' }]);
  });

  it('of a queue or of incidents leaves one row a request, however many are shown: who, why, how many, and nobody’s name', async () => {
    const task: TaskChange = { change: 'open', taskKey: 'r#1', stepId: 'r', role: 'decider', title: { el: 'Α', en: 'A' } };
    const incident = { id: 'i9', commandKey: 'mail#9', code: 'smtp.down', openedAt: '2026-03-01T08:00:00.000Z' };
    await apply(0, 'e1', samplePlan({ tasks: [task, { ...task, taskKey: 'r#2' }], incidents: [{ change: 'open', incident }] }));
    await owner`delete from diktyo.audit_entry where action in ('queueRead', 'incidentsRead')`;
    const of = { municipality: MANDRA, reader: CLERK };
    const shown = await door.queue({ ...of, roles: ['decider'], limit: 50, purpose: 'queue' });
    await door.queue({ ...of, roles: ['decider'], limit: 50, account: 'clerk-1', after: shown[0]?.taskId ?? '', purpose: 'queue' });
    const incidents = await door.incidents({ ...of, purpose: 'incidents' });
    const rows = await owner`select municipality, action, actor, purpose, case_id, detail from diktyo.audit_entry where action in ('queueRead', 'incidentsRead') order by audit_id`;
    const row = { municipality: MANDRA, actor: CLERK, case_id: null };
    expect(rows).toEqual([
      { ...row, action: 'queueRead', purpose: 'queue', detail: { roles: ['decider'], ownOnly: false, shown: 2 } },
      { ...row, action: 'queueRead', purpose: 'queue', detail: { roles: ['decider'], ownOnly: true, after: shown[0]?.taskId, shown: 0 } },
      { ...row, action: 'incidentsRead', purpose: 'incidents', detail: { shown: incidents.length } },
    ]);
    expect(incidents.length).toBeGreaterThan(0);
    // Where no reader is named nothing is shown: the row is part of the reading.
    await expect(room.api.call('read_queue', [MANDRA, { json: ['decider'] }, null, 50, null, null, null])).rejects.toThrow();
    await expect(room.api.call('list_incidents', [MANDRA, null, null])).rejects.toThrow();
  });

  it('goes through a queue in order of urgency, page by page, without a row twice', async () => {
    const made = Array.from({ length: 7 }, () => sampleFiling({ municipality: MARATHON }));
    for (const [index, filing] of made.entries()) {
      await register.submit(filing);
      const dueAt = index === 6 ? {} : { dueAt: `2030-01-0${7 - index}T00:00:00.000Z` };
      await kernel.apply({ municipality: MARATHON, caseId: filing.applicationId, version: 0, event: sampleEvent('e'), refusal: null,
        plan: samplePlan({ tasks: [{ change: 'open', taskKey: 't#1', stepId: 't', role: 'inspector', title: { el: 'Α', en: 'A' }, ...dueAt }] }) });
    }
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await door.queue({ municipality: MARATHON, roles: ['inspector'], limit: 3, ...READING, ...(after === undefined ? {} : { after }) });
      seen.push(...page.map(({ summary }) => summary.caseId));
      after = page.at(-1)?.taskId;
      if (page.length < 3) break;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1, 0, 6].map((index) => made[index]?.applicationId));
    expect(await door.queue({ municipality: MANDRA, roles: ['inspector'], limit: 50, ...READING })).toEqual([]);
  });
});
