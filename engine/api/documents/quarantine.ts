import type { Upkeep } from '#engine/contract/rooms.js';
import { problemTexts } from '../problems/problem.js';
import type { Scanner } from './scanner.js';

export const QUARANTINE_FILES_MAX = 10;
/** Longer than the scanner needs for as many files as are claimed at once. */
const LEASE_SECONDS = 300;
/** One file may be too much for the scanner; several in a row, and it is the scanner that is away. */
const UNKNOWN_IN_A_ROW_MAX = 3;

export interface QuarantinePass {
  readonly clean: number;
  readonly refused: number;
  /** The scanner could not say; they come again when their lease ends. */
  readonly unknown: number;
}

/**
 * Scans files that were accepted while the scanner was away, by the same scanner that uploads pass. What it refuses no
 * longer counts as handed in: the case asks for it again.
 */
export async function scanQuarantined(upkeep: Upkeep, scanner: Scanner): Promise<QuarantinePass> {
  const pass = { clean: 0, refused: 0, unknown: 0 };
  let unknownInARow = 0;
  for (const place of await upkeep.claimQuarantined({ limit: QUARANTINE_FILES_MAX, leaseSeconds: LEASE_SECONDS })) {
    const bytes = await upkeep.readQuarantined(place);
    const verdict = bytes === null ? null : await scanner.scan(bytes);
    if (verdict === null) continue;
    if (verdict === 'unknown') {
      pass.unknown += 1;
      unknownInARow += 1;
      if (unknownInARow === UNKNOWN_IN_A_ROW_MAX) break;
      continue;
    }
    unknownInARow = 0;
    if (await upkeep.judgeQuarantined({ ...place, state: verdict, note: problemTexts({ code: 'document.malware' }).detail })) pass[verdict] += 1;
  }
  return pass;
}
