import { missingKinds } from '../message-fields.js';
import type { Walk } from '../walk.js';
import type { Alarm } from './alarm.js';
import type { Move, StepKind, StepOf } from './step-kind.js';
import { go, STAY } from './step-kind.js';
import { dueAlarm, passDue, setDue } from './tasks.js';

const REMIND = 'remind-';
const GIVE_UP = 'giveUp';

/** Waits for the papers that are missing: asks, reminds, gives up. */
export const documentsStep: StepKind<StepOf<'documents'>> = {
  enter(walk, step) {
    if (missingKinds(walk).length === 0) return complete(walk, step);
    setDue(walk, step);
    for (const kind of missingKinds(walk)) {
      const document = walk.state.documents[kind];
      if (document?.status === 'missing') walk.state.documents = { ...walk.state.documents, [kind]: { ...document, status: 'asked', askedAt: walk.at } };
    }
    if (step.ask !== undefined) walk.send(step.ask, { key: `${walk.visitKey()}:ask` });
    return STAY;
  },
  on(walk, { step, event }) {
    const concerns = event.kind === 'documentProvided' || event.kind === 'documentJudged';
    return concerns && missingKinds(walk).length === 0 ? complete(walk, step) : STAY;
  },
  alarms(walk, step) {
    const reminders = (step.remind ?? []).map((reminder, index) => ({ name: `${REMIND}${index}`, at: walk.dueAt(reminder.after) }));
    const giveUp = step.giveUp === undefined ? [] : [{ name: GIVE_UP, at: walk.dueAt(step.giveUp.after) }];
    return [...reminders, ...dueAlarm(walk, step), ...giveUp].filter((alarm): alarm is Alarm => alarm.at !== null);
  },
  overdue(walk, { step, alarm }) {
    if (alarm.name === GIVE_UP && step.giveUp !== undefined) {
      walk.note({ outcome: 'givenUp' });
      return go(step.giveUp.next);
    }
    if (!alarm.name.startsWith(REMIND)) return passDue(walk, step.overdue);
    const reminder = step.remind?.[Number(alarm.name.slice(REMIND.length))];
    if (reminder) walk.send(reminder.message, { key: `${walk.visitKey()}:${alarm.name}` });
    return STAY;
  },
  status: () => ({ holder: { kind: 'citizen' } }),
  nexts: (step) => [step.next],
  skipTo: (step) => step.next,
};

function complete(walk: Walk, step: StepOf<'documents'>): Move {
  walk.note({ outcome: 'complete' });
  return go(step.next);
}
