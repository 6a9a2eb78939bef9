import { canonicalise } from '#definitions/language/canonical.js';
import type { Parameter, Programme, Question } from '#definitions/types/programme.js';

/** What kind of change a new version makes, as far as people with open cases are concerned. */
export const CHANGE_CLASSES = [
  'textOnly',
  'reordered',
  'added',
  'removed',
  'questionRequired',
  'questionOptional',
  'loosened',
  'tightened',
  'parameterFuture',
  'parameterChanged',
  'ruleChanged',
  'flowChanged',
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
  loosened: { draft: 'adopt', filed: 'adopt', inReview: 'adopt', benefitRunning: 'pinned' },
  tightened: DRAFT_ONLY,
  parameterFuture: ADOPT,
  parameterChanged: DRAFT_ONLY,
  ruleChanged: DRAFT_ONLY,
  flowChanged: DRAFT_ONLY,
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

/** Everything that differs between two versions, by name and never by position. */
export function compareProgrammes(before: Programme, after: Programme): readonly Change[] {
  const lists: readonly (readonly [string, readonly Named[], readonly Named[]])[] = [
    ['question', questionsOf(before), questionsOf(after)],
    ['page', withoutQuestions(before), withoutQuestions(after)],
    ['document', before.documents, after.documents],
    ['parameter', before.parameters, after.parameters],
    ['table', before.tables, after.tables],
    ['fact', before.facts, after.facts],
    ['computed', before.computed, after.computed],
    ['rule', before.rules, after.rules],
    ['points', before.points?.lines ?? [], after.points?.lines ?? []],
    ['step', before.flow.steps, after.flow.steps],
    ['stage', before.flow.stages, after.flow.stages],
    ['message', before.messages, after.messages],
  ];
  return [...lists.flatMap(([noun, old, now]) => compareLists(noun, old, now)), ...compareRest(before, after)];
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

function compareLists(noun: string, before: readonly Named[], after: readonly Named[]): readonly Change[] {
  const old = new Map(before.map((thing) => [thing.id, thing]));
  const now = new Map(after.map((thing) => [thing.id, thing]));
  const removed = before.filter(({ id }) => !now.has(id)).map((thing) => change('removed', `${noun} ${thing.id}`, [thing, null]));
  const kept = after.flatMap((thing): readonly Change[] => {
    const earlier = old.get(thing.id);
    if (earlier === undefined) return [change(classOfAdded(noun, thing), `${noun} ${thing.id}`, [null, thing])];
    return canonicalise(earlier) === canonicalise(thing) ? [] : [change(classOf(noun, [earlier, thing]), `${noun} ${thing.id}`, [earlier, thing])];
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

function classOf(noun: string, [before, after]: readonly [Named, Named]): ChangeClass {
  if (canonicalise(withoutWords(before)) === canonicalise(withoutWords(after))) return 'textOnly';
  if (noun === 'parameter') return classOfParameter(before as Parameter, after as Parameter);
  if (noun === 'rule') return classOfRule(before, after);
  if (noun === 'question') {
    const [old, now] = [before as Question, after as Question];
    if (old.optional === true && now.optional !== true) return 'questionRequired';
    if (old.optional !== true && now.optional === true) return 'questionOptional';
    return 'otherChanged';
  }
  if (noun === 'step' || noun === 'stage') return 'flowChanged';
  return noun === 'computed' || noun === 'points' || noun === 'table' ? 'ruleChanged' : 'otherChanged';
}

function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !WORDS.includes(name)).map(([name, part]) => [name, withoutWords(part)]));
}

/** Values with a later date of force leave today's cases alone. */
function classOfParameter(before: Parameter, after: Parameter): ChangeClass {
  const last = before.values.at(-1)?.from ?? '';
  const kept = after.values.slice(0, before.values.length);
  const isOnlyLater = canonicalise({ ...before, values: [] }) === canonicalise({ ...after, values: [] }) && canonicalise(kept) === canonicalise(before.values);
  return isOnlyLater && after.values.slice(before.values.length).every(({ from }) => from > last) ? 'parameterFuture' : 'parameterChanged';
}

/** A rule that no longer refuses is loosened, one that begins to is tightened; so is a threshold with a literal that moved. */
function classOfRule(before: object, after: object): ChangeClass {
  const [old, now] = [before as Programme['rules'][number], after as Programme['rules'][number]];
  if (old.severity !== now.severity) return now.severity === 'advisory' ? 'loosened' : 'tightened';
  const moved = movedThreshold(old.condition, now.condition);
  return moved === 0 ? 'ruleChanged' : moved > 0 ? 'loosened' : 'tightened';
}

/** Positive when more cases pass now: `<=` with a greater limit on the right, `>=` with a smaller one. */
function movedThreshold(before: unknown, after: unknown): number {
  for (const [name, direction] of [['<', 1], ['<=', 1], ['>', -1], ['>=', -1]] as const) {
    const [old, now] = [pairOf(before, name), pairOf(after, name)];
    if (old === undefined || now === undefined || canonicalise(old[0]) !== canonicalise(now[0])) continue;
    if (typeof old[1] === 'number' && typeof now[1] === 'number') return direction * (now[1] - old[1]);
  }
  return 0;
}

function pairOf(expression: unknown, name: string): readonly [unknown, unknown] | undefined {
  if (typeof expression !== 'object' || expression === null || !Object.hasOwn(expression, name)) return undefined;
  return (expression as Record<string, readonly [unknown, unknown]>)[name];
}

const LISTED: readonly string[] = ['form', 'documents', 'parameters', 'tables', 'facts', 'computed', 'rules', 'messages'];
const TEXTS: readonly string[] = ['title', 'summary', 'nextSteps', 'before', 'legalBasis', 'sources', 'contact'];

/** What has no id: the programme's own properties, the start of its flow, the cap of its points. */
function compareRest(before: Programme, after: Programme): readonly Change[] {
  const restOf = ({ flow, points, ...programme }: Programme): Record<string, unknown> => ({ ...programme, 'flow.start': flow.start, 'points.cap': points?.cap ?? null });
  const [old, now] = [restOf(before), restOf(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((name) => !LISTED.includes(name) && canonicalise(old[name] ?? null) !== canonicalise(now[name] ?? null))
    .map((name) => change(classOfProperty(name, [old[name], now[name]]), name, [old[name] ?? null, now[name] ?? null]));
}

function classOfProperty(name: string, [before, after]: readonly [unknown, unknown]): ChangeClass {
  if (TEXTS.includes(name)) return 'textOnly';
  if (name === 'flow.start') return 'flowChanged';
  if (name === 'points.cap') return 'ruleChanged';
  if (name !== 'opening') return 'otherChanged';
  const untilOf = (opening: unknown): string => (opening as { readonly until?: string } | undefined)?.until ?? '9999';
  return untilOf(after) >= untilOf(before) ? 'loosened' : 'tightened';
}
