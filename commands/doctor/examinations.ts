import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Connection } from '@temporalio/client';
import { settingRefusalText } from '#engine/settings/refusal-text.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { readSettings } from '#engine/settings/settings.js';
import type { WatchState } from '#engine/contract/watch.js';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import type { Secrets } from '../start/data-folder.js';
import { isPortFree, portHolder } from '../servers/ports.js';
import { isAlive } from '../start/process-identity.js';
import { portNames, portsFrom } from '../start/ports.js';
import type { Ports } from '../start/ports.js';

type Params = Readonly<Record<string, string | number>>;

/** What was found. Its sentence is `doctor.<code>`, its remedy `doctor.<code>.fix`. */
export interface Finding {
  readonly code: 'node' | 'disk' | 'ports' | 'settings' | 'database' | 'durability' | 'role' | 'migrations' | 'watch' | 'temporal';
  readonly state: 'good' | 'bad' | 'skipped';
  readonly params?: Params;
  /** What stands for {state} in the sentence; its own key. */
  readonly stateText?: { readonly key: string; readonly params?: Params };
  readonly reason?: string | { readonly el: string; readonly en: string };
}

interface Examined {
  readonly dataFolder: string;
  readonly ports: Ports;
  /** A system that `start` runs here right now is examined too. */
  readonly isRunning: boolean;
  readonly databaseUrl: string | undefined;
  readonly temporalAddress: string | undefined;
}

const GIBIBYTE = 1024 ** 3;
const TEMPORAL_TIMEOUT_MS = 3_000;
const NOT_DURABLE = /synchronous_commit|fsync|full_page_writes/;

export async function examine({ portBase, dataFolder }: { readonly portBase: string; readonly dataFolder?: string }): Promise<readonly Finding[]> {
  const folder = resolve(dataFolder ?? join(packageRoot(), '.diktyo'));
  const ports = portsFrom(portBase);
  const isRunning = runsHere(folder);
  const environment = process.env;
  const examined: Examined = {
    dataFolder: folder,
    ports,
    isRunning,
    databaseUrl: environment['DATABASE_URL'] ?? (isRunning ? ownDatabaseUrl(folder, ports) : undefined),
    temporalAddress: environment['TEMPORAL_ADDRESS'] ?? (isRunning ? `127.0.0.1:${ports.temporal}` : undefined),
  };
  const [portsFound, database, temporal] = await Promise.all([examinePorts(examined), examineDatabase(examined), examineTemporal(examined)]);
  return [examineNode(), examineDisk(examined), portsFound, examineSettings(), ...database, temporal];
}

function examineNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return { code: 'node', state: major > 20 || (major === 20 && minor >= 19) ? 'good' : 'bad', params: { version: process.versions.node } };
}

function examineDisk({ dataFolder }: Examined): Finding {
  const place = existsSync(dataFolder) ? dataFolder : existsSync(dirname(dataFolder)) ? dirname(dataFolder) : packageRoot();
  const { bavail, bsize } = statfsSync(place);
  const free = (bavail * bsize) / GIBIBYTE;
  return { code: 'disk', state: free >= 1 ? 'good' : 'bad', params: { folder: place, free: free.toFixed(1) } };
}

async function examinePorts({ ports, isRunning }: Examined): Promise<Finding> {
  const params = { from: ports.engine, to: ports.postgres };
  const states = await Promise.all(portNames().map(async (name) => ({ port: ports[name], isFree: await isPortFree(ports[name]) })));
  const busy = states.filter(({ isFree }) => !isFree).map(({ port }) => `${port} ${portHolder(port) ?? '?'}`);
  const stateText = busy.length === 0 ? { key: 'doctor.ports.free' } : { key: 'doctor.ports.busy', params: { list: busy.join(', ') } };
  return { code: 'ports', state: busy.length === 0 || isRunning ? 'good' : 'bad', params, stateText };
}

/** Without DATABASE_URL this is a machine for `start`, which makes its own settings. */
function examineSettings(): Finding {
  if (process.env['DATABASE_URL'] === undefined) {
    return { code: 'settings', state: 'skipped', stateText: { key: 'doctor.notGiven', params: { variable: 'DATABASE_URL' } } };
  }
  const read = readSettings(process.env, 'api');
  if (read.ok) return { code: 'settings', state: 'good', stateText: { key: 'doctor.settings.good' } };
  const variables = read.refusals.map(({ variable }) => variable).join(', ');
  const inLanguage = (language: 'el' | 'en'): string => read.refusals.map((refusal) => settingRefusalText(refusal, language)).join(' ');
  return { code: 'settings', state: 'bad', stateText: { key: 'doctor.list', params: { list: variables } }, reason: { el: inLanguage('el'), en: inLanguage('en') } };
}

