import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '#definitions/types/programme.js';
import { rolesOfQueue } from '#engine/access/permissions.js';
import type { TaskRow } from '#engine/contract/rooms.js';
import { MANDRA, MARATHON } from '../register/sample-case.js';
import { openCaseRoom } from './case-room.js';
import type { CaseRoom } from './case-room.js';

const OF_THE_QUEUE = ['desk', 'inspector', 'decider', 'supervisor'] as const satisfies readonly Role[];
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

let room: CaseRoom;
let caseId: string;
/** An open task of the desk, new for every test. */
let taskId: string;

beforeAll(async () => {
  room = await openCaseRoom();
  caseId = await room.file();
});
afterAll(() => room.close());
beforeEach(async () => {
  taskId = await openTask('desk');
});

async function openTask(role: Role): Promise<string> {
  const [task] = await room.owner<{ id: string }[]>`
    insert into diktyo.task (municipality, case_id, task_key, step_id, role, title)
    values (${MANDRA}, ${caseId}, ${randomUUID()}, 'review', ${role}, '{"el": "Έλεγχος", "en": "Review"}') returning task_id as id`;
  return task?.id ?? '';
}

const close = (): Promise<unknown> => room.owner`update diktyo.task set closed_at = now() where task_id = ${taskId}`;
const claim = (account: string, roles: readonly Role[] = ['desk']) => room.door.claimTask({ municipality: MANDRA, taskId, account, roles });
const giveBack = (account: string) => room.door.giveBackTask({ municipality: MANDRA, taskId, account, any: false });
const release = (account: string) => room.door.giveBackTask({ municipality: MANDRA, taskId, account, any: true });
const holder = async (): Promise<unknown> => (await room.owner`select claimed_by, claimed_at is not null as dated from diktyo.task where task_id = ${taskId}`)[0];
const NOBODY = { claimed_by: null, dated: false };
const written = async (): Promise<readonly unknown[]> =>
  (await room.owner`select action, actor, case_id, detail from diktyo.audit_entry where municipality = ${MANDRA} and detail->>'taskId' = ${taskId} order by audit_id`).map((row) => ({ ...row }));
const row = (action: string, account: string, more: object = {}) => ({ action, actor: { kind: 'staff', account }, case_id: caseId, detail: { taskId, ...more } });

describe('a task is claimed', () => {
  it.each(OF_THE_QUEUE.flatMap((task) => OF_THE_QUEUE.map((held) => [held, task, held === task || held === 'supervisor'] as const)))('by the %s, of the %s: %s', async (held, task, allowed) => {
    taskId = await openTask(task);
    const answer = await claim('clerk-1', rolesOfQueue([held]));
    expect(answer).toEqual(allowed ? expect.objectContaining({ taskId, claimedBy: 'clerk-1' }) : { code: 'task.otherRole' });
    expect(await written()).toEqual(allowed ? [row('taskClaimed', 'clerk-1')] : []);
    expect(await holder()).toEqual(allowed ? { claimed_by: 'clerk-1', dated: true } : NOBODY);
  });

  it('by whoever has its role among several, and by nobody without any', async () => {
    expect(await claim('clerk-1', ['inspector', 'desk'])).toMatchObject({ claimedBy: 'clerk-1' });
    taskId = await openTask('desk');
    expect(await claim('clerk-1', [])).toEqual({ code: 'task.otherRole' });
    expect(await room.api.call('claim_task', [MANDRA, taskId, 'clerk-1', { json: null }])).toEqual({ refusal: { code: 'task.otherRole' } });
    expect(await holder()).toEqual(NOBODY);
  });

  it('once: a repeat hears the same and writes nothing, another hears that it is taken', async () => {
    const first = await claim('clerk-1');
    expect(await claim('clerk-1')).toEqual(first);
    expect(await claim('clerk-2')).toEqual({ code: 'task.claimed' });
    expect(await written()).toEqual([row('taskClaimed', 'clerk-1')]);
  });

  it('by one of two clerks who press at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      taskId = await openTask('desk');
      const answers = await Promise.all([claim('clerk-1'), claim('clerk-2')]);
      const [winner, ...others] = answers.flatMap((answer) => (answer !== null && 'claimedBy' in answer ? [answer.claimedBy] : []));
      expect(others).toEqual([]);
      expect(answers).toContainEqual({ code: 'task.claimed' });
      expect(await holder()).toEqual({ claimed_by: winner, dated: true });
      expect(await written()).toEqual([row('taskClaimed', winner ?? '')]);
    }
  });

  it('by processes of the version before as it was: they name no role', async () => {
    taskId = await openTask('decider');
    expect(await room.api.call('claim_task', [MANDRA, taskId, 'clerk-1'])).toMatchObject({ taskId, claimedBy: 'clerk-1' });
  });
});

