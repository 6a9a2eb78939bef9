import type { CaseEvent, CaseState, Command, Refusal, StepPlan, TaskChange } from '#engine/contract/case.js';
import { onFailure, onSettled, stuckEventKey } from './incidents.js';
import { onPaper, syncPapers, takeFiledPapers } from './papers.js';
import { closeLookups, isLookupTimer, knownAnswers, recordFact, recordLookups, ringLookup } from './facts.js';
import type { CaseContext } from './situation.js';
import { statusOf } from './status.js';
import { kindOf } from './steps/steps.js';
import type { Move } from './steps/step-kind.js';
import { go, refuse, STAY } from './steps/step-kind.js';
import { judgeAt, rearm, ring, ringLateAlarms, travel } from './travel.js';
import { onVersion } from './versions.js';
import { Walk } from './walk.js';

export interface StepInput extends CaseContext {
  /** null: the case has not been taken up yet. */
  readonly state: CaseState | null;
  readonly event: CaseEvent;
}

/** A plan to carry out, or why the event is not accepted. Never both, never an exception. */
export type StepAnswer = { readonly plan: StepPlan } | { readonly refusal: Refusal };

const CITIZEN_KINDS: readonly CaseEvent['kind'][] = ['documentProvided', 'withdrawn'];
const SYSTEM_KINDS: readonly CaseEvent['kind'][] = ['filed', 'timerFired', 'callFinished', 'callFailed', 'effectFailed', 'versionPublished'];
/** A closed case hears of its messages and keeps notes; nothing else. */
const AFTER_CLOSING: readonly CaseEvent['kind'][] = ['noteAdded', 'effectFailed', 'incidentSettled'];

/** What happens to a case because of one event. Same input, same answer: no clock, no chance, no memory of its own. */
export function decideStep(input: StepInput): StepAnswer {
  const walk = walkOf(input);
  return walk === null ? { refusal: { code: 'event.malformed', pointer: '/at' } } : takeStep(walk, input.state);
}

/** Must the engine's own record be asked first? Then the step is decided with `recordAnswers`. Data are only read when they are used. */
export function needsRecord(input: StepInput): boolean {
  if (input.recordAnswers !== undefined || recordLookups(input.prepared.programme).length === 0) return false;
  const walk = walkOf(input);
  if (walk !== null) takeStep(walk, input.state);
  return walk?.needsRecord === true;
}

/** null: an instant that is none. */
function walkOf({ state, event, ...context }: StepInput): Walk | null {
  const at = instantText(event.at);
  const filedAt = instantText(context.filedAt);
  if (at === null || filedAt === null) return null;
  const { recordAnswers: told, ...rest } = context;
  const recordAnswers = told === undefined ? {} : { recordAnswers: knownAnswers(context.prepared.programme, { answers: context.answers, told }) };
  return new Walk({ context: { ...rest, ...recordAnswers, filedAt }, state, event: { ...event, at } });
}

function takeStep(walk: Walk, state: CaseState | null): StepAnswer {
  const refusal = refusalBefore(walk, state);
  if (refusal) return { refusal };
  ringLateAlarms(walk);
  const move = isHeard(walk.state, walk.event) ? happen(walk) : refuse('case.closed');
  if ('refuse' in move) return { refusal: move.refuse };
  travelOrRest(walk, move);
  for (const incident of walk.state.incidents) {
    if (incident.settledAt === undefined && incident.commandKey === stuckEventKey(walk.event.id)) walk.settleIncident(incident, 'done');
  }
  return { plan: planOf(walk, state) };
}

function refusalBefore({ event }: Walk, state: CaseState | null): Refusal | null {
  if (state === null && event.kind !== 'filed') return { code: 'case.notTakenUp' };
  if (state !== null && event.kind === 'filed') return { code: 'case.alreadyFiled' };
  if (state !== null && !isHeard(state, event)) return { code: 'case.closed' };
  if (event.kind === 'filed') return null;
  const isSystem = SYSTEM_KINDS.includes(event.kind);
  // The scanner of files refuses papers, and never accepts one.
  const isScan = event.kind === 'documentJudged' && !event.payload.accepted;
  const mayAct = event.actor.kind === 'system' ? isSystem || isScan : !isSystem && (event.actor.kind === 'staff' || CITIZEN_KINDS.includes(event.kind));
  return mayAct ? null : { code: 'action.notYours' };
}

function isHeard(state: CaseState, event: CaseEvent): boolean {
  return state.status === 'open' || AFTER_CLOSING.includes(event.kind);
}

