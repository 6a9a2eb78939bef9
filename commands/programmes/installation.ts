import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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
