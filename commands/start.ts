import { resolve } from 'node:path';
import { packageRoot } from '#engine/settings/package-root.js';
import { CommandRefused } from './command.js';
import type { Command, Given } from './command.js';
import { claimDataFolder } from './start/data-folder.js';
import { portNames, portsFrom, requirePorts } from './start/ports.js';
import type { PortName } from './start/ports.js';
import { jsonReporter, terminalReporter } from './start/reporter.js';
import type { Reporter } from './start/reporter.js';
import type { External } from './start/system.js';
import { terminalLanguage } from './texts.js';

const PORTS_WAIT_MS = 5_000;
const STOP_TIMEOUT_MS = 9_500;
const PARENT_EVERY_MS = 500;
/** One Ctrl-C arrives twice under `npm start`: from the terminal, and passed on by npm. */
const SAME_PRESS_MS = 1_000;

export const startCommand: Command = {
  name: 'start',
  options: [
    { flags: '--json' },
    { flags: '--data <folder>' },
    { flags: '--port-base <number>', fallback: '4300' },
    { flags: '--reset' },
    { flags: '--no-demo' },
  ],
  run: async ({ options }) => {
    // It opens demo accounts without a password, and invents people in whatever DATABASE_URL names.
    if (process.env['DIKTYO_MODE'] === 'production') throw new CommandRefused('start.notInProduction');
    const reporter = options['json'] === true ? jsonReporter() : terminalReporter(terminalLanguage());
    return startAndStay(options, reporter);
  },
};

async function startAndStay(options: Given['options'], reporter: Reporter): Promise<number> {
  const startedAt = performance.now();
  const external = externalServers(process.env);
  const ports = portsFrom(String(options['portBase']));
  const given = options['data'];
  const path = resolve(typeof given === 'string' ? given : `${packageRoot()}/.diktyo`);
  const ending = endingAsked();
  const folder = await claimDataFolder({ path, reset: options['reset'] === true });
  if (folder.tookOver) reporter.step('start.step.takeOver');
  const { System } = await import('./start/system.js');
  const system = new System({ folder, ports, reporter, demo: options['demo'] !== false, external });
  try {
    await requirePorts({ ports, needed: portsNeeded(external), waitMs: folder.tookOver ? PORTS_WAIT_MS : 0 });
    ending.onSecond(() => {
      system.kill();
      process.exit(1);
    });
    const started = system.start();
    started.catch(() => undefined);
    const outcome = await Promise.race([started, ending.first]);
    if (outcome !== 'end') {
      reporter.ready({ ...outcome, dataFolder: path, milliseconds: performance.now() - startedAt });
      await ending.first;
    }
    reporter.step('start.step.stopping');
    reporter.ending();
  } finally {
    await stopInTime(system);
    folder.release();
  }
  // Whatever still holds a handle here must not keep a process that has ended everything else.
  process.exit(0);
}

async function stopInTime(system: { stop(): Promise<void>; kill(): void }): Promise<void> {
  const late = setTimeout(() => {
    system.kill();
    process.exit(1);
  }, STOP_TIMEOUT_MS);
  await system.stop();
  clearTimeout(late);
}

function externalServers(environment: NodeJS.ProcessEnv): External {
  const databaseUrl = environment['DATABASE_URL'];
  const temporalAddress = environment['TEMPORAL_ADDRESS'];
  return {
    ...(databaseUrl === undefined || databaseUrl === '' ? {} : { databaseUrl }),
    ...(temporalAddress === undefined || temporalAddress === '' ? {} : { temporalAddress }),
  };
}

function portsNeeded({ databaseUrl, temporalAddress }: External): readonly PortName[] {
  const isLeftOut = (name: PortName): boolean =>
    (name === 'postgres' && databaseUrl !== undefined) || ((name === 'temporal' || name === 'temporalUi') && temporalAddress !== undefined);
  return portNames().filter((name) => !isLeftOut(name));
}

interface Ending {
  readonly first: Promise<'end'>;
  onSecond(act: () => void): void;
}

/** Ctrl-C, a polite kill, a closed terminal, or a reader of our output that is gone. */
function endingAsked(): Ending {
  let askedAt: number | undefined;
  let second: () => void = () => process.exit(1);
  let settle: (value: 'end') => void = () => undefined;
  const first = new Promise<'end'>((resolveFirst) => (settle = resolveFirst));
  const ask = (): void => {
    const now = performance.now();
    askedAt ??= now;
    settle('end');
    if (now - askedAt > SAME_PRESS_MS) second();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', () => settle('end'));
  watchNpm(() => settle('end'));
  return { first, onSecond: (act) => (second = act) };
}

/** `npm start` is our parent then, and the one whom people and programs end; killed outright it cannot pass that on. */
function watchNpm(onGone: () => void): void {
  if (process.env['npm_lifecycle_event'] !== 'start') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onGone();
  }, PARENT_EVERY_MS);
  watch.unref();
}
