import { canonicalise } from '#definitions/language/canonical.js';
import type { Parameter, Programme, Question, Rule } from '#definitions/types/programme.js';
import { directionOfParameter, directionOfRule } from './monotony.js';
import { PART_LISTS, classOfPart } from './part-changes.js';

/** What kind of change a new version makes, as far as people with open cases are concerned. */
export const CHANGE_CLASSES = [
  'textOnly',
  'reordered',
  'added',
  'removed',
  'questionRequired',
  'questionOptional',
  'questionReworded',
  'declarationReworded',
  'loosened',
  'tightened',
  'parameterFuture',
  'parameterChanged',
  'ruleChanged',
  'flowChanged',
  'calendarChanged',
  'stockChanged',
  'indicatorChanged',
  'otherChanged',
] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

/** `adopt` the new version, `ask` the citizen first, or stay `pinned` to the version that was filed under. */
export type Behaviour = 'adopt' | 'ask' | 'pinned';

export interface Stages {
  readonly draft: Behaviour;
  readonly filed: Behaviour;
  readonly inReview: Behaviour;
  readonly benefitRunning: Behaviour;
}

const ADOPT: Stages = { draft: 'adopt', filed: 'adopt', inReview: 'adopt', benefitRunning: 'adopt' };
const DRAFT_ONLY: Stages = { draft: 'adopt', filed: 'pinned', inReview: 'pinned', benefitRunning: 'pinned' };

/** Nothing may turn against somebody who has filed; what only helps, reaches everybody who waits. */
export const BEHAVIOUR: { readonly [change in ChangeClass]: Stages } = {
  textOnly: ADOPT,
  reordered: ADOPT,
  added: DRAFT_ONLY,
  removed: DRAFT_ONLY,
  questionRequired: { draft: 'ask', filed: 'pinned', inReview: 'pinned', benefitRunning: 'pinned' },
  questionOptional: DRAFT_ONLY,
  // What somebody has answered stays beside the words in which it was asked; what they declared, all the more.
  questionReworded: DRAFT_ONLY,
  declarationReworded: { draft: 'ask', filed: 'pinned', inReview: 'pinned', benefitRunning: 'pinned' },
  loosened: { draft: 'adopt', filed: 'adopt', inReview: 'adopt', benefitRunning: 'pinned' },
  tightened: DRAFT_ONLY,
  parameterFuture: ADOPT,
  parameterChanged: DRAFT_ONLY,
  ruleChanged: DRAFT_ONLY,
  flowChanged: DRAFT_ONLY,
  // Where and when people are received, and what is counted, is so for everybody; what they take home was promised.
  calendarChanged: ADOPT,
  stockChanged: DRAFT_ONLY,
  indicatorChanged: ADOPT,
  otherChanged: DRAFT_ONLY,
};

export interface Change {
  readonly class: ChangeClass;
  /** Noun and id: `rule income`, `question household.age`, or a property of the programme. */
  readonly what: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly behaviour: Stages;
}

interface Named {
  readonly id: string;
}

export interface CompareOptions {
  /** The day (yyyy-mm-dd) on which the new version comes into force: a value dated later leaves today's cases alone. */
  readonly on?: string;
}

interface Versions extends CompareOptions {
  readonly before: Programme;
  readonly after: Programme;
}

