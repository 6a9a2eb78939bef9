import type { PreparedProgramme } from '#definitions/language/programme.js';
import type { CaseState, Command } from '#engine/contract/case.js';

/**
 * What a kernel must take up that starts anew for a case which is already under way (its history was lost, or outlived its
 * retention): the timers, the open calls, the end. Repeating any of them is harmless.
 */
export function resumeCommands({ programme }: Pick<PreparedProgramme, 'programme'>, state: CaseState): readonly Command[] {
  const timers = Object.entries(state.timers).map(([timerId, at]): Command => ({ kind: 'timerSet', timerId, at }));
  const calls = Object.entries(state.calls).flatMap(([commandKey, stepId]): Command[] => {
    const step = programme.flow.steps.find(({ id }) => id === stepId);
    const isParked = state.incidents.some((incident) => incident.commandKey === commandKey && incident.settledAt === undefined);
    return step?.kind === 'call' && !isParked ? [{ kind: 'call', commandKey, activity: step.activity }] : [];
  });
  return state.status === 'closed' ? [{ kind: 'end' }] : [...timers, ...calls];
}
