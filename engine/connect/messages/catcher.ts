import type { MessageDoor } from './message-door.js';

/** Names under .invalid never resolve (RFC 6761): mail to them comes back for good, here as anywhere. */
const UNDELIVERABLE = /\.invalid$/i;

/** Sends nothing: the message becomes the outcome of its effect, where the outbox page of a development server reads it. */
export function createCatcher(): MessageDoor {
  return {
    kind: 'catcher',
    channels: ['email', 'sms'],
    send: ({ channel, to, subject, body }) =>
      Promise.resolve(
        channel === 'email' && UNDELIVERABLE.test(to)
          ? { status: 'notSent', error: 'catcher.undeliverable', mayRetry: false }
          : { status: 'sent', output: { caught: true, channel, to, subject, body } },
      ),
    close: () => Promise.resolve(),
  };
}
