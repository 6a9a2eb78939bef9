import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '#commands/servers/ports.js';
import type { TemporalDevServer } from '#commands/servers/temporal-dev-server.js';
import { startTemporalDevServer } from '#commands/servers/temporal-dev-server.js';
import { createFailingDemo } from '#engine/connect/messages/failing-demo.js';
import { createCatcher } from '#engine/connect/messages/catcher.js';
import type { MessageDoor } from '#engine/connect/messages/message-door.js';
import type { Step } from '#definitions/types/programme.js';
import { caseWorkflowId, deliveryWorkflowId, EVENT_UPDATE, lateEventWorkflowId } from '#engine/contract/kernel.js';
import type { Running } from '#engine/contract/settings.js';
import { startRelay } from '#engine/relay/main.js';
import { createTracking } from '#engine/cases/tracking.js';
import { openStore } from '#engine/store/connection.js';
import { startWorker } from '#workflows/worker/main.js';
import { workflowCode } from '#workflows/worker/workflow-code.js';
import { programmeOf, STEPS } from '../engine/decide/story.js';
import { TEMPORAL_TEST_SETTINGS } from '../support/temporal-settings.js';
import { fetchHistories, findUnreplayable, keep } from './replaying.js';
import type { House } from './running.js';
import { CITIZEN, MANDRA, openHouse, readWildfire, staff, until, walkWildfire } from './running.js';

/** Few enough that a lively case lives through several runs. */
const EVENTS_OF_A_RUN = 60;

let folder: string;
let temporal: TemporalDevServer;
let house: House;
let parts: Running[];
let client: Client;
let door: MessageDoor = createCatcher();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diktyo-commands-'));
  temporal = await startTemporalDevServer({
    file: join(folder, 'temporal.db'),
    port: await freePort(),
    dynamicConfig: { ...TEMPORAL_TEST_SETTINGS.dynamicConfig, 'limit.historyCount.suggestContinueAsNew': String(EVENTS_OF_A_RUN) },
  });
  house = await openHouse({ address: temporal.address, namespace: 'default' });
  const leading: MessageDoor = { kind: 'test', channels: ['email', 'sms'], send: (message) => door.send(message), close: () => Promise.resolve() };
  parts = [await startWorker(house.settings('diktyo_worker'), { door: leading }), await startRelay(house.settings('diktyo_relay'))];
  client = new Client({ connection: await Connection.connect({ address: temporal.address }) });
});
afterAll(async () => {
  await Promise.all(parts.map((part) => part.close()));
  await client.connection.close();
  await house.close();
  await temporal.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function fileCase(steps: readonly Step[], answers: Record<string, boolean> = { fit: true }): Promise<string> {
  return house.file(await house.publish(programmeOf([...steps, STEPS.end()]).programme, answers));
}

async function keepCase(caseId: string, name: string): Promise<void> {
  keep('case', { name, history: await client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).fetchHistory() });
}

const idle = (caseId: string): Promise<unknown> => house.until(caseId, ({ effects }) => effects.every(({ status }) => status !== 'planned' && status !== 'trying'));

describe('Every command of the kernel', () => {
  it('deliver, timerSet, timerCancel, end: a case from filing to the last payment', async () => {
    const { programme, answers } = await readWildfire();
    const caseId = await house.file(await house.publish(programme, answers));
    await house.until(caseId, ({ state }) => state.currentStep === 'papers');
    await walkWildfire(house, caseId);
    await client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).result();
    await keepCase(caseId, 'wildfire-paid-in-full');
  });

  it('timerSet that fires: a time that had passed escalates', async () => {
    const caseId = await fileCase([STEPS.review('look', { due: { days: 0, time: '00:00', from: 'filed' } })]);
    await house.until(caseId, ({ state }) => state.escalatedTo === 'supervisor');
    expect(await house.act(caseId, { kind: 'reviewed', payload: { stepId: 'look', outcome: 'good' }, actor: staff('supervisor') })).toBe('accepted');
    await client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).result();
    await keepCase(caseId, 'timer-fired');
  });

  it('call that comes back, and one that fails, is settled and tried again', async () => {
    const good = await fileCase([STEPS.call('ask', { activity: 'demo-postcode', input: { postcode: '19600' }, next: 'look' }), STEPS.review('look')]);
    expect((await house.until(good, ({ state }) => state.currentStep === 'look')).state.findings['ask']).toEqual({ isKnown: true, district: 'east' });
    await house.act(good, { kind: 'withdrawn', payload: {}, actor: CITIZEN });
    await client.workflow.getHandle(caseWorkflowId(MANDRA, good)).result();
    await keepCase(good, 'call-finished');
    const bad = await fileCase([STEPS.call('ask', { activity: 'demo-failing', input: {} })]);
    await house.until(bad, ({ state }) => state.incidents.length === 1);
    await house.act(bad, { kind: 'incidentSettled', payload: { incidentId: 'incident-1', resolution: 'retry' }, actor: staff('desk') });
    await house.until(bad, ({ state }) => state.incidents.length === 2);
    await house.act(bad, { kind: 'incidentSettled', payload: { incidentId: 'incident-2', resolution: 'drop' }, actor: staff('desk') });
    await client.workflow.getHandle(caseWorkflowId(MANDRA, bad)).result();
    await keepCase(bad, 'call-failed-and-settled');
  });

  it('deliver that is parked, and settled after the end of the case by an event of its own', async () => {
    door = createFailingDemo({ mayRetry: false });
    const caseId = await fileCase([STEPS.notify('tell')]);
    await house.until(caseId, ({ state }) => state.incidents.length > 0);
    await client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).result();
    door = createCatcher();
    await keepCase(caseId, 'message-parked');
    expect(await house.act(caseId, { kind: 'incidentSettled', payload: { incidentId: 'incident-1', resolution: 'retry' }, actor: staff('desk'), key: 'settled' })).toBe('accepted');
    await house.until(caseId, ({ effects }) => effects[0]?.status === 'sent');
    keep('late-event', { name: 'message-sent-again', history: await client.workflow.getHandle(lateEventWorkflowId(MANDRA, caseId, 'settled')).fetchHistory() });
  });

  it('deliver that is told again while it is under way: one attempt at a time, nothing uncertain', async () => {
    door = createFailingDemo({ mayRetry: true });
    const caseId = await fileCase([STEPS.review('look', { outcomes: [{ id: 'good', title: { el: 'α', en: 'a' }, next: 'tell' }] }), STEPS.notify('tell', { next: 'then' }), STEPS.review('then')]);
    await house.until(caseId, ({ state }) => state.currentStep === 'look');
    expect(await house.act(caseId, { kind: 'reviewed', payload: { stepId: 'look', outcome: 'good' }, actor: staff('desk'), key: 'once' })).toBe('accepted');
    await house.until(caseId, ({ effects }) => effects[0]?.status === 'notSent');
    const again = await client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).executeUpdate<{ accepted: boolean }, [object]>(EVENT_UPDATE, { updateId: 'again', args: [{ id: 'once', kind: 'reviewed' }] });
    expect(again.accepted).toBe(true);
    door = createCatcher();
    const file = await house.until(caseId, ({ effects }) => effects[0]?.status === 'sent');
    expect(file.state.incidents).toEqual([]);
    expect(await house.act(caseId, { kind: 'reviewed', payload: { stepId: 'then', outcome: 'good' }, actor: staff('desk') })).toBe('accepted');
    await client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).result();
    await keepCase(caseId, 'effect-told-twice');
  });

  it('a one-time code, which no case sends', async () => {
    const caseId = await fileCase([STEPS.review('look')]);
    await house.until(caseId, ({ state }) => state.currentStep === 'look');
    const [row] = await house.owner<{ tracking_code_hash: string }[]>`select tracking_code_hash from diktyo.application where application_id = ${caseId}`;
    const store = openStore({ databaseUrl: house.database.apiUrl, connectionsMax: 1, application: 'tests', log: () => undefined });
    const opened = await createTracking(store).openChallenge({ municipality: MANDRA, trackingCodeHash: row?.tracking_code_hash ?? '', channel: 'sms', codeHash: 'h', code: '135790', minutesValid: 10 });
    await store.close();
    expect(opened).toEqual({ sent: true });
    const effect = async () => (await house.owner<{ command_key: string; status: string; output: { to: string; body: string } | null }[]>`select command_key, status, output from diktyo.effect where case_id = ${caseId}`)[0];
    await until(async () => (await effect())?.status === 'sent', 'the code to be sent');
    expect((await effect())?.output).toMatchObject({ to: '6900000000', body: 'Κωδικός: 135790. Δήμος Μάνδρας - Ειδυλλίας' });
    keep('delivery', { name: 'one-time-code', history: await client.workflow.getHandle(deliveryWorkflowId(MANDRA, `${caseId}/${(await effect())?.command_key ?? ''}`)).fetchHistory() });
  });
});

