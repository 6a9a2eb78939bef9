import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreRole } from '#engine/store/roles.js';
import { CommandRefused } from '../command.js';
import type { ProcessIdentity } from './process-identity.js';
import { endProcess, identityOf, isAlive } from './process-identity.js';

/** Made once, kept in secrets.json, readable by its owner alone. */
export interface Secrets {
  readonly ownerPassword: string;
  readonly rolePasswords: Readonly<Record<StoreRole, string>>;
  /** Base64 of 32 random bytes. */
  readonly codeKey: string;
  readonly loginClientSecret: string;
}

export interface DataFolder {
  readonly path: string;
  readonly secrets: Secrets;
  /** Whether processes of an earlier start had to be ended. */
  readonly tookOver: boolean;
  /** Remembers a process, so that a later start can end it if this one is killed. */
  remember(name: string, pid: number): void;
  release(): void;
}

interface RunRecord {
  readonly parent: ProcessIdentity;
  readonly children: Readonly<Record<string, ProcessIdentity>>;
}

const OURS: readonly string[] = ['postgres', 'postgres.unfinished', 'secrets.json', 'run.json', 'temporal.db', 'temporal.db-wal', 'temporal.db-shm'];
const LEFTOVER_GRACE_MS = 4_000;

/** Makes the folder this process's own; ends what an earlier, killed start left running. */
export async function claimDataFolder({ path, reset }: { readonly path: string; readonly reset: boolean }): Promise<DataFolder> {
  mkdirSync(path, { recursive: true });
  const recordFile = join(path, 'run.json');
  const earlier = readRecord(recordFile);
  if (earlier && earlier.parent.pid !== process.pid && isAlive(earlier.parent)) {
    throw new CommandRefused('start.alreadyRunning', { folder: path, pid: earlier.parent.pid });
  }
  const leftovers = Object.values(earlier?.children ?? {}).filter(isAlive);
  await Promise.all(leftovers.map((identity) => endProcess(identity, LEFTOVER_GRACE_MS)));
  if (reset) empty(path);
  const parent = identityOf(process.pid);
  if (!parent) throw new Error('this process does not know when it began');
  let record: RunRecord = { parent, children: {} };
  writeRecord(recordFile, record);
  return {
    path,
    secrets: readOrMakeSecrets(join(path, 'secrets.json')),
    tookOver: leftovers.length > 0,
    remember: (name, pid) => {
      const identity = identityOf(pid);
      if (!identity) return;
      record = { parent, children: { ...record.children, [name]: identity } };
      writeRecord(recordFile, record);
    },
    release: () => rmSync(recordFile, { force: true }),
  };
}

/** Only a folder that holds nothing of anybody else is ever emptied. */
function empty(path: string): void {
  const foreign = readdirSync(path).filter((name) => !OURS.includes(name));
  if (foreign.length > 0) throw new CommandRefused('start.notOurFolder', { folder: path, name: foreign[0] ?? '' });
  for (const name of OURS) rmSync(join(path, name), { recursive: true, force: true });
}

function readOrMakeSecrets(path: string): Secrets {
  if (existsSync(path)) return readSecrets(path);
  const password = (): string => randomBytes(24).toString('base64url');
  const secrets: Secrets = {
    ownerPassword: password(),
    rolePasswords: { diktyo_api: password(), diktyo_worker: password(), diktyo_relay: password(), diktyo_audit: password() },
    codeKey: randomBytes(32).toString('base64'),
    loginClientSecret: password(),
  };
  writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  return secrets;
}

function readSecrets(path: string): Secrets {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Secrets;
  } catch (error) {
    if (error instanceof SyntaxError) throw new CommandRefused('start.secretsUnreadable', { file: path });
    throw error;
  }
}

function readRecord(path: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as RunRecord;
  } catch {
    return undefined;
  }
}

function writeRecord(path: string, record: RunRecord): void {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(record), { mode: 0o600 });
  renameSync(temporary, path);
}