function happen(walk: Walk): Move {
  const { event } = walk;
  switch (event.kind) {
    case 'filed':
      takeFiledPapers(walk, event.actor);
      return go(walk.context.prepared.programme.flow.start);
    case 'timerFired':
      return onTimer(walk, event.payload);
    case 'noteAdded':
      return STAY;
    case 'withdrawn':
      return withdraw(walk);
    case 'effectFailed':
    case 'callFailed':
      return onFailure(walk, event);
    case 'incidentSettled':
      return onSettled(walk, event);
    case 'callFinished':
      return Object.hasOwn(walk.state.calls, event.payload.commandKey) ? atCurrentStep(walk) : refuse('call.notOpen');
    case 'documentAsked':
    case 'documentProvided':
    case 'documentJudged': {
      const move = onPaper(walk, event);
      return 'refuse' in move ? move : atCurrentStep(walk);
    }
    case 'factRecorded': {
      const move = recordFact(walk, event);
      return 'refuse' in move ? move : atCurrentStep(walk);
    }
    case 'versionPublished':
      return onVersion(walk, event);
    case 'reviewed':
    case 'assessed':
    case 'decided':
    case 'partPaid':
      return atNamedStep(walk, event.payload.stepId);
  }
}

/** Work of a step is done where the case is, by the kind of step that has such work. */
function atNamedStep(walk: Walk, stepId: string): Move {
  const step = walk.current();
  const kinds = { reviewed: 'review', assessed: 'assess', decided: 'decide', partPaid: 'pay' } as const;
  const needed = kinds[walk.event.kind as keyof typeof kinds];
  if (step?.id !== stepId || step.kind !== needed) return refuse('step.notCurrent', { pointer: '/stepId', params: { currentStep: walk.state.currentStep } });
  return atCurrentStep(walk);
}

function atCurrentStep(walk: Walk): Move {
  const step = walk.current();
  return step === undefined ? STAY : kindOf(step).on(walk, { step, event: walk.event });
}

function onTimer(walk: Walk, { timerId, dueAt }: { readonly timerId: string; readonly dueAt: string }): Move {
  if (!Object.hasOwn(walk.state.timers, timerId) || walk.state.timers[timerId] !== dueAt) return refuse('timer.notHeld');
  judgeAt(walk, dueAt);
  if (isLookupTimer(timerId)) ringLookup(walk, timerId);
  else ring(walk, dueAt);
  return STAY;
}

/** The flow's own end for it, when it has one. */
function withdraw(walk: Walk): Move {
  const end = walk.context.prepared.programme.flow.steps.find((step) => step.kind === 'end' && step.outcome === 'withdrawn');
  if (end) return go(end.id);
  walk.close('withdrawn');
  return STAY;
}

function travelOrRest(walk: Walk, move: Move): void {
  if ('go' in move) travel(walk, move);
  else rearm(walk);
  if (walk.state.status === 'open') syncPapers(walk);
  else closeLookups(walk);
}

function planOf(walk: Walk, before: CaseState | null): StepPlan {
  const commands = [...timerCommands(walk, before), ...walk.orders];
  return {
    state: walk.state,
    status: statusOf(walk),
    tasks: lastingTasks(walk.tasks),
    effects: walk.effects,
    incidents: walk.incidents,
    commands: walk.state.status === 'closed' ? [...commands, { kind: 'end' }] : commands,
  };
}

/** What the kernel must change about its timers; one that has just fired needs no cancelling. */
function timerCommands({ state, event }: Walk, before: CaseState | null): readonly Command[] {
  const had = before?.timers ?? {};
  const fired = event.kind === 'timerFired' ? event.payload.timerId : undefined;
  const cancelled = Object.keys(had).filter((timerId) => !Object.hasOwn(state.timers, timerId) && timerId !== fired);
  const set = Object.entries(state.timers).filter(([timerId, at]) => had[timerId] !== at);
  return [
    ...cancelled.map((timerId): Command => ({ kind: 'timerCancel', timerId })),
    ...set.map(([timerId, at]): Command => ({ kind: 'timerSet', timerId, at })),
  ];
}

/** A task that was opened and closed by the same event never existed. */
function lastingTasks(tasks: readonly TaskChange[]): readonly TaskChange[] {
  const count = (taskKey: string, change: TaskChange['change']): number => tasks.filter((task) => task.taskKey === taskKey && task.change === change).length;
  const vanished = new Set(tasks.map(({ taskKey }) => taskKey).filter((taskKey) => count(taskKey, 'open') > 0 && count(taskKey, 'close') > 0));
  return tasks.filter(({ taskKey }) => !vanished.has(taskKey));
}

function instantText(instant: string): string | null {
  const milliseconds = Date.parse(instant);
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}
