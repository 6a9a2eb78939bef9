import type { Move } from './steps/step-kind.js';
import { kindOf } from './steps/steps.js';
import { isLookupTimer, ringLookup } from './facts.js';
import { syncPapers } from './papers.js';
import type { Walk } from './walk.js';

/** A flow that never rests is a fault of the definition: it is stopped and shown, never run for ever. */
const VISITS_MAX = 200;
const LATE_ALARMS_MAX = 300;

/** Takes the case from step to step until one of them holds it. */
export function travel(walk: Walk, first: Move): void {
  let move = first;
  const passed = new Set<string>();
  while ('go' in move) {
    const step = walk.stepById(move.go);
    if (!step) return walk.stuck('flow.stepUnknown');
    // Nothing new can become known on the way: a step met again would be met for ever.
    if (passed.has(step.id) || (walk.state.steps[step.id]?.visit ?? 0) >= VISITS_MAX) return walk.stuck('flow.neverRests');
    passed.add(step.id);
    syncPapers(walk);
    const onward = step.when === undefined || walk.holds(step.when) !== false ? null : kindOf(step).skipTo(step);
    if (onward !== null) {
      move = { go: onward };
      continue;
    }
    walk.leave();
    walk.arrive(step);
    move = kindOf(step).enter(walk, step);
  }
  rearm(walk);
}

/** The timer of the current visit, after anything that may have moved it. */
export function rearm(walk: Walk): void {
  const step = walk.current();
  if (step && walk.state.status === 'open') walk.arm(kindOf(step).alarms(walk, step));
}

/** Everything of the current step that was due by this instant and has not rung: what was due may have moved since the timer was set. */
export function ring(walk: Walk, dueAt: string): void {
  const step = walk.current();
  if (!step) return;
  const key = walk.visitKey();
  const alarms = kindOf(step).alarms(walk, step);
  const unrung = walk.unrung(alarms);
  const ringing = unrung.filter(({ at }) => at <= dueAt).sort((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0));
  const rung = alarms.filter((alarm) => ringing.includes(alarm) || !unrung.includes(alarm)).map(({ name }) => name);
  walk.note({ rungAt: dueAt, rung: [...new Set([...(walk.here()?.rung ?? []), ...rung])] });
  for (const alarm of ringing) {
    const move = kindOf(step).overdue(walk, { step, alarm });
    if ('go' in move) return travel(walk, move);
    if (walk.visitKey() !== key) return;
  }
  rearm(walk);
}

/**
 * Timers may fire late, and an event may arrive before them: what was due before the event happens first, at its own instant,
 * so that lateness changes nothing.
 */
export function ringLateAlarms(walk: Walk): void {
  const { event } = walk;
  for (let count = 0; count < LATE_ALARMS_MAX && walk.state.status === 'open'; count += 1) {
    const late = Object.entries(walk.state.timers)
      .filter(([timerId, at]) => at < event.at && !(event.kind === 'timerFired' && event.payload.timerId === timerId && event.payload.dueAt === at))
      .sort(([, left], [, right]) => (left < right ? -1 : 1))[0];
    if (!late) break;
    judgeAt(walk, late[1]);
    if (isLookupTimer(late[0])) ringLookup(walk, late[0]);
    else ring(walk, late[1]);
  }
  judgeAt(walk, event.at);
}

/** Never before the case came to where it is. */
export function judgeAt(walk: Walk, instant: string): void {
  const enteredAt = walk.here()?.enteredAt ?? instant;
  walk.at = instant > enteredAt ? instant : enteredAt;
}
