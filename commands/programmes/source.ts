import { existsSync, statSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { checkCase, checkOverlay, checkProgramme, readJsonSource, tellUnreadable } from '#definitions/check/check.js';
import type { CheckFinding } from '#definitions/check/check.js';
import { CASES_FOLDER, FOLDER_FILES, OVERLAYS_FOLDER, PROGRAMME_FILE, joinDocument, placeInFolder } from '#definitions/folder/layout.js';
import { upgradeDocuments } from '#definitions/folder/upgrades.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import type { Overlay, Programme, ProgrammeCase } from '#definitions/types/programme.js';
import { checkOptions } from './reference.js';

/** A programme as it was found: a folder, or a file with the whole document (alone, or with its overlays and cases). */
export interface Source {
  readonly path: string;
  readonly isFolder: boolean;
  readonly programme: unknown;
  readonly overlays: readonly Named[];
  readonly cases: readonly Named[];
  /** What kept files from being read. */
  readonly findings: readonly CheckFinding[];
}

interface Named {
  readonly name: string;
  readonly file: string;
  readonly value: unknown;
}

export async function readSource(path: string): Promise<Source> {
  if (!existsSync(path)) return { path, isFolder: false, programme: undefined, overlays: [], cases: [], findings: tellUnreadable([{ code: 'fileMissing', pointer: '', params: { name: path } }], path) };
  return upgraded(await (statSync(path).isDirectory() ? readFolder(path) : readDocument(path)));
}

/** What an earlier release wrote is read as the present one would write it. */
function upgraded(source: Source): Source {
  const { programme, overlays, cases } = upgradeDocuments({ programme: source.programme, overlays: source.overlays.map(({ value }) => value), cases: source.cases.map(({ value }) => value) });
  const withValues = (named: readonly Named[], values: readonly unknown[]): readonly Named[] => named.map((each, position) => ({ ...each, value: values[position] }));
  return { ...source, programme, overlays: withValues(source.overlays, overlays), cases: withValues(source.cases, cases) };
}

/** Folders below `path` that hold a programme, or the path itself. One file out of a programme's folder stands for the whole. */
export async function programmesIn(path: string): Promise<readonly string[]> {
  const isPart = basename(path) === PROGRAMME_FILE || FOLDER_FILES.some(({ file }) => file === basename(path));
  if (isPart && existsSync(path) && FOLDER_FILES.every(({ file, isOptional }) => isOptional === true || existsSync(join(dirname(path), file)))) return [dirname(path)];
  if (!existsSync(path) || !statSync(path).isDirectory() || existsSync(join(path, PROGRAMME_FILE))) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && existsSync(join(path, entry.name, PROGRAMME_FILE))).map((entry) => join(path, entry.name));
  return folders.length === 0 ? [join(path, PROGRAMME_FILE)] : folders.sort();
}

async function readFolder(path: string): Promise<Source> {
  const findings: CheckFinding[] = [];
  const files = new Map<string, unknown>();
  for (const { file, isOptional } of [{ file: PROGRAMME_FILE, isOptional: false }, ...FOLDER_FILES]) {
    if (isOptional === true && !existsSync(join(path, file))) continue;
    const value = await readOne(join(path, file), findings);
    if (value !== undefined) files.set(file, value);
  }
  return {
    path,
    isFolder: true,
    programme: joinDocument(files),
    overlays: await readAll(join(path, OVERLAYS_FOLDER), findings),
    cases: await readAll(join(path, CASES_FOLDER), findings),
    findings,
  };
}

async function readDocument(path: string): Promise<Source> {
  const findings: CheckFinding[] = [];
  const value = await readOne(path, findings);
  const bundle = value as { readonly programme?: unknown; readonly overlays?: readonly unknown[]; readonly cases?: Readonly<Record<string, unknown>> } | undefined;
  const isBundle = typeof bundle?.programme === 'object';
  return {
    path,
    isFolder: false,
    programme: isBundle ? bundle.programme : value,
    overlays: (isBundle ? (bundle.overlays ?? []) : []).map((overlay, position) => ({ name: String((overlay as Partial<Overlay> | null)?.municipality ?? position), file: path, value: overlay })),
    cases: Object.entries(isBundle ? (bundle.cases ?? {}) : {}).map(([name, example]) => ({ name, file: path, value: example })),
    findings,
  };
}

async function readAll(dir: string, findings: CheckFinding[]): Promise<readonly Named[]> {
  if (!existsSync(dir)) return [];
  const names = (await readdir(dir)).filter((name) => name.endsWith('.json')).sort();
  const read = await Promise.all(names.map(async (name) => ({ name: name.slice(0, -5), file: join(dir, name), value: await readOne(join(dir, name), findings) })));
  return read.filter(({ value }) => value !== undefined);
}

async function readOne(path: string, findings: CheckFinding[]): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const source = text === undefined ? { drafts: [{ code: 'fileMissing' as const, pointer: '', params: { name: basename(path) } }] } : readJsonSource(text);
  if ('value' in source) return source.value;
  findings.push(...tellUnreadable(source.drafts, relative(process.cwd(), path) || path));
  return undefined;
}

/** Every finding of a programme, its overlays and its cases, each with the file in which it stands. */
export async function checkSource(source: Source): Promise<readonly CheckFinding[]> {
  const found = [...source.findings];
  const near = (file: string): string => relative(process.cwd(), file) || file;
  if (source.programme === undefined || found.some(({ file }) => basename(file) === PROGRAMME_FILE)) return found;
  const options = await checkOptions();
  const own = checkProgramme(source.programme, options).filter((finding) => !isOfUnread(finding, found)).map((finding) => {
    if (!source.isFolder) return { ...finding, file: near(source.path) };
    const place = placeInFolder(finding.pointer);
    return { ...finding, file: near(join(source.path, place.file)), pointer: place.pointer };
  });
  const isSound = !own.some(({ severity }) => severity === 'error') && found.length === 0;
  const overlays = source.overlays.flatMap(({ file, value }) => (isSound ? checkOverlay(source.programme as Programme, value, { ...options, file: near(file) }) : []));
  const cases = source.cases.flatMap(({ file, value }) => {
    const programme = isSound ? programmeOfCase(source, value) : undefined;
    return checkCase(value, { file: near(file), ...(programme === undefined ? {} : { programme }) });
  });
  return [...found, ...own, ...overlays, ...cases];
}

/** A part whose file could not be read is not missing: that its file cannot be read is told already. */
function isOfUnread({ code, pointer, message }: CheckFinding, unread: readonly CheckFinding[]): boolean {
  if (code !== 'shapeRequired' || pointer !== '') return false;
  const files = unread.map(({ file }) => basename(file));
  return FOLDER_FILES.some(({ file, parts }) => files.includes(file) && parts.some((part) => message.en.includes(`“${part}”`)));
}

/** The programme that a case is about: with its municipality's settings, where it names one. */
function programmeOfCase(source: Source, example: unknown): Programme | undefined {
  const code = (example as Partial<ProgrammeCase> | null)?.overlay;
  if (code === undefined) return source.programme as Programme;
  const overlay = overlaysOf(source).find(({ municipality }) => municipality === code);
  const applied = overlay === undefined ? undefined : applyOverlay(source.programme as Programme, overlay);
  return applied !== undefined && 'programme' in applied ? applied.programme : undefined;
}

export function casesOf(source: Source): readonly { readonly name: string; readonly example: ProgrammeCase }[] {
  return source.cases.map(({ name, value }) => ({ name, example: value as ProgrammeCase }));
}

export function overlaysOf(source: Source): readonly Overlay[] {
  return source.overlays.map(({ value }) => value as Overlay);
}
