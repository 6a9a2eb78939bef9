import type { MessageDoor } from './message-door.js';

/** Sends nothing: the message becomes the outcome of its effect, where the outbox page of a development server reads it. */
export function createCatcher(): MessageDoor {
  return {
    kind: 'catcher',
    channels: ['email', 'sms'],
    send: ({ channel, to, subject, body }) => Promise.resolve({ status: 'sent', output: { caught: true, channel, to, subject, body } }),
    close: () => Promise.resolve(),
  };
}
