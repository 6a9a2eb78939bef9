import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKernelActivities } from '#engine/activities/kernel.js';
import { createProgrammeCache } from '#engine/activities/programme-cache.js';
import { createCases } from '#engine/cases/cases.js';
import type { KernelActivities } from '#engine/contract/kernel.js';
import { createFacts } from '#engine/register/facts.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import type { Store } from '#engine/store/connection.js';
import type { House, Published } from '../../workflows/running.js';
import { MANDRA, openHouse, staff } from '../../workflows/running.js';
import { NATIONAL_DAYS, programmeOf, STEPS } from '../decide/story.js';
import { openTestStore } from '../register/sample-case.js';

/** Nothing here asks Temporal: its clock is what the test says. */
const NOWHERE = { address: '127.0.0.1:9', namespace: 'default' };
const TIMER = 'look#1';

let house: House;
let store: Store;
let kernel: KernelActivities;
let published: Published;
let caseId: string;
const told: string[] = [];

beforeAll(async () => {
  house = await openHouse(NOWHERE);
  store = openTestStore(house.database.urlOf('diktyo_worker'));
  const programmes = createProgrammeCache(createProgrammeRegister(store));
  kernel = createKernelActivities({ cases: createCases(store), facts: createFacts(store, new Uint8Array(32)), programmes, calendar: NATIONAL_DAYS, log: (_level, message) => told.push(message) });
  const outcomes = [{ id: 'good', title: { el: 'α', en: 'a' }, next: 'then' }];
  published = await house.publish(programmeOf([STEPS.review('look', { overdue: { next: 'late' }, outcomes }), STEPS.review('then'), STEPS.end('late', { outcome: 'expired' }), STEPS.end()]).programme);
});
afterAll(async () => {
  await store.close();
  await house.close();
});
beforeEach(async () => {
  told.length = 0;
  caseId = await house.file(published);
  await kernel.decide({ municipality: MANDRA, caseId, event: { id: 'filed', kind: 'filed' } });
});

async function dueIn(seconds: number): Promise<string> {
  const [row] = await house.owner<{ at: string }[]>`
    update diktyo.case_record set state = jsonb_set(jsonb_set(state, '{steps,look,dueAt}', at), ${`{timers,${TIMER}}`}::text[], at)
    from (select to_jsonb(diktyo.instant(clock_timestamp() + make_interval(secs => ${seconds}))) as at) as due
    where case_id = ${caseId} returning due.at #>> '{}' as at`;
  return row?.at ?? '';
}

const ring = (at: string) => kernel.decide({ municipality: MANDRA, caseId, event: { id: `timer/${TIMER}/${at}`, kind: 'timerFired', timerId: TIMER, dueAt: at } });
const review = () => house.cases.recordAction({ municipality: MANDRA, caseId, key: 'in-time', kind: 'reviewed', actor: staff('desk'), payload: { stepId: 'look', outcome: 'good' }, payloadHash: 'x', graceSeconds: 30 });
const stepOf = async (): Promise<string | undefined> => (await house.read(caseId)).state?.currentStep;

describe('When the clock of Temporal is ahead of the one that dates what is accepted', () => {
  it('an alarm that it rings too early waits for what may still be accepted in time', async () => {
    const at = await dueIn(1.5);
    const ringing = ring(at);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await review()).toMatchObject({ reply: null });
    expect(await ringing).toMatchObject({ reply: { accepted: false, code: 'timer.notHeld' } });
    expect(await stepOf()).toBe('then');
    expect(told).toEqual(['accepted earlier, delivered later']);
  });

  it('by more than a moment, the alarm is not decided yet, and holds up nobody: it comes again', async () => {
    const at = await dueIn(20);
    await expect(ring(at)).rejects.toThrow();
    expect(await stepOf()).toBe('look');
  });

  it('by a lapse that no clock is wrong by, it is time itself that was moved, as tests do', async () => {
    const at = await dueIn(86_400);
    expect(await ring(at)).toMatchObject({ reply: { accepted: true } });
    expect(await stepOf()).toBe('late');
  });
});