/** Things that lie in one list of the programme, whose position means nothing but an order of showing. */
export const LISTS = {
  document: ['documents'],
  parameter: ['parameters'],
  table: ['tables'],
  fact: ['facts'],
  computed: ['computed'],
  rule: ['rules'],
  points: ['points', 'lines'],
  step: ['flow', 'steps'],
  stage: ['flow', 'stages'],
  message: ['messages'],
  ...PART_LISTS,
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Everything that differs between two versions, by name and never by position. */
export function compareProgrammes(before: Programme, after: Programme, options: CompareOptions = {}): readonly Change[] {
  const versions: Versions = { ...options, before, after };
  const lists: readonly (readonly [string, readonly Named[], readonly Named[]])[] = [
    ['question', questionsOf(before), questionsOf(after)],
    ['page', withoutQuestions(before), withoutQuestions(after)],
    ...Object.entries(LISTS).map(([noun, path]) => [noun, listAt(before, path), listAt(after, path)] as const),
  ];
  return [...lists.flatMap((list) => compareLists(list, versions)), ...compareRest(before, after)];
}

function listAt(programme: Programme, path: readonly string[]): readonly Named[] {
  let found: unknown = programme;
  for (const name of path) found = (found as Readonly<Record<string, unknown>> | undefined)?.[name];
  return (found ?? []) as readonly Named[];
}

/** Pages are compared by themselves; their questions stand in a list of their own. */
function withoutQuestions({ form }: Programme): readonly Named[] {
  return form.pages.map((page) => Object.fromEntries(Object.entries(page).filter(([name]) => name !== 'questions')) as unknown as Named);
}

function questionsOf(programme: Programme): readonly Named[] {
  const visit = (questions: readonly Question[], path: string): readonly Named[] =>
    questions.flatMap(({ items, ...question }) => [{ ...question, id: path + question.id }, ...visit(items ?? [], `${path}${question.id}.`)]);
  return programme.form.pages.flatMap((page) => visit(page.questions, ''));
}

function compareLists([noun, before, after]: readonly [string, readonly Named[], readonly Named[]], versions: Versions): readonly Change[] {
  const old = new Map(before.map((thing) => [thing.id, thing]));
  const now = new Map(after.map((thing) => [thing.id, thing]));
  const removed = before.filter(({ id }) => !now.has(id)).map((thing) => change('removed', `${noun} ${thing.id}`, [thing, null]));
  const kept = after.flatMap((thing): readonly Change[] => {
    const earlier = old.get(thing.id);
    if (earlier === undefined) return [change(classOfAdded(noun, thing), `${noun} ${thing.id}`, [null, thing])];
    return canonicalise(earlier) === canonicalise(thing) ? [] : [change(classOf(noun, [earlier, thing], versions), `${noun} ${thing.id}`, [earlier, thing])];
  });
  const order = (list: readonly Named[], other: ReadonlyMap<string, Named>): string => list.filter(({ id }) => other.has(id)).map(({ id }) => id).join(' ');
  const isMoved = order(before, now) !== order(after, old);
  return [...removed, ...kept, ...(isMoved ? [change(noun === 'points' ? 'ruleChanged' : 'reordered', noun, [order(before, now), order(after, old)])] : [])];
}

function change(kind: ChangeClass, what: string, [before, after]: readonly [unknown, unknown]): Change {
  return { class: kind, what, before, after, behaviour: BEHAVIOUR[kind] };
}

function classOfAdded(noun: string, thing: Named): ChangeClass {
  if (noun === 'rule') return (thing as { readonly severity?: string }).severity === 'blocking' ? 'tightened' : 'added';
  if (noun !== 'question') return 'added';
  const { optional, type } = thing as Question;
  return optional === true || type === 'information' || type === 'computed' ? 'questionOptional' : 'questionRequired';
}

const WORDS: readonly string[] = ['title', 'label', 'hint', 'help', 'reason', 'citizenText', 'intro', 'purpose', 'itemTitle', 'subject', 'body', 'sms', 'legalBasis', 'sources'];

// eslint-disable-next-line max-params -- the noun, the thing before and after, and the versions they stand in.
function classOf(noun: string, [before, after]: readonly [Named, Named], versions: Versions): ChangeClass {
  const isReworded = canonicalise(withoutWords(before)) === canonicalise(withoutWords(after));
  if (noun === 'question') return classOfQuestion([before as Question, after as Question], isReworded);
  if (isReworded) return 'textOnly';
  if (noun === 'parameter') return classOfParameter([before as Parameter, after as Parameter], versions);
  if (noun === 'rule') return classOfRule(before as Rule, after as Rule);
  if (noun === 'step' || noun === 'stage') return 'flowChanged';
  return classOfPart(noun, [before, after]) ?? (noun === 'computed' || noun === 'points' || noun === 'table' ? 'ruleChanged' : 'otherChanged');
}

function classOfQuestion([before, after]: readonly [Question, Question], isReworded: boolean): ChangeClass {
  if (isReworded) return after.type === 'declaration' ? 'declarationReworded' : after.type === 'information' ? 'textOnly' : 'questionReworded';
  if (before.optional === true && after.optional !== true) return 'questionRequired';
  return before.optional !== true && after.optional === true ? 'questionOptional' : 'otherChanged';
}

function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !WORDS.includes(name)).map(([name, part]) => [name, withoutWords(part)]));
}

