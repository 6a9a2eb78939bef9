import type { Programme, Role, Text } from '#definitions/types/programme.js';
import type { Actor, ActionReply, Answers, CaseEvent, CaseEventKind, CaseStage, CaseState, CaseStatus, Command, Json, Refusal, StepPlan } from './case.js';

/*
 * What each room of the engine offers. One method = one SQL statement (a PL/pgSQL function), one round trip; the
 * municipality is bound inside it and row-level security is the second wall. Unknown and foreign are the same `null`.
 */

export interface PublishedProgramme {
  readonly hash: string;
  readonly municipality: string;
  readonly programme: Programme;
}

export interface Published {
  readonly hash: string;
  /** The document had never been published here. */
  readonly created: boolean;
  readonly published: boolean;
  readonly publicationId?: string;
  readonly changedTo?: string;
}

export interface Publication {
  readonly publicationId: string;
  readonly hash: string;
  readonly publishedBy: string;
  readonly publishedAt: string;
  /** Every case that was open then has been told. */
  readonly isTold: boolean;
}

/** `from`: what the case was judged under; `to`: what was published. */
export interface Lineage {
  readonly from: string;
  readonly to: string;
  readonly stage: CaseStage;
}

/** As much of a case's state as tells its stage. */
export interface StageView {
  readonly currentStep: string;
  readonly parts: number;
  readonly decision: { readonly approved: boolean; readonly isReopened: boolean | null } | null;
  /** Steps that the case has come to. */
  readonly steps: readonly string[];
}

export interface OpenByVersion {
  readonly drafts: readonly { readonly hash: string; readonly count: number }[];
  /** `state` is null while a case has not been taken up. */
  readonly cases: readonly { readonly hash: string; readonly state: StageView | null; readonly count: number }[];
}

export interface ProgrammeRegister {
  /**
   * Puts a version in force, an earlier one too; `published` is false when it is already. With `expected` (the version in force
   * that the caller has seen, empty: none) nothing is done when it is another by now, which is then told (`changedTo`).
   */
  publish(input: { municipality: string; hash: string; programme: Programme; publishedBy: string; expected?: string }): Promise<Published>;
  /** Everything that was in force, newest first. */
  listPublications(input: { municipality: string; programmeId: string }): Promise<readonly Publication[]>;
  /** Open cases and drafts by the document they stand under, for whoever is about to publish. */
  countOpen(input: { municipality: string; programmeId: string }): Promise<OpenByVersion>;
  /** Tells open cases of the versions published since: bounded, resumable, once per case and publication. */
  tellPublications(input: { limit: number }): Promise<{ told: number; more: boolean }>;
  /** The worker's: a document that a case is judged under from now on, with where it comes from. `false`: not of this programme. */
  keepAdopted(input: { municipality: string; hash: string; programme: Programme; lineage: Lineage }): Promise<boolean>;
  listCurrent(municipality: string): Promise<readonly { programmeId: string; hash: string; title: Text; summary: Text }[]>;
  readCurrent(input: { municipality: string; programmeId: string }): Promise<PublishedProgramme | null>;
  /** Immutable, so callers cache it for ever by (municipality, hash). */
  readVersion(input: { municipality: string; hash: string }): Promise<PublishedProgramme | null>;
  /** Exact origins that may embed the widgets of this municipality; replaces the list. */
  setSiteOrigins(input: { municipality: string; siteOrigins: readonly string[] }): Promise<void>;
  /** `programmeCount`: how many it offers now. */
  listMunicipalities(): Promise<readonly { code: string; name: Text; unit: string; siteOrigins: readonly string[]; programmeCount: number }[]>;
}

export interface Draft {
  readonly draftId: string;
  readonly municipality: string;
  readonly programmeId: string;
  readonly hash: string;
  readonly answers: Answers;
  readonly version: number;
  readonly expiresAt: string;
  readonly documents: readonly StoredDocument[];
}

export interface StoredDocument {
  readonly documentId: string;
  readonly kind: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** `quarantined` until scanned; a quarantined or refused file can never be downloaded. */
  readonly state: 'expected' | 'quarantined' | 'clean' | 'refused';
}

