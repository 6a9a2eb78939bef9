import { randomBytes } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEffectActivities } from '#engine/activities/effects.js';
import { createKernelActivities } from '#engine/activities/kernel.js';
import { createProgrammeCache } from '#engine/activities/programme-cache.js';
import { createCases } from '#engine/cases/cases.js';
import { createEffects } from '#engine/cases/effects.js';
import { createCallRegistry } from '#engine/connect/calls/call-registry.js';
import { createCatcher } from '#engine/connect/messages/catcher.js';
import { createFailingDemo } from '#engine/connect/messages/failing-demo.js';
import type { MessageDoor } from '#engine/connect/messages/message-door.js';
import { caseWorkflowId, EVENT_UPDATE, TASK_QUEUES } from '#engine/contract/kernel.js';
import { createFacts } from '#engine/register/facts.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { openStore } from '#engine/store/connection.js';
import { readReference } from '#workflows/worker/reference.js';
import { workflowCode } from '#workflows/worker/workflow-code.js';
import { programmeOf, STEPS } from '../engine/decide/story.js';
import { startTimeSkipping } from '../support/temporal.js';
import type { House, Published } from './running.js';
import { MANDRA, openHouse, readWildfire, staff, until } from './running.js';

/** One server a test: its clock is the test's own. */
let env: TestWorkflowEnvironment;
let house: House;
let stopWorkers: () => Promise<void>;
let door: MessageDoor;
let isDatabaseAway: boolean;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  await workflowCode();
});
beforeEach(async () => {
  env = await startTimeSkipping();
  house = await openHouse({ address: env.address, namespace: env.namespace ?? 'default' });
  door = createCatcher();
  isDatabaseAway = false;
  const store = openStore({ databaseUrl: house.database.workerUrl, connectionsMax: 4, application: 'tests', log: () => undefined });
  const cases = createCases(store);
  const programmes = createProgrammeCache(createProgrammeRegister(store));
  const { calendar, municipalityNames } = readReference();
  const log = () => undefined;
  const kernel = createKernelActivities({
    cases: { load: (input) => (isDatabaseAway ? Promise.reject(new Error('away')) : cases.load(input)), apply: (input) => cases.apply(input) },
    facts: createFacts(store, randomBytes(32)), programmes, calendar, log,
  });
  const leading: MessageDoor = { kind: 'test', channels: ['email', 'sms'], send: (message) => door.send(message), close: () => Promise.resolve() };
  const effects = createEffectActivities({ effects: createEffects(store), programmes, door: leading, calls: createCallRegistry([]), municipalityNames, log });
  const common = { connection: env.nativeConnection, namespace: env.namespace ?? 'default' };
  const workers = [
    await Worker.create({ ...common, taskQueue: TASK_QUEUES.kernel, workflowBundle: await workflowCode(), activities: kernel, maxCachedWorkflows: 100 }),
    await Worker.create({ ...common, taskQueue: TASK_QUEUES.effects, activities: effects }),
  ];
  const runs = workers.map((worker) => worker.run());
  stopWorkers = async () => {
    for (const worker of workers) worker.shutdown();
    await Promise.all(runs);
    await store.close();
  };
});
afterEach(async () => {
  await stopWorkers();
  await house.close();
  await env.teardown();
});

async function start(published: Published): Promise<string> {
  const caseId = await house.file(published);
  await env.client.workflow.start('caseWorkflow', {
    taskQueue: TASK_QUEUES.kernel, workflowId: caseWorkflowId(MANDRA, caseId), args: [{ caseId, municipality: MANDRA, definitionHash: published.hash, kernelVersion: 1 }],
  });
  return caseId;
}

async function tell(caseId: string, action: { kind: 'reviewed' | 'documentProvided' | 'noteAdded'; payload: object; key: string }): Promise<boolean> {
  await house.cases.recordAction({ municipality: MANDRA, caseId, ...action, actor: staff('desk'), payload: action.payload as never, payloadHash: action.key, graceSeconds: 900 });
  const handle = env.client.workflow.getHandle(caseWorkflowId(MANDRA, caseId));
  const reply = await handle.executeUpdate<{ accepted: boolean }, [object]>(EVENT_UPDATE, { updateId: action.key, args: [{ id: action.key, kind: action.kind }] });
  return reply.accepted;
}

const messagesOf = async (caseId: string): Promise<readonly string[]> =>
  (await house.owner<{ message_id: string }[]>`select message_id from diktyo.effect where case_id = ${caseId} order by planned_at, command_key`).map((row) => row.message_id);

