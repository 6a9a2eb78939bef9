import { askFacts, awaitedLookup, refreshFacts } from '../facts.js';
import { judge } from '../situation.js';
import type { Walk } from '../walk.js';
import type { Move, StepKind, StepOf } from './step-kind.js';
import { go, STAY } from './step-kind.js';
import { heldByMunicipality } from './tasks.js';

/**
 * Evaluates the rules on what is known now; undecided is a way of its own. Facts that an official must look up are asked for here;
 * with `awaitFacts` the case stays until they are recorded.
 */
export const checkStep: StepKind<StepOf<'check'>> = {
  enter: evaluate,
  on(walk, { step, event }) {
    return event.kind === 'factRecorded' || event.kind === 'documentJudged' ? evaluate(walk, step) : STAY;
  },
  alarms: () => [],
  overdue: () => STAY,
  status(walk) {
    const awaited = walk.state.checked === undefined ? undefined : awaitedLookup(walk, walk.state.checked);
    return { holder: awaited === undefined ? { kind: 'system' } : heldByMunicipality(walk, awaited.escalatedTo ?? awaited.role) };
  },
  nexts: (step) => [...new Set([step.next.eligible, step.next.ineligible, step.next.undecided])],
  skipTo: (step) => step.next.undecided,
};

function evaluate(walk: Walk, step: StepOf<'check'>): Move {
  refreshFacts(walk);
  const checked = judge(walk.context, walk.state);
  walk.state.checked = checked;
  askFacts(walk, checked);
  const awaited = step.awaitFacts === true && checked.outcome === 'undecided' ? awaitedLookup(walk, checked) : undefined;
  if (awaited !== undefined) {
    if (awaited.dueAt !== undefined) walk.note({ dueAt: awaited.dueAt });
    return STAY;
  }
  walk.note({ outcome: checked.outcome });
  return go(step.next[checked.outcome]);
}
