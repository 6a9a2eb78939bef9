import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { packageRoot } from '#engine/settings/package-root.js';
import { askShared } from './shared.js';

/** The roles the product's processes use; they belong to the cluster, so their passwords are the same in every test database. */
export const TEST_ROLE_PASSWORDS = { diktyo_api: 'test-api', diktyo_worker: 'test-worker', diktyo_relay: 'test-relay', diktyo_audit: 'test-audit' } as const;

export type TestRole = keyof typeof TEST_ROLE_PASSWORDS;

export interface TestDatabase {
  readonly name: string;
  /** Superuser and owner: for preparing and for looking behind the product's back. */
  readonly ownerUrl: string;
  readonly apiUrl: string;
  readonly workerUrl: string;
  readonly relayUrl: string;
  urlOf(role: TestRole): string;
  /** Ends its connections and removes it. */
  drop(): Promise<void>;
}

/** A migrated database of this test file's own, cloned from a template that the first asker of the run makes. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = await clusterUrl();
  const template = `template_${migrationsHash()}`;
  const name = `test_${randomBytes(6).toString('hex')}`;
  const sql = postgres(cluster, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(hashtext('diktyo test template'))`;
    try {
      const made = await sql`select 1 from pg_database where datname = ${template} and datistemplate`;
      if (made.length === 0) await makeTemplate(sql, { cluster, template });
    } finally {
      await sql`select pg_advisory_unlock(hashtext('diktyo test template'))`;
    }
    await sql.unsafe(`create database ${name} template ${template} strategy file_copy`);
  } finally {
    await sql.end();
  }
  return describeDatabase(cluster, name);
}

/** A database without any migration: for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const cluster = await clusterUrl();
  const name = `test_${randomBytes(6).toString('hex')}`;
  const sql = postgres(cluster, { max: 1 });
  await sql.unsafe(`create database ${name}`);
  await sql.end();
  return describeDatabase(cluster, name);
}

async function clusterUrl(): Promise<string> {
  const { ownerUrl = '' } = await askShared('/database');
  return ownerUrl;
}

async function makeTemplate(sql: postgres.Sql, { cluster, template }: { readonly cluster: string; readonly template: string }): Promise<void> {
  await sql.unsafe(`drop database if exists ${template} with (force)`);
  await sql.unsafe(`create database ${template}`);
  const { migrate } = await import('#engine/store/migrate.js');
  await migrate({ databaseUrl: withDatabase(cluster, template), rolePasswords: TEST_ROLE_PASSWORDS, log: () => undefined });
  await sql.unsafe(`alter database ${template} is_template true`);
}

function describeDatabase(cluster: string, name: string): TestDatabase {
  const ownerUrl = withDatabase(cluster, name);
  const urlOf = (role: TestRole): string => {
    const url = new URL(ownerUrl);
    url.username = role;
    url.password = TEST_ROLE_PASSWORDS[role];
    return url.href;
  };
  return {
    name,
    ownerUrl,
    apiUrl: urlOf('diktyo_api'),
    workerUrl: urlOf('diktyo_worker'),
    relayUrl: urlOf('diktyo_relay'),
    urlOf,
    drop: async () => {
      const sql = postgres(cluster, { max: 1 });
      await sql.unsafe(`drop database if exists ${name} with (force)`);
      await sql.end();
    },
  };
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

function migrationsHash(): string {
  const folder = join(packageRoot(), 'engine/store/migrations');
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}
