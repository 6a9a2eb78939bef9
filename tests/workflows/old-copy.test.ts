import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAudit } from '#commands/audit.js';
import { createCatcher } from '#engine/connect/messages/catcher.js';
import type { MessageDoor } from '#engine/connect/messages/message-door.js';
import { caseWorkflowId } from '#engine/contract/kernel.js';
import type { Running } from '#engine/contract/settings.js';
import { startRelay } from '#engine/relay/main.js';
import type { TemporalClient } from '#engine/relay/temporal-client.js';
import { openTemporalClient } from '#engine/relay/temporal-client.js';
import { startWorker } from '#workflows/worker/main.js';
import { workflowCode } from '#workflows/worker/workflow-code.js';
import { programmeOf, STEPS } from '../engine/decide/story.js';
import type { OwnTemporal } from '../support/temporal.js';
import { startTemporal } from '../support/temporal.js';
import { fetchHistories, findUnreplayable, keep } from './replaying.js';
import type { House, Published } from './running.js';
import { MANDRA, openHouse, staff, until } from './running.js';

/*
 * Somebody restores a copy of Temporal's data that is older than the record. The record is the truth: its kernels do not know what
 * has happened since, and must learn it, whether the house was stopped meanwhile or not.
 */

const BEAT_MS = 300;

let folder: string;
let copies: string;
let temporal: OwnTemporal;
let house: House;
let asking: TemporalClient;
let published: Published;
let running: Running[] = [];
let sent: string[];
let isDoorOpen: boolean;

beforeEach(async () => {
  [folder, copies] = [mkdtempSync(join(tmpdir(), 'diktyo-old-')), mkdtempSync(join(tmpdir(), 'diktyo-copy-'))];
  temporal = await startTemporal({ folder });
  house = await openHouse(temporal);
  asking = openTemporalClient({ address: temporal.address, namespace: 'default', tls: false });
  [sent, isDoorOpen] = [[], true];
  published = await house.publish(programmeOf([
    STEPS.notify('tell', { next: 'look' }),
    STEPS.review('look', { overdue: { next: 'late' }, outcomes: [{ id: 'good', title: { el: 'α', en: 'a' }, next: 'again' }] }),
    STEPS.notify('again', { next: 'then' }),
    STEPS.review('then', { overdue: { next: 'late' }, outcomes: [{ id: 'good', title: { el: 'α', en: 'a' }, next: 'bye' }] }),
    STEPS.notify('bye'),
    STEPS.end('late', { outcome: 'expired' }),
    STEPS.end(),
  ]).programme);
});
afterEach(async () => {
  await stopAll();
  await asking.connection.close();
  await house.close();
  await temporal.stop();
  for (const each of [folder, copies]) rmSync(each, { recursive: true, force: true });
});

async function startAll(): Promise<void> {
  const catcher = createCatcher();
  const door: MessageDoor = {
    kind: 'test', channels: ['email', 'sms'], close: () => Promise.resolve(),
    send: async (message) => {
      if (!isDoorOpen) return { status: 'notSent', error: 'message.later', mayRetry: true };
      sent.push(message.key);
      return catcher.send(message);
    },
  };
  running.push(await startWorker(house.settings('diktyo_worker'), { door }), await startRelay(house.settings('diktyo_relay'), { watch: { beatMs: BEAT_MS, settledSeconds: 1 } }));
}

async function stopAll(): Promise<void> {
  await Promise.all(running.map((part) => part.close()));
  running = [];
}

/** The data are copied while the server is stopped: a file that is being written is no copy. */
async function keepCopy(): Promise<void> {
  await temporal.kill();
  cpSync(folder, copies, { recursive: true });
  await temporal.restart();
}

async function putCopyBack(): Promise<void> {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
  cpSync(copies, folder, { recursive: true });
  await temporal.restart();
}

const act = async (caseId: string, stepId: string): Promise<void> => {
  // The server has just come back: what is not delivered now is carried by the relay.
  const heard = await house.act(caseId, { kind: 'reviewed', payload: { stepId, outcome: 'good' }, actor: staff('desk'), graceSeconds: 0 });
  expect(['accepted', 'not delivered', 'no reply']).toContain(heard);
};
const at = (caseId: string, step: string): Promise<unknown> => house.until(caseId, ({ state, effects }) => state.currentStep === step && effects.every(({ status }) => status === 'sent'), `the case to come to ${step}`);
const closed = (caseId: string): Promise<unknown> => house.until(caseId, ({ status, effects }) => status.closed && effects.every((effect) => effect.status === 'sent'), 'the case to close');

