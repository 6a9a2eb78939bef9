import type { FastifyInstance } from 'fastify';
import type { ProgrammeRegister, Tracking, Upkeep } from '#engine/contract/rooms.js';
import { QUARANTINE_FILES_MAX, scanQuarantined } from './documents/quarantine.js';
import type { Scanner } from './documents/scanner.js';
import { watchMisses } from './plugins/misses.js';
import type { Round } from './rounds.js';

/** How often the process looks after the record, in milliseconds. */
export interface Rhythm {
  readonly sweepMs: number;
  readonly quarantineMs: number;
  readonly missesMs: number;
  readonly versionsMs: number;
}

export const RHYTHM: Rhythm = { sweepMs: 600_000, quarantineMs: 60_000, missesMs: 15_000, versionsMs: 20_000 };
const SWEEP_ROWS_MAX = 200;
const TOLD_CASES_MAX = 500;

export interface UpkeepParts {
  readonly app: FastifyInstance;
  readonly upkeep: Upkeep;
  readonly tracking: Tracking;
  readonly programmes: Pick<ProgrammeRegister, 'tellPublications'>;
  readonly rhythm: Rhythm;
  /** Of malware; without one, what was taken in for it to look at stays where it is. */
  readonly scanner?: Scanner;
}

/** What every API process does besides answering; they share the work through the database. */
export function upkeepRounds({ app, upkeep, tracking, programmes, rhythm, scanner }: UpkeepParts): readonly Round[] {
  return [
    { name: 'sweep', everyMs: rhythm.sweepMs, work: () => sweep(app, upkeep) },
    { name: 'misses', everyMs: rhythm.missesMs, work: () => watchMisses(app, tracking).then(() => false) },
    { name: 'versions', everyMs: rhythm.versionsMs, work: () => tellPublications(app, programmes) },
    ...(scanner ? [{ name: 'quarantine', everyMs: rhythm.quarantineMs, work: () => emptyQuarantine(app, { upkeep, scanner }) }] : []),
  ];
}

async function sweep(app: FastifyInstance, upkeep: Upkeep): Promise<boolean> {
  const { more, ...swept } = await upkeep.sweepExpired({ limit: SWEEP_ROWS_MAX });
  if (Object.values(swept).some((count) => count > 0)) app.log.info({ swept }, 'what had run out is gone');
  return more;
}

/** Whoever publishes tells the open cases at once; this goes on where that was cut off, and finds who was filing meanwhile. */
async function tellPublications(app: FastifyInstance, programmes: UpkeepParts['programmes']): Promise<boolean> {
  const { told, more } = await programmes.tellPublications({ limit: TOLD_CASES_MAX });
  if (told > 0) app.log.info({ told }, 'open cases told of a version');
  return more;
}

async function emptyQuarantine(app: FastifyInstance, { upkeep, scanner }: { readonly upkeep: Upkeep; readonly scanner: Scanner }): Promise<boolean> {
  const pass = await scanQuarantined(upkeep, scanner);
  if (pass.refused + pass.unknown > 0) app.log.warn({ pass }, 'files that waited for the scanner');
  return pass.clean + pass.refused === QUARANTINE_FILES_MAX;
}
