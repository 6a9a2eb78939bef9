import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { CaseStart, DecideOutput, KernelAnswer, KernelEvent, LateEvent, LookedAgain } from '#engine/contract/kernel.js';
import { CASE_WORKFLOW, caseWorkflowId, DELIVERY_WORKFLOW, deliveryWorkflowId, EVENT_UPDATE, KNOWN_QUERY, LATE_EVENT_WORKFLOW, LOOK_AGAIN_UPDATE, lateEventWorkflowId, TASK_QUEUES } from '#engine/contract/kernel.js';
import type { TemporalClient } from './temporal-client.js';

/*
 * The few things this house asks of Temporal, each idempotent by its id. They throw when it is not known whether they
 * happened: repeat them with the same ids.
 */

export interface CaseKey {
  readonly municipality: string;
  readonly caseId: string;
}

/** What staff wait for comes before what was filed; within that, no municipality before another. */
const PRIORITY = { staff: 2, intake: 4 } as const;
/** A local activity cut off by a worker's death is repeated after this, not after ten seconds. */
const TASK_TIMEOUT = '5s';

const ONCE = { workflowIdReusePolicy: 'REJECT_DUPLICATE', workflowIdConflictPolicy: 'USE_EXISTING', taskQueue: TASK_QUEUES.kernel, workflowTaskTimeout: TASK_TIMEOUT } as const;

/** @returns false when this case had a kernel already that has ended */
export async function startCase({ client }: TemporalClient, { municipality, caseId, definitionHash }: CaseKey & { readonly definitionHash: string }): Promise<boolean> {
  const start: CaseStart = { caseId, municipality, definitionHash, kernelVersion: 1 };
  return startOnce(() =>
    client.workflow.start(CASE_WORKFLOW, { ...ONCE, workflowId: caseWorkflowId(municipality, caseId), args: [start], priority: { priorityKey: PRIORITY.intake, fairnessKey: municipality } }),
  );
}

export async function startDelivery({ client }: TemporalClient, { municipality, caseId, commandKey }: CaseKey & { readonly commandKey: string }): Promise<void> {
  await startOnce(() =>
    client.workflow.start(DELIVERY_WORKFLOW, {
      ...ONCE,
      workflowId: deliveryWorkflowId(municipality, `${caseId}/${commandKey}`),
      args: [{ municipality, caseId, commandKey }],
      priority: { priorityKey: PRIORITY.staff, fairnessKey: municipality },
    }),
  );
}

async function startOnce(start: () => Promise<unknown>): Promise<boolean> {
  try {
    await start();
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/**
 * Starts the kernel of a case that has none, also where one has ended by force: the record says that the case goes on. Its first
 * event has been applied long ago, so it takes up what the record holds; of a case that has closed meanwhile, its end.
 */
export async function resumeCase(temporal: TemporalClient, place: CaseKey & { readonly definitionHash: string }): Promise<void> {
  await startAnew(temporal, { ...place, workflowIdConflictPolicy: 'USE_EXISTING' });
}

/** The same in the place of a kernel that runs and cannot be trusted. */
export async function replaceKernel(temporal: TemporalClient, place: CaseKey & { readonly definitionHash: string }): Promise<void> {
  await startAnew(temporal, { ...place, workflowIdConflictPolicy: 'TERMINATE_EXISTING' });
}

async function startAnew({ client }: TemporalClient, { municipality, caseId, definitionHash, workflowIdConflictPolicy }: CaseKey & { readonly definitionHash: string; readonly workflowIdConflictPolicy: 'USE_EXISTING' | 'TERMINATE_EXISTING' }): Promise<void> {
  const start: CaseStart = { caseId, municipality, definitionHash, kernelVersion: 1 };
  await startOnce(() =>
    client.workflow.start(CASE_WORKFLOW, {
      ...ONCE, workflowIdReusePolicy: 'ALLOW_DUPLICATE', workflowIdConflictPolicy, workflowId: caseWorkflowId(municipality, caseId), args: [start], priority: { priorityKey: PRIORITY.intake, fairnessKey: municipality },
    }),
  );
}

export interface KernelState {
  readonly state: 'running' | 'ended' | 'unknown';
  /** Events of its history, as the server has it. */
  readonly historyLength: number;
}

export async function describeKernel({ client }: TemporalClient, { municipality, caseId }: CaseKey): Promise<KernelState> {
  try {
    const { status, historyLength } = await client.workflow.getHandle(caseWorkflowId(municipality, caseId)).describe();
    return { state: status.name === 'RUNNING' || status.name === 'CONTINUED_AS_NEW' ? 'running' : 'ended', historyLength };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { state: 'unknown', historyLength: 0 };
    throw error;
  }
}

/** How far a running kernel has followed its case. `null`: it has not decided anything, or nobody answers for it now. */
export async function askKnown({ client, connection }: TemporalClient, { municipality, caseId, deadlineMs }: CaseKey & { readonly deadlineMs: number }): Promise<KernelAnswer | null> {
  const handle = client.workflow.getHandle(caseWorkflowId(municipality, caseId));
  return connection.withDeadline(Date.now() + deadlineMs, () => handle.query<KernelAnswer | null>(KNOWN_QUERY)).catch(() => null);
}

/** Sends a running kernel to the record, for what it has missed. `null`: not known whether it went. */
export async function sendToRecord({ client, connection }: TemporalClient, { municipality, caseId, deadlineMs }: CaseKey & { readonly deadlineMs: number }): Promise<LookedAgain | null> {
  const handle = client.workflow.getHandle(caseWorkflowId(municipality, caseId));
  return connection.withDeadline(Date.now() + deadlineMs, () => handle.executeUpdate<LookedAgain, []>(LOOK_AGAIN_UPDATE)).catch(() => null);
}

export type Told = 'told' | 'neverStarted' | 'ended';

/** Tells the event to the kernel of its case and waits until it is decided. */
export async function tellEvent(temporal: TemporalClient, { municipality, caseId, event, deadlineMs }: CaseKey & { readonly event: KernelEvent; readonly deadlineMs: number }): Promise<Told> {
  const handle = temporal.client.workflow.getHandle(caseWorkflowId(municipality, caseId));
  return temporal.connection.withDeadline(Date.now() + deadlineMs, async () => {
    try {
      await handle.executeUpdate<DecideOutput['reply'], [KernelEvent]>(EVENT_UPDATE, { updateId: event.id, args: [event] });
      return 'told';
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
    const { state } = await describeKernel(temporal, { municipality, caseId });
    if (state === 'running') throw new StillRunningError();
    return state === 'ended' ? 'ended' : 'neverStarted';
  });
}

/** The same for a case whose kernel has ended. */
export async function tellLateEvent(temporal: TemporalClient, { municipality, caseId, event, deadlineMs }: CaseKey & { readonly event: KernelEvent; readonly deadlineMs: number }): Promise<void> {
  const late: LateEvent = { municipality, caseId, event };
  const workflowId = lateEventWorkflowId(municipality, caseId, event.id);
  await temporal.connection.withDeadline(Date.now() + deadlineMs, async () => {
    await startOnce(() =>
      temporal.client.workflow.start(LATE_EVENT_WORKFLOW, { ...ONCE, workflowId, args: [late], priority: { priorityKey: PRIORITY.staff, fairnessKey: municipality } }),
    );
    await temporal.client.workflow.getHandle(workflowId).result();
  });
}

/** The kernel ended or began between two questions: ask again. */
class StillRunningError extends Error {
  override readonly name = 'kernel.changing';
}
