import type { Overlay, Programme, ProgrammeCase } from '#definitions/types/programme.js';
import type { ProgrammeFolder } from './programme-folder.js';

/** A programme with its overlays and cases as one document: what municipalities exchange. */
export interface Bundle {
  readonly schemaVersion: '1';
  readonly programme: Programme;
  readonly overlays: readonly Overlay[];
  /** By the name of the case's file. */
  readonly cases: { readonly [name: string]: ProgrammeCase };
}

export function bundleOf({ programme, overlays, cases, caseNames }: ProgrammeFolder): Bundle {
  return { schemaVersion: '1', programme, overlays, cases: Object.fromEntries(cases.map((example, position) => [caseNames[position] ?? `case-${position + 1}`, example])) };
}

export function folderOf({ programme, overlays, cases }: Bundle): ProgrammeFolder {
  return { programme, overlays: [...overlays], cases: Object.values(cases), caseNames: Object.keys(cases) };
}
