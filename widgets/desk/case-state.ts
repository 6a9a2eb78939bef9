import type { Decision } from '#definitions/language/programme.js';
import type { Programme, Role, Step } from '#definitions/types/programme.js';
import type { CaseFileView, Localised, ProgrammeView, StaffAction } from '#definitions/types/wire.js';
import { fillPlaces } from './place-texts.js';

/** What the desk reads of a case's memory; the engine writes it (column `state`), the wire carries it as it is. */
export interface CaseMemory {
  readonly status: 'open' | 'closed';
  readonly outcome?: 'granted' | 'refused' | 'withdrawn' | 'expired' | 'completed';
  readonly currentStep: string;
  readonly documents: Readonly<Record<string, PaperState>>;
  readonly findings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What became of the versions that were published since the filing. */
  readonly versions?: readonly { readonly eventId: string; readonly hash: string; readonly adopted: readonly unknown[]; readonly kept: readonly unknown[] }[];
  /** What registers told, and what officials are asked to look up; by fact. */
  readonly facts?: Readonly<Record<string, { readonly value: boolean | number | string; readonly at: string }>>;
  readonly lookups?: Readonly<Record<string, { readonly role: Role; readonly dueAt?: string; readonly closedAt?: string }>>;
  readonly decision?: DecisionRecord;
  readonly parts: readonly PaymentPartState[];
  readonly incidents: readonly IncidentRecord[];
  readonly escalatedTo?: Role;
}

export interface PaperState {
  readonly status: 'missing' | 'asked' | 'provided' | 'accepted' | 'refused';
  readonly askedAt?: string;
  readonly note?: string;
  readonly documentIds: readonly string[];
}

export interface DecisionRecord {
  readonly approved: boolean;
  readonly decidedAt: string;
  readonly decidedBy: string;
  readonly awardCents?: number;
  readonly reasons: Decision;
  readonly legalBasis: string;
  readonly appealText: Localised;
  readonly appealAuthority: Localised;
  readonly appealUntil: string;
  readonly note?: string;
}

export interface PaymentPartState {
  readonly partId: string;
  readonly title: Localised;
  readonly amountCents: number;
  readonly dueAt: string;
  readonly paidOn?: string;
  readonly reference?: string;
}

export interface IncidentRecord {
  readonly id: string;
  readonly commandKey: string;
  readonly code: string;
  readonly openedAt: string;
  readonly settledAt?: string;
  readonly resolution?: 'retry' | 'done' | 'drop';
}

export interface CaseActor {
  readonly kind: 'citizen' | 'staff' | 'system';
  readonly account?: string;
  readonly role?: Role;
  readonly onBehalf?: 'desk' | 'relative';
}

/** A case with the programme it is pinned to: all that the parts of the case page read. */
export interface OpenCase {
  readonly municipality: string;
  readonly file: CaseFileView;
  readonly state: CaseMemory;
  readonly decision: Decision | null;
  readonly programme: Programme;
  readonly step: Step | undefined;
}

export type ActionKind = StaffAction['kind'];

const EMPTY_STATE: CaseMemory = { status: 'open', currentStep: '', documents: {}, findings: {}, parts: [], incidents: [] };

/** A case that the workflow has not begun yet has no memory: it is shown as filed and waiting. */
export function openCase({ municipality, file, view }: { readonly municipality: string; readonly file: CaseFileView; readonly view: ProgrammeView }): OpenCase {
  const programme = view.programme as unknown as Programme;
  const state: CaseMemory = { ...EMPTY_STATE, ...fillPlaces(file.state as Partial<CaseMemory> | null, view.municipalityName) };
  const judged = file.decision && Array.isArray(file.decision['rules']) ? (file.decision as unknown as Decision) : null;
  const decision = fillPlaces(judged, view.municipalityName);
  return { municipality, file, state, decision, programme, step: programme.flow.steps.find((step) => step.id === state.currentStep) };
}
