import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#engine/settings/package-root.js';
import { afmOf, amkaOf, ibanOf } from './identifiers.js';
import { entropyOf } from './entropy.js';
import type { Entropy } from './entropy.js';

export type Sex = 'female' | 'male';

/** An invented person. Identifiers have valid check digits and look reserved. */
export interface DemoPerson {
  /** `p0001`… */
  readonly id: string;
  readonly sex: Sex;
  readonly givenName: string;
  readonly familyName: string;
  /** yyyy-mm-dd */
  readonly birthDate: string;
  readonly disability67: boolean;
  readonly afm?: string;
  readonly amka?: string;
  /** Who has no AFM shows this instead. */
  readonly passport?: { readonly number: string; readonly country: string };
  readonly phone?: string;
  readonly email?: string;
  readonly iban?: string;
}

export interface DemoMember extends DemoPerson {
  readonly relation: 'partner' | 'child' | 'parent' | 'other';
}

export interface DemoHousehold {
  /** `h001`… */
  readonly id: string;
  readonly municipality: string;
  readonly community: string;
  readonly address: { readonly street: string; readonly number: string; readonly postcode: string; readonly town: string };
  readonly head: DemoPerson;
  /** The others of the house, without the head. */
  readonly members: readonly DemoMember[];
}

interface Names {
  readonly greek: { readonly female: readonly string[]; readonly male: readonly string[]; readonly family: readonly (readonly [string, string])[] };
  readonly foreign: readonly { readonly country: string; readonly female: readonly string[]; readonly male: readonly string[]; readonly family: readonly string[] }[];
}

interface Place {
  readonly municipality: string;
  readonly communities: readonly { readonly id: string; readonly name: string; readonly postcode: string; readonly streets: readonly string[]; readonly weight: number }[];
}

/** Ages are counted to this day, so that the people are the same whenever the demo is made. */
const BORN_BEFORE_YEAR = 2023;
const FOREIGN_PER_MILLE = 90;

interface Family {
  readonly country: string | null;
  readonly male: string;
  readonly female: string;
  readonly givenNames: Readonly<Record<Sex, readonly string[]>>;
}

/** Invents households until `peopleMin` people live in them. Same seed, same people. */
export function inventHouseholds({ seed, peopleMin = 200 }: { seed: string; peopleMin?: number }): readonly DemoHousehold[] {
  const entropy = entropyOf(`people ${seed}`);
  const names = readBeside<Names>('names.json');
  const places = readBeside<readonly Place[]>('places.json');
  const registry = new Registry(entropy);
  const households: DemoHousehold[] = [];
  while (registry.count < peopleMin) {
    const place = places[households.length % places.length];
    if (place === undefined) throw new Error('places.json is empty');
    households.push(inventHousehold({ entropy, registry, family: chooseFamily(entropy, names), place, number: households.length + 1 }));
  }
  return households;
}

/** Everybody, heads first within their house. */
export function peopleOf(households: readonly DemoHousehold[]): readonly DemoPerson[] {
  return households.flatMap((household) => [household.head, ...household.members]);
}

function inventHousehold({ entropy, registry, family, place, number }: { entropy: Entropy; registry: Registry; family: Family; place: Place; number: number }): DemoHousehold {
  const community = entropy.pick(place.communities.flatMap((candidate) => Array.from({ length: candidate.weight }, () => candidate)));
  const address = { street: entropy.pick(community.streets), number: String(1 + entropy.below(90)), postcode: community.postcode, town: community.name };
  const ageYears = 25 + entropy.below(60);
  const sex: Sex = entropy.chance(550) ? 'female' : 'male';
  const head = registry.invent({ family, sex, ageYears, isHead: true });
  return { id: `h${String(number).padStart(3, '0')}`, municipality: place.municipality, community: community.id, address, head, members: inventMembers({ entropy, registry, family, sex, ageYears }) };
}

