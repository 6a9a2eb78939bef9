import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Store } from '#engine/store/connection.js';
import { CommandRefused, UsageRefused } from '../command.js';
import { POSTGRES_DATABASE, POSTGRES_OWNER } from '../servers/postgres-server.js';
import type { Secrets } from '../start/data-folder.js';
import type { DatabasePlace } from '../trouble.js';
import { textOf } from '../texts.js';
import { databaseTrouble, requireAddress } from '../trouble.js';

/** Line of PostgreSQL's own `postmaster.pid` that holds the port. */
const PORT_LINE = 3;

/** The database of an installation, as its owner: of a local start that runs, or the one the environment names. */
export function findOwnerPlace({ data, environment }: { readonly data: string | undefined; readonly environment: NodeJS.ProcessEnv }): DatabasePlace {
  if (data !== undefined) return ownerPlaceOf(resolve(data));
  const given = environment['DATABASE_URL'];
  if (given === undefined || given === '') throw new UsageRefused('publish.databaseMissing');
  const place = { databaseUrl: given, setting: 'DATABASE_URL' };
  requireAddress(place);
  return place;
}

function ownerPlaceOf(folder: string): DatabasePlace {
  const [secretsFile, runFile] = [join(folder, 'secrets.json'), join(folder, 'postgres/postmaster.pid')];
  if (!existsSync(secretsFile) || !existsSync(runFile)) throw new CommandRefused('publish.notRunning', { folder });
  const ownerPassword = readOwnerPassword(secretsFile);
  const port = Number(readFileSync(runFile, 'utf8').split('\n')[PORT_LINE]);
  return { databaseUrl: `postgres://${POSTGRES_OWNER}:${encodeURIComponent(ownerPassword)}@127.0.0.1:${port}/${POSTGRES_DATABASE}`, setting: secretsFile };
}

function readOwnerPassword(secretsFile: string): string {
  try {
    const { ownerPassword } = JSON.parse(readFileSync(secretsFile, 'utf8')) as Partial<Secrets>;
    if (typeof ownerPassword === 'string') return ownerPassword;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CommandRefused('start.secretsUnreadable', { file: secretsFile });
}

/** A role that may not, and whatever has no sentence of its own, is work that failed: whose business it is stands in `failed`. */
export function ownerRefused(error: unknown, { place, failed }: { readonly place: DatabasePlace; readonly failed: string }): CommandRefused {
  const { key, params } = databaseTrouble(error, place);
  if (key !== 'database.forbidden' && key !== 'database.other') return new CommandRefused(key, params);
  return new CommandRefused(failed, { el: { reason: textOf('el', `${key}.state`, params) }, en: { reason: textOf('en', `${key}.state`, params) } });
}

/** A connection of the owner for one piece of work; what the database refuses is told by the sentence `failed`. */
export async function withOwnerStore<Result>({ data, failed }: { readonly data: string | undefined; readonly failed: string }, work: (store: Store) => Promise<Result>): Promise<Result> {
  const place = findOwnerPlace({ data, environment: process.env });
  const { openStore } = await import('#engine/store/connection.js');
  const store = openStore({ databaseUrl: place.databaseUrl, connectionsMax: 1, log: (line) => void process.stderr.write(`${line}\n`), application: 'diktyo-owner' });
  try {
    return await work(store);
  } catch (error) {
    if (error instanceof CommandRefused) throw error;
    throw ownerRefused(error, { place, failed });
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
