import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PostgresBinaries, PostgresIdentity } from './postgres-binaries.js';
import { choosePostgresIdentity, findPostgresBinaries, ownerIds } from './postgres-binaries.js';
import type { GuardedProcess } from './guarded-process.js';
import { startGuarded } from './guarded-process.js';

export const POSTGRES_OWNER = 'postgres';
export const POSTGRES_DATABASE = 'diktyo';

export interface PostgresServer extends GuardedProcess {
  readonly port: number;
  /** URL of the cluster's owner (superuser) for one database; `diktyo` when none is named. */
  ownerUrl(database?: string): string;
}

export interface PostgresOrder {
  /** Data folder; created when absent. */
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  readonly log?: (line: string) => void;
  /** More `name=value` settings of PostgreSQL. */
  readonly settings?: readonly string[];
}

const STOP_GRACE_MS = 4_000;
const START_TIMEOUT_MS = 60_000;
const START_ATTEMPTS = 20;
const ATTEMPT_PAUSE_MS = 500;
const SHARED_IN_FILES = 'dynamic_shared_memory_type=mmap';

/** Starts the embedded PostgreSQL on loopback; makes the cluster and its database first when the folder is empty. */
export async function startPostgres(order: PostgresOrder): Promise<PostgresServer> {
  const log = order.log ?? ((): void => undefined);
  const binaries = findPostgresBinaries();
  mkdirSync(dirname(order.folder), { recursive: true });
  const identity = choosePostgresIdentity(binaries, order.folder);
  if (!existsSync(join(order.folder, 'PG_VERSION'))) await createCluster({ order, binaries, identity, log });
  await endLeftover(order.folder, log);
  const process_ = await startServer({ order, binaries, identity, log });
  return {
    ...process_,
    port: order.port,
    ownerUrl: (database = POSTGRES_DATABASE) => `postgres://${POSTGRES_OWNER}:${encodeURIComponent(order.password)}@127.0.0.1:${order.port}/${database}`,
  };
}

interface Making {
  readonly order: PostgresOrder;
  readonly binaries: PostgresBinaries;
  readonly identity: PostgresIdentity;
  readonly log: (line: string) => void;
}

/** Made under another name and renamed when whole: an interrupted first start leaves nothing half done. */
async function createCluster({ order, binaries, identity, log }: Making): Promise<void> {
  log('creating the database cluster');
  const unfinished = `${order.folder}.unfinished`;
  const passwordFile = `${order.folder}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${order.password}\n`, { mode: 0o600 });
  const ids = ownerIds(identity);
  if (ids) for (const path of [unfinished, passwordFile]) chownSync(path, ids.uid, ids.gid);
  try {
    // The builtin C.UTF-8 provider sorts and folds alike on every machine; nothing depends on the host's locales.
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const access = ['--auth-local=scram-sha-256', '--auth-host=scram-sha-256', `--username=${POSTGRES_OWNER}`, `--pwfile=${passwordFile}`];
    await runAs({ identity, command: binaries.initdb, args: [`--pgdata=${unfinished}`, ...locale, ...access] });
    await runAs({ identity, command: binaries.postgres, args: ['--single', '-D', unfinished, 'postgres'], input: `create database ${POSTGRES_DATABASE};\n` });
    renameSync(unfinished, order.folder);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function startServer(making: Making): Promise<GuardedProcess> {
  let lastLines: string[] = [];
  let settings = making.order.settings ?? [];
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const { started, lines } = await attemptStart({ ...making, order: { ...making.order, settings } });
    if (started) return started;
    lastLines = lines;
    // A container's /dev/shm may be tiny, or full: files of the data folder serve as well.
    if (lines.some((line) => /shared memory segment.*No space left/.test(line)) && !settings.includes(SHARED_IN_FILES)) settings = [...settings, SHARED_IN_FILES];
    // After a kill -9 the old server's helpers hold its shared memory for a moment longer.
    if (!lines.some((line) => /shared memory|lock file/.test(line))) break;
    await delay(ATTEMPT_PAUSE_MS);
  }
  throw new Error(`PostgreSQL did not start:\n${lastLines.slice(-8).join('\n')}`);
}

async function attemptStart({ order, binaries, identity, log }: Making): Promise<{ started?: GuardedProcess; lines: string[] }> {
  const lines: string[] = [];
  let onReady: () => void = () => undefined;
  const ready = new Promise<'ready'>((resolve) => (onReady = (): void => resolve('ready')));
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'lc_messages=C', 'jit=off', 'max_connections=200', ...(order.settings ?? [])];
  const [command = binaries.postgres, ...wrapped] = [...identity.wrapper, binaries.postgres];
  const server = await startGuarded({
    command,
    args: [...wrapped, '-D', order.folder, '-p', String(order.port), ...settings.flatMap((setting) => ['-c', setting])],
    cwd: order.folder,
    env: { LC_ALL: 'C', TZ: 'UTC' },
    ...(identity.uid === undefined || identity.gid === undefined ? {} : { uid: identity.uid, gid: identity.gid }),
    stopSignal: 'SIGINT',
    graceMs: STOP_GRACE_MS,
    onLine: (line) => {
      if (lines.length < 200) lines.push(line);
      if (line.includes('database system is ready to accept connections')) onReady();
      log(line);
    },
  });
  const abandoned = new AbortController();
  const late = delay(START_TIMEOUT_MS, 'late' as const, { signal: abandoned.signal }).catch(() => 'late' as const);
  const outcome = await Promise.race([ready, server.ended, late]);
  abandoned.abort();
  if (outcome === 'ready') return { started: server, lines };
  await server.stop();
  return { lines };
}

/** A server of this very folder that outlived its parent is ended; a lock file that names another process is removed. */
async function endLeftover(folder: string, log: (line: string) => void): Promise<void> {
  const lockFile = join(folder, 'postmaster.pid');
  if (!existsSync(lockFile)) return;
  const pid = Number(readFileSync(lockFile, 'utf8').split('\n')[0]);
  if (!(pid > 0) || !isPostgres(pid)) {
    rmSync(lockFile, { force: true });
    return;
  }
  log(`a PostgreSQL of an earlier start still runs here (process ${pid}); ending it`);
  for (const [signal, waitMs] of [['SIGINT', STOP_GRACE_MS], ['SIGKILL', 2_000]] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      break;
    }
    const until = Date.now() + waitMs;
    while (isPostgres(pid) && Date.now() < until) await delay(50);
    if (!isPostgres(pid)) break;
  }
  rmSync(lockFile, { force: true });
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    // No /proc (macOS): the lock file's word is all there is.
    return process.platform !== 'linux';
  }
}

interface Run {
  readonly identity: PostgresIdentity;
  readonly command: string;
  readonly args: readonly string[];
  readonly input?: string;
}

function runAs({ identity, command, args, input }: Run): Promise<void> {
  return new Promise((resolve, reject) => {
    const [first = command, ...rest] = [...identity.wrapper, command, ...args];
    const ids = identity.uid === undefined || identity.gid === undefined ? {} : { uid: identity.uid, gid: identity.gid };
    const child = spawn(first, rest, { cwd: '/', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, stdio: ['pipe', 'pipe', 'pipe'], ...ids });
    const endWithUs = (): void => void child.kill('SIGKILL');
    process.once('exit', endWithUs);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output = `${output}${chunk.toString()}`.slice(-4_000)));
    child.on('error', reject);
    child.on('close', (code) => {
      process.removeListener('exit', endWithUs);
      if (code === 0) resolve();
      else reject(new Error(`${command} ended with ${String(code)}:\n${output}`));
    });
    child.stdin.end(input ?? '');
  });
}
