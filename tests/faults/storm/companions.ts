import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '#engine/settings/package-root.js';
import { databaseUrlOf } from '#tests/support/desk-client.js';
import type { StartedSystem } from '#tests/support/started-system.js';
import { readFileSync } from 'node:fs';

export type CompanionPart = 'api' | 'worker' | 'relay';

export interface Exit {
  readonly part: string;
  readonly pid: number;
  readonly code: number | null;
  readonly signal: string | null;
  readonly lastLines: readonly string[];
}

/** A second process of a part beside the started system, as an installation runs any number of each; started again when it falls. */
export interface Companion {
  readonly part: CompanionPart;
  readonly lines: readonly string[];
  readonly exits: readonly Exit[];
  pid(): number | undefined;
  stop(): Promise<void>;
}

const PAUSE_MS = 400;

export function startCompanion(system: StartedSystem, { part, port }: { readonly part: CompanionPart; readonly port: number }): Companion {
  const lines: string[] = [];
  const exits: Exit[] = [];
  let child: ChildProcess | undefined;
  let isStopping = false;
  let ended: Promise<void> = Promise.resolve();
  const launch = (): void => {
    const own = spawn(process.execPath, ['--enable-source-maps', join(packageRoot(), 'dist/commands/main.js'), part], {
      cwd: packageRoot(),
      env: { ...process.env, ...environmentOf(system, { part, port }) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    child = own;
    for (const stream of [own.stdout, own.stderr]) if (stream) createInterface({ input: stream }).on('line', (line) => lines.push(line));
    ended = new Promise((resolve) => {
      own.on('close', (code, signal) => {
        exits.push({ part: `${part} beside`, pid: own.pid ?? 0, code, signal, lastLines: lines.slice(-8) });
        if (!isStopping) setTimeout(launch, PAUSE_MS);
        resolve();
      });
    });
  };
  launch();
  return {
    part,
    lines,
    exits,
    pid: () => (child?.exitCode === null && child.signalCode === null ? child.pid : undefined),
    stop: async () => {
      isStopping = true;
      if (child?.connected === true) child.send({ kind: 'stop' }, () => undefined);
      const late = setTimeout(() => child?.kill('SIGKILL'), 6_000);
      await ended;
      clearTimeout(late);
    },
  };
}

function environmentOf(system: StartedSystem, { part, port }: { readonly part: CompanionPart; readonly port: number }): NodeJS.ProcessEnv {
  const { codeKey, loginClientSecret } = JSON.parse(readFileSync(join(system.dataFolder, 'secrets.json'), 'utf8')) as Readonly<Record<string, string>>;
  return {
    DIKTYO_MODE: 'development',
    DIKTYO_PUBLIC_URL: `http://127.0.0.1:${system.portBase}`,
    DIKTYO_HOST: '127.0.0.1',
    DIKTYO_PORT: String(port),
    DIKTYO_CODE_KEY: codeKey ?? '',
    DIKTYO_LOGIN_ISSUER: `http://127.0.0.1:${system.portBase + 2}`,
    DIKTYO_LOGIN_CLIENT_ID: 'diktyo-desk',
    DIKTYO_LOGIN_CLIENT_SECRET: loginClientSecret ?? '',
    TEMPORAL_ADDRESS: `127.0.0.1:${system.portBase + 3}`,
    DATABASE_URL: databaseUrlOf(system, `diktyo_${part}`),
  };
}