export interface Receipt {
  readonly applicationId: string;
  /** `<number>/<year>`, gap-free per municipality and year. */
  readonly protocolNumber: string;
  readonly filedAt: string;
  /** 128 random bits, from which the caller derives the tracking code (HMAC with the code key); never leaves the server. */
  readonly trackingNonce: string;
  /** True when this key had been filed before: same receipt. */
  readonly repeated: boolean;
}

export interface SubmitInput {
  readonly municipality: string;
  readonly programmeId: string;
  readonly hash: string;
  /** Chosen by the caller before the first try; unique per municipality. */
  readonly submissionKey: string;
  /** SHA-256 of the canonical body: same key with another body is refused. */
  readonly bodyHash: string;
  readonly applicationId: string;
  readonly trackingNonce: string;
  readonly trackingCodeHash: string;
  readonly answers: Answers;
  /** For search and messages only, taken from questions by their role. */
  readonly subject: { givenName?: string; familyName?: string; email?: string; phone?: string; language: string };
  readonly actor: Actor;
  readonly channel: 'web' | 'desk' | 'api';
  readonly draftId?: string;
  readonly documentIds: readonly string[];
  /** What the citizen reads until the kernel has taken the case's first step; promise 5 holds from the receipt on. */
  readonly status: CaseStatus;
}

export interface Register {
  createDraft(input: { municipality: string; draftId: string; programmeId: string; hash: string; resumeCodeHash: string; key: string; answers: Answers; daysKept: number }): Promise<Draft>;
  readDraft(input: { municipality: string; resumeCodeHash: string }): Promise<Draft | null>;
  /** Refused with `draft.changedElsewhere` when `version` is not the current one. `hash`: the version whose form was filled in. */
  saveDraft(input: { municipality: string; resumeCodeHash: string; version: number; answers: Answers; hash?: string }): Promise<Draft | Refusal | null>;
  /** A document is announced first (server-issued id), then its bytes arrive. `owner` is a draft, a case, or nobody yet. */
  announceDocument(input: { municipality: string; documentId: string; owner: { draftId?: string; caseId?: string }; kind: string; name: string; mediaType: string; sizeBytes: number; by: Actor }): Promise<StoredDocument | Refusal>;
  storeDocument(input: { municipality: string; documentId: string; owner: { draftId?: string; caseId?: string }; bytes: Uint8Array; sha256: string; state: 'quarantined' | 'clean' | 'refused' }): Promise<StoredDocument | Refusal | null>;
  /** Files without a draft that this account has announced: at the counter they come before the application. */
  readLooseDocuments(input: { municipality: string; documentIds: readonly string[]; account: string }): Promise<readonly StoredDocument[]>;
  readDocument(input: { municipality: string; documentId: string; caseId: string; reader: Actor }): Promise<(StoredDocument & { readonly bytes: Uint8Array }) | null>;
  /** Application, protocol number, audit row, outbox row and case record, in one function. `submission.keyReused` when the body differs. */
  submit(input: SubmitInput): Promise<Receipt | Refusal>;
  search(input: { municipality: string; text: string; reader: Actor; limit: number }): Promise<readonly CaseSummary[]>;
}

export interface CaseSummary {
  readonly caseId: string;
  readonly protocolNumber: string;
  readonly programmeId: string;
  readonly programmeTitle: Text;
  readonly applicantName: string;
  readonly filedAt: string;
  readonly status: CaseStatus;
  readonly version: number;
}

export interface TaskRow {
  readonly taskId: string;
  readonly taskKey: string;
  readonly stepId: string;
  readonly role: Role;
  readonly title: Text;
  readonly dueAt?: string;
  readonly claimedBy?: string;
  readonly openedAt: string;
  readonly summary: CaseSummary;
}

export interface QueueFilter {
  readonly programmeId?: string;
  readonly stepId?: string;
  readonly overdue?: true;
}

export interface QueueCountRow {
  readonly programmeId: string;
  readonly programmeTitle: Text;
  readonly stepId: string;
  readonly title: Text;
  readonly tasks: number;
  readonly overdue: number;
  readonly dueToday: number;
}

