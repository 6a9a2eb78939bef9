import type { Overdue, Role, Step } from '#definitions/types/programme.js';
import type { Due } from '#definitions/types/programme.js';
import type { CaseStatus, Refusal } from '#engine/contract/case.js';
import type { Walk } from '../walk.js';
import type { Alarm } from './alarm.js';
import type { Move } from './step-kind.js';
import { go, STAY } from './step-kind.js';

type TimedStep = Step & { readonly due?: Due };

/** Sets the due instant of this visit and, for work of the municipality, opens its task. */
export function openWork(walk: Walk, step: TimedStep & { readonly role: Role }): Move {
  setDue(walk, step);
  walk.openTask(step);
  return STAY;
}

export function setDue(walk: Walk, step: TimedStep): void {
  const dueAt = step.due === undefined ? null : walk.dueAt(step.due);
  if (dueAt !== null) walk.note({ dueAt });
}

export function dueAlarm(walk: Walk, _step: TimedStep): readonly Alarm[] {
  const dueAt = walk.here()?.dueAt;
  return dueAt === undefined ? [] : [{ name: 'due', at: dueAt }];
}

/** What every step does when its time has passed: tell, hand over, or move on. */
export function passDue(walk: Walk, overdue: Overdue | undefined): Move {
  if (walk.here()?.overdueAt === undefined) walk.note({ overdueAt: walk.at });
  if (overdue?.message !== undefined) walk.send(overdue.message, { key: `${walk.visitKey()}:overdue:${walk.here()?.rungAt ?? ''}` });
  if (overdue?.escalateTo !== undefined) walk.escalate(overdue.escalateTo);
  return overdue?.next === undefined ? STAY : go(overdue.next);
}

export function heldByMunicipality(walk: Walk, role: Role): CaseStatus['holder'] {
  return { kind: 'municipality', role: walk.state.escalatedTo ?? role };
}

/** A supervisor stands in for everybody. */
export function roleRefusal(walk: Walk, role: Role): Refusal | null {
  const { actor } = walk.event;
  const allowed: readonly Role[] = [role, walk.state.escalatedTo ?? role, 'supervisor'];
  return actor.role === undefined || allowed.includes(actor.role) ? null : { code: 'action.roleNeeded', params: { role } };
}
