import { checkForPublication } from '#definitions/check/check.js';
import type { CheckFinding } from '#definitions/check/check.js';
import { hashDocument } from '#definitions/folder/programme-folder.js';
import type { Programme } from '#definitions/types/programme.js';
import type { ProgrammeRegister } from '#engine/contract/rooms.js';
import { dateOf } from '#engine/decide/calendar.js';
import type { PublicationPreview } from '#engine/register/publication-preview.js';
import type { Command, Given } from './command.js';
import { CommandRefused } from './command.js';
import { findOwnerPlace, ownerRefused } from './programmes/installation.js';
import { readProgrammeFor } from './programmes/prepare.js';
import { STATUS, hasErrors, languageOf, printFindings, writeJsonLine, writeLine, tellUsage } from './programmes/print.js';
import { writeChanges } from './programmes/print-changes.js';
import { checkOptions } from './programmes/reference.js';
import { textOf } from './texts.js';

export const publishCommand: Command = {
  name: 'publish',
  arguments: '[path]',
  options: [
    { flags: '--municipality <code>' },
    { flags: '--overlay <path>' },
    { flags: '--data <folder>' },
    { flags: '--dry-run' },
    { flags: '--by <name>', fallback: 'diktyo publish' },
    { flags: '--json' },
    { flags: '--language <code>' },
  ],
  run: async ({ options, arguments: [path] }) => {
    const { municipality } = options;
    if (path === undefined || typeof municipality !== 'string' || !/^\d{4}$/.test(municipality)) return tellUsage('usage.publish', options);
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

interface Publication extends PublicationPreview {
  readonly programme: string;
  readonly municipality: string;
  readonly version: string;
  /** The document had never been published here. */
  readonly created: boolean;
  /** False: it is in force already, or nothing was to be done but tell. */
  readonly published: boolean;
  readonly dryRun: boolean;
  /** Activities that `call` steps name; only of a development installation is it known here what its workers have. */
  readonly activities: readonly { readonly name: string; readonly isKnown: boolean }[];
}

async function publish(programme: Programme, { municipality, options }: { readonly municipality: string; readonly options: Given['options'] }): Promise<Publication> {
  const place = findOwnerPlace({ data: textOption(options['data']), environment: process.env });
  const isDevelopment = textOption(options['data']) !== undefined || process.env['DIKTYO_MODE'] === 'development';
  const { openStore } = await import('#engine/store/connection.js');
  const { createProgrammeRegister } = await import('#engine/register/programmes.js');
  const store = openStore({ databaseUrl: place.databaseUrl, connectionsMax: 1, log: (line) => void process.stderr.write(`${line}\n`), application: 'diktyo-publish' });
  try {
    const activities = await activitiesOf(programme, isDevelopment);
    const done = await putInForce(createProgrammeRegister(store), { programme, municipality, by: textOption(options['by']) ?? '', isDryRun: options['dryRun'] === true });
    return { programme: programme.id, municipality, ...done, activities };
  } catch (error) {
    if (error instanceof CommandRefused) throw error;
    throw ownerRefused(error, { place, failed: 'publish.failed' });
  } finally {
    await store.close();
  }
}

const TOLD_CASES_MAX = 500;

interface Order {
  readonly programme: Programme;
  readonly municipality: string;
  readonly by: string;
  readonly isDryRun: boolean;
}

/** Told first, then done, and only if the version in force is still the one that was told of. Asked twice, it is done once. */
async function putInForce(register: ProgrammeRegister, { programme, municipality, by, isDryRun }: Order): Promise<Omit<Publication, 'programme' | 'municipality' | 'activities'>> {
  const { previewPublication } = await import('#engine/register/publication-preview.js');
  const known = await register.listMunicipalities();
  if (!known.some(({ code }) => code === municipality)) throw new CommandRefused('publish.municipalityUnknown', { municipality });
  const version = hashDocument(programme);
  const preview = await previewPublication(register, { municipality, programme, version, on: dateOf(new Date().toISOString()) });
  if (isDryRun) return { ...preview, version, created: false, published: false, dryRun: true };
  const { created, published, changedTo } = await register.publish({ municipality, hash: version, programme, publishedBy: by, expected: preview.before ?? '' });
  if (changedTo !== undefined) throw new CommandRefused('publish.changedMeanwhile', { hash: changedTo });
  // Whatever is cut off here, any process of the engine goes on with.
  for (let isMore = true; isMore; ) isMore = (await register.tellPublications({ limit: TOLD_CASES_MAX })).more;
  return { ...preview, version, created, published, dryRun: false };
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
  const { programme, municipality, version, before, published, dryRun, changes, activities } = publication;
  printFindings(findings, language);
  writeLine(textOf(language, dryRun ? 'publish.dryRun' : published ? 'publish.done' : 'publish.already', { programme, municipality, hash: version }));
  if (before === null) writeLine(textOf(language, 'publish.first'));
  else if (before !== version) {
    writeLine(textOf(language, 'publish.changes', { count: changes.length }));
    writeChanges(changes);
    tellOpen(publication, language);
  }
  for (const { name } of activities.filter(({ isKnown }) => !isKnown)) writeLine(textOf(language, 'publish.activity', { name }));
}

/** Who takes it over, who is asked, who stays; and what cannot be carried to whom. */
function tellOpen({ open, notCarried }: Publication, language: ReturnType<typeof languageOf>): void {
  writeLine(textOf(language, 'publish.open'));
  for (const stage of ['draft', 'filed', 'inReview', 'benefitRunning'] as const) {
    writeLine(textOf(language, 'publish.openStage', { stage: textOf(language, `publish.stage.${stage}`), ...open[stage] }));
  }
  for (const { what, stage, cases, finding } of notCarried) {
    writeLine(textOf(language, 'publish.notCarried', { what, stage: textOf(language, `publish.stage.${stage}`), cases, reason: finding?.message[language] ?? '' }));
  }
}

function textOption(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
