import type { StepKind, StepOf } from './step-kind.js';
import { go, STAY } from './step-kind.js';

/** Waits until an instant; one that is already past waits no longer. */
export const waitStep: StepKind<StepOf<'wait'>> = {
  enter(walk, step) {
    const until = walk.dueAt(step.until);
    if (until === null) {
      walk.stuck('wait.dateUnknown');
      return STAY;
    }
    if (until <= walk.at) return go(step.next);
    walk.note({ dueAt: until });
    return STAY;
  },
  on: () => STAY,
  alarms(walk) {
    const until = walk.here()?.dueAt;
    return until === undefined ? [] : [{ name: 'until', at: until }];
  },
  overdue: (_walk, { step }) => go(step.next),
  status: () => ({ holder: { kind: 'system' } }),
  nexts: (step) => [step.next],
  skipTo: (step) => step.next,
};
