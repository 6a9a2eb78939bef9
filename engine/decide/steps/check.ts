import { judge } from '../situation.js';
import type { StepKind, StepOf } from './step-kind.js';
import { go, STAY } from './step-kind.js';

/** Evaluates the rules on what is known now; undecided is a way of its own. */
export const checkStep: StepKind<StepOf<'check'>> = {
  enter(walk, step) {
    const checked = judge(walk.context, walk.state);
    walk.state.checked = checked;
    walk.note({ outcome: checked.outcome });
    return go(step.next[checked.outcome]);
  },
  on: () => STAY,
  alarms: () => [],
  overdue: () => STAY,
  status: () => ({ holder: { kind: 'system' } }),
  nexts: (step) => [...new Set([step.next.eligible, step.next.ineligible, step.next.undecided])],
  skipTo: (step) => step.next.undecided,
};
