import type { EffectActivities } from '#engine/contract/kernel.js';
import { TASK_QUEUES } from '#engine/contract/kernel.js';
import { proxyActivities } from '@temporalio/workflow';

/** A code is worth sending for a few minutes; whoever still waits asks for another. */
const { deliver } = proxyActivities<Pick<EffectActivities, 'deliver'>>({
  taskQueue: TASK_QUEUES.effects,
  startToCloseTimeout: '1m',
  heartbeatTimeout: '8s',
  scheduleToCloseTimeout: '15m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: 6 },
});

/** One message that no case flow sends. */
export async function deliveryWorkflow(message: { readonly municipality: string; readonly caseId: string; readonly commandKey: string }): Promise<void> {
  await deliver(message);
}
