import type { Role, Text } from '#definitions/types/programme.js';
import type { Decision } from '#definitions/language/programme.js';

/** A JSON value as it crosses the wire. */
export type Json = boolean | number | string | null | readonly Json[] | { readonly [key: string]: Json };
export type Answers = Readonly<Record<string, Json>>;

/** Who acts, and (separately) for whom: a clerk or a relative may act for the applicant. */
export interface Actor {
  readonly kind: 'citizen' | 'staff' | 'system';
  /** Staff account id; never a name. */
  readonly account?: string;
  readonly role?: Role;
  /** The actor is not the subject: `desk` (typed in at the counter) or `relative` (authorised person). */
  readonly onBehalf?: 'desk' | 'relative';
  /** Filing at the counter: kinds of paper whose original this clerk has seen and kept, without a file. */
  readonly papersSeen?: readonly string[];
}

/** What can happen to a case. `payload` lives in the database (case_command), never in a workflow history. */
export const CASE_EVENT_KINDS = [
  'filed', 'timerFired', 'callFinished', 'callFailed', 'effectFailed',
  'documentAsked', 'documentProvided', 'documentJudged', 'reviewed', 'assessed', 'decided', 'partPaid',
  'incidentSettled', 'withdrawn', 'noteAdded', 'factRecorded', 'versionPublished',
] as const;
export type CaseEventKind = (typeof CASE_EVENT_KINDS)[number];

/** Payloads by kind, as the API accepts them and the step reads them. Instants are ISO 8601 UTC. */
export interface CaseEventPayloads {
  filed: Record<string, never>;
  timerFired: { readonly timerId: string; readonly dueAt: string };
  callFinished: { readonly commandKey: string; readonly output: Json };
  callFailed: { readonly commandKey: string; readonly code: string };
  effectFailed: { readonly commandKey: string; readonly code: string };
  documentAsked: { readonly documentKind: string; readonly note?: string };
  documentProvided: { readonly documentKind: string; readonly documentIds: readonly string[] };
  documentJudged: { readonly documentKind: string; readonly accepted: boolean; readonly note?: string };
  reviewed: { readonly stepId: string; readonly outcome: string; readonly note?: string };
  assessed: { readonly stepId: string; readonly findings: Answers; readonly note?: string };
  decided: { readonly stepId: string; readonly approve: boolean; readonly note?: string };
  partPaid: { readonly stepId: string; readonly partId: string; readonly reference: string; readonly paidOn: string };
  incidentSettled: { readonly incidentId: string; readonly resolution: 'retry' | 'done' | 'drop'; readonly note?: string };
  withdrawn: { readonly note?: string };
  noteAdded: { readonly note: string };
  /** Another version of the programme is in force; the case takes over of it what may reach somebody who has filed. */
  versionPublished: { readonly publicationId: string; readonly hash: string; readonly publishedAt: string };
  /** What an official found in a register that the engine does not reach. */
  factRecorded: { readonly factId: string; readonly value: Json; readonly note?: string };
}

export type CaseEvent = {
  readonly [Kind in CaseEventKind]: {
    /** Unique within the case; for staff and citizens the caller's idempotency key. */
    readonly id: string;
    readonly kind: Kind;
    /** When it happened, by the database's clock (timers: the due instant). */
    readonly at: string;
    readonly actor: Actor;
    readonly payload: CaseEventPayloads[Kind];
  };
}[CaseEventKind];

export interface DocumentState {
  readonly status: 'missing' | 'asked' | 'provided' | 'accepted' | 'refused';
  readonly askedAt?: string;
  readonly note?: string;
  readonly documentIds: readonly string[];
}

export interface StepState {
  /** Which time the case is here: 1 the first; part of task keys, timer ids and command keys. */
  readonly visit: number;
  readonly enteredAt: string;
  readonly leftAt?: string;
  readonly dueAt?: string;
  readonly overdueAt?: string;
  /** When an alarm rang here last. */
  readonly rungAt?: string;
  /** Names of the alarms that have rung here. Absent in states of earlier releases: all that were due until `rungAt`. */
  readonly rung?: readonly string[];
  readonly outcome?: string;
}

export interface PartState {
  readonly partId: string;
  readonly title: Text;
  readonly amountCents: number;
  readonly dueAt: string;
  readonly paidOn?: string;
  readonly reference?: string;
}

export type FactValue = boolean | number | string;

/** One look at a register: what it said, when, and for which step. */
export interface FactReading {
  readonly value: FactValue;
  readonly at: string;
  readonly stepId: string;
}

/** A fact as this case knows it: the latest reading, and those before it. */
export interface FactState extends FactReading {
  /** Who told it: the engine's own record, a person who looked it up, or a developer's activity. */
  readonly from: 'record' | 'person' | 'call';
  readonly account?: string;
  readonly note?: string;
  readonly before?: readonly FactReading[];
}

/** A fact that an official has been asked to look up. */
export interface LookupState {
  /** Which time it is asked; part of the task's key. */
  readonly visit: number;
  readonly role: Role;
  readonly askedAt: string;
  readonly dueAt?: string;
  readonly overdueAt?: string;
  readonly escalatedTo?: Role;
  readonly closedAt?: string;
}

