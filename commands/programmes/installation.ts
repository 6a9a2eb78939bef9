import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Store } from '#engine/store/connection.js';
import { CommandRefused } from '../command.js';
import { POSTGRES_DATABASE, POSTGRES_OWNER } from '../servers/postgres-server.js';
import type { Secrets } from '../start/data-folder.js';

/** Line of PostgreSQL's own `postmaster.pid` that holds the port. */
const PORT_LINE = 3;

/** The database of an installation, as its owner: of a local start that runs, or the one the environment names. */
export function findOwnerUrl({ data, environment }: { readonly data: string | undefined; readonly environment: NodeJS.ProcessEnv }): string {
  if (data !== undefined) return ownerUrlOf(resolve(data));
  const given = environment['DATABASE_URL'];
  if (given === undefined || given === '') throw new CommandRefused('publish.databaseMissing');
  return given;
}

function ownerUrlOf(folder: string): string {
  const [secretsFile, runFile] = [join(folder, 'secrets.json'), join(folder, 'postgres/postmaster.pid')];
  if (!existsSync(secretsFile) || !existsSync(runFile)) throw new CommandRefused('publish.notRunning', { folder });
  const { ownerPassword } = JSON.parse(readFileSync(secretsFile, 'utf8')) as Secrets;
  const port = Number(readFileSync(runFile, 'utf8').split('\n')[PORT_LINE]);
  return `postgres://${POSTGRES_OWNER}:${encodeURIComponent(ownerPassword)}@127.0.0.1:${port}/${POSTGRES_DATABASE}`;
}

/** A connection of the owner for one piece of work; what the database refuses is told by the sentence `failed`. */
export async function withOwnerStore<Result>({ data, failed }: { readonly data: string | undefined; readonly failed: string }, work: (store: Store) => Promise<Result>): Promise<Result> {
  const databaseUrl = findOwnerUrl({ data, environment: process.env });
  const { openStore } = await import('#engine/store/connection.js');
  const store = openStore({ databaseUrl, connectionsMax: 1, log: (line) => void process.stderr.write(`${line}\n`), application: 'diktyo-owner' });
  try {
    return await work(store);
  } catch (error) {
    if (error instanceof CommandRefused) throw error;
    throw new CommandRefused(failed, { reason: error instanceof Error ? error.message : String(error) });
  } finally {
    await store.close();
  }
}

export async function requireMunicipality(store: Store, municipality: string): Promise<{ readonly siteOrigins: readonly string[] }> {
  const { createProgrammeRegister } = await import('#engine/register/programmes.js');
  const known = (await createProgrammeRegister(store).listMunicipalities()).find(({ code }) => code === municipality);
  if (known === undefined) throw new CommandRefused('publish.municipalityUnknown', { municipality });
  return known;
}
