import { checkFindings } from '../findings.js';
import type { StepKind, StepOf } from './step-kind.js';
import { go, STAY } from './step-kind.js';
import { dueAlarm, heldByMunicipality, openWork, passDue, roleRefusal } from './tasks.js';

/** An inspection or assessment: its findings can be read by rules as `stepId.questionId`. */
export const assessStep: StepKind<StepOf<'assess'>> = {
  enter: openWork,
  on(walk, { step, event }) {
    if (event.kind !== 'assessed') return STAY;
    const refusal = roleRefusal(walk, step.role);
    if (refusal) return { refuse: refusal };
    const checked = checkFindings(walk, { questions: step.findings, findings: event.payload.findings });
    if ('refusal' in checked) return { refuse: checked.refusal };
    walk.state.findings = { ...walk.state.findings, [step.id]: checked.findings };
    walk.note({ outcome: 'assessed' });
    return go(step.next);
  },
  alarms: dueAlarm,
  overdue: (walk, { step }) => passDue(walk, step.overdue),
  status: (walk, step) => ({ holder: heldByMunicipality(walk, step.role) }),
  nexts: (step) => [step.next],
  skipTo: (step) => step.next,
};
