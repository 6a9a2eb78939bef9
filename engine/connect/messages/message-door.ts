import type { Json } from '#engine/contract/case.js';

export const MESSAGE_CHANNELS = ['email', 'sms'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/** A message as it leaves the house: plain text, rendered, addressed. */
export interface OutgoingMessage {
  /** The same for every attempt, so that a receiver can tell a repetition. */
  readonly key: string;
  readonly channel: MessageChannel;
  readonly to: string;
  /** One line; empty for SMS. */
  readonly subject: string;
  readonly body: string;
}

export type SendResult =
  | { readonly status: 'sent'; readonly output?: Json }
  /** It certainly did not get through. `error` is a code. */
  | { readonly status: 'notSent'; readonly error: string; readonly mayRetry: boolean }
  /** It may have got through; it must not be repeated without a person's word. */
  | { readonly status: 'uncertain'; readonly error: string };

/** A way out for messages. It never throws; what it cannot tell, it calls uncertain. */
export interface MessageDoor {
  readonly kind: string;
  readonly channels: readonly MessageChannel[];
  send(message: OutgoingMessage): Promise<SendResult>;
  close(): Promise<void>;
}
