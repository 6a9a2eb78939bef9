import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { packageRoot } from '#engine/settings/package-root.js';

/** A server that knows nothing of us, under a guardian that ends it when this process is gone. */
export interface GuardedProcess {
  /** Of the server itself, not of its guardian. */
  readonly pid: number;
  /** Resolves when the server has ended, however that came about. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** Asks it to end, kills it after the grace, resolves when it is gone. Idempotent. */
  stop(): Promise<void>;
  /** kill -9. */
  kill(): void;
}

export interface GuardedCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  readonly graceMs: number;
  readonly onLine?: (line: string) => void;
}

type Message =
  | { readonly kind: 'spawned'; readonly pid: number }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ended'; readonly code: number | null; readonly signal: string | null };

/** @throws Error when the command cannot be started at all. */
export function startGuarded(order: GuardedCommand): Promise<GuardedProcess> {
  const { onLine, ...told } = order;
  const guardian = spawn(process.execPath, [join(packageRoot(), 'bin/guardian.mjs'), JSON.stringify(told)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Its own process group: Ctrl-C in a terminal reaches this program alone, which then ends everything in order.
    detached: true,
  });
  for (const stream of [guardian.stdout, guardian.stderr]) if (stream) eachLine(stream, onLine ?? ((): void => undefined));
  return new Promise((resolve, reject) => {
    let outcome: { code: number | null; signal: string | null } = { code: null, signal: null };
    let serverPid: number | undefined;
    let hasToldEnd = false;
    let end: (outcome: { code: number | null; signal: string | null }) => void = () => undefined;
    const ended = new Promise<{ code: number | null; signal: string | null }>((settle) => (end = settle));
    guardian.on('message', (message: Message) => {
      if (message.kind === 'failed') reject(new Error(`${order.command}: ${message.message}`));
      if (message.kind === 'ended') {
        outcome = { code: message.code, signal: message.signal };
        hasToldEnd = true;
      }
      if (message.kind === 'spawned') {
        serverPid = message.pid;
        resolve(running(message.pid));
      }
    });
    guardian.on('error', reject);
    guardian.on('close', () => {
      if (serverPid !== undefined && !hasToldEnd) endOrphan(serverPid);
      reject(new Error(`${order.command} ended before it began`));
      end(outcome);
    });
    const running = (pid: number): GuardedProcess => ({
      pid,
      ended,
      stop: async () => {
        if (guardian.connected) guardian.send({ kind: 'stop' });
        await ended;
      },
      kill: () => {
        if (guardian.connected) guardian.send({ kind: 'kill' });
      },
    });
  });
}

/** The guardian itself was killed: without it nobody would end the server. */
function endOrphan(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended too.
  }
}

export function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') onLine(line.trimEnd());
  });
  stream.on('end', () => {
    if (rest.trim() !== '') onLine(rest);
  });
}
