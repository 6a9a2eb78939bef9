import type { Programme, Step } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';

/** A way out of a step: where it leads, and where that is written. */
interface Way {
  readonly to: string;
  readonly at: string;
}

/** Kinds that do not wait: a circle of these alone would spin for ever. */
const INSTANT: readonly Step['kind'][] = ['check', 'notify', 'branch'];

/** Steps that exist, are reached, end, and do not spin; stages, messages, amounts that they name. */
export function findBrokenFlow(programme: Programme, damaged: ReadonlySet<string>): readonly Draft[] {
  const { steps, start } = programme.flow;
  const byId = new Map(steps.map((step) => [step.id, step]));
  const drafts: Draft[] = [];
  const reach = reachable(byId, start);
  if (!byId.has(start) && !damaged.has(start)) drafts.push({ code: 'stepUnknown', pointer: '/flow/start', params: { name: start } });
  steps.forEach((step, position) => {
    const pointer = `/flow/steps/${position}`;
    for (const way of waysOf(step)) if (!byId.has(way.to) && !damaged.has(way.to)) drafts.push({ code: 'stepUnknown', pointer: pointer + way.at, params: { name: way.to } });
    if (!reach.has(step.id) && byId.has(start) && damaged.size === 0) drafts.push({ code: 'stepUnreachable', pointer, params: { name: step.id } });
    if (spins(step, byId)) drafts.push({ code: 'flowSpins', pointer, params: { name: step.id } });
    if (!endsSomewhere(step, byId) && damaged.size === 0) drafts.push({ code: 'stepWithoutEnd', pointer, params: { name: step.id } });
    drafts.push(...namesOf(step, pointer).flatMap((name) => nameDraft(programme, { ...name, damaged })), ...stepDrafts(step, pointer));
  });
  return drafts;
}

export function waysOf(step: Step): readonly Way[] {
  const ways: Way[] = [];
  const add = (to: string | undefined, at: string): void => {
    if (to !== undefined) ways.push({ to, at });
  };
  if (step.kind !== 'end') add(step.overdue?.next, '/overdue/next');
  if (step.kind === 'check' || step.kind === 'decide') for (const [name, to] of Object.entries(step.next)) add(to as string, `/next/${name}`);
  else if (step.kind === 'review') step.outcomes.forEach((outcome, position) => add(outcome.next, `/outcomes/${position}/next`));
  else if (step.kind === 'branch') {
    step.cases.forEach((each, position) => add(each.next, `/cases/${position}/next`));
    add(step.unknown, '/unknown');
    add(step.otherwise, '/otherwise');
  } else if (step.kind !== 'end') add(step.next, '/next');
  if (step.kind === 'documents') add(step.giveUp?.next, '/giveUp/next');
  if (step.kind === 'call') add(step.failed, '/failed');
  return ways;
}

export type Steps = ReadonlyMap<string, Step>;

export function reachable(steps: Steps, start: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const step = steps.get(id);
    if (step === undefined || seen.has(id)) continue;
    seen.add(id);
    waiting.push(...waysOf(step).map(({ to }) => to));
  }
  return seen;
}

function endsSomewhere(step: Step, steps: Steps): boolean {
  return [...reachable(steps, step.id)].some((id) => steps.get(id)?.kind === 'end');
}

function spins(step: Step, steps: Steps): boolean {
  const instant = new Map([...steps].filter(([, each]) => INSTANT.includes(each.kind)));
  return instant.has(step.id) && waysOf(step).some(({ to }) => reachable(instant, to).has(step.id));
}

interface Named {
  readonly noun: 'stage' | 'message' | 'computed' | 'appointment' | 'allotment';
  readonly name: string | undefined;
  readonly pointer: string;
}

