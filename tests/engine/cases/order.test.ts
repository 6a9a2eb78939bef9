import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseEvent, Command, StepPlan } from '#engine/contract/case.js';
import type { Cases, LoadedCase } from '#engine/contract/rooms.js';
import { actionsBefore } from '#engine/decide/acceptance-order.js';
import { CLERK, MANDRA, samplePlan } from '../register/sample-case.js';
import { openCaseRoom } from './case-room.js';
import type { CaseRoom } from './case-room.js';

let room: CaseRoom;
let door: CaseRoom['door'];
let kernel: CaseRoom['kernel'];
let owner: CaseRoom['owner'];
let caseId: string;

beforeAll(async () => {
  room = await openCaseRoom();
  ({ door, kernel, owner } = room);
});
afterAll(() => room.close());
beforeEach(async () => {
  caseId = await room.file();
});

const record = (key: string) => door.recordAction({ municipality: MANDRA, caseId, key, kind: 'noteAdded', actor: CLERK, payload: { note: key }, payloadHash: key, graceSeconds: 30 });
const load = async (eventId: string): Promise<LoadedCase> => {
  const loaded = await kernel.load({ municipality: MANDRA, caseId, eventId });
  if (loaded === null) throw new Error('no such case');
  return loaded;
};
const alarm = (at: string): CaseEvent => ({ id: `timer/${at}`, kind: 'timerFired', at, actor: { kind: 'system' }, payload: { timerId: 't', dueAt: at } });
const clock = async (): Promise<string> => (await load('nothing')).now;

/** As the decide activity writes; `plan: null` refuses the event itself. */
function apply(loaded: LoadedCase, { event, plan = samplePlan(), commands = [] }: { event: CaseEvent; plan?: StepPlan | null; commands?: readonly Command[] }): ReturnType<Cases['apply']> {
  return kernel.apply({
    municipality: MANDRA, caseId, version: loaded.version, event, commands, plan: plan && { ...plan, commands }, refusal: plan ? null : { code: 'timer.notHeld' },
    earlier: actionsBefore({ event, accepted: loaded.accepted }).map((each) => ({ event: each, plan: samplePlan(), refusal: null })),
    seen: loaded.accepted.map(({ id }) => id), ...(event.kind === 'timerFired' ? { until: event.at } : {}),
  });
}

describe('What was accepted and has not been applied', () => {
  it('is read with the case in the order of acceptance, whatever the keys; what was applied is not there', async () => {
    for (const key of ['z', 'm', 'a']) await record(key);
    const loaded = await load('m');
    expect(loaded.accepted.map(({ id, payload }) => [id, payload])).toEqual([['z', { note: 'z' }], ['m', { note: 'm' }], ['a', { note: 'a' }]]);
    expect(loaded.event).toEqual(loaded.accepted[1]);
    await apply(loaded, { event: loaded.accepted[1] as CaseEvent });
    expect((await load('a')).accepted.map(({ id }) => id)).toEqual(['a']);
  });

  it('is applied before the event, all in one commit, and nothing of it is left for the relay', async () => {
    for (const key of ['first', 'second']) await record(key);
    const loaded = await load('t');
    const event = alarm(loaded.now);
    expect(await apply(loaded, { event, commands: [{ kind: 'deliver', commandKey: 'm' }] })).toEqual({ version: 3 });
    const rows = await owner<{ event_id: string; version: number }[]>`select event_id, version from diktyo.case_event where case_id = ${caseId} order by applied_at`;
    expect(rows.map((row) => [row.event_id, row.version])).toEqual([['first', 1], ['second', 2], [event.id, 3]]);
    expect(await owner`select 1 from diktyo.outbox where case_id = ${caseId} and kind = 'event' and sent_at is null`).toHaveLength(0);
    expect((await load('first')).applied).toEqual({ reply: { accepted: true, version: 1 }, commands: [] });
    expect((await load(event.id)).applied).toMatchObject({ commands: [{ kind: 'deliver', commandKey: 'm' }] });
  });

  it('leaves its commands with the event that brought it, also when that is refused itself', async () => {
    await record('first');
    const loaded = await load('t');
    const event = alarm(loaded.now);
    expect(await apply(loaded, { event, plan: null, commands: [{ kind: 'timerCancel', timerId: 't' }] })).toEqual({ version: 1 });
    expect((await load(event.id)).applied).toEqual({ reply: { accepted: false, version: 1, code: 'timer.notHeld' }, commands: [{ kind: 'timerCancel', timerId: 't' }] });
  });
});

describe('An action that is accepted between reading and writing', () => {
  it('keeps an alarm from being applied without it', async () => {
    const loaded = await load('t');
    await record('just-in-time');
    const event = alarm(await clock());
    expect(await apply(loaded, { event })).toBeNull();
    const again = await load('t');
    expect(await apply(again, { event })).toEqual({ version: 2 });
    expect((await load('just-in-time')).applied?.reply).toEqual({ accepted: true, version: 1 });
  });

  it('does not, when it was accepted after the alarm was due', async () => {
    const loaded = await load('t');
    const event = alarm(loaded.now);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await record('too-late');
    expect(await apply(loaded, { event })).toEqual({ version: 1 });
    expect((await load('too-late')).accepted.map(({ id }) => id)).toEqual(['too-late']);
  });

  it('is never overtaken by an alarm, however many of both come at the same moment', async () => {
    const ring = async (): Promise<void> => {
      const event = alarm(await clock());
      for (let count = 0; count < 60; count += 1) {
        const loaded = await load(event.id);
        if (loaded.applied !== null || (await apply(loaded, { event })) !== null) return;
      }
      throw new Error('contended for ever');
    };
    await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? record(`action-${index}`) : ring())));
    const last = await load('last');
    await apply(last, { event: alarm(last.now) });
    const rows = await owner<{ kind: string; at: Date }[]>`select kind, at from diktyo.case_event where case_id = ${caseId} order by version`;
    const alarms = rows.map(({ kind, at }) => ({ isAlarm: kind === 'timerFired', at: at.getTime() }));
    expect(alarms.filter(({ isAlarm }) => !isAlarm)).toHaveLength(20);
    alarms.forEach(({ isAlarm, at }, place) => {
      if (isAlarm) expect(alarms.slice(place + 1).filter((later) => !later.isAlarm && later.at < at)).toEqual([]);
    });
  });
});
