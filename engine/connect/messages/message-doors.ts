import type { Settings } from '#engine/contract/settings.js';
import { createCatcher } from './catcher.js';
import type { MessageDoor } from './message-door.js';
import { createSmtpDoor } from './smtp.js';

type MessageSettings = Settings['messages'];

/** Every way out that a setting can name. The demo doors are chosen by tests and demonstrations, never by a setting. */
const MESSAGE_DOORS: { readonly [Kind in MessageSettings['kind']]: (settings: Extract<MessageSettings, { kind: Kind }>) => MessageDoor } = {
  catcher: createCatcher,
  smtp: createSmtpDoor,
};

export function openMessageDoor(settings: MessageSettings): MessageDoor {
  return settings.kind === 'smtp' ? MESSAGE_DOORS.smtp(settings) : MESSAGE_DOORS.catcher(settings);
}
