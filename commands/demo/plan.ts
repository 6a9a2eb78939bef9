import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#engine/settings/package-root.js';
import type { Role } from '#definitions/types/programme.js';
import type { DemoHousehold, DemoPerson } from './people.js';
import { fillTemplate } from './template.js';
import type { Sheet } from './template.js';

/** Of the people and cases that a fresh installation shows. */
export const DEMO_SEED = 'diktyo';

/** What staff do to a demo case: bring papers that are missing, or any action of the desk. */
export type DemoAction =
  | { readonly as: Role; readonly key: string; readonly bring: 'all' | number }
  | { readonly as: Role; readonly key: string; readonly do: Readonly<Record<string, unknown>> };

export interface DemoFiling {
  /** Idempotency key, from seed, household and programme: a second run files nothing. */
  readonly key: string;
  readonly municipality: string;
  readonly programme: string;
  readonly story: string;
  readonly applicantName: string;
  readonly answers: Readonly<Record<string, unknown>>;
  /** Filed by the citizen on the web, or typed in at the counter. */
  readonly filedBy: 'citizen' | 'desk';
  readonly actions: readonly DemoAction[];
}

interface Scenario {
  readonly programme: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly stories: readonly Story[];
}

interface Story {
  readonly id: string;
  readonly count: number;
  readonly filedBy?: 'desk';
  /** Only households of these; without it, of none that another story of the scenario asks for. */
  readonly communities?: readonly string[];
  /** What the head must have. */
  readonly needs?: readonly string[];
  /** Instead of, or besides, the answers of the scenario. */
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly actions: readonly { readonly as: Role; readonly bring?: 'all' | number; readonly do?: unknown }[];
}

/**
 * Every demo application, in the order of filing, with what then happens to it. Same seed, same day, same plan.
 *
 * @param today yyyy-mm-dd; payments of the demo bear it
 */
export function planDemo({ seed, households, today }: { seed: string; households: readonly DemoHousehold[]; today: string }): readonly DemoFiling[] {
  const scenarios = JSON.parse(readFileSync(join(packageRoot(), 'commands/demo/scenarios.json'), 'utf8')) as readonly Scenario[];
  return scenarios.flatMap((scenario) => planScenario(scenario, { seed, households, today }));
}

function planScenario(scenario: Scenario, { seed, households, today }: { seed: string; households: readonly DemoHousehold[]; today: string }): readonly DemoFiling[] {
  const left = new Set(households);
  const reserved = new Set(scenario.stories.flatMap((story) => story.communities ?? []));
  return scenario.stories.flatMap((story) => {
    const fits = (household: DemoHousehold): boolean =>
      (story.communities?.includes(household.community) ?? !reserved.has(household.community)) && (story.needs ?? []).every((name) => Object.hasOwn(household.head, name));
    const chosen = inTurn([...left].filter(fits)).slice(0, story.count);
    if (chosen.length < story.count) throw new Error(`the demo has no household left for "${story.id}" of ${scenario.programme}`);
    for (const household of chosen) left.delete(household);
    return chosen.map((household) => planFiling(scenario, { story, household, seed, today }));
  });
}

/** One household of each municipality after the other, so that every story that counts as many is told in all of them. */
function inTurn(households: readonly DemoHousehold[]): readonly DemoHousehold[] {
  const queues = [...new Set(households.map(({ municipality }) => municipality))].map((code) => households.filter(({ municipality }) => municipality === code));
  // Whoever has most left begins: an odd one out is theirs.
  queues.sort((one, other) => other.length - one.length);
  return Array.from({ length: queues[0]?.length ?? 0 }, (_, turn) => queues.flatMap((queue) => queue.slice(turn, turn + 1))).flat();
}

function planFiling(scenario: Scenario, { story, household, seed, today }: { story: Story; household: DemoHousehold; seed: string; today: string }): DemoFiling {
  const own = `${seed} ${scenario.programme} ${household.id}`;
  const filling = { sheet: sheetOf(household, today), seed: own };
  const actions = story.actions.map(({ as, bring, do: action }, position): DemoAction => {
    const key = keyOf(`${own} action ${position}`);
    return bring === undefined ? { as, key, do: fillTemplate(action, filling) as Readonly<Record<string, unknown>> } : { as, key, bring };
  });
  return {
    key: keyOf(`${own} filing`),
    municipality: household.municipality,
    programme: scenario.programme,
    story: story.id,
    applicantName: fullName(household.head),
    answers: fillTemplate({ ...scenario.answers, ...story.answers }, filling) as Readonly<Record<string, unknown>>,
    filedBy: story.filedBy ?? 'citizen',
    actions,
  };
}

function sheetOf(household: DemoHousehold, today: string): Sheet {
  return {
    municipality: household.municipality,
    community: household.community,
    address: household.address,
    head: personSheet(household.head),
    livesWithOthers: household.members.length > 0,
    members: household.members.map((member) => ({ ...personSheet(member), relation: member.relation })),
    reference: `ΧΕ-${household.id.slice(1)}`,
    today,
  };
}

function personSheet(person: DemoPerson): Sheet {
  const papers = [
    ...(person.afm === undefined ? [] : [{ kind: 'afm', value: person.afm }]),
    ...(person.amka === undefined ? [] : [{ kind: 'amka', value: person.amka }]),
    ...(person.passport === undefined ? [] : [{ kind: 'passport', value: person.passport.number }]),
  ];
  const identity = papers.length > 0 ? papers : [{ kind: 'none' }];
  return { ...person, fullName: fullName(person), identity, ...(person.phone === undefined ? {} : { phone: `+30${person.phone}` }) };
}

function fullName(person: DemoPerson): string {
  return `${person.givenName} ${person.familyName}`;
}

export function keyOf(text: string): string {
  return `demo-${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
}
