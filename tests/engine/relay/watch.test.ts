import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCases } from '#engine/cases/cases.js';
import type { StepPlan } from '#engine/contract/case.js';
import type { Cases, Register } from '#engine/contract/rooms.js';
import type { WatchedCase, WatchRecord } from '#engine/contract/watch.js';
import { createRegister } from '#engine/register/register.js';
import { createWatchRecord } from '#engine/relay/watch-record.js';
import type { Store } from '#engine/store/connection.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';
import { MANDRA, MARATHON, openTestStore, publishSample, sampleEvent, sampleFiling, samplePlan, sampleState, sampleStatus } from '../register/sample-case.js';

let database: TestDatabase;
let stores: Store[];
let register: Register;
let cases: Cases;
let watch: WatchRecord;
let owner: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  await publishSample(database);
  const [api, worker, relay] = [openTestStore(database.apiUrl), openTestStore(database.workerUrl), openTestStore(database.relayUrl)];
  stores = [api, worker, relay];
  register = createRegister(api);
  cases = createCases(worker);
  watch = createWatchRecord(relay);
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await owner.end();
  await database.drop();
});
beforeEach(async () => {
  await owner`truncate diktyo.watch, diktyo.case_record, diktyo.application, diktyo.outbox, diktyo.effect, diktyo.incident, diktyo.case_event, diktyo.audit_entry`;
});

async function file(municipality = MANDRA): Promise<string> {
  const filing = sampleFiling({ municipality });
  await register.submit(filing);
  await owner`update diktyo.outbox set sent_at = clock_timestamp() where case_id = ${filing.applicationId}`;
  return filing.applicationId;
}

const apply = (caseId: string, plan: StepPlan) => cases.apply({ municipality: MANDRA, caseId, version: 0, event: sampleEvent('e'), plan, refusal: null });
const closed = samplePlan({ state: sampleState({ status: 'closed', outcome: 'completed' }), status: sampleStatus('end', true) });
const withMessage = (plan: StepPlan): StepPlan => ({ ...plan, effects: [{ commandKey: 'm', kind: 'message', messageId: 'tell', fields: {} }] });

/** Goes round once, so many at a time; answers who needs a kernel. */
async function goRound(limit: number, { quietSeconds = 0 } = {}): Promise<readonly string[]> {
  return (await goRoundAll(limit, { quietSeconds })).filter(({ needsKernel }) => needsKernel).map(({ caseId }) => caseId);
}

async function goRoundAll(limit: number, { quietSeconds = 0 } = {}): Promise<readonly WatchedCase[]> {
  const seen: WatchedCase[] = [];
  for (let count = 0; count < 100; count += 1) {
    const { cases: page, next } = await watch.read({ limit, scan: 50, quietSeconds });
    seen.push(...page);
    await watch.note({ holder: 'a', looked: page.length, resumed: 0, mended: 0, sentinel: page.find(({ needsKernel }) => needsKernel) ?? null, next });
    if (next === null) return seen;
  }
  throw new Error('the round never ends');
}

