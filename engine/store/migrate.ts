import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { packageRoot } from '#engine/settings/package-root.js';
import type { RolePasswords } from './roles.js';
import { OWNER_ROLE, ensureRoles } from './roles.js';

export interface MigrateOrder {
  /** A role that may create roles and schemas: the cluster's owner, or a managed service's administrator. */
  readonly databaseUrl: string;
  readonly rolePasswords: RolePasswords;
  readonly log: (line: string) => void;
  /** Folder of numbered SQL files; the product's own when absent. */
  readonly folder?: string;
}

/** A file that was applied is no longer what was applied, or a file is missing: the database cannot be trusted to match. */
export class MigrationDriftError extends Error {
  readonly file: string;

  constructor(file: string, message: string) {
    super(message);
    this.name = 'MigrationDriftError';
    this.file = file;
  }
}

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

const FILE_NAME = /^\d{6}(-[a-z0-9]+)*\.sql$/;
/** Any number, the same for everyone: one migration at a time in one database. */
const LOCK_KEY = 7_430_126;
const SERVER_VERSION_MIN = 180_000;

/**
 * Brings the database to the newest schema. Safe to run again, and by several at once.
 *
 * @throws MigrationDriftError when an applied file was edited, renamed or removed
 */
export async function migrate({ databaseUrl, rolePasswords, log, folder }: MigrateOrder): Promise<{ applied: string[] }> {
  const migrations = readMigrations(folder ?? join(packageRoot(), 'engine/store/migrations'));
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined, connect_timeout: 10, connection: { application_name: 'diktyo migrate' } });
  try {
    await assertServer(sql);
    await sql`select pg_advisory_lock(${LOCK_KEY})`;
    await ensureRoles(sql, rolePasswords);
    await createLedger(sql);
    const applied = await applyMissing(sql, { migrations, log });
    if (folder === undefined) await importReference(sql);
    return { applied };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function readMigrations(folder: string): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort();
  return names.map((name, index) => {
    if (!FILE_NAME.test(name) || Number(name.slice(0, 6)) !== index + 1) {
      throw new MigrationDriftError(name, `${name}: migrations are numbered 000001, 000002, … without a gap`);
    }
    const text = readFileSync(join(folder, name), 'utf8');
    return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
  });
}

async function assertServer(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ version: number; encoding: string }[]>`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`;
  if ((row?.version ?? 0) < SERVER_VERSION_MIN) throw new Error('PostgreSQL 18 or newer is needed');
  if (row?.encoding !== 'UTF8') throw new Error('the database must have been created with encoding UTF8');
}

async function createLedger(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`create schema if not exists diktyo_migrations authorization ${OWNER_ROLE}`);
  await sql.unsafe(`create schema if not exists diktyo authorization ${OWNER_ROLE}`);
  await sql.unsafe(`set role ${OWNER_ROLE}`);
  await sql.unsafe(`create table if not exists diktyo_migrations.applied (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
}

interface Applying {
  readonly migrations: readonly Migration[];
  readonly log: (line: string) => void;
}

async function applyMissing(sql: postgres.Sql, { migrations, log }: Applying): Promise<string[]> {
  const rows = await sql<{ name: string; checksum: string }[]>`select name, checksum from diktyo_migrations.applied order by name`;
  const known = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  for (const { name } of rows) {
    if (!migrations.some((migration) => migration.name === name)) {
      throw new MigrationDriftError(name, `${name} was applied to this database, but this version of the program does not have it`);
    }
  }
  for (const { name, checksum } of migrations) {
    const before = known.get(name);
    if (before !== undefined && before !== checksum) {
      throw new MigrationDriftError(name, `${name} was edited after it had been applied (${before.slice(0, 12)} became ${checksum.slice(0, 12)})`);
    }
  }
  const missing = migrations.filter(({ name }) => !known.has(name));
  for (const [index, migration] of missing.entries()) {
    const started = performance.now();
    await applyOne(sql, migration);
    log(`migration ${index + 1} of ${missing.length}: ${migration.name} (${Math.round(performance.now() - started)} ms)`);
  }
  return missing.map(({ name }) => name);
}

/** The file and its ledger row in one transaction: this is the one path of the product that may hold one open. */
async function applyOne(sql: postgres.Sql, { name, text, checksum }: Migration): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction.unsafe(text).simple();
    await transaction`insert into diktyo_migrations.applied (name, checksum) values (${name}, ${checksum})`;
  });
}

/** Reference tables are data of the product, so they follow its version and not a migration. */
async function importReference(sql: postgres.Sql): Promise<void> {
  const file = join(packageRoot(), 'definitions/reference/municipalities.json');
  const { municipalities } = JSON.parse(readFileSync(file, 'utf8')) as { municipalities: readonly unknown[] };
  await sql`select diktyo.import_municipalities(${JSON.stringify(municipalities)}::text::jsonb)`;
}
