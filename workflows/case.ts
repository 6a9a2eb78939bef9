import { CASE_EVENT_KINDS } from '#engine/contract/case.js';
import type { CaseStart, DecideOutput, KernelAnswer, KernelEvent, LookedAgain } from '#engine/contract/kernel.js';
import { EVENT_UPDATE, FILED_EVENT_ID, KNOWN_QUERY, LOOK_AGAIN_UPDATE } from '#engine/contract/kernel.js';
import { allHandlersFinished, ApplicationFailure, CancellationScope, condition, continueAsNew, defineQuery, defineUpdate, setHandler, workflowInfo } from '@temporalio/workflow';
import { Kernel } from './kernel.js';

export const eventUpdate = defineUpdate<DecideOutput['reply'], [KernelEvent]>(EVENT_UPDATE);

export const lookAgainUpdate = defineUpdate<LookedAgain>(LOOK_AGAIN_UPDATE);
export const knownQuery = defineQuery<KernelAnswer | null>(KNOWN_QUERY);

const EVENT_ID_LENGTH_MAX = 300;
/** Only the kernel itself speaks of its timers and effects. */
const OWN_KINDS: readonly string[] = ['filed', 'timerFired', 'callFinished', 'callFailed', 'effectFailed'];

/**
 * The life of one case, whatever its programme: it sleeps, wakes, asks what to do, does it, and ends when told. A request to
 * cancel it changes nothing: withdrawing is an event like any other.
 */
export async function caseWorkflow(start: CaseStart): Promise<void> {
  await CancellationScope.nonCancellable(() => live(start));
}

async function live(start: CaseStart): Promise<void> {
  const kernel = new Kernel({ ...start, follows: { version: start.carry?.version } });
  // Before the handler: an update that comes with the first task is handled the moment the handler is set.
  if (start.carry === undefined) void kernel.tell({ id: FILED_EVENT_ID, kind: 'filed' });
  setHandler(eventUpdate, (event) => kernel.tell(event), { validator: checkShape });
  setHandler(lookAgainUpdate, () => kernel.lookAgain());
  setHandler(knownQuery, () => answerOf(kernel));
  for (const [timerId, at] of Object.entries(start.carry?.timers ?? {})) kernel.setTimer(timerId, at);
  await condition(() => kernel.isIdle() && allHandlersFinished() && (kernel.hasEnded() || workflowInfo().continueAsNewSuggested));
  if (!kernel.hasEnded()) await continueAsNew<typeof caseWorkflow>({ ...start, carry: kernel.known() ?? { timers: kernel.timers() } });
}

function answerOf(kernel: Kernel): KernelAnswer | null {
  const known = kernel.known();
  return known === null ? null : { ...known, historyLength: workflowInfo().historyLength };
}

/** Shape only, and at once: what the event means is decided with the case in hand. */
function checkShape(event: KernelEvent): void {
  const isWellFormed =
    typeof event === 'object' &&
    event !== null &&
    typeof event.id === 'string' &&
    event.id.length > 0 &&
    event.id.length <= EVENT_ID_LENGTH_MAX &&
    (CASE_EVENT_KINDS as readonly string[]).includes(event.kind) &&
    !OWN_KINDS.includes(event.kind);
  if (!isWellFormed) throw ApplicationFailure.nonRetryable('not an event of a case', 'event.malformed');
}
