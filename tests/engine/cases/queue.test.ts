import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCases } from '#engine/cases/cases.js';
import type { Cases } from '#engine/contract/rooms.js';
import { createRegister } from '#engine/register/register.js';
import type { Store } from '#engine/store/connection.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';
import { CLERK, MANDRA, MARATHON, openTestStore, publishSample, sampleFiling } from '../register/sample-case.js';

const TASKS = 5_000;
const LATE = 300;
const READING = { reader: CLERK, purpose: 'test' } as const;
const ROLES = ['desk', 'inspector', 'decider'] as const;

let database: TestDatabase;
let store: Store;
let cases: Cases;
let owner: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  await publishSample(database);
  store = openTestStore(database.apiUrl);
  cases = createCases(store);
  const filing = sampleFiling();
  await createRegister(store).submit(filing);
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  // A morning in a burnt town: many share a due instant, every tenth is nobody's hurry.
  await owner`
    insert into diktyo.task (municipality, case_id, task_key, step_id, role, title, due_at, claimed_by)
    select ${MANDRA}, ${filing.applicationId}, 't#' || n, case when n % 3 = 0 then 'review' else 'inspect' end,
      (array['desk', 'inspector', 'decider'])[1 + n % 3], '{"el": "Έλεγχος", "en": "Check"}',
      case when n % 10 = 0 then null when n <= ${LATE} then now() - interval '3 days' else now() + (n / 100) * interval '1 day' + interval '2 days' end,
      case when n % 50 = 0 then 'clerk-1' end
    from generate_series(1, ${TASKS}) as n`;
  await owner`analyze diktyo.task`;
});

afterAll(async () => {
  await store.close();
  await owner.end();
  await database.drop();
});

describe('a queue of 5,000 open tasks', () => {
  it('is gone through page by page, each task once and in order of urgency', async () => {
    const seen: { taskId: string; due: string }[] = [];
    for (let after: string | undefined; ; after = seen.at(-1)?.taskId) {
      const page = await cases.queue({ municipality: MANDRA, roles: ROLES, limit: 201, ...READING, ...(after === undefined ? {} : { after }) });
      seen.push(...page.map(({ taskId, dueAt }) => ({ taskId, due: dueAt ?? 'none' })));
      if (page.length === 0) break;
    }
    expect(new Set(seen.map(({ taskId }) => taskId)).size).toBe(TASKS);
    expect(seen).toHaveLength(TASKS);
    expect(seen.map(({ due }) => due)).toEqual(seen.map(({ due }) => due).toSorted());
  });

  it('is counted by programme and step, with what is late, whoever holds it', async () => {
    const dayEnd = new Date(Date.now() + 3_600_000).toISOString();
    const counts = await cases.countQueue({ municipality: MANDRA, roles: ROLES, dayEnd });
    expect(counts.map(({ programmeId, stepId }) => `${programmeId}/${stepId}`)).toEqual(['aid/inspect', 'aid/review']);
    expect(counts.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(TASKS);
    expect(counts.reduce((sum, { overdue }) => sum + overdue, 0)).toBe(LATE - LATE / 10);
    const mine = await cases.countQueue({ municipality: MANDRA, roles: ROLES, account: 'clerk-1', dayEnd });
    expect(mine.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(TASKS / 50);
    expect(await cases.countQueue({ municipality: MARATHON, roles: ROLES, dayEnd })).toEqual([]);
  });

  it.each([
    ['a step', { stepId: 'review' }, (task: { stepId: string }) => task.stepId === 'review'],
    ['a programme that has none', { programmeId: 'other' }, () => false],
    ['what is late', { overdue: true as const }, (task: { dueAt?: string }) => (task.dueAt ?? '9') < new Date().toISOString()],
  ])('can be held to %s', async (_, filter, fits) => {
    const shown = await cases.queue({ municipality: MANDRA, roles: ROLES, limit: 201, filter, ...READING });
    const first = await cases.queue({ municipality: MANDRA, roles: ROLES, limit: 201, ...READING });
    expect(shown.every(fits)).toBe(true);
    expect(shown.length).toBeGreaterThanOrEqual(first.filter(fits).length);
  });

  it('shows the next page although the last task shown has been done meanwhile', async () => {
    const [first, second, third] = await cases.queue({ municipality: MANDRA, roles: ROLES, limit: 3, ...READING });
    await owner`update diktyo.task set closed_at = now() where task_id = ${second?.taskId ?? ''}`;
    const after = await cases.queue({ municipality: MANDRA, roles: ROLES, limit: 1, after: second?.taskId ?? '', ...READING });
    expect(after.map(({ taskId }) => taskId)).toEqual([third?.taskId]);
    expect(first?.taskId).not.toBe(third?.taskId);
  });

  it('is read from the index in order of urgency, never sorted: a page costs what it shows', async () => {
    // The statement of `read_queue` as the server plans it when it does not know the page's place.
    await owner`set plan_cache_mode = force_generic_plan`;
    await owner`select set_config('diktyo.municipality', ${MANDRA}, false)`;
    await owner.unsafe(`prepare page (text, text[], timestamptz, text) as
      select task_id from diktyo.task where municipality = $1 and closed_at is null and (coalesce(due_at, 'infinity'), task_id) > ($3, $4)
        and role = any ($2) order by coalesce(due_at, 'infinity'), task_id limit 51`);
    const lines = await owner.unsafe(`explain (analyze, costs off) execute page ('${MANDRA}', '{desk,inspector,decider}', now() + interval '20 days', '')`);
    const plan = lines.map((line) => String(line['QUERY PLAN'])).join('\n');
    expect(plan).toMatch(/Index Scan using task_due[\s\S]*Index Cond:.*ROW\(COALESCE\(due_at/);
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });
});
