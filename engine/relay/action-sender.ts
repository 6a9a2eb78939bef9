import type { CaseEventKind } from '#engine/contract/case.js';
import type { Settings } from '#engine/contract/settings.js';
import { tellEvent, tellLateEvent } from './hand-over.js';
import { openTemporalClient } from './temporal-client.js';

export interface ActionToSend {
  readonly municipality: string;
  readonly caseId: string;
  /** The caller's key, under which the action has been recorded. */
  readonly eventId: string;
  readonly kind: CaseEventKind;
  readonly deadlineMs: number;
}

export interface ActionSender {
  /**
   * Tells a recorded action to its case and waits for the decision. Never throws: `delivered: false` means not known yet, and
   * the relay will deliver it.
   */
  sendAction(action: ActionToSend): Promise<{ readonly delivered: boolean }>;
  close(): Promise<void>;
}

/** The server holds ten updates of a workflow at once; one at a time also keeps the order in which they were recorded. */
export function createActionSender(temporal: Settings['temporal']): ActionSender {
  const opened = openTemporalClient(temporal);
  const queues = new Map<string, Promise<unknown>>();

  const send = async ({ municipality, caseId, eventId, kind }: ActionToSend, until: number): Promise<{ delivered: boolean }> => {
    const order = { municipality, caseId, event: { id: eventId, kind } };
    const leftMs = (): number => until - Date.now();
    if (leftMs() <= 0) return { delivered: false };
    try {
      const told = await tellEvent(opened, { ...order, deadlineMs: leftMs() });
      if (told === 'ended') await tellLateEvent(opened, { ...order, deadlineMs: leftMs() });
      return { delivered: told !== 'neverStarted' };
    } catch {
      return { delivered: false };
    }
  };

  return {
    sendAction(action) {
      const key = `${action.municipality}/${action.caseId}`;
      const until = Date.now() + action.deadlineMs;
      const sending = (queues.get(key) ?? Promise.resolve()).then(() => send(action, until));
      queues.set(key, sending);
      void sending.then(() => {
        if (queues.get(key) === sending) queues.delete(key);
      });
      return inTime(sending, action.deadlineMs);
    },
    close: () => opened.connection.close(),
  };
}

/** The caller's patience ends when it said, whatever the network does. */
async function inTime(sending: Promise<{ delivered: boolean }>, deadlineMs: number): Promise<{ delivered: boolean }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ delivered: boolean }>((resolve) => {
    timer = setTimeout(() => resolve({ delivered: false }), deadlineMs);
  });
  try {
    return await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}