describe('A case that nobody touches', () => {
  it('reminds after a week and again, passes its time, gives up after thirty days and is escalated', async () => {
    const { programme, answers } = await readWildfire();
    const caseId = await start(await house.publish(programme, answers));
    await house.until(caseId, ({ state }) => state.currentStep === 'papers');
    await env.sleep('8 days');
    await until(async () => (await messagesOf(caseId)).length === 3, 'the first reminder');
    expect([...(await messagesOf(caseId))].sort()).toEqual(['papersAsked', 'papersReminder', 'received']);
    await env.sleep('7 days');
    await until(async () => (await messagesOf(caseId)).length === 4, 'the second reminder');
    await env.sleep('2 days');
    await house.until(caseId, ({ state }) => state.steps['papers']?.overdueAt !== undefined, 'the due instant to pass');
    await env.sleep('15 days');
    const given = await house.until(caseId, ({ state }) => state.currentStep === 'missingPapers', 'giving up');
    expect(given.tasks).toEqual([expect.objectContaining({ taskKey: 'missingPapers#1', role: 'desk' })]);
    await env.sleep('14 days');
    const escalated = await house.until(caseId, ({ state }) => state.escalatedTo === 'supervisor', 'the escalation');
    expect(escalated.tasks).toEqual([expect.objectContaining({ taskKey: 'missingPapers#1', role: 'supervisor' })]);
    expect(escalated.status.holder).toEqual({ kind: 'municipality', role: 'supervisor' });
  });

  it('stops reminding when the papers come, and its timers are gone', async () => {
    const { programme, answers } = await readWildfire();
    const caseId = await start(await house.publish(programme, answers));
    await house.until(caseId, ({ state }) => state.currentStep === 'papers');
    for (const documentKind of ['identityPaper', 'lastE1', 'largeFamilyCertificate', 'disabilityOpinion']) {
      expect(await tell(caseId, { kind: 'documentProvided', payload: { documentKind, documentIds: [] }, key: documentKind })).toBe(true);
    }
    await env.sleep('5 days');
    const file = await house.read(caseId);
    expect(Object.keys(file.state.timers)).toEqual(['deskReview#1']);
    expect(await messagesOf(caseId)).toHaveLength(2);
  });

  it('wakes after a wait of thirty days, at the hour that was said', async () => {
    const published = await house.publish(programmeOf([STEPS.wait('pause', { until: { days: 30, time: '09:00' }, next: 'look' }), STEPS.review('look'), STEPS.end()]).programme);
    const caseId = await start(published);
    const waiting = await house.until(caseId, ({ state }) => state.currentStep === 'pause');
    await env.sleep('31 days');
    const file = await house.until(caseId, ({ state }) => state.currentStep === 'look');
    expect(file.state.steps['look']?.enteredAt).toBe(waiting.status.dueAt);
  });
});

describe('A message that cannot be sent', () => {
  it('is tried seven times, farther and farther apart, then parked for a person', async () => {
    door = createFailingDemo();
    const published = await house.publish(programmeOf([STEPS.notify('tell', { next: 'look' }), STEPS.review('look'), STEPS.end()]).programme);
    const caseId = await start(published);
    await house.until(caseId, ({ effects }) => (effects[0]?.attempts ?? 0) >= 1);
    await env.sleep('1 hour');
    const file = await house.until(caseId, ({ state }) => state.incidents.length > 0, 'the incident');
    expect(file).toMatchObject({ state: { currentStep: 'look', incidents: [{ code: 'message.notSent' }] }, effects: [{ attempts: 7, status: 'notSent' }] });
  });
});

describe('An event that cannot be decided', () => {
  it('is taken up again by a timer until it can; others pass, a person is told, and nothing is lost', async () => {
    const published = await house.publish(programmeOf([STEPS.review('look'), STEPS.end()]).programme);
    const caseId = await start(published);
    await house.until(caseId, ({ state }) => state.currentStep === 'look');
    isDatabaseAway = true;
    const reply = tell(caseId, { kind: 'noteAdded', payload: { note: 'α' }, key: 'note' });
    await env.sleep('20 seconds');
    isDatabaseAway = false;
    await env.sleep('30 minutes');
    expect(await reply).toBe(true);
    const file = await house.read(caseId);
    expect(file.history.filter(({ eventId }) => eventId === 'note')).toHaveLength(1);
    expect(file.state.incidents.every(({ settledAt }) => settledAt !== undefined)).toBe(true);
  });
});
