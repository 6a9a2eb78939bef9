import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MigrationDriftError, migrate } from '#engine/store/migrate.js';
import type { TestDatabase } from '../../support/database.js';
import { TEST_ROLE_PASSWORDS, createEmptyDatabase } from '../../support/database.js';

const quiet = (): void => undefined;

describe('migrating', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  afterAll(() => database.drop());

  it('applies every file once, however many start at the same time', async () => {
    const order = { databaseUrl: database.ownerUrl, rolePasswords: TEST_ROLE_PASSWORDS, log: quiet };
    const runs = await Promise.all([migrate(order), migrate(order), migrate(order)]);
    const applied = runs.flatMap((run) => run.applied);
    expect(applied[0]).toBe('000001-foundation.sql');
    expect(new Set(applied).size).toBe(applied.length);
    expect((await migrate(order)).applied).toEqual([]);
  });

  it('fills the municipalities of Attica from the reference', async () => {
    const sql = postgres(database.ownerUrl, { max: 1 });
    const rows = await sql<{ code: string; name: { el: string } }[]>`select code, name from diktyo.municipality order by code`;
    await sql.end();
    expect(rows).toHaveLength(66);
    expect(rows.find(({ code }) => code === '9230')?.name.el).toContain('Μάνδρας');
  });

  it('walls every table of the schema: enabled, forced, owned by a role that cannot sign in', async () => {
    const sql = postgres(database.ownerUrl, { max: 1 });
    const tables = await sql<{ name: string; walled: boolean; owner: string; policies: number }[]>`
      select relname as name, relrowsecurity and relforcerowsecurity as walled, relowner::regrole::text as owner,
        (select count(*)::int from pg_policy where polrelid = pg_class.oid) as policies
      from pg_class where relnamespace = 'diktyo'::regnamespace and relkind in ('r', 'p')`;
    const owner = await sql`select 1 from pg_roles where rolname = 'diktyo_owner' and not rolcanlogin and not rolsuper and not rolbypassrls`;
    await sql.end();
    expect(tables.length).toBeGreaterThan(15);
    for (const table of tables) expect(table).toMatchObject({ walled: true, owner: 'diktyo_owner' });
    for (const table of tables) expect(table.policies).toBeGreaterThan(0);
    expect(owner).toHaveLength(1);
  });
});

describe('a migration that is not what was applied', () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await createEmptyDatabase();
    folder = mkdtempSync(join(tmpdir(), 'diktyo-migrations-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });
  const run = (): Promise<{ applied: string[] }> => migrate({ databaseUrl: database.ownerUrl, rolePasswords: {}, log: quiet, folder });

  it('is refused when a file was edited afterwards, and nothing further is applied', async () => {
    writeFileSync(join(folder, '000001-first.sql'), 'create table diktyo.first (one integer);');
    expect((await run()).applied).toEqual(['000001-first.sql']);
    writeFileSync(join(folder, '000001-first.sql'), 'create table diktyo.first (one bigint);');
    writeFileSync(join(folder, '000002-second.sql'), 'create table diktyo.second (one integer);');
    await expect(run()).rejects.toThrow(MigrationDriftError);
    const sql = postgres(database.ownerUrl, { max: 1 });
    expect(await sql`select 1 from pg_class where relname = 'second'`).toHaveLength(0);
    await sql.end();
  });

  it('is refused when a number is missing', async () => {
    rmSync(join(folder, '000002-second.sql'));
    writeFileSync(join(folder, '000001-first.sql'), 'create table diktyo.first (one integer);');
    writeFileSync(join(folder, '000003-third.sql'), 'select 1;');
    await expect(run()).rejects.toThrow(/without a gap/);
  });

  it('is undone as a whole when one of its statements fails', async () => {
    rmSync(join(folder, '000003-third.sql'));
    writeFileSync(join(folder, '000002-second.sql'), 'create table diktyo.second (one integer);\nselect 1/0;');
    await expect(run()).rejects.toThrow(/division by zero/);
    writeFileSync(join(folder, '000002-second.sql'), 'create table diktyo.second (one integer);');
    expect((await run()).applied).toEqual(['000002-second.sql']);
  });
});
