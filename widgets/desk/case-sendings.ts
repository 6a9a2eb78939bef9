import type { ActionResult, StaffAction } from '#definitions/types/wire.js';
import { ActionSending } from './action-sending.js';
import type { ActionKind } from './case-state.js';
import { DESK_PATHS } from './desk-paths.js';
import { deskState } from './desk-state.js';

export type CaseSending = ActionSending<StaffAction, ActionResult>;
/** What somebody has typed into one form of one case, by field; in memory only. */
export type Typed = Record<string, unknown>;

export interface CaseForm {
  readonly municipality: string;
  readonly caseId: string;
  readonly kind: ActionKind;
  /** Where one page shows several forms of this kind for one case. */
  readonly part?: string;
}

const sendings = new Map<string, CaseSending>();
const typed = new Map<string, Typed>();
const touched = new Set<string>();

const keyOf = ({ municipality, caseId, kind, part = '' }: CaseForm): string => `${municipality}/${caseId}/${kind}/${part}`;

/** The write of this form; it goes on when the reader turns to another page meanwhile. */
export function caseSending(form: CaseForm): CaseSending {
  const key = keyOf(form);
  const known = sendings.get(key);
  if (known) return known;
  const sending: CaseSending = new ActionSending({
    post: (body, idempotencyKey) => deskState.call<ActionResult>({ method: 'POST', path: DESK_PATHS.actions(form.municipality, form.caseId), body, idempotencyKey }),
    newKey: () => crypto.randomUUID(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
  sending.addEventListener('change', () => {
    if (sending.state.stage !== 'done') return;
    typed.delete(key);
    touched.delete(key);
  });
  sendings.set(key, sending);
  return sending;
}

/** What was typed and not yet sent, kept across refreshes and page turns until it is done. */
export function typedInto(form: CaseForm): Typed {
  const key = keyOf(form);
  const known = typed.get(key) ?? {};
  typed.set(key, known);
  return known;
}

/** A person has put something into this form, not only its presets. */
export function markTouched(form: CaseForm): void {
  touched.add(keyOf(form));
}

/** What was typed into a form that the case has no use for any more. */
export function discardForm(form: CaseForm): void {
  const key = keyOf(form);
  typed.delete(key);
  touched.delete(key);
  sendings.get(key)?.clear();
}

/** True while something typed has not been sent: the browser then asks before the page is closed. */
export function hasUnsent(): boolean {
  return touched.size > 0 || [...sendings.values()].some((each) => each.underWay);
}

/** At sign-out nothing typed may stay for the next person at this desk. */
export function forgetTyped(): void {
  typed.clear();
  touched.clear();
  sendings.clear();
}