export interface CaseFile extends CaseSummary {
  /** Of the document that the case is judged under now. */
  readonly hash: string;
  readonly filedHash: string;
  readonly answers: Answers;
  readonly actor: Actor;
  readonly channel: 'web' | 'desk' | 'api';
  readonly state: CaseState;
  readonly documents: readonly StoredDocument[];
  readonly history: readonly { readonly eventId: string; readonly kind: CaseEventKind; readonly at: string; readonly actor: Actor; readonly payload: Json; readonly accepted: boolean }[];
  readonly tasks: readonly TaskRow[];
  readonly effects: readonly { readonly commandKey: string; readonly kind: string; readonly status: string; readonly attempts: number; readonly lastError?: string }[];
}

export interface LoadedCase {
  readonly version: number;
  readonly hash: string;
  readonly state: CaseState | null;
  readonly answers: Answers;
  readonly filedAt: string;
  /** For the messages that the step plans. */
  readonly protocolNumber: string;
  /** The stored event with its payload (staff and citizen actions), when there is one. */
  readonly event: CaseEvent | null;
  /** Set when (case, event) has already been applied: answer this, do nothing. */
  readonly applied: { readonly reply: { accepted: boolean; version: number; code?: string }; readonly commands: Json } | null;
  /** Stored output of the call with `commandKey`; `null` when there is none. */
  readonly callOutput: Json;
  /** Files of the case, those filed with it included. */
  readonly documents: readonly StoredDocument[];
  /** Who filed. */
  readonly actor: Actor;
  /** The database's clock at the time of reading. */
  readonly now: string;
  /** Every action that was accepted and has not been applied, in the order of acceptance; the event itself may be among them. */
  readonly accepted: readonly CaseEvent[];
  /** Of the event `filed` when it is told again: effects that nobody carries out any longer. */
  readonly unfinished: readonly { readonly commandKey: string; readonly kind: 'message' | 'call'; readonly activity?: string }[];
}

export interface Cases {
  /** Stores an action durably (payload + outbox row due after `graceSeconds`), idempotent by (case, key). `action.keyReused` when the payload differs. */
  recordAction(input: { municipality: string; caseId: string; key: string; kind: CaseEventKind; actor: Actor; payload: Json; payloadHash: string; graceSeconds: number }): Promise<{ recordedAt: string; reply: ActionReply | null } | Refusal | null>;
  /** `commandKey`: with `callFinished`, whose stored output comes back. The event id `filed` is known without a stored action. */
  load(input: { municipality: string; caseId: string; eventId: string; commandKey?: string }): Promise<LoadedCase | null>;
  /** Writes event, state, read model, tasks, effects, incidents if `version` still stands; `null` when it changed meanwhile. Marks the outbox row of the event as sent.
   * An incident settled with `retry` makes its effect triable again (the next `begin` is a new attempt), with `done` marks it sent, with `drop` given up. */
  apply(input: {
    municipality: string; caseId: string; version: number; event: CaseEvent; plan: StepPlan | null; refusal: Refusal | null;
    /** Actions accepted before the event: applied before it, in the same commit. Their commands are the event's. */
    earlier?: readonly { event: CaseEvent; plan: StepPlan | null; refusal: Refusal | null }[];
    /** What whoever repeats the event hears again, when it is refused itself. */
    commands?: readonly Command[];
    /** Ids of the accepted actions that the caller knows; `null` is answered when another one was accepted until `until` (or until now). */
    seen?: readonly string[];
    until?: string;
    /** What the record told (`Facts.read`), when it was asked; `null` is answered when it would tell something else by now. */
    told?: { lookups: readonly RecordLookup[]; facts: Readonly<Record<string, boolean | number>> };
  }): Promise<{ version: number } | null>;
  readFile(input: { municipality: string; caseId: string; reader: Actor; purpose: string }): Promise<CaseFile | null>;
  readReply(input: { municipality: string; caseId: string; key: string }): Promise<ActionReply | null>;
  /** Lists of cases hold names: reader and purpose are written down, once a request. */
  queue(input: { municipality: string; roles: readonly Role[]; account?: string; limit: number; after?: string; filter?: QueueFilter; reader: Actor; purpose: string }): Promise<readonly TaskRow[]>;
  /** How many there are, by programme and step; `dayEnd` is the end of today in Athens. */
  countQueue(input: { municipality: string; roles: readonly Role[]; account?: string; dayEnd: string }): Promise<readonly QueueCountRow[]>;
  /** For somebody with these roles; a task of another role is refused. */
  claimTask(input: { municipality: string; taskId: string; account: string; roles: readonly Role[] }): Promise<TaskRow | Refusal | null>;
  /** Nobody holds it afterwards, however often it is asked. With `any` also what another account holds. */
  giveBackTask(input: { municipality: string; taskId: string; account: string; any: boolean }): Promise<TaskRow | Refusal | null>;
  incidents(input: { municipality: string; reader: Actor; purpose: string }): Promise<readonly { caseId: string; incidentId: string; commandKey: string; code: string; openedAt: string; summary: CaseSummary }[]>;
}

