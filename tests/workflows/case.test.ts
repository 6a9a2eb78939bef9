import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseWorkflowId } from '#engine/contract/kernel.js';
import type { Running } from '#engine/contract/settings.js';
import { startRelay } from '#engine/relay/main.js';
import { startWorker } from '#workflows/worker/main.js';
import { programmeOf, STEPS } from '../engine/decide/story.js';
import type { OwnTemporal } from '../support/temporal.js';
import { startTemporal } from '../support/temporal.js';
import type { House, Published } from './running.js';
import { CITIZEN, MANDRA, openHouse, readWildfire, staff, walkWildfire } from './running.js';

let temporal: OwnTemporal;
let house: House;
let wildfire: Published;
let parts: Running[];
let client: Client;

beforeAll(async () => {
  temporal = await startTemporal();
  house = await openHouse(temporal);
  const { programme, answers } = await readWildfire();
  wildfire = await house.publish(programme, answers);
  parts = [await startWorker(house.settings('diktyo_worker')), await startRelay(house.settings('diktyo_relay'))];
  client = new Client({ connection: await Connection.connect({ address: temporal.address }) });
});
afterAll(async () => {
  await Promise.all(parts.map((part) => part.close()));
  await client.connection.close();
  await house.close();
  await temporal.stop();
});

describe('A filed application, on real servers', () => {
  it('becomes a case that goes from papers to the last payment and ends, with every message once', async () => {
    const caseId = await house.file(wildfire);
    await house.until(caseId, (file) => file.state.currentStep === 'papers', 'the papers to be asked for');
    await walkWildfire(house, caseId);
    const file = await house.until(caseId, ({ effects }) => effects.every(({ status }) => status === 'sent'), 'the messages');
    expect(file.state).toMatchObject({ status: 'closed', outcome: 'granted', decision: { approved: true } });
    expect(file.state.parts.map((part) => part.reference)).toEqual(['ΧΕ first', 'ΧΕ second']);
    const sent = await house.owner<{ output: { to: string; subject: string; body: string } }[]>`select output from diktyo.effect where case_id = ${caseId} order by planned_at, command_key`;
    expect(sent.map(({ output }) => output.to)).toEqual(Array.from({ length: 5 }, () => 'citizen@example.org'));
    expect(sent.map(({ output }) => `${output.subject} ${output.body}`).join('\n')).not.toMatch(/[{}—]/);
    expect(sent[0]?.output.subject).toContain(file.protocolNumber);
    const handle = client.workflow.getHandle(caseWorkflowId(MANDRA, caseId));
    await handle.result();
    expect((await handle.describe()).status.name).toBe('COMPLETED');
  });

  it('hears why an action is refused, and the case stays where it was', async () => {
    const caseId = await house.file(wildfire);
    await house.until(caseId, (file) => file.state.currentStep === 'papers');
    expect(await house.act(caseId, { kind: 'decided', payload: { stepId: 'decision', approve: true }, actor: staff('decider') })).toBe('step.notCurrent');
    expect(await house.act(caseId, { kind: 'withdrawn', payload: {}, actor: CITIZEN })).toBe('accepted');
    expect((await house.read(caseId)).status.closed).toBe(true);
  });

  it('does the same action once, however often it is told', async () => {
    const caseId = await house.file(wildfire);
    await house.until(caseId, (file) => file.state.currentStep === 'papers');
    const action = { kind: 'documentAsked' as const, payload: { documentKind: 'lastE1', note: 'Καθαρό αντίγραφο' }, actor: staff('desk'), key: 'the-same-key' };
    const heard = await Promise.all(Array.from({ length: 5 }, () => house.act(caseId, action)));
    expect(heard).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'accepted']);
    const events = (await house.read(caseId)).history.filter(({ eventId }) => eventId === 'the-same-key');
    expect(events).toHaveLength(1);
  });

  it('takes a note after its kernel has ended', async () => {
    const caseId = await house.file(wildfire);
    await house.until(caseId, (file) => file.state.currentStep === 'papers');
    await house.act(caseId, { kind: 'withdrawn', payload: {}, actor: CITIZEN });
    await client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).result();
    expect(await house.act(caseId, { kind: 'noteAdded', payload: { note: 'Τηλεφώνησε.' }, actor: staff('desk') })).toBe('accepted');
  });

  it('of two updates costs no more than seventeen events besides those of its commands', async () => {
    const published = await house.publish(programmeOf([STEPS.review('look'), STEPS.end()]).programme);
    const caseId = await house.file(published);
    await house.until(caseId, (file) => file.state.currentStep === 'look');
    await house.act(caseId, { kind: 'noteAdded', payload: { note: '1' }, actor: staff('desk') });
    await house.act(caseId, { kind: 'withdrawn', payload: {}, actor: CITIZEN });
    const handle = client.workflow.getHandle(caseWorkflowId(MANDRA, caseId));
    await handle.result();
    const { events } = await handle.fetchHistory();
    const kinds = (events ?? []).map((event) => Object.keys(event).find((key) => key.endsWith('EventAttributes')) ?? '');
    // timerSet, timerCancel, end; and tasks that a busy machine let time out.
    const others = kinds.filter((kind) => /^(timer|workflowExecutionCompleted|workflowTaskTimedOut|workflowTaskFailed)/.test(kind));
    const repeated = 2 * others.filter((kind) => /^workflowTask/.test(kind)).length;
    expect(kinds.length - others.length - repeated).toBeLessThanOrEqual(17);
    expect(others.filter((kind) => kind.startsWith('timer'))).toHaveLength(2);
  });
});
