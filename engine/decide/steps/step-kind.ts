import type { Step } from '#definitions/types/programme.js';
import type { CaseEvent, CaseEventKind, CaseStatus, Refusal } from '#engine/contract/case.js';
import type { Text } from '#definitions/types/programme.js';
import type { Walk } from '../walk.js';
import type { Alarm } from './alarm.js';

export type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;
export type EventOf<Kind extends CaseEventKind> = Extract<CaseEvent, { kind: Kind }>;

/** Where the case goes after something happened in a step. */
export type Move = { readonly go: string } | { readonly stay: true } | { readonly refuse: Refusal };
export const STAY: Move = { stay: true };
export const go = (stepId: string): Move => ({ go: stepId });
export const refuse = (code: string, more: Omit<Refusal, 'code'> = {}): Move => ({ refuse: { code, ...more } });


/** One kind of step: a file, and a line in the list. All is pure; what shall happen is written on the walk. */
export interface StepKind<S extends Step> {
  /** The case arrives. */
  enter(walk: Walk, step: S): Move;
  /** An event that concerns the current step. */
  on(walk: Walk, happening: { readonly step: S; readonly event: CaseEvent }): Move;
  /** Instants to be woken at, while the case is here. */
  alarms(walk: Walk, step: S): readonly Alarm[];
  /** An alarm rang. */
  overdue(walk: Walk, ringing: { readonly step: S; readonly alarm: Alarm }): Move;
  /** Who holds the case while it is here, and what comes next when that is not simply one of `nexts`. */
  status(walk: Walk, step: S): { readonly holder: CaseStatus['holder']; readonly next?: Text };
  /** Steps that may come next. */
  nexts(step: S): readonly string[];
  /** Where a case goes whose `when` does not hold; null: this kind is never passed over. */
  skipTo(step: S): string | null;
}
