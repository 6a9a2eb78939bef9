import { takeCallFacts } from '../facts.js';
import type { Json } from '#engine/contract/case.js';
import type { StepKind, StepOf } from './step-kind.js';
import { go, STAY } from './step-kind.js';
import { dueAlarm, passDue, setDue } from './tasks.js';

/** Calls a developer's activity; its output can be read as findings of this step. */
export const callStep: StepKind<StepOf<'call'>> = {
  enter(walk, step) {
    setDue(walk, step);
    const commandKey = `${walk.visitKey()}:call`;
    const input: Record<string, Json> = {};
    for (const [name, expression] of Object.entries(step.input)) input[name] = walk.value(expression);
    walk.effects.push({ commandKey, kind: 'call', activity: step.activity, input });
    walk.orders.push({ kind: 'call', commandKey, activity: step.activity });
    walk.state.calls = { ...walk.state.calls, [commandKey]: step.id };
    return STAY;
  },
  on(walk, { step, event }) {
    if (event.kind !== 'callFinished') return STAY;
    const { output } = event.payload;
    const findings = typeof output === 'object' && output !== null && !Array.isArray(output) ? (output as Readonly<Record<string, Json>>) : { output };
    walk.state.findings = { ...walk.state.findings, [step.id]: findings };
    takeCallFacts(walk, { stepId: step.id, output: findings });
    walk.note({ outcome: 'finished' });
    return go(step.next);
  },
  alarms: dueAlarm,
  overdue: (walk, { step }) => passDue(walk, step.overdue),
  status: () => ({ holder: { kind: 'system' } }),
  nexts: (step) => [step.next],
  skipTo: (step) => step.next,
};
