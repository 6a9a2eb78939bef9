import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command as Program, CommanderError } from 'commander';
import { packageRoot } from '#engine/settings/package-root.js';
import { apiCommand } from './api.js';
import { auditCommand } from './audit.js';
import { casesCommand } from './cases.js';
import { checkCommand } from './check.js';
import { CommandRefused } from './command.js';
import type { Command, Given } from './command.js';
import { decideCommand } from './decide.js';
import { demoServicesCommand } from './demo-services.js';
import { diffCommand } from './diff.js';
import { doctorCommand } from './doctor.js';
import { explainCommand } from './explain.js';
import { exportCommand } from './export.js';
import { grantCommand } from './grant.js';
import { importCommand } from './import.js';
import { migrateCommand } from './migrate.js';
import { newCommand } from './new.js';
import { STATUS } from './programmes/print.js';
import { publishCommand } from './publish.js';
import { relayCommand } from './relay.js';
import { siteCommand } from './site.js';
import { startCommand } from './start.js';
import { workerCommand } from './worker.js';

/** Every command there is. One more is a file and a line. */
export const COMMANDS: readonly Command[] = [
  startCommand,
  apiCommand,
  workerCommand,
  relayCommand,
  migrateCommand,
  doctorCommand,
  auditCommand,
  checkCommand,
  decideCommand,
  explainCommand,
  casesCommand,
  diffCommand,
  newCommand,
  exportCommand,
  importCommand,
  publishCommand,
  grantCommand,
  siteCommand,
  demoServicesCommand,
];

/** Runs one command and sets the exit status: 0 done, 1 refused or failed, 2 asked in a way that nobody understands. */
export async function main(argv: readonly string[]): Promise<void> {
  // Whoever reads only the first lines (`| head`) has read enough: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const program = new Program('diktyo').description('Diktyo: municipal solidarity programmes, declared in JSON').showHelpAfterError().exitOverride();
  program.version(readVersion(), '-V, --version', 'tell the version');
  for (const command of COMMANDS) add(program, command);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    // Commander has told it already: help and version are answers, the rest is usage.
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? STATUS.good : STATUS.usage;
      return;
    }
    process.exitCode = 1;
    tell(error, { json: argv.includes('--json'), isStart: argv[2] === startCommand.name });
  }
}

function readVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}

function add(program: Program, command: Command): void {
  const words = command.arguments === undefined ? command.name : `${command.name} ${command.arguments}`;
  const added = program.command(words, { hidden: command.hidden === true }).description(command.describe);
  for (const { flags, describe, fallback } of command.options) added.option(flags, describe, fallback);
  added.action(async () => {
    const options = added.opts<Given['options']>();
    process.exitCode = await command.run({ options, arguments: added.args });
  });
}

/** A refusal is told in both languages; anything else is a bug and keeps its stack. */
function tell(error: unknown, { json, isStart }: { readonly json: boolean; readonly isStart: boolean }): void {
  if (json) {
    const code = error instanceof CommandRefused ? error.code : 'unexpected';
    const message = error instanceof Error ? error.message : String(error);
    process.stdout.write(`${JSON.stringify({ ...(isStart ? { ready: false } : {}), error: { code, ...(error instanceof CommandRefused ? error.texts : { en: message }) } })}\n`);
    return;
  }
  if (error instanceof CommandRefused) process.stderr.write(`\n${error.texts.el}\n\n${error.texts.en}\n`);
  else process.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

const isMain = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isMain) await main(process.argv);