describe('a task is given back', () => {
  it('by whoever holds it, and is there for the next', async () => {
    await claim('clerk-1');
    const answer = (await giveBack('clerk-1')) as TaskRow;
    expect(answer).toMatchObject({ taskId, summary: { caseId } });
    expect(answer.claimedBy).toBeUndefined();
    expect(await holder()).toEqual(NOBODY);
    expect(await claim('clerk-2')).toMatchObject({ claimedBy: 'clerk-2' });
    expect(await written()).toEqual([row('taskClaimed', 'clerk-1'), row('taskGivenBack', 'clerk-1', { heldBy: 'clerk-1' }), row('taskClaimed', 'clerk-2')]);
  });

  it('of a colleague by a supervisor alone, and it stays known whose it was', async () => {
    await claim('clerk-1');
    expect(await giveBack('clerk-2')).toEqual({ code: 'task.claimed' });
    expect(await holder()).toMatchObject({ claimed_by: 'clerk-1' });
    expect(await room.api.call('give_back_task', [MANDRA, taskId, 'clerk-2', null])).toEqual({ refusal: { code: 'task.claimed' } });
    expect(await release('clerk-3')).toMatchObject({ taskId });
    expect(await holder()).toEqual(NOBODY);
    expect(await written()).toEqual([row('taskClaimed', 'clerk-1'), row('taskGivenBack', 'clerk-3', { heldBy: 'clerk-1' })]);
  });

  it('once: a repeat, and what nobody had, hear the same and write nothing', async () => {
    expect(await giveBack('clerk-1')).toMatchObject({ taskId });
    expect(await written()).toEqual([]);
    await claim('clerk-1');
    const first = await giveBack('clerk-1');
    expect(await giveBack('clerk-1')).toEqual(first);
    expect(await release('clerk-3')).toEqual(first);
    expect(await written()).toHaveLength(2);
  });

  it('by one of many who try at the same moment', async () => {
    await claim('clerk-1');
    const answers = await Promise.all([...Array.from({ length: 8 }, () => giveBack('clerk-1')), ...Array.from({ length: 8 }, () => release('clerk-3'))]);
    for (const answer of answers) expect(answer).toMatchObject({ taskId });
    expect(await written()).toHaveLength(2);
  });

  it('while a colleague claims it: the colleague has it, or is told that it was taken, and nothing is between', async () => {
    for (let round = 0; round < 10; round += 1) {
      taskId = await openTask('desk');
      await claim('clerk-1');
      const [given, taken] = await Promise.all([giveBack('clerk-1'), claim('clerk-2')]);
      expect(given).toMatchObject({ taskId });
      const isTaken = taken !== null && 'claimedBy' in taken;
      if (!isTaken) expect(taken).toEqual({ code: 'task.claimed' });
      expect(await holder()).toEqual(isTaken ? { claimed_by: 'clerk-2', dated: true } : NOBODY);
      expect(await written()).toHaveLength(isTaken ? 3 : 2);
    }
  });

  it('and a repeat that comes after a colleague has claimed it takes nothing from the colleague', async () => {
    await claim('clerk-1');
    await giveBack('clerk-1');
    await claim('clerk-2');
    expect(await giveBack('clerk-1')).toEqual({ code: 'task.claimed' });
    expect(await holder()).toMatchObject({ claimed_by: 'clerk-2' });
  });
});

describe('a task that is closed, unknown or of another municipality', () => {
  it('is neither claimed nor given back, not by a supervisor either', async () => {
    await claim('clerk-1');
    for (const any of [false, true]) {
      expect(await room.door.giveBackTask({ municipality: MARATHON, taskId, account: 'clerk-1', any })).toBeNull();
      expect(await room.door.giveBackTask({ municipality: MANDRA, taskId: UNKNOWN, account: 'clerk-1', any })).toBeNull();
    }
    expect(await room.door.claimTask({ municipality: MARATHON, taskId, account: 'clerk-1', roles: OF_THE_QUEUE })).toBeNull();
    await close();
    expect([await giveBack('clerk-1'), await release('clerk-3'), await claim('clerk-1')]).toEqual([null, null, null]);
    // Who did it stays written where it was done.
    expect(await holder()).toMatchObject({ claimed_by: 'clerk-1' });
    expect(await written()).toEqual([row('taskClaimed', 'clerk-1')]);
  });
});
