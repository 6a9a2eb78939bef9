import { parseDate } from '#definitions/language/dates.js';
import { evaluateExpression } from '#definitions/language/programme.js';
import type { Decision } from '#definitions/language/programme.js';
import type { Fact, FactAsk, Programme, Text } from '#definitions/types/programme.js';
import type { Answers, CaseState, FactReading, FactState, FactValue, Json, LookupState } from '#engine/contract/case.js';
import type { RecordLookup } from '#engine/contract/rooms.js';
import { peopleOf } from './identifiers.js';
import { situationOf } from './situation.js';
import type { RecordAnswers } from './situation.js';
import { fill, join } from './texts/fill.js';
import { STATUS_TEXTS } from './texts/status.js';
import type { EventOf, Move } from './steps/step-kind.js';
import { refuse, STAY } from './steps/step-kind.js';
import type { Walk } from './walk.js';

const STEP_PREFIX = 'fact:';
const READINGS_MAX = 20;
const TEXT_LENGTH_MAX = 200;

/** As a task of a fact names its step, and a rule what it misses. */
export const factStepId = (factId: string): string => `${STEP_PREFIX}${factId}`;

/** What this programme asks of the engine's own record. */
export function recordLookups({ facts }: Pick<Programme, 'facts'>): readonly RecordLookup[] {
  return facts.flatMap(({ id, type, lookup }) => {
    if ((lookup?.kind !== 'activeIn' && lookup?.kind !== 'history') || (type !== 'boolean' && type !== 'number')) return [];
    const { otherwise: _otherwise, ...asked } = lookup;
    return [{ factId: id, type, ...asked }];
  });
}

/**
 * What the record's answers are worth. It can only find people by their numbers: "nobody" is no answer while somebody has none,
 * and a count may be too low.
 */
export function knownAnswers(programme: Programme, { answers, told }: { readonly answers: Answers; readonly told: RecordAnswers }): RecordAnswers {
  const { applicantUnknown, membersUnknown } = peopleOf(programme, answers);
  const isPartial = (of: 'applicant' | 'household'): boolean => applicantUnknown || (of === 'household' && membersUnknown > 0);
  const kept = recordLookups(programme).flatMap(({ factId, of }): [string, FactValue][] => {
    const value = Object.hasOwn(told.facts, factId) ? told.facts[factId] : undefined;
    return value === undefined || (value !== true && isPartial(of)) ? [] : [[factId, value]];
  });
  return { at: told.at, facts: Object.fromEntries(kept) };
}

/** Takes over what the record says now; without its answers it is noted that they are needed. */
export function refreshFacts(walk: Walk): void {
  const { prepared, recordAnswers } = walk.context;
  const lookups = recordLookups(prepared.programme);
  if (lookups.length === 0) return;
  if (recordAnswers === undefined) {
    walk.needsRecord = true;
    return;
  }
  for (const { factId } of lookups) {
    const value = Object.hasOwn(recordAnswers.facts, factId) ? recordAnswers.facts[factId] : undefined;
    // One reading serves every step of the same event.
    const isKept = ownOf(walk.state.facts, factId)?.at === recordAnswers.at;
    if (value !== undefined && !isKept) keepFact(walk, { factId, value, from: 'record', at: recordAnswers.at });
  }
}

/** Outputs of a call that facts stand for. */
export function takeCallFacts(walk: Walk, { stepId, output }: { readonly stepId: string; readonly output: Answers }): void {
  for (const fact of walk.context.prepared.programme.facts) {
    const { lookup } = fact;
    if (lookup?.kind !== 'call' || lookup.step !== stepId) continue;
    const value = Object.hasOwn(output, lookup.output) ? output[lookup.output] : undefined;
    if (value !== undefined && fits(fact, value)) keepFact(walk, { factId: fact.id, value, from: 'call', at: walk.at });
  }
}

interface Kept extends Pick<FactState, 'value' | 'from' | 'at' | 'account' | 'note'> {
  readonly factId: string;
}

function keepFact(walk: Walk, { factId, ...told }: Kept): void {
  const known = ownOf(walk.state.facts, factId);
  const stepId = walk.state.currentStep;
  const before = known === undefined ? [] : [...(known.before ?? []), readingOf(known)].slice(-READINGS_MAX);
  walk.state.facts = { ...walk.state.facts, [factId]: { ...told, stepId, ...(before.length === 0 ? {} : { before }) } };
  closeLookup(walk, factId);
}