function inventMembers({ entropy, registry, family, sex, ageYears }: { entropy: Entropy; registry: Registry; family: Family; sex: Sex; ageYears: number }): DemoMember[] {
  const members: DemoMember[] = [];
  const add = (relation: DemoMember['relation'], ofSex: Sex, years: number): void => {
    members.push({ ...registry.invent({ family, sex: ofSex, ageYears: years, isHead: false }), relation });
  };
  const hasPartner = entropy.chance(620);
  if (hasPartner) add('partner', sex === 'female' ? 'male' : 'female', Math.max(20, ageYears - 5 + entropy.below(10)));
  const childrenMax = ageYears > 62 ? 0 : Math.min(5, Math.max(0, ageYears - 22));
  const children = hasPartner || entropy.chance(300) ? Math.min(childrenMax, entropy.pick([0, 1, 1, 2, 2, 2, 3, 4, 5])) : 0;
  for (let child = 0; child < children; child += 1) add('child', entropy.chance(500) ? 'female' : 'male', Math.max(0, Math.min(27, ageYears - 22 - child * 2 - entropy.below(6))));
  if (ageYears < 60 && entropy.chance(110)) add('parent', entropy.chance(700) ? 'female' : 'male', ageYears + 20 + entropy.below(12));
  return members;
}

function chooseFamily(entropy: Entropy, names: Names): Family {
  if (!entropy.chance(FOREIGN_PER_MILLE)) {
    const [male, female] = entropy.pick(names.greek.family);
    return { country: null, male, female, givenNames: names.greek };
  }
  const origin = entropy.pick(names.foreign);
  const name = entropy.pick(origin.family);
  return { country: origin.country, male: name, female: name, givenNames: origin };
}

/** Hands out ordinals, so that no two people share an identifier. */
class Registry {
  count = 0;
  readonly #entropy: Entropy;
  readonly #bornOn = new Map<string, number>();

  constructor(entropy: Entropy) {
    this.#entropy = entropy;
  }

  invent({ family, sex, ageYears, isHead }: { family: Family; sex: Sex; ageYears: number; isHead: boolean }): DemoPerson {
    this.count += 1;
    const ordinal = this.count;
    const entropy = this.#entropy;
    const { birthDate, amka } = this.#born(sex, ageYears);
    // Some who came lately have papers of another country only.
    const isUnregistered = family.country !== null && entropy.chance(500);
    const hasPhone = isHead && entropy.chance(900);
    const hasEmail = isHead && entropy.chance(650);
    const hasIban = isHead && entropy.chance(800);
    const passport = family.country === null ? null : { number: `${family.country}${String(900000 + ordinal)}`, country: family.country };
    return {
      id: `p${String(ordinal).padStart(4, '0')}`,
      sex,
      givenName: entropy.pick(family.givenNames[sex]),
      familyName: family[sex],
      birthDate,
      disability67: entropy.chance(45),
      ...(isUnregistered ? {} : { amka, ...(ageYears >= 18 ? { afm: afmOf(ordinal) } : {}) }),
      ...(passport === null ? {} : { passport }),
      ...(hasPhone ? { phone: `690${String(ordinal).padStart(7, '0')}` } : {}),
      ...(hasEmail ? { email: `p${String(ordinal).padStart(4, '0')}@politis.example` } : {}),
      ...(hasIban ? { iban: ibanOf(ordinal) } : {}),
    };
  }

  /** A birthday that still has a free serial. */
  #born(sex: Sex, ageYears: number): { birthDate: string; amka: string } {
    for (;;) {
      const day = `${pad(1 + this.#entropy.below(12))}-${pad(1 + this.#entropy.below(28))}`;
      const birthDate = `${BORN_BEFORE_YEAR - ageYears}-${day}`;
      const key = `${birthDate.slice(2)} ${sex}`;
      const taken = this.#bornOn.get(key) ?? 0;
      if (taken > 4) continue;
      this.#bornOn.set(key, taken + 1);
      return { birthDate, amka: amkaOf({ birthDate, sex, ordinal: taken }) };
    }
  }
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

function readBeside<Content>(name: string): Content {
  return JSON.parse(readFileSync(join(packageRoot(), 'commands/demo', name), 'utf8')) as Content;
}
