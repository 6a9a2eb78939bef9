import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { expect, test } from 'vitest';
import { CommandRefused } from '#commands/command.js';
import { freePort } from '#commands/servers/ports.js';
import { portsFrom, requirePorts } from '#commands/start/ports.js';

const listen = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

test('a port that is held is named, with who holds it and how to choose another', async () => {
  const port = await freePort();
  const holder = await listen(port);
  const ports = portsFrom(String(port));
  const refusal = await requirePorts({ ports, needed: ['engine'], waitMs: 0 }).catch((error: unknown) => error);
  holder.close();
  expect(refusal).toBeInstanceOf(CommandRefused);
  const { texts } = refusal as CommandRefused;
  for (const text of [texts.el, texts.en]) {
    expect(text).toContain(String(port));
    expect(text).toMatch(/--port-base \d+/);
    if (process.platform === 'linux') expect(text).toContain(`process ${process.pid}`);
  }
});

test('a port that is let go in time is taken', async () => {
  const port = await freePort();
  const holder = await listen(port);
  setTimeout(() => holder.close(), 300);
  await requirePorts({ ports: portsFrom(String(port)), needed: ['engine'], waitMs: 10_000 });
});

test.each(['80', '65535', '4300.5', 'many', '-1', ''])('--port-base %s is refused', (base) => {
  expect(() => portsFrom(base)).toThrow(CommandRefused);
});

test('six ports in a row', () => {
  expect(Object.values(portsFrom('5000'))).toEqual([5000, 5001, 5002, 5003, 5004, 5005]);
});