function readingOf({ value, at, stepId }: FactState): FactReading {
  return { value, at, stepId };
}

/** Who looks this fact up when the engine cannot; undefined: nobody. */
function askOf(walk: Walk, { id, lookup }: Fact): FactAsk | undefined {
  if (lookup?.kind === 'recorded') return lookup.ask;
  const isTried = walk.context.recordAnswers !== undefined && ownOf(walk.context.recordAnswers.facts, id) === undefined;
  return (lookup?.kind === 'activeIn' || lookup?.kind === 'history') && isTried ? lookup.otherwise : undefined;
}

/** Asks officials for what this evaluation lacks; nothing is looked up of whom the rules refuse already. */
export function askFacts(walk: Walk, checked: Decision): void {
  if (checked.outcome === 'ineligible') return;
  const lacking = lackingFacts(walk, checked);
  for (const fact of walk.context.prepared.programme.facts) {
    const ask = lacking.has(fact.id) && openLookupOf(walk.state, fact.id) === undefined ? askOf(walk, fact) : undefined;
    if (ask !== undefined) openLookup(walk, { fact, ask });
  }
}

function lackingFacts(walk: Walk, checked: Decision): ReadonlySet<string> {
  const { prepared } = walk.context;
  const situation = situationOf(walk.context, walk.state);
  const ofComputed = prepared.programme.computed.filter(({ id }) => checked.computed[id] === null).flatMap(({ id }) => {
    const outcome = evaluateExpression(prepared, { computed: id }, situation);
    return outcome.known ? [] : outcome.paths;
  });
  const paths = [...checked.missing, ...ofComputed].filter((path) => path.startsWith(STEP_PREFIX));
  return new Set(paths.map((path) => path.slice(STEP_PREFIX.length)));
}

function openLookup(walk: Walk, { fact, ask }: { readonly fact: Fact; readonly ask: FactAsk }): void {
  const visit = (ownOf(walk.state.lookups, fact.id)?.visit ?? 0) + 1;
  const dueAt = walk.dueAt(ask.due, walk.at);
  const lookup: LookupState = { visit, role: ask.role, askedAt: walk.at, ...(dueAt === null ? {} : { dueAt }) };
  walk.state.lookups = { ...walk.state.lookups, [fact.id]: lookup };
  if (dueAt !== null) walk.state.timers = { ...walk.state.timers, [lookupKey(fact.id, lookup)]: dueAt };
  tellTask(walk, { factId: fact.id, lookup, change: 'open' });
}

/** Names the task and the timer of one asking. */
function lookupKey(factId: string, { visit }: LookupState): string {
  return `${factStepId(factId)}#${visit}`;
}

function tellTask(walk: Walk, { factId, lookup, change }: { readonly factId: string; readonly lookup: LookupState; readonly change: 'open' | 'close' | 'escalate' }): void {
  const fact = walk.context.prepared.programme.facts.find(({ id }) => id === factId);
  const title = fact === undefined ? { el: factId, en: factId } : fill(STATUS_TEXTS.lookUp, factWords(fact));
  const { role, escalatedTo, dueAt } = lookup;
  walk.tasks.push({ change, taskKey: lookupKey(factId, lookup), stepId: factStepId(factId), role: escalatedTo ?? role, title, ...(dueAt === undefined ? {} : { dueAt }) });
}

export function closeLookup(walk: Walk, factId: string): void {
  const lookup = openLookupOf(walk.state, factId);
  if (lookup === undefined) return;
  walk.state.lookups = { ...walk.state.lookups, [factId]: { ...lookup, closedAt: walk.at } };
  const { [lookupKey(factId, lookup)]: _rung, ...timers } = walk.state.timers;
  walk.state.timers = timers;
  tellTask(walk, { factId, lookup, change: 'close' });
}

/** Nobody needs to look any more: it is decided, or the case is over. */
export function closeLookups(walk: Walk): void {
  for (const factId of Object.keys(walk.state.lookups ?? {})) closeLookup(walk, factId);
}

export function isLookupTimer(timerId: string): boolean {
  return timerId.startsWith(STEP_PREFIX);
}

