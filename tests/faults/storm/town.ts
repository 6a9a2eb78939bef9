import { join } from 'node:path';
import { readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import type { Programme, Role } from '#definitions/types/programme.js';
import type { Entropy } from '#commands/demo/entropy.js';
import { inventHouseholds } from '#commands/demo/people.js';
import type { DemoHousehold } from '#commands/demo/people.js';
import { planDemo } from '#commands/demo/plan.js';
import type { DemoFiling } from '#commands/demo/plan.js';
import { packageRoot } from '#engine/settings/package-root.js';
import type { DeskClient } from '#tests/support/desk-client.js';
import type { DescribedClient } from './described-client.js';
import type { StormMail } from './mail.js';

export const MUNICIPALITIES = ['9230', '9220'] as const;
export const PROGRAMMES = ['wildfire-aid', 'volunteer-registry'] as const;
export const ROLES = ['desk', 'inspector', 'decider', 'supervisor', 'administrator'] as const satisfies readonly Role[];

/** A case whose receipt somebody holds. */
export interface KnownCase {
  readonly municipality: string;
  readonly caseId: string;
  readonly programme: string;
  readonly trackingCode: string;
  readonly email?: string;
}

/** What a client knows of one action: what it sent, when, and what it was told in the end. */
export interface ActionTry {
  readonly key: string;
  readonly municipality: string;
  readonly caseId: string;
  readonly kind: string;
  readonly sentAt: number;
  answeredAt?: number;
  /** `unknown`: the client gave up; the action may have been recorded or not. */
  outcome: 'accepted' | 'refused' | 'unknown';
  version?: number;
  code?: string;
}

export interface Town {
  readonly client: DescribedClient;
  readonly mail: StormMail;
  readonly desks: ReadonlyMap<string, DeskClient['staff']>;
  /** The programmes as they are in force, by municipality and id; changed when another version is published. */
  readonly inForce: Map<string, { readonly programme: Programme; readonly hash: string }>;
  readonly cases: KnownCase[];
  readonly tries: ActionTry[];
  readonly receiptsFile: string;
  readonly filings: DemoFiling[];
  readonly complain: (what: string) => void;
  readonly counted: Map<string, number>;
  /** The storm is over: whoever is at something brings it to its end and begins nothing new. */
  isOver(): boolean;
}

export const placeOf = (municipality: string, programme: string): string => `${municipality} ${programme}`;

export function count(town: Pick<Town, 'counted'>, what: string): void {
  town.counted.set(what, (town.counted.get(what) ?? 0) + 1);
}

export async function readProgramme(municipality: string, id: string): Promise<Programme> {
  const { programme: base, overlays } = await readProgrammeFolder(join(packageRoot(), 'definitions/programmes', id));
  const own = overlays.find((overlay) => overlay.municipality === municipality);
  if (own === undefined) throw new Error(`${id} has no overlay of ${municipality}`);
  const applied = applyOverlay(base, own);
  if ('findings' in applied) throw new Error(`${id} in ${municipality} is not sound`);
  return applied.programme;
}

const PEOPLE = 2_600;
const HOUSEHOLDS_A_PLAN = 130;

/** Invented applications, each of another household, and what of these people no log may hold. */
export function inventFilings(seed: string, chance: Entropy): { readonly filings: DemoFiling[]; readonly personal: readonly string[] } {
  const households = inventHouseholds({ seed: `storm ${seed}`, peopleMin: PEOPLE });
  const today = new Date().toISOString().slice(0, 10);
  const filings: DemoFiling[] = [];
  for (let from = 0; from + HOUSEHOLDS_A_PLAN <= households.length; from += HOUSEHOLDS_A_PLAN) {
    filings.push(...planDemo({ seed: `storm ${seed} ${from}`, households: households.slice(from, from + HOUSEHOLDS_A_PLAN), today }));
  }
  for (let index = filings.length - 1; index > 0; index -= 1) {
    const other = chance.below(index + 1);
    [filings[index], filings[other]] = [filings[other] as DemoFiling, filings[index] as DemoFiling];
  }
  return { filings, personal: personalOf(households) };
}

function personalOf(households: readonly DemoHousehold[]): readonly string[] {
  const people = households.flatMap(({ head, members }) => [head, ...members]);
  const found = people.flatMap((person) => [person.afm, person.amka, person.phone, person.email, person.iban, person.passport?.number, `${person.givenName} ${person.familyName}`]);
  return [...new Set(found.filter((value): value is string => value !== undefined))];
}
