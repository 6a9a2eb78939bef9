import type { StepKind, StepOf } from './step-kind.js';
import { go, refuse, STAY } from './step-kind.js';
import { dueAlarm, heldByMunicipality, openWork, passDue, roleRefusal } from './tasks.js';

/** Work of a role, with outcomes to choose from. */
export const reviewStep: StepKind<StepOf<'review'>> = {
  enter: openWork,
  on(walk, { step, event }) {
    if (event.kind !== 'reviewed') return STAY;
    const refusal = roleRefusal(walk, step.role);
    if (refusal) return { refuse: refusal };
    const outcome = step.outcomes.find(({ id }) => id === event.payload.outcome);
    if (!outcome) return refuse('review.outcomeUnknown', { pointer: '/outcome' });
    if (outcome.noteRequired === true && isBlank(event.payload.note)) return refuse('action.noteRequired', { pointer: '/note' });
    walk.note({ outcome: outcome.id });
    return go(outcome.next);
  },
  alarms: dueAlarm,
  overdue: (walk, { step }) => passDue(walk, step.overdue),
  status: (walk, step) => ({ holder: heldByMunicipality(walk, step.role) }),
  nexts: (step) => [...new Set(step.outcomes.map(({ next }) => next))],
  skipTo: (step) => step.outcomes[0]?.next ?? null,
};

function isBlank(note: string | undefined): boolean {
  return note === undefined || note.trim() === '';
}
