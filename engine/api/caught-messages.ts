import type { CaughtMessages } from '#definitions/types/wire.js';
import type { Store } from '#engine/store/connection.js';

const MESSAGES_MAX = 200;

/** Mail and SMS that a development server caught, newest first. */
export async function listCaughtMessages(store: Store): Promise<CaughtMessages> {
  return { messages: await store.call('list_caught_messages', [MESSAGES_MAX]) };
}