async function examineDatabase({ databaseUrl }: Examined): Promise<readonly Finding[]> {
  if (databaseUrl === undefined) {
    return [{ code: 'database', state: 'skipped', stateText: { key: 'doctor.notGiven', params: { variable: 'DATABASE_URL' } } }];
  }
  const store = openStore({ databaseUrl, connectionsMax: 1, application: 'diktyo doctor', log: () => undefined });
  try {
    const findings = await store.call<readonly string[]>('examine_safety');
    const lasting = findings.filter((finding) => NOT_DURABLE.test(finding));
    const others = findings.filter((finding) => !NOT_DURABLE.test(finding));
    return [
      { code: 'database', state: 'good', stateText: { key: 'doctor.answers' } },
      examination('durability', lasting),
      examination('role', others.filter((finding) => /role/.test(finding))),
      examination('migrations', others.filter((finding) => !/role/.test(finding))),
      ...(await examineWatch(store)),
    ];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // The functions that examine come with the migrations.
    if (/examine_safety|schema "diktyo"/.test(reason)) return [examination('migrations', [reason])];
    return [{ code: 'database', state: 'bad', stateText: { key: 'doctor.list', params: { list: reason } }, reason }];
  } finally {
    await store.close();
  }
}

/** Does a relay look for cases whose kernel Temporal has lost? Before the first relay there is nothing to say; some roles may not ask. */
async function examineWatch(store: Store): Promise<readonly Finding[]> {
  const watch = await store.call<WatchState | null>('describe_watch').catch(() => null);
  if (watch === null) return [];
  const params = { looked: watch.looked, resumed: watch.resumed, since: watch.heldUntil ?? '–' };
  const key = !watch.isHeld ? 'doctor.watch.left' : watch.isUrgent ? 'doctor.watch.urgent' : 'doctor.watch.kept';
  return [{ code: 'watch', state: watch.isHeld ? 'good' : 'bad', stateText: { key, params } }];
}

function examination(code: 'durability' | 'role' | 'migrations', found: readonly string[]): Finding {
  if (found.length === 0) return { code, state: 'good', stateText: { key: 'doctor.settings.good' } };
  return { code, state: 'bad', stateText: { key: 'doctor.list', params: { list: found.join(', ') } } };
}

async function examineTemporal({ temporalAddress }: Examined): Promise<Finding> {
  if (temporalAddress === undefined) {
    return { code: 'temporal', state: 'skipped', params: { address: '–' }, stateText: { key: 'doctor.notGiven', params: { variable: 'TEMPORAL_ADDRESS' } } };
  }
  const params = { address: temporalAddress };
  const apiKey = process.env['TEMPORAL_API_KEY'];
  const namespace = process.env['TEMPORAL_NAMESPACE'] ?? 'default';
  try {
    const options = { address: temporalAddress, connectTimeout: TEMPORAL_TIMEOUT_MS };
    const connection = await Connection.connect(apiKey === undefined ? options : { ...options, apiKey, tls: true });
    try {
      await connection.withDeadline(Date.now() + TEMPORAL_TIMEOUT_MS, () => connection.workflowService.describeNamespace({ namespace }));
    } finally {
      await connection.close();
    }
    return { code: 'temporal', state: 'good', params, stateText: { key: 'doctor.answers' } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { code: 'temporal', state: 'bad', params, stateText: { key: 'doctor.list', params: { list: reason } }, reason };
  }
}

function runsHere(folder: string): boolean {
  try {
    const { parent } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { parent: { pid: number; began: string } };
    return isAlive(parent);
  } catch {
    return false;
  }
}

function ownDatabaseUrl(folder: string, ports: Ports): string | undefined {
  try {
    const { rolePasswords } = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as Secrets;
    return `postgres://diktyo_api:${rolePasswords.diktyo_api}@127.0.0.1:${ports.postgres}/diktyo`;
  } catch {
    return undefined;
  }
}
