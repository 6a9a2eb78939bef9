import type { MessageDoor } from './message-door.js';

/** Never gets a message through and says so: for seeing retries and incidents. */
export function createFailingDemo({ mayRetry = true }: { readonly mayRetry?: boolean } = {}): MessageDoor {
  return {
    kind: 'failing-demo',
    channels: ['email', 'sms'],
    send: () => Promise.resolve({ status: 'notSent', error: 'demo.failed', mayRetry }),
    close: () => Promise.resolve(),
  };
}
