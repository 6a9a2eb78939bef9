import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '#engine/settings/package-root.js';
import { findFreeBase, processesOf } from '../support/processes.js';
import { builtFolder } from '../support/shared.js';

const END_WITHIN_MS = 10_000;
const folder = mkdtempSync(join(tmpdir(), 'diktyo-start-'));
let portBase = 0;

interface Start {
  readonly pid: number;
  /** The first line of standard output, as JSON. */
  readonly first: Promise<Readonly<Record<string, unknown>>>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly millisecondsToFirst: () => number;
  send(signal: NodeJS.Signals): void;
}

interface How {
  /** A process group of its own, as a terminal gives one. */
  readonly detached?: boolean;
  readonly command?: string;
  readonly words?: readonly string[];
  readonly more?: readonly string[];
}

function start({ command = process.execPath, words = ['bin/diktyo.mjs', 'start'], more = [], detached = false }: How = {}): Start {
  const child = spawn(command, [...words, '--json', '--no-demo', '--data', folder, '--port-base', String(portBase), ...more], { cwd: packageRoot(), stdio: ['ignore', 'pipe', 'pipe'], detached });
  const began = Date.now();
  let tookMs = 0;
  let output = '';
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
  const first = new Promise<Record<string, unknown>>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes('\n')) return;
      tookMs ||= Date.now() - began;
      resolve(JSON.parse(output.slice(0, output.indexOf('\n'))) as Record<string, unknown>);
    });
    void ended.then(({ code }) => reject(new Error(`start ended with ${String(code)} and said nothing:\n${complaints.slice(-4_000)}`)));
  });
  first.catch(() => undefined);
  return { pid: child.pid ?? 0, first, ended, millisecondsToFirst: () => tookMs, send: (signal) => child.kill(signal) };
}

/** Every process that names this test's folder or ports: the servers, the parts, their guardians. */
const ours = (): readonly string[] => processesOf([folder, ...portsOfThisTest()]);
const portsOfThisTest = (): readonly string[] => [`--port ${portBase + 3}`, `-p ${portBase + 5}`];

