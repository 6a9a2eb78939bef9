import type { incidents as greek } from '../el/incidents.js';

/** What the desk says of what the system could not do, and how it is settled, in English. `{name}` stands for a parameter. */
export const incidents = {
  incidentsIntro: 'What the system could not do by itself.',
  incidentsNone: 'No open incident.',
  incidentsForSupervisor: 'A supervisor opens the case and settles it.',
  incidentOther: 'Something sent outside was not completed.',
  incident_effect_uncertain: 'We do not know whether the message reached the citizen.',
  incident_message_notSent: 'The message to the citizen was not sent.',
  incident_message_refused: 'The mail server refused the message. Check the address.',
  incident_message_noAddress: 'There is no address or telephone number for the message.',
  incident_message_notComposed: 'The message could not be written.',
  incident_message_unknown: 'The programme does not have this message.',
  incident_effect_timedOut: 'Something sent outside did not end in time.',
  incident_event_undecided: 'The case could not take up an event.',
  incident_flow_stepUnknown: 'The case came to a step that does not exist.',
  incident_flow_neverRests: 'The case goes round the same steps without end.',
  incident_call_failed: 'A call to another system failed.',

  settleSubmit: 'Settle',
  settleWhich: 'Incident',
  settleHow: 'What to do?',
  settle_retry: 'Try again',
  settle_done: 'Done another way',
  settle_drop: 'Leave it',
  settleHint_retry: 'The system tries again. If the message had arrived, the citizen gets it a second time.',
  settleHint_done: 'You did it yourself, for example by telephone. The case goes on.',
  settleHint_drop: 'It is no longer needed. The case goes on without it.',
  settleNoteHint: 'Write how it was done or why it is not needed.',
} as const satisfies Readonly<Record<keyof typeof greek, string>>;