/** By what a person of an application may be found again. Hashed with a key before it is kept. */
export interface CaseIdentifier {
  readonly subject: 'applicant' | 'member';
  readonly kind: string;
  readonly value: string;
}

/** What a programme may ask of the engine's own record, as `read_facts` understands it. */
export interface RecordLookup {
  readonly factId: string;
  readonly type: 'boolean' | 'number';
  readonly kind: 'activeIn' | 'history';
  readonly programmes: readonly string[];
  readonly anyMunicipality: boolean;
  readonly of: 'applicant' | 'household';
  readonly pendingCounts?: boolean;
  readonly grantedMonths?: number;
  readonly outcome?: 'applied' | 'granted' | 'ended' | 'refused' | 'withdrawn' | 'expired';
  readonly months?: number;
}

export interface Facts {
  /**
   * Keeps the identifiers of this case as keyed hashes and answers the lookups: yes or no, or how many, and nothing else, also where
   * other municipalities are asked. Whom it looked at is written down on both sides. `null`: no such case.
   */
  read(input: { municipality: string; caseId: string; identifiers: readonly CaseIdentifier[]; lookups: readonly RecordLookup[] }): Promise<{ readonly at: string; readonly facts: Readonly<Record<string, boolean | number>> } | null>;
}

export interface Tracking {
  /** Stage and dates only. One answer and one timing for unknown, foreign and erased. */
  findStage(input: { municipality: string; trackingCodeHash: string }): Promise<{ caseId: string; protocolNumber: string; filedAt: string; status: CaseStatus; hasEmail: boolean; hasPhone: boolean } | null>;
  /** Stores a one-time code and its message effect; at most a few per hour per case. */
  openChallenge(input: { municipality: string; trackingCodeHash: string; channel: 'email' | 'sms'; codeHash: string; code: string; minutesValid: number }): Promise<{ sent: boolean }>;
  answerChallenge(input: { municipality: string; trackingCodeHash: string; codeHash: string; sessionHash: string; minutesValid: number }): Promise<{ caseId: string } | null>;
  readSession(input: { municipality: string; sessionHash: string }): Promise<{ caseId: string } | null>;
  /** Codes that fitted nothing, of this hour and the one before, where there were any. */
  countMisses(): Promise<readonly { municipality: string; misses: number }[]>;
}

export interface Effects {
  /** Marks the attempt before the outside is touched; `done` when there is nothing to do; `uncertain` when an earlier attempt may have got through. */
  begin(input: { municipality: string; caseId: string; commandKey: string }): Promise<
    /** `messageId` is a message of the pinned programme, or `@one-time-code` (the engine's own text); the caller renders it. */
    | { kind: 'message'; attempt: number; messageId: string; fields: Readonly<Record<string, string>>; definitionHash: string; email?: string; phone?: string; language: string; messageKey: string }
    | { kind: 'call'; attempt: number; activity: string; input: Json }
    | { kind: 'done' }
    | { kind: 'uncertain' }
    | null
  >;
  /** `attempt`, as `begin` told it: nothing but success is believed of an attempt that another has followed. */
  finish(input: { municipality: string; caseId: string; commandKey: string; attempt?: number; result: { status: 'sent'; output?: Json } | { status: 'notSent'; error: string } | { status: 'uncertain'; error: string } }): Promise<void>;
}

