import type { StepKind, StepOf } from './step-kind.js';
import { go, STAY } from './step-kind.js';

/** Sends a message and goes on; whether it arrives is the business of the effect and its incident. */
export const notifyStep: StepKind<StepOf<'notify'>> = {
  enter(walk, step) {
    walk.send(step.message, { key: `${walk.visitKey()}:message` });
    return go(step.next);
  },
  on: () => STAY,
  alarms: () => [],
  overdue: () => STAY,
  status: () => ({ holder: { kind: 'system' } }),
  nexts: (step) => [step.next],
  skipTo: (step) => step.next,
};
