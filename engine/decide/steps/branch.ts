import { refreshFacts } from '../facts.js';
import type { StepKind, StepOf } from './step-kind.js';
import { go, STAY } from './step-kind.js';

/** The first case that holds; one that cannot be known yet goes its own way, when the flow names one. */
export const branchStep: StepKind<StepOf<'branch'>> = {
  enter(walk, step) {
    if (walk.state.facts === undefined) refreshFacts(walk);
    for (const option of step.cases) {
      const held = walk.holds(option.when);
      if (held === true) return go(option.next);
      if (held === null && step.unknown !== undefined) return go(step.unknown);
    }
    return go(step.otherwise);
  },
  on: () => STAY,
  alarms: () => [],
  overdue: () => STAY,
  status: () => ({ holder: { kind: 'system' } }),
  nexts: (step) => [...new Set([...step.cases.map(({ next }) => next), ...(step.unknown === undefined ? [] : [step.unknown]), step.otherwise])],
  skipTo: (step) => step.otherwise,
};
