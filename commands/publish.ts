import { checkForPublication } from '#definitions/check/check.js';
import type { CheckFinding } from '#definitions/check/check.js';
import { compareProgrammes } from '#definitions/check/changes.js';
import type { Change } from '#definitions/check/changes.js';
import { hashDocument } from '#definitions/folder/programme-folder.js';
import type { Programme } from '#definitions/types/programme.js';
import type { ProgrammeRegister } from '#engine/contract/rooms.js';
import type { Command, Given } from './command.js';
import { CommandRefused } from './command.js';
import { findOwnerUrl } from './programmes/installation.js';
import { readProgrammeFor } from './programmes/prepare.js';
import { STATUS, hasErrors, languageOf, printFindings, writeJsonLine, writeLine } from './programmes/print.js';
import { writeChanges } from './programmes/print-changes.js';
import { checkOptions } from './programmes/reference.js';
import { textOf } from './texts.js';

export const publishCommand: Command = {
  name: 'publish',
  arguments: '[path]',
  describe: 'Put a programme in force in one municipality of an installation: DATABASE_URL of the owner, or --data of a local start',
  options: [
    { flags: '--municipality <code>', describe: "the Ministry of the Interior's code" },
    { flags: '--overlay <path>', describe: "a file, or the code of one of the programme's own overlays (default: the municipality's own, where there is one)" },
    { flags: '--data <folder>', describe: 'the data folder of a local start, whose secrets are read' },
    { flags: '--by <name>', describe: 'who publishes, for the audit record', fallback: 'diktyo publish' },
    { flags: '--json', describe: 'tell the result as JSON' },
    { flags: '--language <code>', describe: 'el or en' },
  ],
  run: async ({ options, arguments: [path] }) => {
    const { municipality } = options;
    if (path === undefined || typeof municipality !== 'string' || !/^\d{4}$/.test(municipality)) return STATUS.usage;
    const ready = await readProgrammeFor(path, { municipality, overlay: textOption(options['overlay']) });
    const findings = 'findings' in ready ? ready.findings : await examine(ready.programme, path);
    if ('findings' in ready || hasErrors(findings)) return tellFindings(findings, options);
    const publication = await publish(ready.programme, { municipality, options });
    tell(publication, { findings, options });
    return STATUS.good;
  },
};

/** The programme with the municipality's settings, as whoever publishes must see it: what cannot run is an error. */
async function examine(programme: Programme, path: string): Promise<readonly CheckFinding[]> {
  return checkForPublication(programme, { ...(await checkOptions()), file: path });
}

function tellFindings(findings: readonly CheckFinding[], options: Given['options']): number {
  if (options['json'] === true) writeJsonLine({ findings });
  else printFindings(findings, languageOf(options['language']));
  return STATUS.findings;
}

interface Publication {
  readonly programme: string;
  readonly municipality: string;
  readonly version: string;
  /** The version in force before; null for the first one. */
  readonly before: string | null;
  readonly created: boolean;
  readonly changes: readonly Change[];
  /** Activities that `call` steps name; only of a development installation is it known here what its workers have. */
  readonly activities: readonly { readonly name: string; readonly isKnown: boolean }[];
}

async function publish(programme: Programme, { municipality, options }: { readonly municipality: string; readonly options: Given['options'] }): Promise<Publication> {
  const databaseUrl = findOwnerUrl({ data: textOption(options['data']), environment: process.env });
  const isDevelopment = textOption(options['data']) !== undefined || process.env['DIKTYO_MODE'] === 'development';
  const { openStore } = await import('#engine/store/connection.js');
  const { createProgrammeRegister } = await import('#engine/register/programmes.js');
  const store = openStore({ databaseUrl, connectionsMax: 1, log: (line) => void process.stderr.write(`${line}\n`), application: 'diktyo-publish' });
  try {
    const activities = await activitiesOf(programme, isDevelopment);
    const done = await putInForce(createProgrammeRegister(store), { programme, municipality, by: textOption(options['by']) ?? '' });
    return { programme: programme.id, municipality, ...done, activities };
  } catch (error) {
    if (error instanceof CommandRefused) throw error;
    throw new CommandRefused('publish.failed', { reason: error instanceof Error ? error.message : String(error) });
  } finally {
    await store.close();
  }
}

/** Asked twice, it is done once. */
async function putInForce(register: ProgrammeRegister, { programme, municipality, by }: { readonly programme: Programme; readonly municipality: string; readonly by: string }): Promise<Pick<Publication, 'version' | 'before' | 'created' | 'changes'>> {
  const known = await register.listMunicipalities();
  if (!known.some(({ code }) => code === municipality)) throw new CommandRefused('publish.municipalityUnknown', { municipality });
  const current = await register.readCurrent({ municipality, programmeId: programme.id });
  const version = hashDocument(programme);
  const { created } = await register.publish({ municipality, hash: version, programme, publishedBy: by });
  // The register keeps what was published first: a version that another has replaced stays replaced.
  if (!created && current?.hash !== version) throw new CommandRefused('publish.earlierVersion', { hash: version });
  return { version, before: current?.hash ?? null, created, changes: current === null ? [] : compareProgrammes(current.programme, programme) };
}

async function activitiesOf({ flow }: Programme, isDevelopment: boolean): Promise<Publication['activities']> {
  const { DEMO_CALLS } = await import('#engine/connect/calls/demo-calls.js');
  const known = isDevelopment ? DEMO_CALLS.map(({ name }) => name) : [];
  const named = new Set(flow.steps.flatMap((step) => (step.kind === 'call' ? [step.activity] : [])));
  return [...named].map((name) => ({ name, isKnown: known.includes(name) }));
}

function tell(publication: Publication, { findings, options }: { readonly findings: readonly CheckFinding[]; readonly options: Given['options'] }): void {
  if (options['json'] === true) return writeJsonLine({ ...publication, findings });
  const language = languageOf(options['language']);
  const { programme, municipality, version, before, created, changes, activities } = publication;
  printFindings(findings, language);
  writeLine(textOf(language, created ? 'publish.done' : 'publish.already', { programme, municipality, hash: version }));
  if (before === null) writeLine(textOf(language, 'publish.first'));
  else if (created) {
    writeLine(textOf(language, 'publish.changes', { count: changes.length }));
    writeChanges(changes);
  }
  for (const { name } of activities.filter(({ isKnown }) => !isKnown)) writeLine(textOf(language, 'publish.activity', { name }));
}

function textOption(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
