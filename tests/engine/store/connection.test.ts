import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import { isDeferredWriteError } from '#engine/store/driver-guard.js';
import { StoreError, StoreUnavailableError } from '#engine/store/errors.js';
import { UnsafeStoreError, assertSafe } from '#engine/store/safety.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';

let database: TestDatabase;
let owner: postgres.Sql;
const opened: Store[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  owner = postgres(database.ownerUrl, { max: 2, onnotice: () => undefined });
  await owner.unsafe(`
    create function diktyo.test_echo(p_json jsonb, p_text text, p_number integer, p_flag boolean) returns jsonb language sql security definer
      as $$ select jsonb_build_object('json', p_json, 'type', jsonb_typeof(p_json), 'text', p_text, 'number', p_number, 'flag', p_flag, 'at', diktyo.instant('2026-03-01 10:00+02')) $$;
    create function diktyo.test_sleep(p_seconds float) returns boolean language plpgsql as $$ begin perform pg_sleep(p_seconds); return true; end $$;
    create function diktyo.test_fail(p_value text) returns boolean language plpgsql as $$ begin perform p_value::integer; return true; end $$;
    grant execute on function diktyo.test_echo, diktyo.test_sleep, diktyo.test_fail to diktyo_api;`);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

function open(changes: Partial<Parameters<typeof openStore>[0]> = {}): Store {
  const store = openStore({ databaseUrl: database.apiUrl, connectionsMax: 4, application: `store-${opened.length}`, log: () => undefined, ...changes });
  opened.push(store);
  return store;
}

describe('a call', () => {
  it.each([[{ a: [1, 'β', null, true] }, 'object'], [[true, false], 'array'], [['x'], 'array'], ['text', 'string'], ['{"a":1}', 'string'], [7, 'number'], [null, 'null'], [[], 'array']])(
    'brings JSON across as itself and never as a string of itself: %j',
    async (json, type) => {
      expect(await open().call('test_echo', [{ json }, null, null, null])).toMatchObject({ json, type });
    },
  );

  it('brings text, numbers, booleans and null across, and instants back as ISO 8601 in UTC', async () => {
    expect(await open().call('test_echo', [{ json: 1 }, "'; drop --", 2_147_483_647, false])).toEqual({
      json: 1, type: 'number', text: "'; drop --", number: 2_147_483_647, flag: false, at: '2026-03-01T08:00:00.000Z',
    });
  });

  it('of anything but a function’s name is refused before it is sent', async () => {
    await expect(open().call('test_echo(); drop table x; --')).rejects.toThrow(/not the name/);
  });

  it('that the database refuses says with which code, and quotes no value', async () => {
    const error = await open().call('test_fail', ['secret-value']).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code: '22P02', functionName: 'test_fail' });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('secret-value');
  });

  it('that takes too long is ended by the server and the connection serves on', async () => {
    const store = open({ connectionsMax: 1, statementTimeoutMs: 200 });
    await expect(store.call('test_sleep', [5])).rejects.toMatchObject({ name: 'StoreUnavailableError', reason: '57014', outcomeUnknown: false });
    expect(await store.call('test_sleep', [0])).toBe(true);
  });

  it('that finds every connection busy is refused in time', async () => {
    const store = open({ connectionsMax: 1, waitMs: 100 });
    const long = store.call('test_sleep', [0.6]);
    await expect(store.call('test_sleep', [0])).rejects.toMatchObject({ reason: 'busy', outcomeUnknown: false });
    expect(await long).toBe(true);
  });

  it('whose connection is cut fails alone; the next one has a new connection', async () => {
    const store = open({ connectionsMax: 1, application: 'to-be-cut' });
    const cut = store.call('test_sleep', [5]);
    const failed = expect(cut).rejects.toThrow(StoreUnavailableError);
    for (let gone = 0; gone === 0; await delay(20)) {
      gone = (await owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'to-be-cut' and query like '%test_sleep%'`).length;
    }
    await failed;
    expect(await store.call('test_sleep', [0])).toBe(true);
  });

  it('after an idle connection was cut simply works', async () => {
    const store = open({ connectionsMax: 1, application: 'idle-cut' });
    await store.call('test_sleep', [0]);
    await owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'idle-cut'`;
    await delay(100);
    expect(await store.call('test_sleep', [0])).toBe(true);
  });

  it('after closing is refused; closing waits for what is in hand', async () => {
    const store = open();
    const last = store.call('test_sleep', [0.3]);
    await Promise.all([store.close(), expect(last).resolves.toBe(true)]);
    await expect(store.call('test_sleep', [0])).rejects.toThrow(StoreUnavailableError);
  });
});

describe('the driver’s deferred write', () => {
  it('is recognised, and nothing else is taken for it', async () => {
    const raw = postgres(database.apiUrl, { max: 1 });
    const reserved = await raw.reserve();
    const [row] = await reserved<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await owner`select pg_terminate_backend(${row?.pid ?? 0})`;
    await delay(200);
    // The runner's own listeners would report what this test provokes on purpose.
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    const caught = new Promise<unknown>((resolve) => process.once('uncaughtException', resolve));
    try {
      reserved`select 1`.catch(() => undefined);
      const error = await Promise.race([caught, delay(5_000, 'nothing was thrown')]);
      expect(error).toBeInstanceOf(TypeError);
      expect(isDeferredWriteError(error)).toBe(true);
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const listener of listeners) process.on('uncaughtException', listener);
    }
    expect(isDeferredWriteError(new TypeError("Cannot read properties of null (reading 'write')"))).toBe(false);
    expect(isDeferredWriteError(new Error('nextWrite'))).toBe(false);
  });
});