export interface DecisionState {
  readonly approved: boolean;
  readonly decidedAt: string;
  readonly decidedBy: string;
  readonly awardCents?: number;
  /** The evaluator's answer, kept as the written reason. */
  readonly reasons: Decision;
  /** The facts as they stood at the decision, each with its origin and instant. */
  readonly facts?: Readonly<Record<string, FactState>>;
  readonly legalBasis: string;
  readonly appealText: Text;
  readonly appealAuthority: Text;
  readonly appealUntil: string;
  readonly note?: string;
}

export interface IncidentState {
  readonly id: string;
  readonly commandKey: string;
  readonly code: string;
  readonly openedAt: string;
  readonly settledAt?: string;
  readonly resolution?: 'retry' | 'done' | 'drop';
}

/** Where a case that has been filed may be when a new version comes. */
export type CaseStage = 'filed' | 'inReview' | 'benefitRunning';

/** What became of one publication for one case. */
export interface VersionState {
  readonly eventId: string;
  readonly publicationId: string;
  /** The version that was published. */
  readonly published: string;
  readonly publishedAt: string;
  /** The document under which the case is judged from `at` on; the one before, when nothing was taken over. */
  readonly hash: string;
  readonly at: string;
  readonly stage: CaseStage;
  /** Class of the change, and noun and id of what was changed. */
  readonly adopted: readonly { readonly class: string; readonly what: string }[];
  readonly kept: readonly { readonly class: string; readonly what: string; readonly because: 'pinned' | 'notSound' }[];
}

/** The whole memory of a case, as the pure step reads and writes it (column `state` of diktyo.case_record). */
export interface CaseState {
  readonly status: 'open' | 'closed';
  readonly outcome?: 'granted' | 'refused' | 'withdrawn' | 'expired' | 'completed';
  readonly currentStep: string;
  readonly stage: string;
  readonly steps: Readonly<Record<string, StepState>>;
  readonly documents: Readonly<Record<string, DocumentState>>;
  readonly findings: Readonly<Record<string, Answers>>;
  /** What registers and the history told, by fact; absent: not known. */
  readonly facts?: Readonly<Record<string, FactState>>;
  /** Facts that officials were asked to look up, by fact. */
  readonly lookups?: Readonly<Record<string, LookupState>>;
  /** Publications since the filing, oldest first; absent: the case is judged under the version it was filed under. */
  readonly versions?: readonly VersionState[];
  readonly checked?: Decision;
  readonly decision?: DecisionState;
  readonly parts: readonly PartState[];
  /** Timers that the kernel holds: id → due instant. */
  readonly timers: Readonly<Record<string, string>>;
  /** Open calls: command key → step. */
  readonly calls: Readonly<Record<string, string>>;
  readonly incidents: readonly IncidentState[];
  /** Role to whom the current step has been escalated, when it has. */
  readonly escalatedTo?: Role;
}

/** What everyone may see of a case, complete in every state: promise 5. */
export interface CaseStatus {
  readonly stage: string;
  readonly stageTitle: Text;
  readonly stepTitle: Text;
  readonly holder: { readonly kind: 'citizen' | 'municipality' | 'system' | 'nobody'; readonly role?: Role };
  /** The sentence that the citizen reads; never empty. */
  readonly sentence: Text;
  readonly missing: readonly { readonly documentKind: string; readonly title: Text; readonly note?: string }[];
  /** What comes next; never empty. */
  readonly next: Text;
  readonly dueAt?: string;
  readonly closed: boolean;
}

/** What the kernel must carry out. Keys are unique within the case. */
export type Command =
  | { readonly kind: 'timerSet'; readonly timerId: string; readonly at: string }
  | { readonly kind: 'timerCancel'; readonly timerId: string }
  /** Deliver the effect row with this key (mail, SMS). */
  | { readonly kind: 'deliver'; readonly commandKey: string }
  /** Call a developer's activity; its input is read from the effect row. */
  | { readonly kind: 'call'; readonly commandKey: string; readonly activity: string }
  | { readonly kind: 'end' };

export interface TaskChange {
  readonly change: 'open' | 'close' | 'escalate';
  /** `<stepId>#<visit>`; unique within the case. */
  readonly taskKey: string;
  /** Of a fact to look up: `fact:<factId>`. */
  readonly stepId: string;
  readonly role: Role;
  readonly title: Text;
  readonly dueAt?: string;
}

/** An outside effect, stored before it is tried; at most one row per (case, commandKey). */
export type EffectPlan =
  | { readonly commandKey: string; readonly kind: 'message'; readonly messageId: string; readonly fields: Readonly<Record<string, string>> }
  | { readonly commandKey: string; readonly kind: 'call'; readonly activity: string; readonly input: Json };

/** The plan of one event: written by one version-checked SQL function, then carried out by the kernel. */
export interface StepPlan {
  readonly state: CaseState;
  readonly status: CaseStatus;
  readonly tasks: readonly TaskChange[];
  readonly effects: readonly EffectPlan[];
  readonly incidents: readonly { readonly change: 'open' | 'settle'; readonly incident: IncidentState }[];
  readonly commands: readonly Command[];
}

/** Why an event was not accepted; a value, never an exception. `code` is in the catalogue of problems. */
export interface Refusal {
  readonly code: string;
  readonly pointer?: string;
  readonly params?: Readonly<Record<string, string>>;
}

/** What the caller of an action hears. */
export type ActionReply =
  | { readonly accepted: true; readonly version: number; readonly status: CaseStatus }
  | { readonly accepted: false; readonly refusal: Refusal };
