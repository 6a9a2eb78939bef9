import { randomBytes } from 'node:crypto';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKernelActivities } from '#engine/activities/kernel.js';
import { createProgrammeCache } from '#engine/activities/programme-cache.js';
import { createCases } from '#engine/cases/cases.js';
import { caseWorkflowId, EVENT_UPDATE, FILED_EVENT_ID, TASK_QUEUES } from '#engine/contract/kernel.js';
import type { Running } from '#engine/contract/settings.js';
import { createFacts } from '#engine/register/facts.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { startCase } from '#engine/relay/hand-over.js';
import { openTemporalClient } from '#engine/relay/temporal-client.js';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { startWorker } from '#workflows/worker/main.js';
import { bundleSources, workflowCode } from '#workflows/worker/workflow-code.js';
import type { OwnTemporal } from '../support/temporal.js';
import { startTemporal } from '../support/temporal.js';
import { fetchHistories, findUnreplayable } from './replaying.js';
import type { House, Published } from './running.js';
import { CITIZEN, MANDRA, openHouse, readWildfire, staff } from './running.js';

const CASES = 30;
const fixture = (name: string): string => `${packageRoot()}/tests/workflows/fixtures/${name}.ts`;

let temporal: OwnTemporal;
let house: House;
let wildfire: Published;
let client: Client;
let starting: ReturnType<typeof openTemporalClient>;

beforeAll(async () => {
  temporal = await startTemporal();
  house = await openHouse(temporal);
  const { programme, answers } = await readWildfire();
  wildfire = await house.publish(programme, answers);
  starting = openTemporalClient({ address: temporal.address, namespace: temporal.namespace, tls: false });
  client = new Client({ connection: await Connection.connect({ address: temporal.address }) });
});
afterAll(async () => {
  await starting.connection.close();
  await client.connection.close();
  await house.close();
  await temporal.stop();
});

/** Three actions on a case: recorded, and told by id as they come, all at once. */
async function race(caseId: string): Promise<readonly boolean[]> {
  const actions = [
    { kind: 'noteAdded', actor: staff('desk'), payload: { note: 'α' } },
    { kind: 'documentAsked', actor: staff('desk'), payload: { documentKind: 'lastE1' } },
    { kind: 'withdrawn', actor: CITIZEN, payload: {} },
  ] as const;
  const handle = client.workflow.getHandle(caseWorkflowId(MANDRA, caseId));
  const told = actions.map(async ({ kind, actor, payload }) => {
    const key = `${kind}-1`;
    await house.cases.recordAction({ municipality: MANDRA, caseId, key, kind, actor, payload, payloadHash: kind, graceSeconds: 600 });
    // Another action may bring the withdrawal along, and the case may be over before this is told: then the record has the answer.
    return tellAtLast(async () => (await handle.executeUpdate<{ accepted: boolean }, [object]>(EVENT_UPDATE, { updateId: key, args: [{ id: key, kind }] })).accepted).catch(async (error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      return (await house.cases.readReply({ municipality: MANDRA, caseId, key }))?.accepted === true;
    });
  });
  return Promise.all(told);
}

/** As every caller must: no answer, or a refusal of the server, means not known; the same id again. A kernel that has ended answers nobody. */
async function tellAtLast<Result>(tell: () => Promise<Result>): Promise<Result> {
  for (let count = 0; ; count += 1) {
    try {
      return await tell();
    } catch (error) {
      if (count > 40 || error instanceof WorkflowNotFoundError) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

describe('Histories recorded under concurrency', () => {
  let worker: Running | undefined;
  afterAll(() => worker?.close());

  it('replay under today’s kernel, all of them, with updates racing the first task', async () => {
    const ids = await Promise.all(Array.from({ length: CASES }, () => house.file(wildfire)));
    const start = (caseId: string) => startCase(starting, { municipality: MANDRA, caseId, definitionHash: wildfire.hash });
    // Half of them wait for a worker with their updates at the door; the others find one running.
    await Promise.all(ids.slice(0, CASES / 2).map(start));
    const early = ids.slice(0, CASES / 2).map(race);
    await new Promise((resolve) => setTimeout(resolve, 300));
    worker = await startWorker(house.settings('diktyo_worker'));
    const late = ids.slice(CASES / 2).map(async (caseId) => {
      await start(caseId);
      return race(caseId);
    });
    const replies = await Promise.all([...early, ...late]);
    // Whatever came before the withdrawal was taken, whatever came after it was refused: nothing failed.
    expect(replies.filter((each) => each[2] === true)).toHaveLength(CASES);
    await Promise.all(ids.map((caseId) => client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).result()));
    for (const caseId of ids) {
      const events = (await house.read(caseId)).history.map(({ eventId }) => eventId);
      expect(events[0]).toBe(FILED_EVENT_ID);
      expect(new Set(events).size).toBe(events.length);
    }
    const histories = await fetchHistories(client);
    expect(histories.length).toBe(CASES);
    expect(await findUnreplayable(await workflowCode(), histories)).toEqual([]);
  });

  it('do not replay under an incompatible kernel: this proof can fail', async () => {
    const histories = await fetchHistories(client);
    expect(await findUnreplayable(await bundleSources(fixture('incompatible')), histories)).toHaveLength(histories.length);
  });
});

describe('A kernel whose decisions are not in one chain', () => {
  let store: Store;
  let connection: NativeConnection;
  afterAll(async () => {
    await connection.close();
    await store.close();
  });

  it('runs perfectly and records histories that do not replay', async () => {
    store = openStore({ databaseUrl: house.database.workerUrl, connectionsMax: 4, application: 'tests', log: () => undefined });
    connection = await NativeConnection.connect({ address: temporal.address });
    const { readReference } = await import('#workflows/worker/reference.js');
    const programmes = createProgrammeCache(createProgrammeRegister(store));
    const activities = createKernelActivities({ cases: createCases(store), facts: createFacts(store, randomBytes(32)), programmes, calendar: readReference().calendar, log: () => undefined });
    const bundle = await bundleSources(fixture('unserialised'));
    const taskQueue = `${TASK_QUEUES.kernel}-unserialised`;
    const ids = await Promise.all(Array.from({ length: 8 }, () => house.file(wildfire)));
    for (const caseId of ids) {
      const args = [{ caseId, municipality: MANDRA, definitionHash: wildfire.hash, kernelVersion: 1 }];
      await client.workflow.start('caseWorkflow', { taskQueue, workflowId: caseWorkflowId(MANDRA, caseId), args });
    }
    const racing = ids.map(async (caseId) => race(caseId));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const worker = await Worker.create({ connection, taskQueue, workflowBundle: bundle, activities, maxCachedWorkflows: 100 });
    const failures = await worker.runUntil(async () => {
      await Promise.all(racing);
      await Promise.all(ids.map((caseId) => client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).result()));
      const histories = await Promise.all(ids.map(async (caseId) => ({ workflowId: caseId, history: await client.workflow.getHandle(caseWorkflowId(MANDRA, caseId)).fetchHistory() })));
      return findUnreplayable(bundle, histories);
    });
    expect(failures.length).toBeGreaterThan(0);
  });
});
