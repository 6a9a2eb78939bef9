import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi } from '#engine/api/main.js';
import type { Running, Settings } from '#engine/contract/settings.js';
import { startRelay } from '#engine/relay/main.js';
import { openStore } from '#engine/store/connection.js';
import { awaitSafe } from '#engine/store/safety.js';
import { startWorker } from '#workflows/worker/main.js';
import type { TestDatabase, TestRole } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';

let database: TestDatabase;
let owner: postgres.Sql;
let cluster: postgres.Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  const url = new URL(database.ownerUrl);
  url.pathname = '/postgres';
  cluster = postgres(url.href, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  await Promise.all([owner.end(), cluster.end()]);
  await database.drop();
});

/** Temporal is away: whoever is refused must be refused before it is asked. */
const settings = (databaseUrl: string): Settings => ({
  mode: 'development', publicUrl: 'http://127.0.0.1:4399', host: '127.0.0.1', port: 0, databaseUrl, databaseConnectionsMax: 2,
  temporal: { address: '127.0.0.1:1', namespace: 'default', tls: false }, codeKey: new Uint8Array(randomBytes(32)),
  login: { issuer: 'http://127.0.0.1:1', clientId: 'x', insecure: true }, messages: { kind: 'catcher' }, trustedProxies: [], logLevel: 'error',
});
const log = (): void => undefined;
const PARTS: readonly (readonly [string, TestRole, (databaseUrl: string) => Promise<Running>])[] = [
  ['the API', 'diktyo_api', (url) => startApi(settings(url))],
  ['the worker', 'diktyo_worker', (url) => startWorker(settings(url), { log })],
  ['the relay', 'diktyo_relay', (url) => startRelay(settings(url), { log })],
];

describe.each(PARTS)('%s', (_name, role, start) => {
  it('does not start as superuser', async () => {
    await expect(start(database.ownerUrl)).rejects.toMatchObject({ name: 'UnsafeStoreError', findings: expect.arrayContaining(['the role is superuser']) as unknown });
  });

  it('does not start as a role with a right that belongs to the owner', async () => {
    await owner.unsafe(`grant create on schema diktyo to ${role}`);
    try {
      await expect(start(database.urlOf(role))).rejects.toMatchObject({ name: 'UnsafeStoreError', findings: ['the role may create objects'] });
    } finally {
      await owner.unsafe(`revoke create on schema diktyo from ${role}`);
    }
  });

  it('does not start where a commit may be lost', async () => {
    await cluster.unsafe(`alter database ${database.name} set synchronous_commit = off`);
    try {
      await expect(start(database.urlOf(role))).rejects.toMatchObject({ name: 'UnsafeStoreError', findings: ['synchronous_commit is off'] });
    } finally {
      await cluster.unsafe(`alter database ${database.name} reset synchronous_commit`);
    }
  });
});

describe('A database that comes up later than the process', () => {
  it('is waited for', async () => {
    await cluster.unsafe(`alter database ${database.name} allow_connections false`);
    await cluster`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database.name}`;
    const store = openStore({ databaseUrl: database.relayUrl, connectionsMax: 1, application: 'tests', log });
    let isSafe = false;
    const waiting = awaitSafe(store).then(() => (isSafe = true));
    await expect(store.ready()).resolves.toBe(false);
    expect(isSafe).toBe(false);
    await cluster.unsafe(`alter database ${database.name} allow_connections true`);
    await waiting;
    expect(isSafe).toBe(true);
    await store.close();
  });
});
