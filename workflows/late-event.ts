import type { DecideOutput, LateEvent } from '#engine/contract/kernel.js';
import { CancellationScope, condition } from '@temporalio/workflow';
import { Kernel } from './kernel.js';

/** One event of a case whose kernel has ended: a note, an incident that a person settles, an action that came too late. */
export async function lateEventWorkflow({ caseId, municipality, event }: LateEvent): Promise<DecideOutput['reply']> {
  const kernel = new Kernel({ caseId, municipality });
  const reply = await kernel.tell(event);
  await CancellationScope.nonCancellable(() => condition(() => kernel.isIdle()));
  return reply;
}
