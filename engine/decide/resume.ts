import type { PreparedProgramme } from '#definitions/language/programme.js';
import type { CaseState, Command } from '#engine/contract/case.js';

interface Resuming extends Pick<PreparedProgramme, 'programme'> {
  /** Command keys of planned messages that nobody carries out any longer. */
  readonly unsent?: readonly string[];
  /** The alarms that the kernel has set already. */
  readonly held?: Readonly<Record<string, string>>;
}

/**
 * What a kernel must take up that starts anew for a case which is already under way (its history was lost, or outlived its
 * retention), or that has missed what happened to it: the timers, the open calls, the end; and messages that were planned and never
 * sent. Repeating any of them is harmless: what may have been sent becomes an incident, never a second message.
 */
export function resumeCommands({ programme, unsent = [], held = {} }: Resuming, state: CaseState): readonly Command[] {
  const messages = unsent.map((commandKey): Command => ({ kind: 'deliver', commandKey }));
  const stale = Object.keys(held).filter((timerId) => !Object.hasOwn(state.timers, timerId)).map((timerId): Command => ({ kind: 'timerCancel', timerId }));
  const due = Object.entries(state.timers).filter(([timerId, at]) => held[timerId] !== at).map(([timerId, at]): Command => ({ kind: 'timerSet', timerId, at }));
  const timers = [...stale, ...due];
  const calls = Object.entries(state.calls).flatMap(([commandKey, stepId]): Command[] => {
    const step = programme.flow.steps.find(({ id }) => id === stepId);
    const isParked = state.incidents.some((incident) => incident.commandKey === commandKey && incident.settledAt === undefined);
    return step?.kind === 'call' && !isParked ? [{ kind: 'call', commandKey, activity: step.activity }] : [];
  });
  return state.status === 'closed' ? [...messages, { kind: 'end' }] : [...timers, ...messages, ...calls];
}

/**
 * What is answered when an event is told that had been applied before: the same commands, since a repeated task starts from nothing.
 * What was decided with another event has none of its own, yet the kernel goes by the last answer it heard: a case that is over says
 * so every time, or its kernel would go on for ever.
 */
export function repeatedCommands(stored: readonly Command[], state: CaseState | null): readonly Command[] {
  const isSaid = state?.status !== 'closed' || stored.some(({ kind }) => kind === 'end');
  return isSaid ? stored : [...stored, { kind: 'end' }];
}
