import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command as Program, CommanderError } from 'commander';
import { packageRoot } from '#engine/settings/package-root.js';
import { apiCommand } from './api.js';
import { auditCommand } from './audit.js';
import { casesCommand } from './cases.js';
import { checkCommand } from './check.js';
import { STATUS } from './command.js';
import type { Command, Given } from './command.js';
import { decideCommand } from './decide.js';
import { demoServicesCommand } from './demo-services.js';
import { diffCommand } from './diff.js';
import { doctorCommand } from './doctor.js';
import { explainCommand } from './explain.js';
import { exportCommand } from './export.js';
import { grantCommand } from './grant.js';
import { addHelp, describeCommand, usageErrorOf } from './help.js';
import { importCommand } from './import.js';
import { migrateCommand } from './migrate.js';
import { newCommand } from './new.js';
import { languageOf } from './programmes/print.js';
import { publishCommand } from './publish.js';
import { relayCommand } from './relay.js';
import { siteCommand } from './site.js';
import { startCommand } from './start.js';
import { inBoth, textOf } from './texts.js';
import type { Language } from './texts.js';
import { refusalOf } from './trouble.js';
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

/** Runs one command and sets the exit status (`STATUS`). */
export async function main(argv: readonly string[]): Promise<void> {
  // Whoever reads only the first lines (`| head`) has read enough: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const language = languageAsked(argv);
  const program = new Program('diktyo').exitOverride();
  program.version(readVersion(), '-V, --version', textOf(language, 'help.version'));
  addHelp(program, language);
  for (const command of COMMANDS) carryOut(command, describeCommand(program, command, language));
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = tell(error, { argv, language });
  }
}

/** Before anything is read: help and complaints about the words are in the language that the words ask for. */
function languageAsked(argv: readonly string[]): Language {
  const at = argv.findIndex((word) => word === '--language' || word.startsWith('--language='));
  return languageOf(at < 0 ? undefined : argv[at]?.includes('=') === true ? argv[at].split('=')[1] : argv[at + 1]);
}

function readVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}

function carryOut(command: Command, added: Program): void {
  added.action(async () => {
    const options = added.opts<Given['options']>();
    process.exitCode = await command.run({ options, arguments: added.args });
  });
}

interface Asked {
  readonly argv: readonly string[];
  readonly language: Language;
}

/** Tells what went wrong, and answers the exit status. A refusal is told in both languages; anything else is a bug and keeps its stack. */
function tell(error: unknown, { argv, language }: Asked): number {
  const json = argv.includes('--json');
  if (error instanceof CommanderError) return tellWords(error, { argv, language });
  const refusal = refusalOf(error);
  if (json) {
    const message = error instanceof Error ? error.message : String(error);
    process.stdout.write(`${JSON.stringify({ ...startFailed(argv), error: refusal === undefined ? { code: 'unexpected', en: message } : { code: refusal.code, ...refusal.texts } })}\n`);
  } else if (refusal !== undefined) process.stderr.write(`\n${refusal.texts.el}\n\n${refusal.texts.en}\n`);
  else process.stderr.write(`\n${inBothLines('unexpected.fault')}\n\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return refusal?.status ?? STATUS.refused;
}

/** What is wrong with the words themselves. Help and version are answers, and commander has given them already. */
function tellWords(error: CommanderError, { argv, language }: Asked): number {
  if (error.exitCode === 0) return STATUS.good;
  const found = usageErrorOf(error, argv.slice(2));
  if (found === undefined) return STATUS.usage;
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify({ ...startFailed(argv), error: found })}\n`);
  else process.stderr.write(`${found[language]}\n`);
  return STATUS.usage;
}

/** Programs that wait for a start look for one word. */
function startFailed(argv: readonly string[]): { readonly ready?: false } {
  return argv[2] === startCommand.name ? { ready: false } : {};
}

function inBothLines(key: string): string {
  const { el, en } = inBoth(key);
  return `${el}\n${en}`;
}

const isMain = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isMain) await main(process.argv);
