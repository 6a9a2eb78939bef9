import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile as writeText } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalise } from '#definitions/language/canonical.js';
import type { Overlay, Programme, ProgrammeCase } from '#definitions/types/programme.js';
import { CASES_FOLDER, FOLDER_FILES, OVERLAYS_FOLDER, PROGRAMME_FILE, joinDocument, splitDocument, writeFile } from './layout.js';

export interface ProgrammeFolder {
  readonly programme: Programme;
  /** By municipality code. */
  readonly overlays: Overlay[];
  /** By file name. */
  readonly cases: ProgrammeCase[];
  /** File names of the cases without `.json`, in the same order. */
  readonly caseNames: string[];
}

/** Reads a folder; nothing is checked but that the files are JSON. @throws when a file is missing or no JSON */
export async function readProgrammeFolder(dir: string): Promise<ProgrammeFolder> {
  const files = new Map<string, unknown>();
  for (const { file, isOptional } of [{ file: PROGRAMME_FILE, isOptional: false }, ...FOLDER_FILES]) {
    const path = join(dir, file);
    if (isOptional !== true || existsSync(path)) files.set(file, await readJson(path));
  }
  const overlays = await readAll(join(dir, OVERLAYS_FOLDER));
  const cases = await readAll(join(dir, CASES_FOLDER));
  return {
    programme: joinDocument(files) as unknown as Programme,
    overlays: overlays.map(({ value }) => value as Overlay),
    cases: cases.map(({ value }) => value as ProgrammeCase),
    caseNames: cases.map(({ name }) => name),
  };
}

/** Writes a folder; what else lies in it stays, but for the file of a part that the programme no longer has. Cases without a name are numbered. */
export async function writeProgrammeFolder(dir: string, folder: Omit<ProgrammeFolder, 'caseNames'> & { readonly caseNames?: readonly string[] }): Promise<void> {
  await mkdir(dir, { recursive: true });
  const files = splitDocument(folder.programme as unknown as Record<string, unknown>);
  for (const [file, value] of files) await writeText(join(dir, file), writeFile(value));
  for (const { file, isOptional } of FOLDER_FILES) if (isOptional === true && !files.has(file)) await rm(join(dir, file), { force: true });
  const names = folder.cases.map((_, position) => folder.caseNames?.[position] ?? `case-${String(position + 1).padStart(3, '0')}`);
  await writeEach(join(dir, OVERLAYS_FOLDER), folder.overlays.map((overlay) => [overlay.municipality, overlay]));
  await writeEach(join(dir, CASES_FOLDER), folder.cases.map((each, position) => [names[position] ?? '', each]));
}

/** `sha256-<hex>` of the canonical form: what identifies a version. */
export function hashDocument(document: unknown): string {
  return `sha256-${createHash('sha256').update(canonicalise(document), 'utf8').digest('hex')}`;
}

async function readAll(dir: string): Promise<readonly { readonly name: string; readonly value: unknown }[]> {
  const names = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(names.map(async (name) => ({ name: name.slice(0, -5), value: await readJson(join(dir, name)) })));
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function writeEach(dir: string, entries: readonly (readonly [string, unknown])[]): Promise<void> {
  if (entries.length === 0) return;
  await mkdir(dir, { recursive: true });
  for (const [name, value] of entries) await writeText(join(dir, `${name}.json`), writeFile(value));
}