/** No programme has a deadline in seconds; whoever takes a case up from the record takes its alarms from there. */
async function bringAlarmForward(caseId: string): Promise<void> {
  await house.owner`
    update diktyo.case_record set state = jsonb_set(jsonb_set(state, '{steps,then,dueAt}', at), '{timers,then#1}', at)
    from (select to_jsonb(diktyo.instant(clock_timestamp() + interval '1 second')) as at) as due where case_id = ${caseId}`;
}

async function statusOf(caseId: string): Promise<string> {
  const { status } = await asking.client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).describe();
  return status.name;
}

describe('An old copy of Temporal’s data is put back beside a newer record', () => {
  it.each([['while the house is stopped', true], ['while workers and relays run on', false]])('%s: every case goes on from the record, nothing is done twice, and the audit finds nothing', async (_when, isHouseStopped) => {
    await startAll();
    const [still, moved, over, waiting] = await Promise.all([house.file(published), house.file(published), house.file(published), house.file(published)]);
    for (const caseId of [still, moved, over, waiting]) await at(caseId, 'look');
    await keepCopy();
    // Life goes on: of this the copy knows nothing.
    for (const caseId of [moved, over, waiting]) await act(caseId, 'look');
    const [young, brief] = [await house.file(published), await house.file(published)];
    await at(young, 'look');
    await at(brief, 'look');
    await act(brief, 'look');
    for (const caseId of [moved, over, waiting, brief]) await at(caseId, 'then');
    for (const caseId of [over, brief]) await act(caseId, 'then');
    for (const caseId of [over, brief]) await closed(caseId);
    isDoorOpen = false;
    await act(waiting, 'then');
    await house.until(waiting, ({ status, effects }) => status.closed && effects.some((effect) => effect.status === 'notSent'), 'a message to wait');
    const before = new Map(await Promise.all([still, moved, over, young, brief, waiting].map(async (caseId) => [caseId, (await house.read(caseId)).version] as const)));

    if (isHouseStopped) await stopAll();
    await temporal.kill();
    isDoorOpen = true;
    await bringAlarmForward(moved);
    await putCopyBack();
    if (isHouseStopped) {
      expect(await statusOf(over)).toBe('RUNNING');
      await startAll();
    }

    await house.until(moved, ({ state }) => state.outcome === 'expired', 'an alarm to ring that the copy does not know');
    await closed(waiting);
    for (const caseId of [still, young]) {
      await act(caseId, 'look');
      await at(caseId, 'then');
      await act(caseId, 'then');
      await closed(caseId);
    }
    for (const caseId of [over, brief, waiting]) expect((await house.read(caseId)).version).toBe(before.get(caseId));
    expect((await house.read(moved)).version).toBe((before.get(moved) ?? 0) + 1);
    await until(async () => (await statusOf(over)) === 'COMPLETED', 'the kernel of a closed case to end');
    expect(new Set(sent).size).toBe(sent.length);
    for (const caseId of before.keys()) expect((await house.read(caseId)).state?.incidents).toEqual([]);
    let findings: unknown;
    const audit = async (): Promise<boolean> => {
      ({ findings } = await runAudit({ databaseUrl: house.database.urlOf('diktyo_audit'), temporal, graceSeconds: 0 }));
      return (findings as readonly unknown[]).length === 0;
    };
    await until(audit, 'the audit to find nothing').catch(() => expect(findings).toEqual([]));
    const [watch] = await house.owner<{ mended: number }[]>`select mended::int from diktyo.watch where lost_at is not null and not is_urgent`;
    expect(watch?.mended).toBeGreaterThan(1);
    if (isHouseStopped) keep('case', { name: 'sent-to-the-record', history: await asking.client.workflow.getHandle(caseWorkflowId(MANDRA, moved)).fetchHistory() });
    expect(await findUnreplayable(await workflowCode(), await fetchHistories(asking.client))).toEqual([]);
  });
});