describe('The watch', () => {
  it('is held by one at a time, and by the next when the first lets go or falls silent', async () => {
    const both = await Promise.all(['a', 'b'].map((holder) => watch.hold({ holder, seconds: 60 })));
    expect(both.filter((held) => held !== null)).toHaveLength(1);
    const [first, second] = both[0] === null ? ['b', 'a'] : ['a', 'b'];
    expect(await watch.hold({ holder: second, seconds: 60 })).toBeNull();
    expect(await watch.hold({ holder: first, seconds: 60 })).toEqual({ isUrgent: false, sentinel: null, latest: [] });
    await watch.release(first);
    expect(await watch.hold({ holder: second, seconds: 60 })).not.toBeNull();
    await owner`update diktyo.watch set held_until = clock_timestamp() - interval '1 second'`;
    expect(await watch.hold({ holder: first, seconds: 60 })).not.toBeNull();
  });

  it.each([1, 2, 3, 100])('goes round every open case of every municipality once, %i at a time, then begins anew', async (limit) => {
    await watch.hold({ holder: 'a', seconds: 60 });
    const ids = [await file(), await file(MARATHON), await file(), await file(MARATHON), await file()];
    const over = await file();
    await apply(over, closed);
    const unsent = sampleFiling();
    await register.submit(unsent);
    expect(await goRound(limit)).toEqual([...ids].sort());
    expect(await goRound(limit)).toEqual([...ids].sort());
    expect(await watch.describe()).toMatchObject({ isHeld: true, rounds: 2, looked: 12, resumed: 0, mended: 0, isUrgent: false, roundAgeSeconds: expect.any(Number) });
  });

  it('looks at a closed case only for a message that nobody has finished for a while and that waits for no person', async () => {
    await watch.hold({ holder: 'a', seconds: 60 });
    const [waiting, parked, silent] = [await file(), await file(), await file()];
    await apply(waiting, withMessage(closed));
    await apply(silent, closed);
    await apply(parked, { ...withMessage(closed), incidents: [{ change: 'open', incident: { id: 'i', commandKey: 'm', code: 'x', openedAt: '2026-01-01T00:00:00.000Z' } }] });
    expect(await goRound(10, { quietSeconds: 3_600 })).toEqual([]);
    expect(await goRound(10)).toEqual([waiting]);
    await owner`update diktyo.effect set status = 'sent' where case_id = ${waiting}`;
    expect(await goRound(10)).toEqual([]);
  });

  it('begins from the first case when the clock has lost its memory, and is in a hurry until the round ends', async () => {
    await watch.hold({ holder: 'a', seconds: 60 });
    const ids = [await file(), await file(), await file()].sort();
    const { next } = await watch.read({ limit: 2, scan: 50, quietSeconds: 0 });
    await watch.note({ holder: 'a', looked: 2, resumed: 0, mended: 0, sentinel: { municipality: MANDRA, caseId: ids[0] ?? '' }, next });
    expect((await watch.hold({ holder: 'a', seconds: 60 }))?.sentinel).toEqual({ municipality: MANDRA, caseId: ids[0] });
    await watch.noteLoss('a');
    expect(await watch.hold({ holder: 'a', seconds: 60 })).toEqual({ isUrgent: true, sentinel: null, latest: [] });
    expect(await goRound(2)).toEqual(ids);
    expect(await watch.describe()).toMatchObject({ isUrgent: false, lostAt: expect.stringMatching(/Z$/) });
  });

  it('knows no sentinel whose case is closed: the clock forgets closed ones in time', async () => {
    await watch.hold({ holder: 'a', seconds: 60 });
    const caseId = await file();
    await goRound(10);
    await apply(caseId, closed);
    expect(await watch.hold({ holder: 'a', seconds: 60 })).toMatchObject({ isUrgent: false, sentinel: null });
  });

  it('looks at a case that closed in the last days too, whose kernel may not know it, and in a hurry at every closed case', async () => {
    await watch.hold({ holder: 'a', seconds: 60 });
    const [now, before] = [await file(), await file()];
    for (const caseId of [now, before]) await apply(caseId, closed);
    await owner`update diktyo.case_record set changed_at = clock_timestamp() - interval '8 days' where case_id = ${before}`;
    expect(await goRoundAll(10)).toEqual([{ municipality: MANDRA, caseId: now, definitionHash: expect.any(String), version: 1, needsKernel: false, changedSecondsAgo: expect.any(Number) }]);
    await watch.noteLoss('a');
    expect((await goRoundAll(10)).map(({ caseId }) => caseId)).toEqual([now, before].sort());
  });

  it('tells a relay of the release before, which runs on during an upgrade, nothing but cases that must have a kernel', async () => {
    await watch.hold({ holder: 'a', seconds: 60 });
    const [open, over] = [await file(), await file()];
    await apply(over, closed);
    const [row] = await owner<{ page: { cases: { caseId: string }[] } }[]>`select diktyo.read_watched(10, 50, 0) as page`;
    expect(row?.page.cases.map(({ caseId }) => caseId)).toEqual([open]);
    expect(await owner<{ noted: boolean }[]>`select diktyo.note_watched('a', ${owner.json({ looked: 1, resumed: 0, sentinel: null, next: null })}) as noted`).toEqual([{ noted: true }]);
  });

  it('knows the two cases that changed last, closed or not, with the version that their kernels must know', async () => {
    const [first, second, third, untouched] = [await file(), await file(), await file(), await file()];
    await apply(first, samplePlan());
    await apply(second, samplePlan());
    await apply(third, closed);
    const held = await watch.hold({ holder: 'a', seconds: 60 });
    expect(held?.latest).toMatchObject([{ caseId: third, version: 1, needsKernel: false }, { caseId: second, version: 1, needsKernel: true }]);
    expect(held?.latest.map(({ caseId }) => caseId)).not.toContain(untouched);
  });

  it('sees of the audit nothing but which cases changed', async () => {
    const caseId = await file();
    await apply(caseId, samplePlan());
    const relay = postgres(database.relayUrl, { max: 1 });
    try {
      expect(await relay`select action, case_id from diktyo.audit_entry`).toEqual([{ action: 'eventApplied', case_id: caseId }]);
      await expect(relay`select actor from diktyo.audit_entry`).rejects.toThrow(/permission denied/);
    } finally {
      await relay.end();
    }
  });

  it('is not kept by those who do not hold it', async () => {
    await watch.hold({ holder: 'a', seconds: 60 });
    await file();
    await watch.note({ holder: 'b', looked: 5, resumed: 5, mended: 5, sentinel: null, next: null });
    await watch.noteLoss('b');
    expect(await watch.describe()).toMatchObject({ looked: 0, resumed: 0, mended: 0, isUrgent: false });
  });
});
