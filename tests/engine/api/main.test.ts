import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Settings } from '#engine/contract/settings.js';
import { startApi } from '#engine/api/main.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const settings = (databaseUrl: string, port = 0): Settings => ({
  mode: 'development',
  publicUrl: 'http://127.0.0.1:4399',
  host: '127.0.0.1',
  port,
  databaseUrl,
  databaseConnectionsMax: 3,
  temporal: { address: '127.0.0.1:1', namespace: 'default', tls: false },
  codeKey: new Uint8Array(randomBytes(32)),
  login: { issuer: 'http://127.0.0.1:1', clientId: 'diktyo-desk', insecure: true },
  messages: { kind: 'catcher' },
  trustedProxies: [],
  logLevel: 'error',
});

describe('the process', () => {
  it('serves while Temporal is away, shows its outbox in development, and closes once however often it is told', async () => {
    const running = await startApi(settings(database.apiUrl));
    const ready = await fetch(`${running.url}/health/ready`);
    expect(await ready.json()).toEqual({ status: 'ok', checks: { database: true } });
    expect(await (await fetch(`${running.url}/api/v1/outbox`)).json()).toEqual({ messages: [] });
    expect((await fetch(`${running.url}/metrics`)).status).toBe(200);
    expect((await fetch(`${running.url}/metrics`, { headers: { 'x-forwarded-for': '10.0.0.1' } })).status).toBe(404);
    await Promise.all([running.close(), running.close()]);
    await running.close();
    await expect(fetch(`${running.url}/health/live`)).rejects.toThrow();
  });

  it('says 503 and when to ask again while its database is away, and serves again within five seconds of its return', async () => {
    const running = await startApi(settings(database.apiUrl));
    const cluster = new URL(database.ownerUrl);
    cluster.pathname = '/postgres';
    const owner = postgres(cluster.href, { max: 1, onnotice: () => undefined });
    const list = (): Promise<Response> => fetch(`${running.url}/api/v1/municipalities/9230/programmes`);
    expect((await list()).status).toBe(200);
    await owner.unsafe(`alter database ${database.name} allow_connections false`);
    await owner`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database.name}`;
    await new Promise((resolve) => setTimeout(resolve, 100));
    const refused = await list();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toMatchObject({ code: 'engine.unavailable' });
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${running.url}/health/live`)).status).toBe(200);
    await owner.unsafe(`alter database ${database.name} allow_connections true`);
    const back = Date.now();
    let status = 0;
    while (status !== 200 && Date.now() - back < 20_000) {
      status = (await list()).status;
      if (status !== 200) await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(status).toBe(200);
    expect(Date.now() - back).toBeLessThan(5_000);
    await owner.end();
    await running.close();
  });

  it('ends within ten seconds although somebody is still sending', async () => {
    const running = await startApi(settings(database.apiUrl));
    const { port } = new URL(running.url ?? '');
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`POST /api/v1/tracking HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const started = Date.now();
    await running.close();
    expect(Date.now() - started).toBeLessThan(10_000);
    socket.destroy();
  });

  it('refuses in its own words what comes over an open connection while it closes', async () => {
    const running = await startApi(settings(database.apiUrl));
    const { port } = new URL(running.url ?? '');
    const socket = connect(Number(port), '127.0.0.1');
    let heard = '';
    socket.on('data', (part) => (heard += String(part)));
    socket.on('error', () => undefined);
    const ended = new Promise((resolve) => socket.on('close', resolve));
    // The first request is still being sent when the process is told to end: its connection stays until it is answered.
    socket.write('POST /api/v1/tracking HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const closed = running.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.write('}GET /api/v1/municipalities HTTP/1.1\r\nHost: x\r\n\r\n');
    await Promise.all([closed, ended]);
    const [, second = ''] = heard.split(/(?=HTTP\/1\.1 503)/);
    expect(second).toMatch(/^HTTP\/1\.1 503 [\s\S]*content-security-policy:[\s\S]*retry-after: 5[\s\S]*"code":"engine.unavailable"/i);
  });

  it('sweeps away by itself what has run out, and stops when it is told', async () => {
    const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
    const add = (id: string) => owner`insert into diktyo.draft (municipality, draft_id, creation_key, resume_code_hash, programme_id, definition_hash, answers, expires_at)
      values ('9230', ${id}, ${id}, ${id}, 'aid', 'h', '{}', clock_timestamp() - interval '1 minute')`;
    const left = async (): Promise<number> => (await owner`select 1 from diktyo.draft`).length;
    await add('a');
    const running = await startApi(settings(database.apiUrl), { sweepMs: 50 });
    while ((await left()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await add('b');
    while ((await left()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await running.close();
    await add('c');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await left()).toBe(1);
    await owner.end();
  });

  it.each([
    ['with mail by SMTP', { kind: 'smtp', url: 'smtp://127.0.0.1:1', from: 'a@example.org' }],
    ['without any mail', { kind: 'catcher' }],
  ] as const)('has no outbox to show in production, not even to this machine, %s', async (_name, messages) => {
    const running = await startApi({ ...settings(database.apiUrl), mode: 'production', messages });
    for (const path of ['/api/v1/outbox', '/outbox']) {
      for (const headers of [{}, { 'x-forwarded-for': '10.0.0.1' }]) expect((await fetch(`${running.url}${path}`, { headers })).status, path).toBe(404);
    }
    const { paths } = (await (await fetch(`${running.url}/api/v1/openapi.json`)).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(paths).filter((path) => path.includes('outbox'))).toEqual([]);
    expect((await fetch(`${running.url}/`)).headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
    await running.close();
  });

  it('tells no metrics in production unless a token is set, and then only to its bearer, whatever proxy stands in front', async () => {
    const production = { ...settings(database.apiUrl), mode: 'production', trustedProxies: ['127.0.0.1'] } as const;
    const ask = async (url: string | undefined, headers: Record<string, string>): Promise<number> => (await fetch(`${url}/metrics`, { headers })).status;
    const silent = await startApi(production);
    for (const headers of [{}, { 'x-forwarded-for': '10.0.0.1' }, { authorization: 'Bearer ' }, { authorization: 'Bearer undefined' }]) expect(await ask(silent.url, headers)).toBe(404);
    await silent.close();
    const metricsToken = 'a-token-that-nobody-guesses-1234';
    const running = await startApi({ ...production, metricsToken });
    const wrong = [{}, { 'x-forwarded-for': '10.0.0.1' }, { authorization: metricsToken }, { authorization: `Bearer ${metricsToken}x` }, { authorization: `bearer ${metricsToken.slice(0, -1)}` }];
    for (const headers of wrong) expect(await ask(running.url, headers), JSON.stringify(headers)).toBe(404);
    const told = await fetch(`${running.url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });
    expect([told.status, await told.text()]).toEqual([200, expect.stringContaining('diktyo_tracking_misses_total')]);
    // Guessing ends in waiting.
    const from = { 'x-forwarded-for': '198.51.100.77' };
    const statuses: number[] = [];
    for (let index = 0; index < 32; index += 1) statuses.push(await ask(running.url, { ...from, authorization: `Bearer ${index}` }));
    expect(statuses.at(-1)).toBe(429);
    await running.close();
  });

  it('does not start as superuser, nor on a port that is taken', async () => {
    await expect(startApi(settings(database.ownerUrl))).rejects.toMatchObject({ name: 'UnsafeStoreError' });
    const first = await startApi(settings(database.apiUrl));
    await expect(startApi(settings(database.apiUrl, Number(new URL(first.url ?? '').port)))).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
  });
});
