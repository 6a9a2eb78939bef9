import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';

/** `dying`: it takes the content and falls before it can say so; whether it had kept it, nobody is told. */
export const MAIL_MOODS = ['taking', 'busy', 'refusing', 'hanging', 'dying', 'closed'] as const;
export type MailMood = (typeof MAIL_MOODS)[number];

export interface ReceivedMail {
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

export interface StormMail {
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  setMood(mood: MailMood): void;
  close(): Promise<void>;
}

/** A real mail server whose temper the test sets. */
export async function startStormMail(): Promise<StormMail> {
  let mood: MailMood = 'taking';
  let count = 0;
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const drop = ({ remotePort }: SMTPServerSession): void => {
    for (const socket of sockets) if (socket.remotePort === remotePort) socket.destroy();
  };
  const refusal = (code: number): Error => Object.assign(new Error(code < 500 ? 'later' : 'not here'), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onConnect: (session, callback) => {
      if (mood === 'closed') drop(session);
      else callback();
    },
    onRcptTo: (_address, _session, callback) => {
      if (mood === 'busy') callback(refusal(451));
      else if (mood === 'refusing') callback(refusal(550));
      else callback();
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const keep = (): unknown => received.push(readMail(Buffer.concat(chunks).toString('utf8')));
        count += 1;
        if (mood === 'hanging') return;
        if (mood !== 'dying' || count % 2 === 0) keep();
        if (mood === 'dying') drop(session);
        else callback();
      });
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    setMood: (next) => (mood = next),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function readMail(content: string): ReceivedMail {
  const [head = '', ...rest] = content.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const header = (name: string): string => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const encoding = header('Content-Transfer-Encoding').toLowerCase();
  const text = encoding === 'base64' ? Buffer.from(body, 'base64').toString('utf8') : body.replace(/=\r\n/g, '');
  return { id: /<([^@>]+)@/.exec(header('Message-ID'))?.[1] ?? '', to: header('To'), text };
}
