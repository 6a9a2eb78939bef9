import type { CaseEvent, CaseState, Command, Refusal, StepPlan } from '#engine/contract/case.js';
import type { StepAnswer } from './step.js';

/*
 * Delivery may be late, and later things may overtake it: an action is accepted while Temporal is away, and the timer of its step
 * fires first. What counts is when it was accepted, so what was accepted earlier is decided earlier, whoever comes to the door.
 */

/** What became of one event: one of the two is null. */
export interface Decided {
  readonly event: CaseEvent;
  readonly plan: StepPlan | null;
  readonly refusal: Refusal | null;
}

export interface DecidedInOrder {
  /** Accepted before the event and not applied until now, in order; their commands are among those below. */
  readonly earlier: readonly Decided[];
  readonly last: Decided;
  /** Of all of them, in order; the event carries them, also when it is refused itself. */
  readonly commands: readonly Command[];
  /** Ids of earlier actions that could not be decided: they are left to their own delivery, and hold up nobody. */
  readonly passedOver: readonly string[];
}

export interface Ordering {
  readonly event: CaseEvent;
  readonly state: CaseState | null;
  /** Every action of the case that was accepted and has not been applied, in the order of acceptance; it may hold the event itself. */
  readonly accepted: readonly CaseEvent[];
}

/** The accepted actions that happened before the event. At the very instant of an alarm the action comes first. */
export function actionsBefore({ event, accepted }: Pick<Ordering, 'event' | 'accepted'>): readonly CaseEvent[] {
  if (event.kind === 'filed') return [];
  const place = accepted.findIndex(({ id }) => id === event.id);
  if (place >= 0) return accepted.slice(0, place);
  return event.kind === 'timerFired' ? accepted.filter(({ at }) => at <= event.at) : accepted;
}

/** Decides the event after everything that was accepted before it. */
export function decideInOrder({ event, state, accepted }: Ordering, decide: (event: CaseEvent, state: CaseState | null) => StepAnswer): DecidedInOrder {
  const earlier: Decided[] = [];
  const passedOver: string[] = [];
  let current = state;
  for (const action of actionsBefore({ event, accepted })) {
    const decided = tryToDecide(action, () => decide(action, current));
    if (decided === null) passedOver.push(action.id);
    else earlier.push(decided);
    current = decided?.plan?.state ?? current;
  }
  const last = decidedAs(event, decide(event, current));
  const commands = [...earlier, last].flatMap(({ plan }) => plan?.commands ?? []);
  return { earlier, last, commands, passedOver };
}

/** A fault of the step in somebody else's action is not the fault of this event. */
function tryToDecide(event: CaseEvent, decide: () => StepAnswer): Decided | null {
  try {
    return decidedAs(event, decide());
  } catch {
    return null;
  }
}

function decidedAs(event: CaseEvent, answer: StepAnswer): Decided {
  return 'plan' in answer ? { event, plan: answer.plan, refusal: null } : { event, plan: null, refusal: answer.refusal };
}