/** Values dated after the day of the new version leave those who have filed alone; a limit that only rose helps them. */
function classOfParameter([before, after]: readonly [Parameter, Parameter], { before: programme, on = '' }: Versions): ChangeClass {
  const last = before.values.at(-1)?.from ?? '';
  const isLater = (from: string): boolean => from > last && from > on;
  const kept = after.values.slice(0, before.values.length);
  if (canonicalise(withoutWords({ ...before, values: [] })) !== canonicalise(withoutWords({ ...after, values: [] }))) return 'parameterChanged';
  if (canonicalise(kept) === canonicalise(before.values)) return after.values.slice(kept.length).every(({ from }) => isLater(from)) ? 'parameterFuture' : 'parameterChanged';
  const direction = directionOfParameter(programme, { before, after, isLater });
  return direction === 0 ? 'parameterChanged' : direction > 0 ? 'loosened' : 'tightened';
}

/** A rule that no longer refuses is loosened, one that begins to is tightened; so is one whose limits all moved one way. */
function classOfRule(before: Rule, after: Rule): ChangeClass {
  if (before.severity !== after.severity) return after.severity === 'advisory' ? 'loosened' : 'tightened';
  const direction = directionOfRule(before, after);
  return direction === 0 ? 'ruleChanged' : direction > 0 ? 'loosened' : 'tightened';
}

const LISTED: readonly string[] = ['form', 'documents', 'parameters', 'tables', 'facts', 'computed', 'rules', 'messages', 'calendar', 'stock', 'indicators'];
const TEXTS: readonly string[] = ['title', 'summary', 'nextSteps', 'before', 'legalBasis', 'sources', 'contact'];

/** What has no id: the programme's own properties, the start of its flow, the cap of its points. */
function compareRest(before: Programme, after: Programme): readonly Change[] {
  const restOf = ({ flow, points, ...programme }: Programme): Record<string, unknown> => ({
    ...programme,
    'flow.start': flow.start,
    'points.cap': points?.cap ?? null,
    'calendar.keptBy': programme.calendar?.keptBy ?? null,
    'stock.keptBy': programme.stock?.keptBy ?? null,
    'indicators.keptBy': programme.indicators?.keptBy ?? null,
  });
  const [old, now] = [restOf(before), restOf(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((name) => !LISTED.includes(name) && canonicalise(old[name] ?? null) !== canonicalise(now[name] ?? null))
    .map((name) => change(classOfProperty(name, [old[name], now[name]]), name, [old[name] ?? null, now[name] ?? null]));
}

function classOfProperty(name: string, [before, after]: readonly [unknown, unknown]): ChangeClass {
  if (TEXTS.includes(name)) return 'textOnly';
  if (name === 'flow.start') return 'flowChanged';
  if (name === 'points.cap') return 'ruleChanged';
  if (name === 'applicants') return after === 'self' ? 'tightened' : 'loosened';
  if (name !== 'opening') return 'otherChanged';
  const [old, now] = [before, after] as readonly Programme['opening'][];
  if (old === undefined || now === undefined) return 'otherChanged';
  return now.from <= old.from && (now.until ?? '9999') >= (old.until ?? '9999') ? 'loosened' : 'tightened';
}