async function untilGone(pids: readonly number[]): Promise<number> {
  const began = Date.now();
  const isRunning = (pid: number): boolean => existsSync(`/proc/${pid}`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  while (pids.some(isRunning) && Date.now() - began < END_WITHIN_MS * 2) await delay(50);
  expect(pids.filter(isRunning)).toEqual([]);
  return Date.now() - began;
}

/** What the running start remembers of its processes. */
function remembered(): Readonly<Record<string, number>> {
  const { children } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { children: Record<string, { pid: number }> };
  return Object.fromEntries(Object.entries(children).map(([name, { pid }]) => [name, pid]));
}

beforeAll(async () => {
  await builtFolder();
  portBase = await findFreeBase();
});

let current: Start | undefined;

/** The start that runs, or a new one: each test works alone, and together they start as seldom as they can. */
async function running(): Promise<Start> {
  current ??= start();
  await current.first;
  return current;
}

async function untilNoneIsLeft(): Promise<void> {
  const until = Date.now() + END_WITHIN_MS;
  while (ours().length > 0 && Date.now() < until) await delay(50);
  expect(ours()).toEqual([]);
}

afterAll(async () => {
  current?.send('SIGINT');
  await current?.ended;
  rmSync(folder, { recursive: true, force: true });
});

describe('One command', () => {
  test('starts everything in an empty folder, says so in one line, and answers where it said', async () => {
    const ready = await (await running()).first;
    expect(ready).toMatchObject({ ready: true, urls: { desk: expect.stringContaining(String(portBase)) }, signIns: expect.any(Array) });
    const { api, ...pages } = ready['urls'] as Record<string, string>;
    expect(Object.keys(pages).sort()).toEqual(['desk', 'openapi', 'outbox', 'site', 'temporal']);
    for (const url of [...Object.values(pages), `${api}/municipalities`]) expect((await fetch(url)).status, url).toBe(200);
    expect(Object.keys(remembered()).sort()).toEqual(['api', 'demo', 'postgres', 'relay', 'temporal', 'worker']);
  });

  test('is found in good health by the doctor', async () => {
    await running();
    const words = ['bin/diktyo.mjs', 'doctor', '--json', '--data', folder, '--port-base', String(portBase)];
    const { stdout, status } = spawnSync(process.execPath, words, { cwd: packageRoot(), encoding: 'utf8' });
    const { findings } = JSON.parse(stdout) as { findings: readonly { code: string; state: string }[] };
    expect(findings.filter(({ state }) => state === 'bad')).toEqual([]);
    expect(findings.filter(({ state }) => state === 'good').map(({ code }) => code)).toEqual(['node', 'disk', 'ports', 'database', 'durability', 'role', 'migrations', 'watch', 'temporal']);
    expect(status).toBe(0);
  });

  test('given a second time in the same folder is refused, and so is a port that is held; both say what to do', async () => {
    const { pid } = await running();
    const same = start();
    expect(await same.first).toMatchObject({ ready: false, error: { code: 'start.alreadyRunning', en: expect.stringContaining(String(pid)) } });
    expect((await same.ended).code).toBe(1);
    const elsewhere = mkdtempSync(join(tmpdir(), 'diktyo-start-other-'));
    const busy = start({ more: ['--data', elsewhere] });
    expect(await busy.first).toMatchObject({ ready: false, error: { code: 'start.portBusy', en: expect.stringMatching(/held by: .*process \d+.*--port-base/s) } });
    expect((await busy.ended).code).toBe(1);
    rmSync(elsewhere, { recursive: true, force: true });
  });

  test('starts a part again that dies', async () => {
    const { urls } = (await (await running()).first) as { urls: Record<string, string> };
    for (const name of ['api', 'worker', 'relay', 'postgres', 'temporal'] as const) {
      const before = remembered()[name] ?? 0;
      process.kill(before, 'SIGKILL');
      while (remembered()[name] === before) await delay(50);
    }
    expect((await fetch(urls['openapi'] ?? '')).status).toBe(200);
  });

  test('ends every process within ten seconds of Ctrl-C', async () => {
    const one = await running();
    const pids = [one.pid, ...Object.values(remembered())];
    const asked = Date.now();
    one.send('SIGINT');
    expect(await one.ended).toEqual({ code: 0, signal: null });
    expect(Date.now() - asked).toBeLessThan(END_WITHIN_MS);
    current = undefined;
    await untilGone(pids);
    await untilNoneIsLeft();
    expect(existsSync(join(folder, 'run.json'))).toBe(false);
  });

  test('ends in the middle of a start as well', async () => {
    const one = start();
    while (ours().length < 2) await delay(20);
    one.send('SIGINT');
    expect((await one.ended).code).toBe(0);
    await untilNoneIsLeft();
  });

  test('leaves nothing running after kill -9 of the parent, and starts again', async () => {
    const one = await running();
    // Printed, not asserted: the machine decides.
    console.log(`a start on existing data took ${one.millisecondsToFirst()} ms`);
    const pids = Object.values(remembered());
    one.send('SIGKILL');
    await one.ended;
    current = undefined;
    expect(await untilGone(pids)).toBeLessThan(END_WITHIN_MS);
    await untilNoneIsLeft();
    expect(await (await running()).first).toMatchObject({ ready: true });
  });

  test.each(['SIGINT', 'SIGKILL'] as const)('ends when npm, which started it, is ended by %s', async (signal) => {
    current?.send('SIGINT');
    await current?.ended;
    const npm = start({ command: 'npm', words: ['start', '--silent', '--'] });
    expect(await npm.first).toMatchObject({ ready: true });
    const pids = Object.values(remembered());
    npm.send(signal);
    await untilGone(pids);
    await untilNoneIsLeft();
    await npm.ended;
    current = undefined;
  });

  test('ends in good order when one Ctrl-C reaches both npm and the start, which npm then tells once more', async () => {
    current?.send('SIGINT');
    await current?.ended;
    current = undefined;
    const npm = start({ command: 'npm', words: ['start', '--silent', '--'], detached: true });
    await npm.first;
    const pids = Object.values(remembered());
    process.kill(-npm.pid, 'SIGINT');
    expect((await npm.ended).code).toBe(0);
    await untilGone(pids);
    // A server that was killed leaves its lock, and reads its log again at the next start.
    expect(existsSync(join(folder, 'postgres/postmaster.pid'))).toBe(false);
    expect(existsSync(join(folder, 'run.json'))).toBe(false);
  });

  test('takes over what runs on after kill -9 of the parent and of its guardians', async () => {
    const one = await running();
    const guardians = processesOf(['bin/guardian.mjs']).filter((line) => line.includes(folder)).map((line) => Number(line.split(' ')[0]));
    expect(guardians).toHaveLength(2);
    for (const pid of guardians) process.kill(pid, 'SIGKILL');
    one.send('SIGKILL');
    await one.ended;
    current = undefined;
    expect(await (await running()).first).toMatchObject({ ready: true });
  });
});
