import type { StepKind, StepOf } from './step-kind.js';
import { STAY } from './step-kind.js';

/** The case is over. */
export const endStep: StepKind<StepOf<'end'>> = {
  enter(walk, step) {
    walk.close(step.outcome);
    return STAY;
  },
  on: () => STAY,
  alarms: () => [],
  overdue: () => STAY,
  status: () => ({ holder: { kind: 'nobody' } }),
  nexts: () => [],
  skipTo: () => null,
};