function namesOf(step: Step, pointer: string): readonly Named[] {
  const names: Named[] = [
    { noun: 'stage', name: step.stage, pointer: below(pointer, 'stage') },
    { noun: 'message', name: step.overdue?.message, pointer: below(pointer, 'overdue', 'message') },
  ];
  if (step.kind === 'notify' || step.kind === 'pay') names.push({ noun: 'message', name: step.message, pointer: below(pointer, 'message') });
  if (step.kind === 'pay') names.push({ noun: 'computed', name: step.amount, pointer: below(pointer, 'amount') });
  if (step.kind === 'decide') names.push({ noun: 'computed', name: step.award, pointer: below(pointer, 'award') });
  if (step.kind === 'review' || step.kind === 'assess' || step.kind === 'wait') {
    names.push({ noun: 'appointment', name: step.appointment, pointer: below(pointer, 'appointment') }, { noun: 'allotment', name: step.handsOut, pointer: below(pointer, 'handsOut') });
  }
  if (step.kind === 'documents') {
    names.push({ noun: 'message', name: step.ask, pointer: below(pointer, 'ask') });
    (step.remind ?? []).forEach((reminder, position) => names.push({ noun: 'message', name: reminder.message, pointer: below(pointer, 'remind', position, 'message') }));
  }
  return names;
}

function nameDraft(programme: Programme, { noun, name, pointer, damaged }: Named & { damaged: ReadonlySet<string> }): readonly Draft[] {
  if (name === undefined || damaged.has(name)) return [];
  const lists = { stage: programme.flow.stages, message: programme.messages, computed: programme.computed, appointment: programme.calendar?.appointments ?? [], allotment: programme.stock?.allotments ?? [] };
  const found = (lists[noun] as readonly { readonly id: string; readonly type?: string }[]).find(({ id }) => id === name);
  if (found === undefined) return [{ code: 'nameUnknown', pointer, params: { noun, name } }];
  return noun === 'computed' && found.type !== 'money' ? [{ code: 'amountNotMoney', pointer, params: { name } }] : [];
}

function stepDrafts(step: Step, pointer: string): readonly Draft[] {
  const drafts: Draft[] = [];
  const { overdue } = step;
  const isEmpty = overdue !== undefined && overdue.escalateTo === undefined && overdue.message === undefined && overdue.next === undefined;
  if (isEmpty) drafts.push({ code: 'overdueEmpty', pointer: below(pointer, 'overdue'), params: { name: step.id } });
  if (step.due !== undefined && overdue === undefined && step.kind !== 'documents') drafts.push({ code: 'overdueMissing', pointer, params: { name: step.id } });
  if (step.kind === 'documents' && overdue === undefined && step.giveUp === undefined) drafts.push({ code: 'overdueMissing', pointer, params: { name: step.id } });
  for (const [due, place] of duesOf(step, pointer)) {
    if ((due.days === undefined) === (due.date === undefined)) drafts.push({ code: 'dueUnclear', pointer: place, params: { name: step.id } });
    else if (due.days !== undefined && due.days > 0 && due.kind === undefined) drafts.push({ code: 'dueKindMissing', pointer: place, params: { name: step.id } });
  }
  if (step.kind === 'pay') {
    const shares = step.parts.flatMap(({ sharePerMille }) => sharePerMille ?? []);
    const total = shares.reduce((sum, share) => sum + share, 0);
    if (shares.length > 0 && (total !== 1000 || shares.length < step.parts.length)) drafts.push({ code: 'sharesIncomplete', pointer: below(pointer, 'parts'), params: { total } });
  }
  return drafts;
}

type DueOf = NonNullable<Step['due']>;

function duesOf(step: Step, pointer: string): readonly (readonly [DueOf, string])[] {
  const dues: (readonly [DueOf, string])[] = step.due === undefined ? [] : [[step.due, below(pointer, 'due')]];
  if (step.kind === 'wait') dues.push([step.until, below(pointer, 'until')]);
  if (step.kind === 'pay') step.parts.forEach((part, position) => dues.push([part.due, below(pointer, 'parts', position, 'due')]));
  if (step.kind === 'documents') {
    (step.remind ?? []).forEach((reminder, position) => dues.push([reminder.after, below(pointer, 'remind', position, 'after')]));
    if (step.giveUp !== undefined) dues.push([step.giveUp.after, below(pointer, 'giveUp', 'after')]);
  }
  return dues;
}
