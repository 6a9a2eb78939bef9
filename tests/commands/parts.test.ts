import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '#commands/servers/ports.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { createTestDatabase } from '#tests/support/database.js';
import { builtFolder } from '#tests/support/shared.js';

describe('A part that cannot start', () => {
  it.each(['api', 'worker', 'relay'])('ends, although the channel to whoever started it is open, so that it is started again: %s', async (part) => {
    const main = join(await builtFolder(), 'commands/main.js');
    const child = spawn(process.execPath, [main, part], {
      cwd: packageRoot(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, DATABASE_URL: `postgres://diktyo_${part}:x@127.0.0.1:${await freePort()}/diktyo`, TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`, DIKTYO_PORT: '0' },
    });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    clearTimeout(late);
    expect({ code, signal }).toEqual({ code: 1, signal: null });
    expect(said).toMatch(/δεν απαντά[\s\S]*does not answer \(role diktyo_\w+, ECONNREFUSED\)/);
  });
});

describe('An API that is told to end', () => {
  it('ends in order, and says so, although somebody is in the middle of a body', async () => {
    const [main, database, port] = [join(await builtFolder(), 'commands/main.js'), await createTestDatabase(), await freePort()];
    const child = spawn(process.execPath, [main, 'api'], {
      cwd: packageRoot(),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...process.env, DATABASE_URL: database.apiUrl, TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`, DIKTYO_PORT: String(port) },
    });
    try {
      await once(child, 'message');
      const visitor = connect(port, '127.0.0.1');
      visitor.on('error', () => undefined);
      const head = ['POST /api/v1/tracking HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Content-Type: application/json', 'Content-Length: 1000', 'Expect: 100-continue'];
      visitor.write(`${head.join('\r\n')}\r\n\r\n`);
      await once(visitor, 'data');
      visitor.write('{');
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
      await database.drop();
    }
  });
});

describe('An API that comes up before its database', () => {
  it('waits for it, as worker and relay do, instead of falling', async () => {
    const [main, database] = [join(await builtFolder(), 'commands/main.js'), await createTestDatabase()];
    const url = new URL(database.apiUrl);
    const there = Number(url.port);
    let refused = 0;
    const door = createServer((socket) => {
      socket.on('error', () => undefined);
      if (refused < 3) {
        refused += 1;
        socket.destroy();
        return;
      }
      const beyond = connect(there, '127.0.0.1');
      beyond.on('error', () => socket.destroy());
      socket.on('close', () => beyond.destroy());
      socket.pipe(beyond).pipe(socket);
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    url.port = String((door.address() as AddressInfo).port);
    const child = spawn(process.execPath, [main, 'api'], {
      cwd: packageRoot(),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...process.env, DATABASE_URL: url.href, TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`, DIKTYO_PORT: '0' },
    });
    try {
      const [first] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
      expect(first).toMatchObject({ kind: 'ready' });
      expect(refused).toBe(3);
    } finally {
      child.kill('SIGKILL');
      door.close();
      await database.drop();
    }
  });
});
