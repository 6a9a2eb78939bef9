import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '#engine/settings/package-root.js';

export interface SignIn {
  readonly role: string;
  readonly municipality: string;
  readonly account: string;
  readonly password: string;
}

/** The whole product, started by its own command, as a newcomer starts it. */
export interface StartedSystem {
  readonly urls: Readonly<Record<'site' | 'desk' | 'api' | 'openapi' | 'temporal' | 'outbox', string>>;
  readonly signIns: readonly SignIn[];
  readonly dataFolder: string;
  readonly portBase: number;
  /** The start command's own process. */
  readonly process: ChildProcess;
  /** Log records so far, newest last. */
  readonly records: readonly Readonly<Record<string, unknown>>[];
  /** Processes below the start command, by what they are. */
  findProcess(part: Part): number | undefined;
  stop(): Promise<void>;
}

export const PARTS = ['api', 'worker', 'relay', 'postgres', 'temporal'] as const;
export type Part = (typeof PARTS)[number];

const COMMAND_LINES: Readonly<Record<Part, RegExp>> = {
  api: /main\.js api( |$)/,
  worker: /main\.js worker( |$)/,
  relay: /main\.js relay( |$)/,
  postgres: /bin\/postgres( |$).*-D/,
  temporal: /temporal server start-dev/,
};

/** Starts the product on free ports in a folder of its own; resolves when it says that it is ready. */
export async function startSystem(options: { readonly demo?: boolean; readonly dataFolder?: string; readonly portBase?: number } = {}): Promise<StartedSystem> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'diktyo-system-'));
  const portBase = options.portBase ?? (await findPortBase());
  const words = ['bin/diktyo.mjs', 'start', '--json', '--data', dataFolder, '--port-base', String(portBase)];
  const child = spawn(process.execPath, options.demo === true ? words : [...words, '--no-demo'], {
    cwd: packageRoot(),
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const records: Record<string, unknown>[] = [];
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString('utf8')));
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const record = readRecord(line);
      if (record['ready'] === true) resolve(record);
      else records.push(record);
    });
    child.once('exit', (code) => reject(new Error(`the start command ended with ${code}: ${complaints.join('').slice(-4000)} ${JSON.stringify(records.slice(-20))}`)));
  });
  return {
    urls: ready['urls'] as StartedSystem['urls'],
    signIns: ready['signIns'] as readonly SignIn[],
    dataFolder,
    portBase,
    process: child,
    records,
    findProcess: (part) => findDescendants(child.pid ?? -1).find(({ line }) => COMMAND_LINES[part].test(line))?.pid,
    stop: () => stopSystem(child, options.dataFolder === undefined ? dataFolder : undefined),
  };
}

async function stopSystem(child: ChildProcess, folder: string | undefined): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    await ended;
  }
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

function readRecord(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return { unreadable: line };
  }
}

/** Six ports in a row that nobody holds right now. */
async function findPortBase(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const base = 20_000 + Math.floor(Math.random() * 3_000) * 10;
    const free = await Promise.all(Array.from({ length: 10 }, (_, offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no ten free ports in a row were found');
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Every process below `pid`, from /proc where there is one, else from ps. */
export function findDescendants(pid: number): readonly { readonly pid: number; readonly line: string }[] {
  const all = listProcesses();
  const found: { pid: number; line: string }[] = [];
  const waiting = [pid];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    for (const one of all.filter((candidate) => candidate.parent === parent)) {
      found.push({ pid: one.pid, line: one.line });
      waiting.push(one.pid);
    }
  }
  return found;
}

function listProcesses(): readonly { readonly pid: number; readonly parent: number; readonly line: string }[] {
  if (process.platform !== 'linux') return listByPs();
  return readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).flatMap((name) => {
    try {
      const status = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
      const line = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return [{ pid: Number(name), parent, line }];
    } catch {
      return [];
    }
  });
}

function listByPs(): readonly { readonly pid: number; readonly parent: number; readonly line: string }[] {
  return spawnSync('ps', ['-axo', 'pid=,ppid=,command='], { encoding: 'utf8' }).stdout.split('\n').flatMap((row) => {
    const parts = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row);
    return parts === null ? [] : [{ pid: Number(parts[1]), parent: Number(parts[2]), line: parts[3] ?? '' }];
  });
}