export interface OutboxRow {
  readonly outboxId: string;
  readonly municipality: string;
  readonly caseId: string;
  readonly kind: 'start' | 'event' | 'message';
  readonly definitionHash: string;
  /** Of `event`: the stored action. Of `message`: the command key of the effect to deliver, outside the case's order of events. */
  readonly eventId?: string;
  readonly eventKind?: CaseEventKind;
}

/** What starts something; actions that nobody has tried to tell yet; those that come back. None waits behind another. */
export type OutboxLane = 'start' | 'event' | 'again';

/** What became of a row in hand. Without `error` it is sent; with one it comes back later. */
export interface OutboxOutcome extends Pick<OutboxRow, 'outboxId' | 'municipality' | 'caseId'> {
  readonly error?: string;
  readonly retryInSeconds?: number;
}

/** Role diktyo_relay only: sees the outbox of every municipality and nothing else. */
export interface Outbox {
  /** Claims with `for update skip locked`, at most one row per application at a time, in order, with a lease. */
  claim(input: { limit: number; leaseSeconds: number }): Promise<readonly OutboxRow[]>;
  /** The same, so many of each lane. */
  claimLanes(input: { limits: Readonly<Record<OutboxLane, number>>; leaseSeconds: number }): Promise<Readonly<Record<OutboxLane, readonly OutboxRow[]>>>;
  finish(input: { outboxId: string; error?: string; retryInSeconds?: number }): Promise<void>;
  /** The same for many rows, in one statement. */
  finishMany(outcomes: readonly OutboxOutcome[]): Promise<void>;
  lag(): Promise<{ waiting: number; oldestSeconds: number }>;
}

export interface StaffAccount {
  readonly account: string;
  readonly name: string;
  readonly grants: readonly { readonly municipality: string; readonly role: Role }[];
}

/** How much went in one sweep, by kind; `more`: there is still more, come back at once. */
export interface Swept {
  readonly drafts: number;
  readonly documents: number;
  readonly challenges: number;
  readonly trackingSessions: number;
  readonly staffSessions: number;
  readonly missCounts: number;
  readonly more: boolean;
}

/** What must be done now and then, by whoever comes first; any number of processes may ask at the same time. */
export interface Upkeep {
  /** Expired drafts with their files, files of nobody older than a day, used-up codes and sessions. Bounded, idempotent, written down as counts. */
  sweepExpired(input: { limit: number }): Promise<Swept>;
  /** Files that wait for a scanner, each handed to one process until its lease ends; the one that waited longest first. */
  claimQuarantined(input: { limit: number; leaseSeconds: number }): Promise<readonly { municipality: string; documentId: string }[]>;
  readQuarantined(input: { municipality: string; documentId: string }): Promise<Uint8Array | null>;
  /** Ends the quarantine; `null` when it had ended before. Of a refused file the bytes go, and a case that counted it is told in the same commit. */
  judgeQuarantined(input: { municipality: string; documentId: string; state: 'clean' | 'refused'; note: Text }): Promise<{ state: 'clean' | 'refused'; isCaseTold: boolean } | null>;
}

export interface Access {
  /** Read on every request: a revoked role works no longer than the next request. */
  readStaffSession(sessionHash: string): Promise<(StaffAccount & { readonly csrfHash: string }) | null>;
  openStaffSession(input: { issuer: string; subject: string; sessionHash: string; csrfHash: string; hoursValid: number }): Promise<StaffAccount | null>;
  closeStaffSession(sessionHash: string): Promise<void>;
  grant(input: { issuer: string; subject: string; name: string; municipality: string; role: Role; by: string }): Promise<void>;
  revoke(input: { issuer: string; subject: string; municipality: string; role: Role; by: string }): Promise<void>;
}
