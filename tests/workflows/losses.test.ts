import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAudit } from '#commands/audit.js';
import { createCatcher } from '#engine/connect/messages/catcher.js';
import type { MessageDoor } from '#engine/connect/messages/message-door.js';
import type { Running } from '#engine/contract/settings.js';
import { caseWorkflowId } from '#engine/contract/kernel.js';
import { resumeCase } from '#engine/relay/hand-over.js';
import { startRelay } from '#engine/relay/main.js';
import type { TemporalClient } from '#engine/relay/temporal-client.js';
import { openTemporalClient } from '#engine/relay/temporal-client.js';
import { startWorker } from '#workflows/worker/main.js';
import { workflowCode } from '#workflows/worker/workflow-code.js';
import { programmeOf, STEPS } from '../engine/decide/story.js';
import type { OwnTemporal } from '../support/temporal.js';
import { startTemporal } from '../support/temporal.js';
import { fetchHistories, findUnreplayable, keep } from './replaying.js';
import type { House } from './running.js';
import { MANDRA, openHouse, staff, until } from './running.js';

const BEAT_MS = 300;

let folder: string;
let temporal: OwnTemporal;
let house: House;
let asking: TemporalClient;
let running: Running[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diktyo-losses-'));
  temporal = await startTemporal({ folder });
  house = await openHouse(temporal);
  asking = openTemporalClient({ address: temporal.address, namespace: 'default', tls: false });
});
afterEach(async () => {
  await stopAll();
  await asking.connection.close();
  await house.close();
  await temporal.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function stopAll(): Promise<void> {
  await Promise.all(running.map((part) => part.close()));
  running = [];
}

/** As when somebody deletes Temporal's data: the same address, and nothing remembered. */
async function loseEverything(): Promise<void> {
  await temporal.kill();
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
}

const noted = { kind: 'noteAdded', payload: { note: 'α' }, actor: staff('desk') } as const;

/** No programme has a deadline in seconds; a kernel that takes a case under way up anew takes its alarms from the record. */
async function bringAlarmForward(caseId: string, seconds: number): Promise<string> {
  const [row] = await house.owner<{ at: string }[]>`
    update diktyo.case_record set state = jsonb_set(jsonb_set(state, '{steps,look,dueAt}', at), '{timers,look#1}', at)
    from (select to_jsonb(diktyo.instant(clock_timestamp() + make_interval(secs => ${seconds}))) as at) as due
    where case_id = ${caseId} returning due.at #>> '{}' as at`;
  return row?.at ?? '';
}

const clockOf = async (): Promise<string> => (await house.owner<{ at: string }[]>`select diktyo.instant(clock_timestamp()) as at`)[0]?.at ?? '';
const reviewed = { kind: 'reviewed', payload: { stepId: 'look', outcome: 'good' }, actor: staff('desk') } as const;

describe('An action that is accepted before a deadline while Temporal is away', () => {
  it('counts as in time, though the timer rings before it is delivered; its delivery hears the answer that was written then', async () => {
    running.push(await startWorker(house.settings('diktyo_worker')));
    const published = await house.publish(programmeOf([STEPS.review('look', { overdue: { next: 'late' }, outcomes: [{ id: 'good', title: { el: 'α', en: 'a' }, next: 'tell' }] }), STEPS.notify('tell', { next: 'then' }), STEPS.review('then'), STEPS.end('late', { outcome: 'expired' }), STEPS.end()]).programme);
    const caseId = await house.file(published);
    const place = { municipality: MANDRA, caseId, definitionHash: published.hash };
    const handle = asking.client.workflow.getHandle(caseWorkflowId(MANDRA, caseId));
    await resumeCase(asking, place);
    await house.until(caseId, ({ state }) => state.currentStep === 'look');
    await house.act(caseId, { ...noted, key: 'note' });
    await handle.terminate();
    const dueAt = await bringAlarmForward(caseId, 8);
    await resumeCase(asking, place);
    await until(async () => ((await handle.fetchHistory()).events ?? []).some((event) => event.timerStartedEventAttributes), 'the kernel to hold the alarm');
    await temporal.kill();
    expect(await house.act(caseId, { ...reviewed, key: 'in-time', deadlineMs: 300, graceSeconds: 0 })).toBe('not delivered');
    expect((await clockOf()) < dueAt).toBe(true);
    // It would find its way back by itself, only later.
    await stopAll();
    await until(async () => (await clockOf()) > dueAt, 'the deadline to pass');
    await temporal.restart();
    running.push(await startWorker(house.settings('diktyo_worker')));

    // No relay runs: the timer is alone with what was accepted.
    const file = await house.until(caseId, ({ state, effects }) => state.currentStep === 'then' && effects[0]?.status === 'sent', 'the alarm');
    expect(file.history.map(({ eventId, accepted }) => [eventId, accepted])).toEqual([['filed', true], ['note', true], ['in-time', true], [`timer/look#1/${dueAt}`, false]]);
    expect(file.state).toMatchObject({ status: 'open', steps: { look: { outcome: 'good' } } });
    expect(Object.keys(file.state.timers)).toEqual(['then#1']);
    expect(await house.act(caseId, { ...reviewed, key: 'in-time' })).toBe('accepted');
    expect((await house.read(caseId)).version).toBe(file.version);
    expect(await house.owner`select 1 from diktyo.outbox where case_id = ${caseId} and kind = 'event' and sent_at is null`).toHaveLength(0);
    expect(await house.act(caseId, { ...reviewed, payload: { stepId: 'then', outcome: 'good' } })).toBe('accepted');
    await handle.result();
    keep('case', { name: 'accepted-before-alarm', history: await handle.fetchHistory() });
    expect(await findUnreplayable(await workflowCode(), await fetchHistories(asking.client))).toEqual([]);
  });
});

describe('Temporal’s database is deleted while the record survives', () => {
  it('every open case rings its next alarm, messages that were planned go out once, closed cases stay closed, and the audit finds nothing', async () => {
    const sent: string[] = [];
    const catcher = createCatcher();
    let isDoorOpen = true;
    const door: MessageDoor = {
      kind: 'test', channels: ['email', 'sms'], close: () => Promise.resolve(),
      send: async (message) => {
        if (!isDoorOpen) return { status: 'notSent', error: 'message.later', mayRetry: true };
        sent.push(message.key);
        return catcher.send(message);
      },
    };
    const options = { watch: { beatMs: BEAT_MS, quietSeconds: 3_600 } };
    const start = async (): Promise<void> => void running.push(await startWorker(house.settings('diktyo_worker'), { door }), await startRelay(house.settings('diktyo_relay'), options), await startRelay(house.settings('diktyo_relay'), options));
    await start();
    const published = await house.publish(programmeOf([STEPS.notify('tell', { next: 'look' }), STEPS.review('look', { overdue: { next: 'late' }, outcomes: [{ id: 'good', title: { el: 'α', en: 'a' }, next: 'bye' }] }), STEPS.notify('bye'), STEPS.end('late', { outcome: 'expired' }), STEPS.end()]).programme);
    const open = await Promise.all(Array.from({ length: 12 }, () => house.file(published)));
    const over = await house.file(published);
    const silent = await house.file(published);
    for (const caseId of [...open, over, silent]) await house.until(caseId, ({ effects }) => effects[0]?.status === 'sent');
    for (const caseId of open) await house.act(caseId, noted);
    expect(await house.act(over, { ...reviewed, key: 'over' })).toBe('accepted');
    await house.until(over, ({ status, effects }) => status.closed && effects.every((effect) => effect.status === 'sent'));
    // Two messages are planned and wait when the clock loses its memory: of an open case, and of one that is closed by then.
    isDoorOpen = false;
    const waiting = await house.file(published);
    await house.until(waiting, ({ effects }) => effects[0]?.status === 'notSent');
    await house.act(waiting, noted);
    expect(await house.act(silent, { ...reviewed, key: 'silent' })).toBe('accepted');
    await house.until(silent, ({ effects, status }) => status.closed && effects.some((effect) => effect.status === 'notSent'));
    await until(async () => (await house.owner`select 1 from diktyo.watch where sentinel_case_id is not null`).length > 0, 'the watch to know a case');

    await loseEverything();
    isDoorOpen = true;
    for (const caseId of [...open, waiting]) await bringAlarmForward(caseId, 2);
    await temporal.restart();

    for (const caseId of [...open, waiting]) await house.until(caseId, ({ state }) => state.outcome === 'expired', 'the alarm to ring');
    for (const caseId of [waiting, silent]) await house.until(caseId, ({ effects }) => effects.every((effect) => effect.status === 'sent'), 'the message to go out');
    expect(new Set(sent).size).toBe(sent.length);
    expect((await house.read(over)).version).toBe(2);
    await until(async () => (await house.owner`select 1 from diktyo.watch where lost_at is not null and not is_urgent and resumed >= 14`).length === 1, 'the round to end');
    let findings: unknown;
    const audit = async (): Promise<boolean> => {
      ({ findings } = await runAudit({ databaseUrl: house.database.urlOf('diktyo_audit'), temporal, graceSeconds: 0 }));
      return (findings as readonly unknown[]).length === 0;
    };
    await until(audit, 'the audit to find nothing').catch(() => expect(findings).toEqual([]));
  });

  it('a case whose kernel alone was ended by force is found by the slow round', async () => {
    running.push(await startWorker(house.settings('diktyo_worker')), await startRelay(house.settings('diktyo_relay'), { watch: { beatMs: BEAT_MS, casesPerMinute: 600 } }));
    const published = await house.publish(programmeOf([STEPS.review('look', { overdue: { next: 'late' } }), STEPS.end('late', { outcome: 'expired' }), STEPS.end()]).programme);
    const [kept, lost] = await Promise.all([house.file(published), house.file(published)]);
    for (const caseId of [kept, lost]) await house.until(caseId, ({ state }) => state.currentStep === 'look');
    await house.act(lost, noted);
    await bringAlarmForward(lost, 1);
    await asking.client.workflow.getHandle(caseWorkflowId(MANDRA, lost)).terminate();
    await house.until(lost, ({ state }) => state.outcome === 'expired', 'the alarm to ring');
    const [watch] = await house.owner`select resumed::int, lost_at from diktyo.watch`;
    expect(watch).toEqual({ resumed: 1, lost_at: null });
    expect((await house.read(kept)).status.closed).toBe(false);
  });
});
