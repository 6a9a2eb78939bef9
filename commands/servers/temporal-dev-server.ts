import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { GuardedProcess } from './guarded-process.js';
import { startGuarded } from './guarded-process.js';
import { findTemporalProgram } from './temporal-server.js';

export interface TemporalDevServer extends GuardedProcess {
  readonly address: string;
  readonly uiUrl: string | undefined;
}

export interface TemporalOrder {
  /** The SQLite file that keeps everything; it is made when absent. */
  readonly file: string;
  readonly port: number;
  /** Without it the server runs headless. */
  readonly uiPort?: number;
  /** Custom search attributes, `{DiktyoState: 'Keyword'}`. */
  readonly searchAttributes?: Readonly<Record<string, string>>;
  /** `history.timerProcessorMaxTimeShift` and the like; the value as YAML. */
  readonly dynamicConfig?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
}

const STOP_GRACE_MS = 4_000;
const START_TIMEOUT_MS = 30_000;

/** The real server of Temporal in its one-process form, on loopback, with a write-ahead log: a third of the disk syncs. */
export async function startTemporalDevServer(order: TemporalOrder): Promise<TemporalDevServer> {
  const log = order.log ?? ((): void => undefined);
  const { path } = await findTemporalProgram({ program: 'temporal', log });
  const lines: string[] = [];
  const server = await startGuarded({
    command: path,
    args: argumentsOf(order),
    stopSignal: 'SIGTERM',
    graceMs: STOP_GRACE_MS,
    // Its own update check would call out; a small installation may have no way out.
    env: { TEMPORAL_CLI_DISABLE_UPDATE_CHECK: '1', DO_NOT_TRACK: '1' },
    onLine: (line) => {
      if (lines.length < 200) lines.push(line);
      log(line);
    },
  });
  const hasEnded = { value: false };
  void server.ended.then(() => (hasEnded.value = true));
  const until = Date.now() + START_TIMEOUT_MS;
  while (!hasEnded.value && Date.now() < until) {
    if (await answers(order.port)) {
      return { ...server, address: `127.0.0.1:${order.port}`, uiUrl: order.uiPort === undefined ? undefined : `http://127.0.0.1:${order.uiPort}` };
    }
    await delay(50);
  }
  await server.stop();
  throw new Error(`the Temporal server did not start:\n${lines.slice(-8).join('\n')}`);
}

function argumentsOf({ file, port, uiPort, searchAttributes = {}, dynamicConfig = {} }: TemporalOrder): string[] {
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--db-filename', file];
  args.push('--sqlite-pragma', 'journal_mode=wal', '--log-level', 'warn', '--log-format', 'json');
  args.push(...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-ip', '127.0.0.1']));
  for (const [name, type] of Object.entries(searchAttributes)) args.push('--search-attribute', `${name}=${type}`);
  for (const [name, value] of Object.entries(dynamicConfig)) args.push('--dynamic-config-value', `${name}=${value}`);
  return args;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 });
    const settle = (isOpen: boolean): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.on('connect', () => settle(true));
    socket.on('error', () => settle(false));
    socket.on('timeout', () => settle(false));
  });
}
