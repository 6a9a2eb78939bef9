import { readFile } from 'node:fs/promises';
import { tellUnreadable, readJsonSource } from '#definitions/check/check.js';
import type { CheckFinding } from '#definitions/check/check.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import { prepareProgramme } from '#definitions/language/programme.js';
import type { PreparedProgramme } from '#definitions/language/programme.js';
import type { Overlay, Programme } from '#definitions/types/programme.js';
import { checkOverlay } from '#definitions/check/check.js';
import { hasErrors } from './print.js';
import { checkOptions } from './reference.js';
import { checkSource, overlaysOf, readSource } from './source.js';

export type Ready = { readonly prepared: PreparedProgramme } | { readonly findings: readonly CheckFinding[] };

/** A checked programme with its overlay (a file, or the code of one of its own), ready to evaluate. */
export async function readyProgramme(path: string, overlay: string | undefined): Promise<Ready> {
  const source = await readSource(path);
  const findings = await checkSource({ ...source, overlays: [], cases: [] });
  if (hasErrors(findings) || source.programme === undefined) return { findings };
  const base = source.programme as Programme;
  if (overlay === undefined) return { prepared: prepareProgramme(base) };
  const own = overlaysOf(source).find((candidate) => candidate.municipality === overlay);
  const given = own === undefined ? await readJsonFile(overlay) : { value: own };
  if ('findings' in given) return given;
  const wrong = checkOverlay(base, given.value, { file: overlay });
  if (hasErrors(wrong)) return { findings: wrong };
  const applied = applyOverlay(base, given.value as Overlay);
  return 'programme' in applied ? { prepared: prepareProgramme(applied.programme) } : { findings: wrong };
}

/** A checked programme as one municipality runs it: with the overlay that is named, else with its own, else as the base stands. */
export async function readProgrammeFor(path: string, { municipality, overlay }: { readonly municipality: string; readonly overlay: string | undefined }): Promise<{ readonly programme: Programme } | { readonly findings: readonly CheckFinding[] }> {
  const source = await readSource(path);
  const findings = await checkSource({ ...source, overlays: [], cases: [] });
  if (hasErrors(findings) || source.programme === undefined) return { findings };
  const base = source.programme as Programme;
  const own = overlaysOf(source).find((candidate) => candidate.municipality === (overlay ?? municipality));
  const given = own !== undefined ? { value: own } : overlay !== undefined ? await readJsonFile(overlay) : { value: { schemaVersion: '1', base: base.id, municipality, set: [] } };
  if ('findings' in given) return given;
  const file = overlay ?? municipality;
  const wrong = checkOverlay(base, given.value, { ...(await checkOptions()), file });
  if (hasErrors(wrong)) return { findings: wrong };
  const settings = given.value as Overlay;
  if (settings.municipality !== municipality) return { findings: tellUnreadable([{ code: 'overlayMunicipality', pointer: '/municipality', params: { found: settings.municipality, expected: municipality } }], file) };
  const applied = applyOverlay(base, settings);
  return 'programme' in applied ? applied : { findings: wrong };
}

/** A JSON file, read strictly. */
export async function readJsonFile(path: string): Promise<{ readonly value: unknown } | { readonly findings: readonly CheckFinding[] }> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return { findings: tellUnreadable([{ code: 'fileMissing', pointer: '', params: { name: path } }], path) };
  const source = readJsonSource(text);
  return 'value' in source ? source : { findings: tellUnreadable(source.drafts, path) };
}
