import type { MessageDoor } from './message-door.js';

/** Breaks its promise and throws: whoever uses a door must survive that, and must not send again. */
export function createThrowingDemo(): MessageDoor {
  return {
    kind: 'throwing-demo',
    channels: ['email', 'sms'],
    send: () => Promise.reject(new Error('the demo door throws')),
    close: () => Promise.resolve(),
  };
}
