import { evaluateExpression, evaluateProgramme, requiredDocuments } from '#definitions/language/programme.js';
import type { Decision, DocumentStatus, Read, PreparedProgramme, Situation, Value } from '#definitions/language/programme.js';
import type { Expression } from '#definitions/types/programme.js';
import type { Answers, CaseStage, CaseState, FactValue, VersionState } from '#engine/contract/case.js';
import { dateOf } from './calendar.js';
import type { NationalDays } from './calendar.js';

/** What the engine's own record told about a case, read for this very event. */
export interface RecordAnswers {
  readonly at: string;
  readonly facts: Readonly<Record<string, FactValue>>;
}

/** The document under which a case goes on after a publication, and what it has of it. */
export interface TakenVersion {
  readonly prepared: PreparedProgramme;
  readonly stage: CaseStage;
  readonly adopted: VersionState['adopted'];
  readonly kept: VersionState['kept'];
}

/** All that the step may know of a case besides its state and the event. */
export interface CaseContext {
  readonly prepared: PreparedProgramme;
  readonly answers: Answers;
  readonly filedAt: string;
  readonly nationalDays: NationalDays;
  readonly protocolNumber?: string;
  /** Files that came with the application. */
  readonly filedDocuments?: readonly { readonly documentId: string; readonly kind: string }[];
  /** With `versionPublished`: what this case takes over. */
  readonly adoption?: TakenVersion;
  /** Absent: the record was not asked. */
  readonly recordAnswers?: RecordAnswers;
}

/** Of a context, what judging a case needs. */
export type Judged = Pick<CaseContext, 'prepared' | 'answers' | 'filedAt'>;

/** What a condition may look at: the case as it stands, judged on the day it was filed. */
export function situationOf(context: Judged, state: CaseState): Situation {
  const documents: Record<string, DocumentStatus> = {};
  for (const [kind, document] of Object.entries(state.documents)) documents[kind] = document.status === 'asked' ? 'missing' : document.status;
  const facts = Object.fromEntries(Object.entries(state.facts ?? {}).map(([id, { value }]) => [id, value]));
  return { answers: context.answers, facts, findings: state.findings, documents, isFiled: true, asOf: dateOf(context.filedAt) };
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

export function judge(context: Judged, state: CaseState): Decision {
  const decision = evaluateProgramme(context.prepared, situationOf(context, state));
  if (state.facts === undefined) return decision;
  const told = (read: Read): Read => withOrigin(read, { context, state });
  const rules = decision.rules.map((rule) => ({ ...rule, read: rule.read.map(told) }));
  const lines = decision.points.lines.map((line) => ({ ...line, read: line.read.map(told) }));
  return { ...decision, rules, points: { ...decision.points, lines } };
}

/** A fact that was read is told with its register and its day. */
function withOrigin(read: Read, { context, state }: { readonly context: Judged; readonly state: CaseState }): Read {
  if (!('fact' in read)) return read;
  const known = state.facts?.[read.fact];
  const declared = context.prepared.programme.facts.find(({ id }) => id === read.fact);
  return known === undefined || declared === undefined ? read : { ...read, source: declared.source, on: dateOf(known.at) };
}

/** Papers that this case surely needs. */
export function requiredKinds(context: CaseContext, state: CaseState): readonly string[] {
  return requiredDocuments(context.prepared, situationOf(context, state))
    .filter(({ required }) => required === 'yes')
    .map(({ id }) => id);
}
