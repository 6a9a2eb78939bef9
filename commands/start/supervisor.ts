import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { packageRoot } from '#engine/settings/package-root.js';
import { eachLine } from '../servers/guarded-process.js';
import type { GuardedProcess } from '../servers/guarded-process.js';
import type { Reporter } from './reporter.js';

const PAUSE_MS_MIN = 250;
const PAUSE_MS_MAX = 10_000;
/** Who ran this long without falling starts again without a pause. */
const STEADY_MS = 30_000;
const STOP_GRACE_MS = 5_000;
const READY_TIMEOUT_MS = 120_000;
/** The worker rests more than it works: collect sooner. The API would pay for that with every filing. */
const MEMORY_WORDS: Readonly<Record<string, readonly string[]>> = { worker: ['--max-semi-space-size=4'] };
/** Freed memory in few heaps of the C library: a small machine serves a town for years. */
const MALLOC_ARENA_MAX = '2';

export interface Supervised {
  stop(): Promise<void>;
  kill(): void;
}

export interface Supervision {
  readonly name: string;
  /** Resolves when the process works; called again whenever it has fallen. */
  readonly launch: () => Promise<GuardedProcess>;
  readonly reporter: Reporter;
  readonly onLaunch: (pid: number) => void;
}

/** Keeps one process running: whoever falls is started again, with a growing pause. Rejects when the very first start fails. */
export async function supervise({ name, launch, reporter, onLaunch }: Supervision): Promise<Supervised> {
  const stopping = new AbortController();
  let current = await launch();
  onLaunch(current.pid);
  const keepUp = async (): Promise<void> => {
    let pauseMs = PAUSE_MS_MIN;
    while (!stopping.signal.aborted) {
      const startedAt = Date.now();
      const { code, signal } = await current.ended;
      if (stopping.signal.aborted) return;
      pauseMs = Date.now() - startedAt > STEADY_MS ? PAUSE_MS_MIN : pauseMs;
      reporter.record({ level: 'warn', part: name, message: `ended unexpectedly (${signal ?? code ?? 'unknown'}); starting it again`, pauseMs });
      pauseMs = await relaunch(pauseMs);
    }
  };
  const relaunch = async (firstPauseMs: number): Promise<number> => {
    let pauseMs = firstPauseMs;
    while (!stopping.signal.aborted) {
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) break;
      pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX);
      try {
        current = await launch();
        onLaunch(current.pid);
        reporter.record({ level: 'info', part: name, message: 'runs again' });
        break;
      } catch (error) {
        reporter.record({ level: 'error', part: name, message: `does not start: ${error instanceof Error ? error.message : String(error)}`, pauseMs });
      }
    }
    return pauseMs;
  };
  const done = keepUp();
  return {
    stop: async () => {
      stopping.abort();
      await current.stop();
      await done;
      // A launch that was under way when it was told to stop.
      await current.stop();
    },
    kill: () => {
      stopping.abort();
      current.kill();
    },
  };
}

export interface PartOrder {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly reporter: Reporter;
}

type PartMessage = { readonly kind: 'ready'; readonly url?: string };

/** One of our own processes. Resolves when it says that it is ready. */
export function launchPart({ name, args, env, reporter }: PartOrder): Promise<GuardedProcess> {
  const lines: string[] = [];
  const onLine = (line: string): void => {
    lines.push(line);
    if (lines.length > 20) lines.shift();
    reporter.line(name, line);
  };
  const child = spawn(process.execPath, [...(MEMORY_WORDS[name] ?? []), '--enable-source-maps', join(packageRoot(), 'dist/commands/main.js'), ...args], {
    cwd: packageRoot(),
    env: { ...process.env, MALLOC_ARENA_MAX, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Its own process group: Ctrl-C in a terminal reaches the parent alone, which then ends everything in order.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) if (stream) eachLine(stream, onLine);
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
    child.on('error', () => resolve({ code: null, signal: null }));
  });
  const stop = async (): Promise<void> => {
    if (child.connected) child.send({ kind: 'stop' }, () => undefined);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
    await ended;
    clearTimeout(late);
  };
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${name} was not ready in ${READY_TIMEOUT_MS / 1000} s`));
    }, READY_TIMEOUT_MS);
    child.on('message', (message: PartMessage) => {
      if (message.kind !== 'ready') return;
      clearTimeout(late);
      resolve({ pid: child.pid ?? 0, ended, stop, kill: () => child.kill('SIGKILL') });
    });
    void ended.then(({ code, signal }) => {
      clearTimeout(late);
      reject(new Error(`${name} ended before it was ready (${signal ?? code ?? 'unknown'}):\n${lines.join('\n')}`));
    });
  });
}
