import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MessageDoor, OutgoingMessage, SendResult } from './message-door.js';

export interface SmtpOrder {
  /** `smtp://` (STARTTLS when offered, required with a password) or `smtps://`. */
  readonly url: string;
  readonly from: string;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 20_000;
const LOOPBACK = ['127.0.0.1', 'localhost', '::1', '[::1]'];
const PERMANENT = 500;

/** Real mail. One connection a message: the moment at which content begins to leave must be known for certain. */
export function createSmtpDoor({ url, from, timeoutMs = TIMEOUT_MS }: SmtpOrder): MessageDoor {
  return {
    kind: 'smtp',
    channels: ['email'],
    async send(message) {
      const content = await new MailComposer({
        from,
        to: message.to,
        subject: message.subject,
        text: message.body,
        messageId: `<${createHash('sha256').update(message.key).digest('hex').slice(0, 40)}@${hostOf(from)}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
        .compile()
        .build();
      return hand({ url: new URL(url), from, content, timeoutMs }, message);
    },
    close: () => Promise.resolve(),
  };
}

interface Handing {
  readonly url: URL;
  readonly from: string;
  readonly content: Buffer;
  readonly timeoutMs: number;
}

function hand({ url, from, content, timeoutMs }: Handing, { to }: OutgoingMessage): Promise<SendResult> {
  const credentials = url.username === '' ? undefined : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  const isSecure = url.protocol === 'smtps:';
  const connection = new SMTPConnection({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (isSecure ? 465 : 587)),
    secure: isSecure,
    requireTLS: !isSecure && credentials !== undefined && !LOOPBACK.includes(url.hostname),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  let hasBegun = false;
  // Read only once the server has agreed to take the content.
  const body = new Readable({
    read() {
      hasBegun = true;
      this.push(content);
      this.push(null);
    },
  });
  return new Promise((resolve) => {
    const settle = (result: SendResult): void => {
      clearTimeout(deadline);
      resolve(result);
      if (result.status === 'sent') connection.quit();
      else connection.close();
    };
    const deadline = setTimeout(() => settle(judge({ code: 'ETIMEDOUT' }, hasBegun)), timeoutMs * 3);
    const fail = (error: unknown): void => settle(judge(error, hasBegun));
    connection.on('error', fail);
    connection.on('end', () => fail({ code: 'ECONNECTION' }));
    const send = (): void =>
      connection.send({ from: addressOf(from), to: [to], size: content.length }, body, (error) => (error ? fail(error) : settle({ status: 'sent' })));
    connection.connect((error) => {
      if (error) return fail(error);
      if (!credentials) return send();
      connection.login({ credentials }, (refused) => (refused ? fail(refused) : send()));
    });
  });
}

/** An answer of the server is certain; silence is certain only before the content began to leave. */
function judge(error: unknown, hasBegun: boolean): SendResult {
  const { code = 'EUNKNOWN', responseCode } = (error ?? {}) as { readonly code?: string; readonly responseCode?: number };
  if (typeof responseCode === 'number' && responseCode >= 400) return { status: 'notSent', error: `smtp.${responseCode}`, mayRetry: responseCode < PERMANENT };
  if (hasBegun) return { status: 'uncertain', error: `smtp.${code}` };
  return { status: 'notSent', error: `smtp.${code}`, mayRetry: code !== 'EENVELOPE' };
}

/** `Δήμος <x@y>` → `x@y` */
function addressOf(from: string): string {
  return /<([^<>]+)>/.exec(from)?.[1] ?? from.trim();
}

function hostOf(from: string): string {
  return addressOf(from).split('@')[1] ?? 'diktyo';
}