describe('A lively case', () => {
  it('lives through several runs under concurrent callers, keeps its timer, and loses none of what it was told', async () => {
    const caseId = await fileCase([STEPS.review('look')]);
    await house.until(caseId, ({ state }) => state.currentStep === 'look');
    await idle(caseId);
    const keys = Array.from({ length: 40 }, (_, index) => `note-${index}`);
    const waiting = [...keys];
    const caller = async (): Promise<void> => {
      for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
        expect(await house.act(caseId, { kind: 'noteAdded', payload: { note: key }, actor: staff('desk'), key })).toBe('accepted');
      }
    };
    await Promise.all(Array.from({ length: 5 }, caller));
    const runs = new Set<string>();
    for await (const { runId, workflowId } of client.workflow.list()) if (workflowId === caseWorkflowId(MANDRA, caseId)) runs.add(runId);
    expect(runs.size).toBeGreaterThan(1);
    const history = (await house.read(caseId)).history.map(({ eventId }) => eventId);
    expect(history.filter((eventId) => eventId.startsWith('note-')).sort()).toEqual([...keys].sort());
    const { raw } = await client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).describe();
    expect(raw.workflowExecutionInfo?.status).toBe(1);
    await house.act(caseId, { kind: 'reviewed', payload: { stepId: 'look', outcome: 'good' }, actor: staff('desk') });
    await client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).result();
    await keepCase(caseId, 'after-continue-as-new');
  });
});

describe('All of these histories', () => {
  it('replay', async () => {
    const histories = await fetchHistories(client);
    expect(histories.length).toBeGreaterThan(6);
    expect(await findUnreplayable(await workflowCode(), histories)).toEqual([]);
    expect(JSON.stringify(histories)).not.toMatch(/citizen@example\.org|6900000000|Δοκιμαστική/);
  });
});