describe('a database that is not safe', () => {
  it('passes when settings and role are as they must be, and then is ready', async () => {
    for (const role of ['diktyo_api', 'diktyo_worker', 'diktyo_relay'] as const) {
      const store = open({ databaseUrl: database.urlOf(role) });
      await assertSafe(store);
      expect(await store.ready()).toBe(true);
    }
  });

  it('is refused for a superuser, who is also the owner and may run programs', async () => {
    const error = await assertSafe(open({ databaseUrl: database.ownerUrl })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnsafeStoreError);
    const text = (error as UnsafeStoreError).findings.join('\n');
    for (const word of ['superuser', 'BYPASSRLS', 'owner', 'pg_execute_server_program', 'create objects']) expect(text).toContain(word);
  });

  it.each([
    ['synchronous_commit off', (name: string) => `alter database ${name} set synchronous_commit = off`, (name: string) => `alter database ${name} reset synchronous_commit`, 'synchronous_commit is off'],
    ['a table without its wall', () => 'alter table diktyo.task no force row level security', () => 'alter table diktyo.task force row level security', 'no forced row-level security on task'],
    ['a right to create', () => 'grant create on schema diktyo to diktyo_api', () => 'revoke create on schema diktyo from diktyo_api', 'the role may create objects'],
  ])('is refused for %s', async (_, harm, mend, finding) => {
    await owner.unsafe(harm(database.name));
    try {
      const store = open();
      await expect(assertSafe(store)).rejects.toMatchObject({ findings: [finding] });
      expect(await store.ready()).toBe(!finding.startsWith('synchronous'));
    } finally {
      await owner.unsafe(mend(database.name));
    }
  });

  it('takes no filing while synchronous_commit is off', async () => {
    await owner.unsafe(`alter database ${database.name} set synchronous_commit = off`);
    try {
      await expect(open().call('file_applications', ['9230', { json: [] }])).rejects.toMatchObject({ name: 'StoreUnavailableError', reason: 'DK503', outcomeUnknown: false });
    } finally {
      await owner.unsafe(`alter database ${database.name} reset synchronous_commit`);
    }
  });

  it('that is not there is not ready, and says so instead of throwing', async () => {
    const nowhere = new URL(database.apiUrl);
    nowhere.port = '1';
    const store = open({ databaseUrl: nowhere.href });
    expect(await store.ready()).toBe(false);
    await expect(store.call('test_sleep', [0])).rejects.toMatchObject({ reason: 'ECONNREFUSED', outcomeUnknown: false });
  });
});
