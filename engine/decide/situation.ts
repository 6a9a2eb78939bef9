import { evaluateExpression, evaluateProgramme, requiredDocuments } from '#definitions/language/programme.js';
import type { Decision, DocumentStatus, PreparedProgramme, Situation, Value } from '#definitions/language/programme.js';
import type { Expression } from '#definitions/types/programme.js';
import type { Answers, CaseState } from '#engine/contract/case.js';
import { dateOf } from './calendar.js';
import type { NationalDays } from './calendar.js';

/** All that the step may know of a case besides its state and the event. */
export interface CaseContext {
  readonly prepared: PreparedProgramme;
  readonly answers: Answers;
  readonly filedAt: string;
  readonly nationalDays: NationalDays;
  readonly protocolNumber?: string;
  /** Files that came with the application. */
  readonly filedDocuments?: readonly { readonly documentId: string; readonly kind: string }[];
}

/** What a condition may look at: the case as it stands, judged on the day it was filed. */
export function situationOf(context: CaseContext, state: CaseState): Situation {
  const documents: Record<string, DocumentStatus> = {};
  for (const [kind, document] of Object.entries(state.documents)) documents[kind] = document.status === 'asked' ? 'missing' : document.status;
  return { answers: context.answers, findings: state.findings, documents, isFiled: true, asOf: dateOf(context.filedAt) };
}

/** true, false, or null while it is not known. */
export function holds(context: CaseContext, { state, condition }: { readonly state: CaseState; readonly condition: Expression }): boolean | null {
  const value = valueOf(context, { state, expression: condition });
  return typeof value === 'boolean' ? value : null;
}

/** null: not known. */
export function valueOf(context: CaseContext, { state, expression }: { readonly state: CaseState; readonly expression: Expression }): Value {
  const outcome = evaluateExpression(context.prepared, expression, situationOf(context, state));
  return outcome.known ? outcome.value : null;
}

export function amountCentsOf(context: CaseContext, { state, computed }: { readonly state: CaseState; readonly computed: string }): number | null {
  const value = valueOf(context, { state, expression: { computed } });
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

export function judge(context: CaseContext, state: CaseState): Decision {
  return evaluateProgramme(context.prepared, situationOf(context, state));
}

/** Papers that this case surely needs. */
export function requiredKinds(context: CaseContext, state: CaseState): readonly string[] {
  return requiredDocuments(context.prepared, situationOf(context, state))
    .filter(({ required }) => required === 'yes')
    .map(({ id }) => id);
}
