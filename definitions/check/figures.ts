import type { Programme, Rule, Table } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import { listSites } from './sites.js';
import { LEAST_WORDS, MOST_WORDS } from './texts/spoken.js';

/** Figures that contradict their own names or neighbours: turned limits, ages counted backwards, bands that go up and down. */
export function findTurnedFigures(programme: Programme): readonly Draft[] {
  const bands = new Map<string, boolean>();
  const least = new Map<string, number>();
  const bounds = new Map(programme.form.pages.flatMap((page) => page.questions.map(({ id, min }) => [id, min ?? 0] as const)));
  const drafts: Draft[] = [];
  const ages = agesOf(programme);
  for (const { expression, pointer } of listSites(programme)) {
    walk(expression, pointer, (name, argument, place) => {
      if (name === 'ageAt' && isBackwards(argument)) drafts.push({ code: 'ageBackwards', pointer: place });
      if (name !== 'band' || typeof argument !== 'object' || argument === null) return;
      const { table, of } = argument as { readonly table?: unknown; readonly of?: unknown };
      const asked = typeof of === 'object' && of !== null && Object.hasOwn(of, 'var') ? (bounds.get(String((of as { readonly var: unknown }).var)) ?? 0) : 0;
      least.set(String(table), Math.min(asked, least.get(String(table)) ?? Infinity));
      bands.set(String(table), (bands.get(String(table)) ?? false) || isAge(of, ages));
    });
  }
  return [
    ...drafts,
    ...programme.tables.flatMap((table, position) => (bands.get(table.id) === false ? zigzagDrafts(table, `/tables/${position}/bands`) : [])),
    ...programme.tables.flatMap((table, position) => startDrafts(table, { pointer: `/tables/${position}/bands/0`, least: least.get(table.id) })),
    ...programme.rules.flatMap((rule, position) => limitDrafts(rule, { programme, pointer: `/rules/${position}/condition` })),
  ];
}

function walk(expression: unknown, pointer: string, visit: (name: string, argument: unknown, pointer: string) => void): void {
  if (typeof expression !== 'object' || expression === null) return;
  for (const [name, argument] of Object.entries(expression)) {
    visit(name, argument, below(pointer, name));
    walk(argument, below(pointer, name), visit);
  }
}

const AGES: readonly string[] = ['ageAt', 'monthsBetween', 'daysBetween'];

/** Computed values that are an age or a length of time: of these the middle may count most. */
function agesOf({ computed }: Programme): ReadonlySet<string> {
  const ages = new Set<string>();
  for (const { id, value } of computed) if (isAge(value, ages)) ages.add(id);
  return ages;
}

function isAge(expression: unknown, ages: ReadonlySet<string>): boolean {
  let found = false;
  walk(expression, '', (name, argument) => {
    if (AGES.includes(name) || (name === 'computed' && ages.has(String(argument)))) found = true;
  });
  return found;
}

/** The first is who was born, the second when it is counted. */
function isBackwards(argument: unknown): boolean {
  if (!Array.isArray(argument)) return false;
  const [first, second] = argument.map((part: unknown) => (typeof part === 'object' && part !== null ? Object.keys(part)[0] : undefined));
  return (first === 'asOf' || first === 'param' || first === 'date') && second === 'var';
}

/** More income, more people, more need: the figures of a table rise or fall with it. */
function zigzagDrafts({ bands = [], id }: Table, pointer: string): readonly Draft[] {
  let direction = 0;
  for (let row = 1; row < bands.length; row += 1) {
    const step = Math.sign((bands[row]?.value ?? 0) - (bands[row - 1]?.value ?? 0));
    if (step !== 0 && direction !== 0 && step !== direction) return [{ code: 'bandsZigzag', pointer: below(pointer, row), params: { name: id, row: row + 1 } }];
    if (step !== 0) direction = step;
  }
  return [];
}

/** Nobody is asked for less than nothing: a first band that begins higher leaves out what lies between. */
function startDrafts({ bands = [], otherwise, id }: Table, { pointer, least }: { pointer: string; least: number | undefined }): readonly Draft[] {
  const from = bands[0]?.from;
  return from === undefined || otherwise !== undefined || least === undefined || from <= least ? [] : [{ code: 'bandsStartLate', pointer, params: { name: id, from } }];
}

type Side = 'most' | 'least';

/** What is called a most is not a least: a condition that is met only above the ceiling. */
function limitDrafts({ id, condition, severity }: Rule, { programme, pointer }: { programme: Programme; pointer: string }): readonly Draft[] {
  if (severity !== 'blocking') return [];
  const drafts: Draft[] = [];
  const visit = (expression: unknown, place: string): void => {
    if (typeof expression !== 'object' || expression === null) return;
    const [name = ''] = Object.keys(expression);
    const parts = (expression as Record<string, unknown>)[name];
    if (!Array.isArray(parts)) return;
    if (name === 'and' || name === 'or') parts.forEach((part, position) => visit(part, below(place, name, position)));
    const wanted = (name === '<' || name === '<=' ? ['least', 'most'] : name === '>' || name === '>=' ? ['most', 'least'] : []) as readonly Side[];
    wanted.forEach((side, position) => {
      const limit = paramOf(parts[position]);
      const called = limit === undefined || paramOf(parts[1 - position]) !== undefined ? undefined : sideOf(limit, programme);
      if (limit !== undefined && called !== undefined && called !== side) drafts.push({ code: 'limitReversed', pointer: place, params: { name: id, parameter: limit } });
    });
  };
  visit(condition, pointer);
  return drafts;
}

function paramOf(expression: unknown): string | undefined {
  const name = typeof expression === 'object' && expression !== null && Object.hasOwn(expression, 'param') ? (expression as { readonly param: unknown }).param : undefined;
  return typeof name === 'string' ? name : undefined;
}

function sideOf(id: string, { parameters }: Programme): Side | undefined {
  const title = parameters.find((parameter) => parameter.id === id)?.title.el ?? '';
  const [isMost, isLeast] = [/(?:Max|Until|Deadline)$/.test(id) || MOST_WORDS.test(title), /(?:Min|From)$/.test(id) || LEAST_WORDS.test(title)];
  return isMost === isLeast ? undefined : isMost ? 'most' : 'least';
}
