import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '#commands/servers/ports.js';
import { fileDemoCases, seedDemo } from '#commands/demo/seed.js';
import type { DemoOrder } from '#commands/demo/seed.js';
import { startApi } from '#engine/api/main.js';
import type { CaseState } from '#engine/contract/case.js';
import type { Running, Settings } from '#engine/contract/settings.js';
import { startRelay } from '#engine/relay/main.js';
import { readSettings } from '#engine/settings/settings.js';
import type { Part } from '#engine/settings/settings.js';
import { startWorker } from '#workflows/worker/main.js';
import { createTestDatabase } from '#tests/support/database.js';
import type { TestDatabase } from '#tests/support/database.js';
import { startTemporal } from '#tests/support/temporal.js';

const CODE_KEY = Buffer.alloc(32, 9).toString('base64');
const lines: string[] = [];
const running: { close(): Promise<void> }[] = [];
let database: TestDatabase;
let order: DemoOrder;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  const temporal = await startTemporal();
  running.push({ close: () => temporal.stop() });
  const engineUrl = `http://127.0.0.1:${await freePort()}`;
  order = { ownerUrl: database.ownerUrl, apiUrl: database.apiUrl, engineUrl, siteUrl: 'http://127.0.0.1:2', issuer: 'http://127.0.0.1:3', codeKey: CODE_KEY, log: (line) => lines.push(line) };
  await seedDemo(order);
  const settings = (part: Part, databaseUrl: string): Settings => settingsOf(part, { databaseUrl, engineUrl, temporalAddress: temporal.address });
  const start = async (part: Promise<Running>): Promise<void> => void running.push(await part);
  await start(startApi(settings('api', database.apiUrl)));
  await start(startWorker(settings('worker', database.workerUrl)));
  await start(startRelay(settings('relay', database.relayUrl)));
  sql = postgres(database.ownerUrl, { max: 1 });
}, 240_000);

afterAll(async () => {
  for (const part of running.reverse()) await part.close();
  await sql.end();
});

describe('the demo cases, filed through the running engine', () => {
  it('go on where a run was cut, and stand in every state, in both municipalities', async () => {
    const cut = fileDemoCases({ ...order, log: (line) => failAt(line, 10) });
    await expect(cut).rejects.toThrow('cut');
    const begun = (await readStates()).length;
    expect(begun).toBeGreaterThanOrEqual(10);
    expect(begun).toBeLessThan(40);
    const { filed } = await fileDemoCases(order);
    expect(filed).toBeGreaterThanOrEqual(60);
    const states = await readStates();
    expect(states).toHaveLength(filed);
    const steps = new Set(states.map(({ state }) => state.currentStep));
    for (const step of ['papers', 'deskReview', 'inspection', 'decision', 'payment', 'doubt', 'interview', 'pause']) expect(steps, step).toContain(step);
    const outcomes = new Set(states.map(({ state }) => state.outcome));
    for (const outcome of ['granted', 'refused', 'withdrawn', 'completed']) expect(outcomes, outcome).toContain(outcome);
    expect(states.some(({ state }) => state.parts.some((part) => part.reference !== undefined) && state.parts.some((part) => part.reference === undefined))).toBe(true);
    expect(states.some(({ state }) => Object.values(state.documents).some(({ status }) => status === 'refused'))).toBe(true);
    expect(new Set(states.map(({ municipality }) => municipality)).size).toBe(2);
    expect(lines.at(-1)).toContain('100 %');
  }, 600_000);

  it('include one of each municipality whose mail came back, parked as an incident that somebody must settle', { timeout: 180_000 }, async () => {
    const troubled = async (): Promise<readonly (readonly string[])[]> => (await readStates()).map(({ state }) => state.incidents.map(({ code }) => code)).filter((codes) => codes.length > 0);
    // In each municipality: the receipt and the first request for papers both came back.
    await expect.poll(troubled, { timeout: 120_000 }).toEqual([['message.refused', 'message.refused'], ['message.refused', 'message.refused']]);
  });

  it('leave each role a few tasks of its own, and others that nobody has taken', async () => {
    const claims = await sql<{ municipality: string; role: string; claimed: boolean }[]>`select distinct municipality, role, claimed_by is not null as claimed from diktyo.task where closed_at is null`;
    for (const municipality of ['9220', '9230']) {
      for (const role of ['desk', 'inspector', 'decider']) {
        for (const claimed of [true, false]) expect(claims).toContainEqual({ municipality, role, claimed });
      }
    }
  });

  it('are not filed a second time', async () => {
    const before = await readStates();
    await expect(fileDemoCases(order)).resolves.toEqual({ filed: 0 });
    expect(await readStates()).toEqual(before);
  });

  it('leave no open session of the demo staff behind', async () => {
    expect(await sql`select count(*)::int as sessions from diktyo.staff_session`).toEqual([{ sessions: 0 }]);
  });
});

function failAt(line: string, count: number): void {
  if (line.startsWith(`demo: ${count} of`)) throw new Error('cut');
}

async function readStates(): Promise<readonly { readonly municipality: string; readonly state: CaseState }[]> {
  return sql<{ municipality: string; state: CaseState }[]>`select municipality, state from diktyo.case_record order by case_id`;
}

function settingsOf(part: Part, { databaseUrl, engineUrl, temporalAddress }: { databaseUrl: string; engineUrl: string; temporalAddress: string }): Settings {
  const read = readSettings(
    {
      DIKTYO_MODE: 'development',
      DIKTYO_PUBLIC_URL: engineUrl,
      DIKTYO_HOST: '127.0.0.1',
      DIKTYO_PORT: new URL(engineUrl).port,
      DIKTYO_CODE_KEY: CODE_KEY,
      DIKTYO_LOGIN_ISSUER: 'http://127.0.0.1:3',
      DIKTYO_LOGIN_CLIENT_ID: 'diktyo-desk',
      DIKTYO_LOGIN_CLIENT_SECRET: 'test',
      DIKTYO_LOG_LEVEL: 'error',
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporalAddress,
    },
    part,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.refusals));
  return read.settings;
}
