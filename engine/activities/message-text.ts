import type { Message, Text } from '#definitions/types/programme.js';
import type { OutgoingMessage } from '#engine/connect/messages/message-door.js';

export interface MessageToRender {
  readonly message: Message;
  readonly fields: Readonly<Record<string, string>>;
  /** Of the municipality and the programme, in every language they have. */
  readonly names: Readonly<Record<string, Text>>;
  readonly language: string;
  readonly email?: string;
  readonly phone?: string;
}

const SUBJECT_LENGTH_MAX = 200;
/** What a placeholder becomes whose value is not known: a citizen must never read its name. */
const NOT_KNOWN = '—';

/** The message in the reader's language, by the first channel that the reader has and the door offers; null: there is none. */
export function renderMessage(order: MessageToRender, { key, channels }: { readonly key: string; readonly channels: readonly ('email' | 'sms')[] }): OutgoingMessage | null {
  const { message, email, phone } = order;
  for (const channel of message.channels) {
    if (!channels.includes(channel)) continue;
    if (channel === 'email' && isGiven(email)) {
      return { key, channel, to: email, subject: oneLine(textOf(order, message.subject)).slice(0, SUBJECT_LENGTH_MAX), body: paragraphs(textOf(order, message.body)) };
    }
    if (channel === 'sms' && isGiven(phone)) {
      return { key, channel, to: phone, subject: '', body: oneLine(textOf(order, message.sms ?? message.body)) };
    }
  }
  return null;
}

function isGiven(address: string | undefined): address is string {
  return address !== undefined && address.trim() !== '';
}

function textOf({ fields, names, language }: MessageToRender, text: Text): string {
  const value = (name: string): string | undefined => {
    const known = Object.hasOwn(names, name) ? names[name] : undefined;
    if (known) return inLanguage(known, language).replace(/\{(\w+)\}/g, (whole, inner: string) => (names[inner] ? inLanguage(names[inner], language) : whole));
    const candidates = [`${name}@${language}`, ...(language === 'el' ? [] : [`${name}@en`]), `${name}@el`, name];
    const found = candidates.find((candidate) => Object.hasOwn(fields, candidate));
    return found === undefined ? undefined : fields[found];
  };
  return inLanguage(text, language).replace(/\{(\w+)\}/g, (_whole, name: string) => value(name) ?? NOT_KNOWN);
}

/** Greek for Greek; who reads neither gets the English text when theirs does not exist. */
function inLanguage(text: Text, language: string): string {
  const own = Object.hasOwn(text, language) ? (text as unknown as Readonly<Record<string, string>>)[language] : undefined;
  return own ?? (language === 'el' ? text.el : text.en);
}

/** For headers and SMS: nothing that could begin another line or header. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}

function paragraphs(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f]+/g, ' ');
}