/** The time of a lookup has passed: it becomes another role's, once. */
export function ringLookup(walk: Walk, timerId: string): void {
  const { [timerId]: _rung, ...timers } = walk.state.timers;
  walk.state.timers = timers;
  for (const [factId, lookup] of Object.entries(walk.state.lookups ?? {})) {
    if (lookup.closedAt !== undefined || lookupKey(factId, lookup) !== timerId) continue;
    const fact = walk.context.prepared.programme.facts.find(({ id }) => id === factId);
    const escalateTo = fact === undefined ? undefined : declaredAsk(fact)?.escalateTo;
    const late: LookupState = { ...lookup, overdueAt: walk.at, ...(escalateTo === undefined ? {} : { escalatedTo: escalateTo }) };
    walk.state.lookups = { ...walk.state.lookups, [factId]: late };
    if (escalateTo !== undefined) tellTask(walk, { factId, lookup: late, change: 'escalate' });
  }
}

function declaredAsk({ lookup }: Fact): FactAsk | undefined {
  if (lookup?.kind === 'recorded') return lookup.ask;
  return lookup?.kind === 'activeIn' || lookup?.kind === 'history' ? lookup.otherwise : undefined;
}

/** What an official found. It may be recorded before it is asked, and again until the decision; what the record tells may not. */
export function recordFact(walk: Walk, event: EventOf<'factRecorded'>): Move {
  const { factId, value, note } = event.payload;
  const fact = walk.context.prepared.programme.facts.find(({ id }) => id === factId);
  if (fact === undefined) return refuse('fact.unknown', { pointer: '/factId' });
  const ask = declaredAsk(fact);
  const lookup = ownOf(walk.state.lookups, factId);
  const mayBe = ask !== undefined && walk.state.decision === undefined && (fact.lookup?.kind === 'recorded' || lookup !== undefined);
  if (!mayBe) return refuse('fact.notAsked', { pointer: '/factId' });
  const allowed: readonly string[] = [ask.role, lookup?.escalatedTo ?? ask.role, 'supervisor'];
  if (event.actor.role !== undefined && !allowed.includes(event.actor.role)) return refuse('action.roleNeeded', { params: { role: ask.role } });
  if (!fits(fact, value)) return refuse('fact.invalid', { pointer: '/value', params: { type: fact.type } });
  const { account } = event.actor;
  keepFact(walk, { factId, value, from: 'person', at: walk.at, ...(account === undefined ? {} : { account }), ...(note === undefined || note.trim() === '' ? {} : { note }) });
  return STAY;
}

function fits({ type }: Fact, value: Json): value is FactValue {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
    case 'money':
      return typeof value === 'number' && Number.isSafeInteger(value);
    case 'date':
      return parseDate(value) !== null;
    case 'text':
      return typeof value === 'string' && value.trim() !== '' && value.length <= TEXT_LENGTH_MAX;
  }
}

/** The earliest lookup still open among the facts that this evaluation lacks. */
export function awaitedLookup(walk: Walk, checked: Decision): LookupState | undefined {
  return [...lackingFacts(walk, checked)]
    .map((factId) => openLookupOf(walk.state, factId))
    .filter((lookup) => lookup !== undefined)
    .sort((left, right) => ((left.dueAt ?? '~') < (right.dueAt ?? '~') ? -1 : 1))[0];
}

/** "An official is looking up: …"; undefined when nobody is. */
export function lookupsText({ context, state }: Pick<Walk, 'context' | 'state'>): Text | undefined {
  const open = context.prepared.programme.facts.filter(({ id }) => openLookupOf(state, id) !== undefined);
  return open.length === 0 ? undefined : fill(STATUS_TEXTS.lookingUp, { facts: join(open.map((fact) => fill(STATUS_TEXTS.factInRegister, factWords(fact))), { el: ', ', en: ', ' }) });
}

function factWords({ title, source }: Fact): Readonly<Record<string, Text>> {
  return { fact: title, source: { el: source, en: source } };
}

function openLookupOf({ lookups }: CaseState, factId: string): LookupState | undefined {
  const lookup = ownOf(lookups, factId);
  return lookup?.closedAt === undefined ? lookup : undefined;
}

function ownOf<Value>(record: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
