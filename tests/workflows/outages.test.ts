import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseWorkflowId, FILED_EVENT_ID } from '#engine/contract/kernel.js';
import type { Running } from '#engine/contract/settings.js';
import { startCase } from '#engine/relay/hand-over.js';
import type { RunningRelay } from '#engine/relay/main.js';
import { startRelay } from '#engine/relay/main.js';
import { openTemporalClient } from '#engine/relay/temporal-client.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { startWorker } from '#workflows/worker/main.js';
import { programmeOf, STEPS } from '../engine/decide/story.js';
import { builtFolder } from '../support/shared.js';
import type { OwnTemporal } from '../support/temporal.js';
import { startTemporal } from '../support/temporal.js';
import type { House, Published } from './running.js';
import { CITIZEN, MANDRA, openHouse, staff, until } from './running.js';

let folder: string;
let temporal: OwnTemporal;
let house: House;
let published: Published;
const running: Running[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diktyo-outages-'));
  temporal = await startTemporal({ folder });
  house = await openHouse(temporal);
  published = await house.publish(programmeOf([STEPS.notify('tell', { next: 'look' }), STEPS.review('look'), STEPS.end()]).programme);
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(running.splice(0).map((part) => part.close()));
  await house.close();
  await temporal.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A worker in a process of its own, which can be killed. */
async function spawnWorker(): Promise<ChildProcess> {
  const { databaseUrl } = house.settings('diktyo_worker');
  await builtFolder();
  const child = spawn(process.execPath, [join(packageRoot(), 'bin/diktyo.mjs'), 'worker'], {
    env: { ...process.env, DIKTYO_SKIP_BUILD: '1', DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporal.address, DIKTYO_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  return child;
}

describe('Temporal goes away', () => {
  it('while people file and act: nothing is lost, the relay says so, and afterwards everything drains', async () => {
    running.push(await startWorker(house.settings('diktyo_worker')));
    const relay: RunningRelay = await startRelay(house.settings('diktyo_relay'));
    running.push(relay);
    const before = await house.file(published);
    await house.until(before, ({ state }) => state.currentStep === 'look');
    await temporal.kill();
    const meanwhile = await Promise.all(Array.from({ length: 5 }, () => house.file(published)));
    expect(await house.act(before, { kind: 'reviewed', payload: { stepId: 'look', outcome: 'good' }, actor: staff('desk'), key: 'the-review', deadlineMs: 1_500, graceSeconds: 1 })).toBe('not delivered');
    await until(async () => (await relay.health()).isTemporalAway, 'the relay to notice');
    expect((await relay.health()).waiting).toBeGreaterThan(0);
    await temporal.restart();
    await until(async () => !(await relay.health()).isTemporalAway, 'the relay to recover');
    for (const caseId of meanwhile) await house.until(caseId, ({ state }) => state.currentStep === 'look');
    await house.until(before, ({ state }) => state.status === 'closed', 'the action to arrive');
    expect((await house.read(before)).history.filter(({ eventId }) => eventId === 'the-review')).toEqual([expect.objectContaining({ accepted: true })]);
    await until(async () => (await house.owner`select 1 from diktyo.outbox where sent_at is null`).length === 0, 'an empty outbox');
  });
});

describe('A worker killed in the middle of a decision', () => {
  it('leaves the case decided once, by whoever comes next', async () => {
    const child = await spawnWorker();
    const starting = openTemporalClient({ address: temporal.address, namespace: 'default', tls: false });
    const caseId = await house.file(published);
    // The decision hangs at its write, behind a lock that this test holds.
    const locked = await house.owner.reserve();
    await locked`begin`;
    await locked`select 1 from diktyo.case_record where case_id = ${caseId} for update`;
    await startCase(starting, { municipality: MANDRA, caseId, definitionHash: published.hash });
    await until(async () => (await house.owner`select 1 from pg_stat_activity where application_name = 'diktyo-worker' and wait_event_type = 'Lock' and datname = current_database()`).length > 0, 'the write to hang');
    child.kill('SIGKILL');
    await locked`rollback`;
    locked.release();
    running.push(await startWorker(house.settings('diktyo_worker')));
    const file = await house.until(caseId, ({ state, effects }) => state.currentStep === 'look' && effects[0]?.status === 'sent');
    expect(file.history.map(({ eventId }) => eventId)).toEqual([FILED_EVENT_ID]);
    expect(file).toMatchObject({ version: 1, effects: [{ attempts: 1 }], tasks: [{ taskKey: 'look#1' }] });
    await starting.connection.close();
  });
});

describe('A kernel whose history was lost', () => {
  it('starts anew at the first action and takes the case up where it stands', async () => {
    running.push(await startWorker(house.settings('diktyo_worker')), await startRelay(house.settings('diktyo_relay')));
    const caseId = await house.file(published);
    await house.until(caseId, ({ state, effects }) => state.currentStep === 'look' && effects[0]?.status === 'sent');
    await house.act(caseId, { kind: 'noteAdded', payload: { note: 'α' }, actor: staff('desk') });
    // As after the loss of Temporal's own database: the same address, and nothing remembered.
    await temporal.kill();
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
    await temporal.restart();
    expect(await house.act(caseId, { kind: 'withdrawn', payload: {}, actor: CITIZEN, key: 'away', graceSeconds: 1, deadlineMs: 2_000 })).toMatch(/not delivered|accepted/);
    const file = await house.until(caseId, ({ state }) => state.status === 'closed', 'the relay to start the kernel anew');
    expect(file.effects).toEqual([expect.objectContaining({ status: 'sent', attempts: 1 })]);
    const client = new Client({ connection: await Connection.connect({ address: temporal.address }) });
    await client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).result();
    await client.connection.close();
  });
});
