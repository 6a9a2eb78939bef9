import type { IncidentState } from '#engine/contract/case.js';
import { kindOf } from './steps/steps.js';
import type { EventOf, Move } from './steps/step-kind.js';
import { go, refuse, STAY } from './steps/step-kind.js';
import type { Walk } from './walk.js';

const STUCK_STEP = ':step';
const STUCK_EVENT = 'event:';

/** Command key of the incident that stands for an event which the step could not take. */
export const stuckEventKey = (eventId: string): string => `${STUCK_EVENT}${eventId}`;

export function onFailure(walk: Walk, event: EventOf<'effectFailed'> | EventOf<'callFailed'>): Move {
  const { commandKey, code } = event.payload;
  if (event.kind === 'callFailed' && !Object.hasOwn(walk.state.calls, commandKey)) return refuse('call.notOpen');
  walk.openIncident(commandKey, code);
  return STAY;
}

/** A person has looked at what went wrong: try again under the same key, or count it as done, or give it up. */
export function onSettled(walk: Walk, event: EventOf<'incidentSettled'>): Move {
  const { incidentId, resolution } = event.payload;
  const incident = walk.state.incidents.find(({ id }) => id === incidentId);
  if (!incident) return refuse('incident.unknown', { pointer: '/incidentId' });
  if (incident.settledAt !== undefined) return refuse('incident.alreadySettled', { pointer: '/incidentId' });
  walk.settleIncident(incident, resolution);
  if (incident.commandKey.startsWith(STUCK_EVENT)) return STAY;
  if (incident.commandKey.endsWith(STUCK_STEP)) return resumeStep(walk, { incident, resolution });
  const stepId = Object.hasOwn(walk.state.calls, incident.commandKey) ? walk.state.calls[incident.commandKey] : undefined;
  if (stepId !== undefined) return resumeCall(walk, { commandKey: incident.commandKey, stepId, resolution });
  if (resolution === 'retry' && !isCallKey(incident.commandKey)) walk.orders.push({ kind: 'deliver', commandKey: incident.commandKey });
  return STAY;
}

interface Resumed {
  readonly incident: IncidentState;
  readonly resolution: 'retry' | 'done' | 'drop';
}

function resumeStep(walk: Walk, { incident, resolution }: Resumed): Move {
  const step = walk.current();
  if (walk.state.status === 'closed' || incident.commandKey !== `${walk.visitKey()}${STUCK_STEP}`) return STAY;
  if (step === undefined || resolution === 'retry') return go(walk.state.currentStep === '' ? walk.context.prepared.programme.flow.start : walk.state.currentStep);
  const onward = kindOf(step).skipTo(step);
  return onward === null ? STAY : go(onward);
}

function resumeCall(walk: Walk, { commandKey, stepId, resolution }: { readonly commandKey: string; readonly stepId: string; readonly resolution: Resumed['resolution'] }): Move {
  const step = walk.stepById(stepId);
  if (step?.kind !== 'call' || walk.state.currentStep !== stepId) return STAY;
  if (resolution === 'retry') {
    walk.orders.push({ kind: 'call', commandKey, activity: step.activity });
    return STAY;
  }
  walk.note({ outcome: resolution });
  return go(resolution === 'drop' ? (step.failed ?? step.next) : step.next);
}

/** Calls of a step that the case has left are not repeated. */
function isCallKey(commandKey: string): boolean {
  return commandKey.endsWith(':call');
}
