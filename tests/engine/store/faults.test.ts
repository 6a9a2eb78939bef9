import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '#commands/servers/ports.js';
import type { PostgresServer } from '#commands/servers/postgres-server.js';
import { startPostgres } from '#commands/servers/postgres-server.js';
import type { Receipt } from '#engine/contract/rooms.js';
import { createRegister } from '#engine/register/register.js';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import { StoreUnavailableError } from '#engine/store/errors.js';
import { migrate } from '#engine/store/migrate.js';
import type { TestDatabase } from '../../support/database.js';
import { TEST_ROLE_PASSWORDS } from '../../support/database.js';
import { MANDRA, publishSample, sampleFiling } from '../register/sample-case.js';

/** A server of this file's own: it is killed, stopped and frozen here. */
let folder: string;
let port: number;
let server: PostgresServer;
let store: Store;
let uncaught: unknown[];
const noteUncaught = (error: unknown): void => void uncaught.push(error);

const start = (): Promise<PostgresServer> => startPostgres({ folder: join(folder, 'postgres'), port, password: 'owner' });
const apiUrl = (): string => `postgres://diktyo_api:${TEST_ROLE_PASSWORDS.diktyo_api}@127.0.0.1:${port}/diktyo`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diktyo-faults-'));
  port = await freePort();
  server = await start();
  await migrate({ databaseUrl: server.ownerUrl(), rolePasswords: TEST_ROLE_PASSWORDS, log: () => undefined });
  await publishSample({ ownerUrl: server.ownerUrl() } as TestDatabase);
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  uncaught = [];
  process.on('uncaughtExceptionMonitor', noteUncaught);
});
afterEach(async () => {
  process.off('uncaughtExceptionMonitor', noteUncaught);
  await store.close();
});

/** A client that keeps its key until it has its receipt, whatever happens in between. */
async function fileUntilReceived(filing: ReturnType<typeof sampleFiling>): Promise<{ receipt: Receipt; refusals: number }> {
  const register = createRegister(store);
  for (let refusals = 0; ; refusals += 1) {
    try {
      const receipt = await register.submit(filing);
      if ('code' in receipt) throw new Error(receipt.code);
      return { receipt, refusals };
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      await delay(20);
    }
  }
}

describe('kill -9 of PostgreSQL in the middle of filings', () => {
  it('loses no receipt, doubles none, leaves no gap, and no exception uncaught; calls succeed within 5 s of its return', async () => {
    store = openStore({ databaseUrl: apiUrl(), connectionsMax: 16, application: 'faults', log: () => undefined });
    const receipts: Receipt[] = [];
    let refusals = 0;
    let isOver = false;
    const clients = Array.from({ length: 24 }, async () => {
      while (!isOver) {
        const filed = await fileUntilReceived(sampleFiling());
        receipts.push(filed.receipt);
        refusals += filed.refusals;
      }
    });
    for (let kill = 1; kill <= 4; kill += 1) {
      const before = receipts.length;
      while (receipts.length < before + 60) await delay(10);
      server.kill();
      await server.ended;
      server = await start();
      const [returned, had] = [Date.now(), receipts.length];
      while (receipts.length === had) await delay(5);
      expect(Date.now() - returned).toBeLessThan(5_000);
    }
    isOver = true;
    await Promise.all(clients);
    expect(refusals).toBeGreaterThan(0);
    const sql = postgres(server.ownerUrl(), { max: 1 });
    const rows = await sql<{ id: string; protocol: string; number: number }[]>`
      select case_id as id, protocol_number || '/' || protocol_year as protocol, protocol_number as number from diktyo.case_record order by protocol_number`;
    const [counts] = await sql`select (select count(*)::int from diktyo.application) as applications, (select count(*)::int from diktyo.outbox where kind = 'start') as starts`;
    await sql.end();
    const kept = new Map(rows.map(({ id, protocol }) => [id, protocol]));
    expect(receipts.filter(({ applicationId, protocolNumber }) => kept.get(applicationId) !== protocolNumber)).toEqual([]);
    expect(counts).toEqual({ applications: receipts.length, starts: receipts.length });
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
    expect(uncaught).toEqual([]);
  });

  it('without the caller’s key doubles filings: the key is what the test above proves', async () => {
    store = openStore({ databaseUrl: apiUrl(), connectionsMax: 16, application: 'faults', log: () => undefined });
    const sql = postgres(server.ownerUrl(), { max: 1 });
    const [before] = await sql<{ n: number }[]>`select count(*)::int as n from diktyo.application`;
    const register = createRegister(store);
    const answered = await register.submit(sampleFiling());
    // The answer is lost on its way; a client without a key can only file anew.
    expect(answered).toHaveProperty('protocolNumber');
    await register.submit(sampleFiling({ submissionKey: randomUUID() }));
    const [after] = await sql<{ n: number }[]>`select count(*)::int as n from diktyo.application`;
    await sql.end();
    expect((after?.n ?? 0) - (before?.n ?? 0)).toBe(2);
  });
});

describe('a database that stands still', () => {
  it('is given up in time, and served again as soon as it moves', async () => {
    store = openStore({ databaseUrl: apiUrl(), connectionsMax: 2, application: 'frozen', log: () => undefined, statementTimeoutMs: 300 });
    await store.call('list_programmes', [MANDRA]);
    const sql = postgres(server.ownerUrl(), { max: 1 });
    const pids = (await sql<{ pid: number }[]>`select pid from pg_stat_activity where application_name = 'frozen'`).map(({ pid }) => pid);
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      const started = Date.now();
      await expect(store.call('list_programmes', [MANDRA])).rejects.toMatchObject({ reason: 'no answer in time', outcomeUnknown: true });
      expect(Date.now() - started).toBeLessThan(5_000);
      expect(await store.call('list_programmes', [MANDRA])).toHaveLength(1);
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
      await sql.end();
    }
  });
});

describe('a server that would lose what it has acknowledged', () => {
  it.each(['fsync', 'full_page_writes'])('is refused: %s off', async (setting) => {
    await server.stop();
    server = await startPostgres({ folder: join(folder, 'postgres'), port, password: 'owner', settings: [`${setting}=off`] });
    store = openStore({ databaseUrl: apiUrl(), connectionsMax: 1, application: 'unsafe', log: () => undefined });
    expect(await store.call('examine_safety')).toEqual([`${setting} is off`]);
    await expect(createRegister(store).submit(sampleFiling())).rejects.toMatchObject({ reason: 'DK503' });
    await store.close();
    await server.stop();
    server = await start();
  });
});
