import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKernelActivities } from '#engine/activities/kernel.js';
import { createProgrammeCache } from '#engine/activities/programme-cache.js';
import { createCases } from '#engine/cases/cases.js';
import type { Command } from '#engine/contract/case.js';
import type { DecideOutput, KernelActivities, KernelEvent, KnownOfRecord } from '#engine/contract/kernel.js';
import { FILED_EVENT_ID } from '#engine/contract/kernel.js';
import { createFacts } from '#engine/register/facts.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import { readReference } from '#workflows/worker/reference.js';
import { programmeOf, STEPS } from '../engine/decide/story.js';
import type { House, Published } from './running.js';
import { MANDRA, openHouse, staff } from './running.js';

/*
 * What a kernel hears when it does not know what the record knows, whatever it came with. No kernel runs here: its words are put into
 * the mouth of the activity, in a fixed order.
 */

let house: House;
let store: Store;
let kernel: KernelActivities;
let published: Published;

beforeAll(async () => {
  house = await openHouse({ address: '127.0.0.1:1', namespace: 'default' });
  store = openStore({ databaseUrl: house.database.workerUrl, connectionsMax: 2, application: 'tests', log: () => undefined });
  const programmes = createProgrammeCache(createProgrammeRegister(store));
  kernel = createKernelActivities({ cases: createCases(store), facts: createFacts(store, randomBytes(32)), programmes, calendar: readReference().calendar, log: () => undefined });
  published = await house.publish(programmeOf([
    STEPS.notify('tell', { next: 'look' }),
    STEPS.review('look', { due: { days: 3 }, outcomes: [{ id: 'good', title: { el: 'α', en: 'a' }, next: 'then' }] }),
    STEPS.review('then', { due: { days: 5 }, outcomes: [{ id: 'good', title: { el: 'α', en: 'a' }, next: 'bye' }] }),
    STEPS.notify('bye'),
    STEPS.end(),
  ]).programme);
});
afterAll(async () => {
  await store.close();
  await house.close();
});

const decide = (caseId: string, { event, known }: { readonly event: KernelEvent; readonly known?: KnownOfRecord }): Promise<DecideOutput> =>
  kernel.decide({ municipality: MANDRA, caseId, event, ...(known === undefined ? {} : { known }) });

async function record(caseId: string, { key, stepId }: { readonly key: string; readonly stepId?: string }): Promise<KernelEvent> {
  const kind = stepId === undefined ? 'noteAdded' : 'reviewed';
  const payload = stepId === undefined ? { note: 'α' } : { stepId, outcome: 'good' };
  await house.cases.recordAction({ municipality: MANDRA, caseId, key, kind, actor: staff('desk'), payload, payloadHash: key, graceSeconds: 900 });
  return { id: key, kind };
}

const FILED: KernelEvent = { id: FILED_EVENT_ID, kind: 'filed' };
const timersOf = (commands: readonly Command[]): Readonly<Record<string, string>> => Object.fromEntries(commands.flatMap((command) => (command.kind === 'timerSet' ? [[command.timerId, command.at]] : [])));

/** A case that a kernel took up (`old`), and that has gone on to the step «then» without it (`now`). */
async function passedBy(): Promise<{ readonly caseId: string; readonly old: KnownOfRecord; readonly now: KnownOfRecord }> {
  const caseId = await house.file(published);
  const taken = await decide(caseId, { event: FILED });
  const old = { version: taken.reply.version, timers: timersOf(taken.commands) };
  const gone = await decide(caseId, { event: await record(caseId, { key: 'good', stepId: 'look' }), known: old });
  return { caseId, old, now: { version: gone.reply.version, timers: timersOf(gone.commands) } };
}

describe('A kernel that is behind the record', () => {
  it.each<[string, (caseId: string, old: KnownOfRecord) => Promise<{ event: KernelEvent; held: KnownOfRecord['timers']; version: number; accepted: boolean }>]>([
    ['an alarm of its own that the case no longer has', async (_caseId, old) => ({ event: { id: 'timer', kind: 'timerFired', timerId: 'look#1', dueAt: old.timers['look#1'] ?? '' }, held: {}, version: 2, accepted: false })],
    ['something new', async (caseId, old) => ({ event: await record(caseId, { key: 'note' }), held: old.timers, version: 3, accepted: true })],
    ['what was done already', async (_caseId, old) => ({ event: { id: 'good', kind: 'reviewed' }, held: old.timers, version: 2, accepted: true })],
    ['nothing, sent to look', async (_caseId, old) => ({ event: FILED, held: old.timers, version: 2, accepted: true })],
  ])('learns what to take up and what to let go, when it comes with %s', async (_what, come) => {
    const { caseId, old, now } = await passedBy();
    expect([Object.keys(old.timers), Object.keys(now.timers)]).toEqual([['look#1'], ['then#1']]);
    const { event, held, version, accepted } = await come(caseId, old);
    const { reply, commands } = await decide(caseId, { event, known: { version: old.version, timers: held } });
    expect(reply).toMatchObject({ accepted, version });
    expect(commands).toEqual([
      ...Object.keys(held).map((timerId) => ({ kind: 'timerCancel', timerId })),
      { kind: 'timerSet', timerId: 'then#1', at: now.timers['then#1'] },
      { kind: 'deliver', commandKey: 'tell#1:message' },
    ]);
  });

  it.each([['behind', -1], ['ahead of a record that was put back itself', 5]])('learns the same when it is %s, and that its case is over', async (_how, difference) => {
    const { caseId, now } = await passedBy();
    await decide(caseId, { event: await record(caseId, { key: 'end', stepId: 'then' }), known: now });
    expect(await decide(caseId, { event: FILED, known: { version: 3 + difference, timers: now.timers } })).toEqual({
      reply: { accepted: true, version: 3 },
      commands: [{ kind: 'deliver', commandKey: 'tell#1:message' }, { kind: 'deliver', commandKey: 'bye#1:message' }, { kind: 'end' }],
    });
  });
});

describe('A kernel that is in step', () => {
  it.each<[string, KernelEvent]>([['sent to look', FILED], ['told again what was done', { id: 'good', kind: 'reviewed' }]])('has nothing to do when it is %s: no alarm is set anew, none goes back to an older hour', async (_what, event) => {
    const { caseId, now } = await passedBy();
    expect(await decide(caseId, { event, known: now })).toEqual({ reply: { accepted: true, version: 2 }, commands: [] });
  });

  it('hears every time that its case is over', async () => {
    const { caseId, now } = await passedBy();
    const over = await decide(caseId, { event: await record(caseId, { key: 'end', stepId: 'then' }), known: now });
    expect(await decide(caseId, { event: FILED, known: { version: over.reply.version, timers: {} } })).toEqual({ reply: { accepted: true, version: 3 }, commands: [{ kind: 'end' }] });
  });
});

describe('A kernel that starts from nothing', () => {
  it('takes up what the record holds today, and knows from then on how far it goes', async () => {
    const { caseId, now } = await passedBy();
    const { reply, commands } = await decide(caseId, { event: FILED });
    expect(reply.version).toBe(now.version);
    expect(timersOf(commands)).toEqual(now.timers);
  });
});
