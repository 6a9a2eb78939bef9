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
import { UsageRefused } from '../command.js';
import { databaseTrouble, requireAddress } from '../trouble.js';
import type { DatabasePlace, Trouble } from '../trouble.js';
import { wordsOfFound } from './found-words.js';
import type { Words } from './found-words.js';
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
  /** What stands for {state} in the sentence, one after the other. */
  readonly stateTexts?: readonly Words[];
  /** What stands for {reason} in the remedy. */
  readonly reason?: Words | { readonly el: string; readonly en: string };
}

interface Examined {
  readonly dataFolder: string;
  readonly ports: Ports;
  /** A system that `start` runs here right now is examined too. */
  readonly isRunning: boolean;
  readonly database: DatabasePlace | undefined;
  readonly temporalAddress: string | undefined;
}

const GIBIBYTE = 1024 ** 3;
const TEMPORAL_TIMEOUT_MS = 5_000;
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
    database: placeGiven(environment) ?? (isRunning ? ownDatabase(folder, ports) : undefined),
    temporalAddress: given(environment, 'TEMPORAL_ADDRESS') ?? (isRunning ? `127.0.0.1:${ports.temporal}` : undefined),
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
  const stateTexts = [busy.length === 0 ? { key: 'doctor.ports.free' } : { key: 'doctor.ports.busy', params: { list: busy.join(', ') } }];
  return { code: 'ports', state: busy.length === 0 || isRunning ? 'good' : 'bad', params, stateTexts };
}

/** Without DATABASE_URL this is a machine for `start`, which makes its own settings. */
function examineSettings(): Finding {
  if (placeGiven(process.env) === undefined) {
    return { code: 'settings', state: 'skipped', stateTexts: [{ key: 'doctor.notGiven', params: { variable: 'DATABASE_URL' } }] };
  }
  const read = readSettings(process.env, 'api');
  if (read.ok) return { code: 'settings', state: 'good', stateTexts: [{ key: 'doctor.settings.good' }] };
  const variables = read.refusals.map(({ variable }) => variable).join(', ');
  const inLanguage = (language: 'el' | 'en'): string => read.refusals.map((refusal) => settingRefusalText(refusal, language)).join(' ');
  return { code: 'settings', state: 'bad', stateTexts: [{ key: 'doctor.list', params: { list: variables } }], reason: { el: inLanguage('el'), en: inLanguage('en') } };
}

async function examineDatabase({ database }: Examined): Promise<readonly Finding[]> {
  if (database === undefined) {
    return [{ code: 'database', state: 'skipped', stateTexts: [{ key: 'doctor.notGiven', params: { variable: 'DATABASE_URL' } }] }];
  }
  try {
    requireAddress(database);
  } catch (error) {
    if (!(error instanceof UsageRefused)) throw error;
    return [databaseBad({ key: error.code, params: { setting: database.setting } })];
  }
  const store = openStore({ databaseUrl: database.databaseUrl, connectionsMax: 1, application: 'diktyo doctor', log: () => undefined });
  try {
    const findings = await store.call<readonly string[]>('examine_safety');
    const lasting = findings.filter((finding) => NOT_DURABLE.test(finding));
    const others = findings.filter((finding) => !NOT_DURABLE.test(finding));
    return [
      { code: 'database', state: 'good', stateTexts: [{ key: 'doctor.answers' }] },
      examination('durability', lasting.map(wordsOfFound)),
      examination('role', others.filter((finding) => /role/.test(finding)).map(wordsOfFound)),
      examination('migrations', others.filter((finding) => !/role/.test(finding)).map(wordsOfFound)),
      ...(await examineWatch(store)),
    ];
  } catch (error) {
    const trouble = databaseTrouble(error, database);
    return [trouble.key === 'database.notMigrated' ? examination('migrations', [stateOf(trouble)]) : databaseBad(trouble)];
  } finally {
    await store.close();
  }
}

/** Every trouble has two sentences: what is so, and how to mend it. */
function stateOf({ key, params }: Trouble): Words {
  return { key: `${key}.state`, params };
}

function databaseBad(trouble: Trouble): Finding {
  return { code: 'database', state: 'bad', stateTexts: [stateOf(trouble)], reason: trouble };
}

/** Does a relay look for cases whose kernel Temporal has lost? Before the first relay there is nothing to say; some roles may not ask. */
async function examineWatch(store: Store): Promise<readonly Finding[]> {
  const watch = await store.call<WatchState | null>('describe_watch').catch(() => null);
  if (watch === null) return [];
  const params = { looked: watch.looked, resumed: watch.resumed, since: watch.heldUntil ?? '–' };
  const key = !watch.isHeld ? 'doctor.watch.left' : watch.isUrgent ? 'doctor.watch.urgent' : 'doctor.watch.kept';
  return [{ code: 'watch', state: watch.isHeld ? 'good' : 'bad', stateTexts: [{ key, params }] }];
}

function examination(code: 'durability' | 'role' | 'migrations', found: readonly Words[]): Finding {
  return found.length === 0 ? { code, state: 'good', stateTexts: [{ key: 'doctor.fine' }] } : { code, state: 'bad', stateTexts: found };
}

async function examineTemporal({ temporalAddress }: Examined): Promise<Finding> {
  if (temporalAddress === undefined) {
    return { code: 'temporal', state: 'skipped', params: { address: '–' }, stateTexts: [{ key: 'doctor.notGiven', params: { variable: 'TEMPORAL_ADDRESS' } }] };
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
    return { code: 'temporal', state: 'good', params, stateTexts: [{ key: 'doctor.answers' }] };
  } catch (error) {
    const trouble = temporalTrouble(error, { address: temporalAddress, namespace });
    return { code: 'temporal', state: 'bad', params, stateTexts: [stateOf(trouble)], reason: trouble };
  }
}

/** Status codes of gRPC. */
const NOT_FOUND = 5;
const DENIED: readonly unknown[] = [7, 16];
const SILENT: readonly unknown[] = [4, 14];

function temporalTrouble(error: unknown, { address, namespace }: { readonly address: string; readonly namespace: string }): Trouble {
  const { code, message = '' } = error as { readonly code?: unknown; readonly message?: string };
  const isSilent = SILENT.includes(code) || /deadline|connect/i.test(message);
  const key = code === NOT_FOUND ? 'temporal.namespace' : DENIED.includes(code) ? 'temporal.denied' : isSilent ? 'temporal.silent' : 'temporal.other';
  return { key, params: { address, namespace, reason: message } };
}

function runsHere(folder: string): boolean {
  try {
    const { parent } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { parent: { pid: number; began: string } };
    return isAlive(parent);
  } catch {
    return false;
  }
}

/** A variable that is set to nothing is as if it were not there. */
function given(environment: NodeJS.ProcessEnv, variable: string): string | undefined {
  return environment[variable] === '' ? undefined : environment[variable];
}

function placeGiven(environment: NodeJS.ProcessEnv): DatabasePlace | undefined {
  const databaseUrl = given(environment, 'DATABASE_URL');
  return databaseUrl === undefined ? undefined : { databaseUrl, setting: 'DATABASE_URL' };
}

function ownDatabase(folder: string, ports: Ports): DatabasePlace | undefined {
  const setting = join(folder, 'secrets.json');
  try {
    const { rolePasswords } = JSON.parse(readFileSync(setting, 'utf8')) as Secrets;
    return { databaseUrl: `postgres://diktyo_api:${rolePasswords.diktyo_api}@127.0.0.1:${ports.postgres}/diktyo`, setting };
  } catch {
    return undefined;
  }
}
