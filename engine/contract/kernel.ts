import type { ActionReply, CaseEventKind, Command } from './case.js';

/** Workflow types, task queues, messages: the names that API, relay, activities and workflows sign. */
export const CASE_WORKFLOW = 'caseWorkflow';
export const TASK_QUEUES = { kernel: 'diktyo-kernel', effects: 'diktyo-effects' } as const;
export const EVENT_UPDATE = 'event';
/** How far the kernel has followed the record (`KernelAnswer`; null: it has not decided anything yet). */
export const KNOWN_QUERY = 'known';
/** Sends the kernel to the record, to take up from there what it has missed; answers `LookedAgain`. */
export const LOOK_AGAIN_UPDATE = 'lookAgain';
/** One event of a case whose kernel has ended (a note, an incident settled): its id is `late/<municipality>/<case>/<event>`. */
export const LATE_EVENT_WORKFLOW = 'lateEventWorkflow';
/** One message that no case flow sends (a one-time code): its id is `delivery/<municipality>/<key>`. */
export const DELIVERY_WORKFLOW = 'deliveryWorkflow';

/** References only: nothing personal ever enters a history. */
export interface CaseStart {
  readonly caseId: string;
  readonly municipality: string;
  readonly definitionHash: string;
  readonly kernelVersion: 1;
  /** After continue-as-new: what the kernel still holds. */
  readonly carry?: { readonly timers: Readonly<Record<string, string>>; readonly version?: number };
}

/** What a kernel knows of the record: the version of the case at its last decision, and the alarms it has set since. */
export interface KnownOfRecord {
  readonly version: number;
  readonly timers: Readonly<Record<string, string>>;
}

/** What a kernel answers when it is asked; `historyLength`: of its own memory in the worker, which can be ahead of a server that was put back. */
export interface KernelAnswer extends KnownOfRecord {
  readonly historyLength: number;
}

/** The versions that the kernel knew before and after it looked; they differ where it had missed something. */
export interface LookedAgain {
  readonly before: number;
  readonly after: number;
}

/** `case/<municipality>/<application id>`; the application id is random. */
export const caseWorkflowId = (municipality: string, caseId: string): string => `case/${municipality}/${caseId}`;

export const lateEventWorkflowId = (municipality: string, caseId: string, eventId: string): string => `late/${municipality}/${caseId}/${eventId}`;
export const deliveryWorkflowId = (municipality: string, messageKey: string): string => `delivery/${municipality}/${messageKey}`;

/** Id of the event that says a call came back; its output is read from the effect. */
export const callFinishedEventId = (commandKey: string): string => `callFinished/${commandKey}`;

/** Id of the first event of every case. */
export const FILED_EVENT_ID = 'filed';

/** An event as the kernel sees it; staff and citizen payloads are read from the database by id. */
export interface KernelEvent {
  readonly id: string;
  readonly kind: CaseEventKind;
  /** Only for events that the kernel itself makes: timer id and due instant, or command key and code. */
  readonly timerId?: string;
  readonly dueAt?: string;
  readonly commandKey?: string;
  readonly code?: string;
}

export interface DecideInput {
  readonly caseId: string;
  readonly municipality: string;
  readonly event: KernelEvent;
  /** Of a kernel that follows its case: where the record has gone on without it, it is told what to take up. */
  readonly known?: KnownOfRecord;
}

export interface DecideOutput {
  /** Never personal: the version at which the record stands now, and the refusal code; the API reads the new state from the database. */
  readonly reply: { readonly accepted: boolean; readonly version: number; readonly code?: string };
  readonly commands: readonly Command[];
}

/** Local activity: read, pure step, one version-checked write. Idempotent per (case, event). */
export interface KernelActivities {
  decide(input: DecideInput): Promise<DecideOutput>;
}

/** What starts one event of a case outside its kernel. */
export interface LateEvent {
  readonly caseId: string;
  readonly municipality: string;
  readonly event: KernelEvent;
}

/** Ordinary activities on the effects queue. At most once in effect by (case, commandKey). */
export interface EffectActivities {
  deliver(input: { readonly municipality: string; readonly caseId: string; readonly commandKey: string }): Promise<void>;
  /** Runs a developer's activity with the stored input, checks its output, stores it; the kernel then sends `callFinished`. */
  call(input: { readonly municipality: string; readonly caseId: string; readonly commandKey: string; readonly activity: string }): Promise<void>;
}

export type { ActionReply };
