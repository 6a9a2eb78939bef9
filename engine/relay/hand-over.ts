import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { CaseStart, DecideOutput, KernelEvent, LateEvent } from '#engine/contract/kernel.js';
import { CASE_WORKFLOW, caseWorkflowId, DELIVERY_WORKFLOW, deliveryWorkflowId, EVENT_UPDATE, LATE_EVENT_WORKFLOW, lateEventWorkflowId, TASK_QUEUES } from '#engine/contract/kernel.js';
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
export async function resumeCase({ client }: TemporalClient, { municipality, caseId, definitionHash }: CaseKey & { readonly definitionHash: string }): Promise<void> {
  const start: CaseStart = { caseId, municipality, definitionHash, kernelVersion: 1 };
  await startOnce(() =>
    client.workflow.start(CASE_WORKFLOW, {
      ...ONCE, workflowIdReusePolicy: 'ALLOW_DUPLICATE', workflowId: caseWorkflowId(municipality, caseId), args: [start], priority: { priorityKey: PRIORITY.intake, fairnessKey: municipality },
    }),
  );
}

export async function isKernelRunning({ client }: TemporalClient, { municipality, caseId }: CaseKey): Promise<'running' | 'ended' | 'unknown'> {
  try {
    const { status } = await client.workflow.getHandle(caseWorkflowId(municipality, caseId)).describe();
    return status.name === 'RUNNING' || status.name === 'CONTINUED_AS_NEW' ? 'running' : 'ended';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'unknown';
    throw error;
  }
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
    const state = await isKernelRunning(temporal, { municipality, caseId });
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
