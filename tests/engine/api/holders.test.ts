import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '#definitions/types/programme.js';
import type { QueueView, TaskView } from '#definitions/types/wire.js';
import type { Door, SignedIn } from './door.js';
import { MANDRA, MARATHON, call, fileVolunteer, newKey, openDoor } from './door.js';

const OF_THE_QUEUE = ['desk', 'inspector', 'decider', 'supervisor'] as const satisfies readonly Role[];

let door: Door;
let owner: postgres.Sql;
let caseId: string;
/** One of each role, who looks on; and the desk's second. */
const staff = {} as Record<Role | 'colleague', SignedIn>;

beforeAll(async () => {
  door = await openDoor();
  owner = postgres(door.database.ownerUrl, { max: 1, onnotice: () => undefined });
  for (const role of [...OF_THE_QUEUE, 'administrator'] as const) staff[role] = await door.signIn([{ municipality: MANDRA, role }]);
  staff.colleague = await door.signIn([{ municipality: MANDRA, role: 'desk' }]);
  caseId = (await fileVolunteer(door)).applicationId;
});
afterAll(async () => {
  await owner?.end();
  await door?.close();
});

async function openTask(role: Role): Promise<string> {
  const [task] = await owner<{ id: string }[]>`
    insert into diktyo.task (municipality, case_id, task_key, step_id, role, title)
    values (${MANDRA}, ${caseId}, ${randomUUID()}, 'review', ${role}, '{"el": "Έλεγχος", "en": "Review"}') returning task_id as id`;
  return task?.id ?? '';
}

const ask = async (what: 'claim' | 'give-back', { taskId, as, key = newKey(), municipality = MANDRA }: { taskId: string; as: SignedIn; key?: string; municipality?: string }) => {
  const response = await call(door, 'POST', `/api/v1/staff/${municipality}/tasks/${taskId}/${what}`, { as, key, body: {} });
  return { status: response.statusCode, body: response.json<TaskView & { code?: string }>() };
};
const seen = async (taskId: string, as: SignedIn, scope = 'all'): Promise<TaskView | undefined> =>
  (await call(door, 'GET', `/api/v1/staff/${MANDRA}/queue?limit=200&scope=${scope}`, { as })).json<QueueView>().tasks.find((task) => task.taskId === taskId);

describe('who may claim', () => {
  it.each(OF_THE_QUEUE.flatMap((reader) => OF_THE_QUEUE.map((task) => [reader, task] as const)))('the %s a task of the %s: what the queue offers is what is allowed', async (reader, role) => {
    const taskId = await openTask(role);
    const offered = await seen(taskId, staff[reader]);
    const allowed = reader === role || reader === 'supervisor';
    expect(offered?.mayClaim ?? false).toBe(allowed);
    const { status, body } = await ask('claim', { taskId, as: staff[reader] });
    if (allowed) {
      expect([status, body.claimedByMe, body.mayClaim, body.mayGiveBack]).toEqual([200, true, false, true]);
      expect((await seen(taskId, staff[reader], 'mine'))?.mayGiveBack).toBe(true);
    } else {
      expect([status, body.code]).toEqual([403, 'task.otherRole']);
      expect(await seen(taskId, staff.supervisor)).toMatchObject({ claimed: false, mayClaim: true });
    }
  });

  it('an administrator nothing', async () => {
    const taskId = await openTask('desk');
    for (const what of ['claim', 'give-back'] as const) expect((await ask(what, { taskId, as: staff.administrator })).body.code).toBe('access.forbidden');
  });
});

describe('who may give back', () => {
  it.each([
    ['desk', true, 200],
    ['colleague', false, 409],
    ['supervisor', true, 200],
  ] as const)('what the desk holds, the %s: %s', async (who, offered, status) => {
    const taskId = await openTask('desk');
    await ask('claim', { taskId, as: staff.desk });
    expect((await seen(taskId, staff[who]))?.mayGiveBack).toBe(offered);
    const answer = await ask('give-back', { taskId, as: staff[who] });
    expect(answer.status).toBe(status);
    if (status === 200) {
      expect(answer.body).toMatchObject({ taskId, claimed: false, claimedByMe: false, mayClaim: true, mayGiveBack: false });
      expect(await seen(taskId, staff.colleague)).toMatchObject({ claimed: false, mayClaim: true });
      expect((await ask('claim', { taskId, as: staff.colleague })).status).toBe(200);
    } else {
      expect(answer.body).toMatchObject({ code: 'task.claimed' });
      expect(await seen(taskId, staff.desk)).toMatchObject({ claimedByMe: true });
    }
  });

  it('somebody who lost the role of the task nothing, but a supervisor still frees it', async () => {
    const leaving = await door.signIn([{ municipality: MANDRA, role: 'inspector' }]);
    const taskId = await openTask('inspector');
    await ask('claim', { taskId, as: leaving });
    await door.revoke(leaving.subject, { municipality: MANDRA, role: 'inspector' });
    expect((await ask('give-back', { taskId, as: leaving })).body.code).toBe('access.forbidden');
    expect((await ask('give-back', { taskId, as: staff.supervisor })).status).toBe(200);
    expect(await seen(taskId, staff.inspector)).toMatchObject({ mayClaim: true });
  });

  it('nobody what is closed, unknown or elsewhere: all three are the same', async () => {
    const taskId = await openTask('desk');
    await ask('claim', { taskId, as: staff.desk });
    const elsewhere = await door.signIn([{ municipality: MARATHON, role: 'supervisor' }]);
    const answers = [await ask('give-back', { taskId, as: elsewhere, municipality: MARATHON }), await ask('give-back', { taskId: randomUUID(), as: staff.supervisor })];
    await owner`update diktyo.task set closed_at = now() where task_id = ${taskId}`;
    answers.push(await ask('give-back', { taskId, as: staff.desk }), await ask('give-back', { taskId, as: staff.supervisor }));
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array.from({ length: 4 }, () => [404, 'task.notFound']));
  });
});

describe('a task given back', () => {
  it('twice with one key is given back once, and the record says by whom and whose it was', async () => {
    const taskId = await openTask('desk');
    await ask('claim', { taskId, as: staff.desk });
    const key = newKey();
    const [first, again] = [await ask('give-back', { taskId, as: staff.supervisor, key }), await ask('give-back', { taskId, as: staff.supervisor, key })];
    expect(again).toEqual(first);
    const accounts = await owner<{ account: string; subject: string }[]>`select account, subject from diktyo.staff_account where subject in ${owner([staff.desk.subject, staff.supervisor.subject])}`;
    const accountOf = ({ subject }: SignedIn): string => accounts.find((one) => one.subject === subject)?.account ?? '';
    const rows = await owner`select action, actor, case_id, detail from diktyo.audit_entry where detail->>'taskId' = ${taskId} order by audit_id`;
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { action: 'taskClaimed', actor: { kind: 'staff', account: accountOf(staff.desk) }, case_id: caseId, detail: { taskId } },
      { action: 'taskGivenBack', actor: { kind: 'staff', account: accountOf(staff.supervisor) }, case_id: caseId, detail: { taskId, heldBy: accountOf(staff.desk) } },
    ]);
  });

  it('is refused without a key, like every write', async () => {
    const taskId = await openTask('desk');
    const response = await door.app.inject({ method: 'POST', url: `/api/v1/staff/${MANDRA}/tasks/${taskId}/give-back`, headers: { cookie: staff.desk.cookie, 'x-csrf-token': staff.desk.csrf } });
    expect(response.statusCode).toBe(400);
  });
});
