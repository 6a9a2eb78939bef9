import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Counters, addressKey } from '#engine/api/plugins/limits.js';
import type { FastifyRequest } from 'fastify';
import type { Door } from './door.js';
import { MANDRA, MARATHON, SITE, VOLUNTEER, call, newKey, openDoor, volunteerApplication } from './door.js';

let door: Door;
let port: number;
beforeAll(async () => {
  door = await openDoor();
  await door.app.listen({ host: '127.0.0.1', port: 0 });
  port = (door.app.server.address() as AddressInfo).port;
});
afterAll(() => door.close());

const applications = `/api/v1/municipalities/${MANDRA}/applications`;
const count = async (): Promise<string> => (await call(door, 'GET', '/health/ready')).body;

/** Raw bytes on a socket, and whatever comes back. */
function raw(write: (socket: Socket) => void, waitMs = 20_000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const end = (): void => {
      socket.destroy();
      resolve(answer);
    };
    setTimeout(end, waitMs).unref();
    socket.on('data', (part: Buffer) => (answer += part.toString('latin1')));
    socket.on('close', end);
    socket.on('error', end);
    socket.on('connect', () => write(socket));
  });
}

describe('the content type', () => {
  it.each(['text/plain', 'text/plain\t; charset=utf-8', 'application/vnd.api+json', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', ' ', 'application/json5', 'text/json'])(
    '%j is refused, and nothing is read',
    async (type) => {
      const response = await call(door, 'POST', applications, { body: volunteerApplication(door), headers: { 'content-type': type } });
      expect([415, 400]).toContain(response.statusCode);
      expect(response.json<{ code: string }>().code).toMatch(/request\.(mediaType|bodyMissing|invalid)/);
    },
  );

  it.each(['application/json; charset=utf-16', 'application/json;charset=utf-7', 'application/json; charset="ISO-8859-7"', 'application/json; charset=utf-8; charset=utf-16le', 'application/json; charset='])('%j is 415: JSON is UTF-8', async (type) => {
    const response = await call(door, 'POST', applications, { body: volunteerApplication(door), headers: { 'content-type': type } });
    expect(response.json()).toMatchObject({ status: 415, code: 'request.charset', findings: [{ code: 'request.charset', pointer: '', expected: { en: 'utf-8' } }] });
  });

  it.each(['gzip', 'br', 'deflate, gzip', 'x-nonsense'])('packed as %s is 415, and nothing is unpacked', async (encoding) => {
    const response = await call(door, 'POST', applications, { body: volunteerApplication(door), headers: { 'content-encoding': encoding } });
    expect(response.json()).toMatchObject({ status: 415, code: 'request.contentEncoding' });
    expect(response.headers['accept-encoding']).toBe('identity');
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON', 'application/json;charset="UTF-8"', 'application/json; charset=utf8'])('%j is read as UTF-8 and checked', async (type) => {
    const response = await call(door, 'POST', applications, { body: { nonsense: 1 }, headers: { 'content-type': type } });
    expect(response.json()).toMatchObject({ code: 'request.invalid' });
  });

  it('that is missing is refused', async () => {
    const response = await door.app.inject({ method: 'POST', url: applications, headers: { 'idempotency-key': newKey() }, payload: Buffer.from('{}') });
    expect([400, 415]).toContain(response.statusCode);
  });
});

describe('a body', () => {
  it.each([
    ['with a duplicate key', '{"programme":"a","programme":"b"}', 'request.jsonDuplicateKey'],
    ['with a byte order mark', '\ufeff{}', 'request.jsonEncoding'],
    ['with __proto__', '{"answers":{"__proto__":{"admin":true}}}', 'request.jsonForbiddenKey'],
    ['with NUL', '{"answers":{"a":"\\u0000"}}', 'request.jsonCharacter'],
    ['with a lone surrogate', '{"answers":{"a":"\\udc00"}}', 'request.jsonCharacter'],
    ['of 20,000 levels', '['.repeat(20_000), 'request.jsonDepth'],
    ['that is empty', '', 'request.bodyMissing'],
    ['that is no JSON', 'income=7200', 'request.jsonSyntax'],
  ])('%s is 400 with its code', async (_name, body, code) => {
    const response = await call(door, 'POST', applications, { body: Buffer.from(body) });
    expect(response.json()).toMatchObject({ status: 400, code });
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });

  it('of one byte too many is 413', async () => {
    const response = await call(door, 'POST', applications, { body: JSON.stringify({ answers: 'x'.repeat(256 * 1024) }) });
    expect(response.json()).toMatchObject({ status: 413, code: 'request.bodyTooLarge' });
  });

  it('that comes drop by drop is not waited for', async () => {
    const answer = await raw((socket) => {
      socket.write(`POST ${applications} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: ${newKey()}\r\nContent-Length: 1000\r\n\r\n{`);
      const drip = setInterval(() => socket.write(' '), 500);
      socket.on('close', () => clearInterval(drip));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('request.timeout');
  });

  it('behind 10,000 headers is not even looked at', async () => {
    const headers = Array.from({ length: 10_000 }, (_, index) => `x-${index}: 1`).join('\r\n');
    expect(await raw((socket) => socket.write(`GET /health/live HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n`))).toMatch(/^HTTP\/1\.1 431 /);
    expect(await raw((socket) => socket.write('GET / HTTP/9.9\r\n\r\n'))).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each([
    ['of no protocol', 'GET / HTTP/9.9\r\n\r\n', 400, 'request.malformed'],
    ['by a method that does not exist', 'GRAB / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'request.malformed'],
    ['without a host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'request.malformed'],
    ['with an address of 20,000 characters', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'request.headersTooLarge'],
    ['with two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n', 400, 'request.malformed'],
  ])('%s is told so in both languages, with every header of an answer', async (_name, bytes, status, code) => {
    const [head = '', body = ''] = (await raw((socket) => socket.write(bytes))).split('\r\n\r\n');
    expect(head.split('\r\n')[0]).toContain(` ${status} `);
    for (const header of ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'x-request-id', 'cache-control: no-store', 'content-type: application/problem\\+json']) expect(head).toMatch(new RegExp(`^${header}`, 'im'));
    const problem = JSON.parse(Buffer.from(body, 'latin1').toString('utf8')) as unknown;
    expect(problem).toMatchObject({ status, code, title: { el: expect.stringMatching(/[α-ω]/) as string, en: expect.any(String) as string } });
  });

  it('with an expectation that nobody knows is answered all the same', async () => {
    expect(await raw((socket) => socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\nExpect: the-unexpected\r\nConnection: close\r\n\r\n'))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('with two lengths is refused', async () => {
    const answer = await raw((socket) => socket.write(`POST ${applications} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`));
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('leaves the door healthy', async () => {
    expect(await count()).toBe('{"status":"ok","checks":{"database":true}}');
  });
});

describe('another site', () => {
  const preflight = (url: string, origin: string) =>
    door.app.inject({ method: 'OPTIONS', url, headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,idempotency-key' } });

  it('that the municipality named may ask, without credentials', async () => {
    const response = await preflight(applications, SITE);
    expect(response.statusCode).toBe(204);
    expect(response.headers).toMatchObject({ 'access-control-allow-origin': SITE, 'access-control-max-age': '600' });
    expect(response.headers['access-control-allow-credentials']).toBeUndefined();
    const answer = await call(door, 'GET', `/api/v1/municipalities/${MANDRA}/programmes`, { headers: { origin: SITE } });
    expect(answer.headers['access-control-allow-origin']).toBe(SITE);
    expect(String(answer.headers.vary)).toContain('Origin');
  });

  it.each(['https://evil.example', 'null', 'https://a.www.mandra.example', 'https://www.mandra.example.evil.example', 'https://evilwww.mandra.example', 'http://www.mandra.example', 'https://www.mandra.example:8443', 'https://www.marathon.example'])(
    '%s may not',
    async (origin) => {
      expect((await preflight(applications, origin)).headers['access-control-allow-origin']).toBeUndefined();
      const answer = await call(door, 'GET', `/api/v1/municipalities/${MANDRA}/programmes`, { headers: { origin } });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(String(answer.headers.vary)).toContain('Origin');
    },
  );

  it('may ask nothing of the staff’s', async () => {
    expect((await preflight(`/api/v1/staff/${MANDRA}/queue`, SITE)).headers['access-control-allow-origin']).toBeUndefined();
    expect((await preflight(`/api/v1/staff/${MANDRA}/search?/api/v1/municipalities/${MANDRA}/`, SITE)).headers['access-control-allow-origin']).toBeUndefined();
  });

  it('cannot change anything with a request that needs no leave', async () => {
    const response = await door.app.inject({ method: 'POST', url: applications, headers: { origin: 'https://evil.example', 'content-type': 'text/plain' }, payload: JSON.stringify(volunteerApplication(door)) });
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    const marathon = await call(door, 'GET', `/api/v1/municipalities/${MARATHON}/programmes`, { headers: { origin: SITE } });
    expect(marathon.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('loads the public code of the widgets, which may be kept for ever when its name has a hash', async () => {
    const loader = await call(door, 'GET', '/embed/v1.js');
    expect(loader.headers).toMatchObject({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'public, max-age=300' });
    expect((await call(door, 'GET', '/assets/chunks/apply-ABC.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const packed = await door.app.inject({ method: 'GET', url: '/assets/chunks/apply-ABC.js', headers: { 'accept-encoding': 'gzip, deflate, br' } });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'br', 'content-type': expect.stringContaining('javascript') as string, vary: expect.stringMatching(/accept-encoding/i) as string });
    expect(brotliDecompressSync(packed.rawPayload).toString()).toBe('export {};');
    for (const path of ['/assets/../package.json', '/assets/%2e%2e/package.json', '/assets/chunks/..%2f..%2fpackage.json', '/assets/manifest.json', '/assets/.build.json']) {
      expect((await call(door, 'GET', path)).statusCode, path).toBe(404);
    }
  });
});

describe('the files of the widgets', () => {
  it.each([
    [{ range: 'bytes=99999999-' }, 416, 'request.rangeUnknown'],
    [{ 'if-match': '"another"' }, 412, 'request.preconditionFailed'],
    [{ 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 412, 'request.preconditionFailed'],
  ] as const)('with %j are no fault, but %s', async (headers, status, code) => {
    const response = await call(door, 'GET', '/embed/v1.js', { headers });
    expect(response.json()).toMatchObject({ status, code });
    expect(response.headers['content-security-policy']).toBeDefined();
  });

  it('that are not there are 404, whoever asks', async () => {
    expect((await call(door, 'GET', '/assets/nothing.js')).json()).toMatchObject({ code: 'request.notFound' });
    expect((await call(door, 'HEAD', '/assets/nothing.js')).statusCode).toBe(404);
  });
});

describe('a draft', () => {
  it('of a version that no draft can have is one that was changed elsewhere, not a fault', async () => {
    const place = `/api/v1/municipalities/${MANDRA}/drafts`;
    const { resumeCode } = (await call(door, 'POST', place, { body: { programme: 'volunteer-registry', hash: door.hashes['volunteer-registry'], answers: {} } })).json<{ resumeCode: string }>();
    for (const version of [2 ** 31, 1e15, Number.MAX_SAFE_INTEGER]) {
      expect((await call(door, 'PUT', `${place}/current`, { body: { version, answers: {} }, headers: { authorization: `Draft ${resumeCode}` } })).json()).toMatchObject({ status: 409, code: 'draft.changedElsewhere' });
    }
  });
});

describe('the log', () => {
  it('holds no name, number, code, address or answer of anybody, whatever happens', async () => {
    const canaries = ['Καναρίνης', '+306911111111', 'canary@example.org', 'canary-query', '203.0.113.99', 'canary-search'];
    const answers = { ...VOLUNTEER, familyName: canaries[0], phone: canaries[1], email: canaries[2] };
    const headers = { 'x-forwarded-for': canaries[4] ?? '' };
    const filed = await call(door, 'POST', applications, { body: volunteerApplication(door, { answers }), headers });
    expect(filed.statusCode).toBe(201);
    const { trackingCode } = filed.json<{ trackingCode: string }>();
    await call(door, 'POST', applications, { body: volunteerApplication(door, { answers: { ...answers, phone: `${canaries[1]}0` } }), headers });
    await call(door, 'POST', '/api/v1/tracking', { body: { municipality: MANDRA, trackingCode }, headers });
    await call(door, 'GET', `/api/v1/municipalities?q=${canaries[3]}`, { headers });
    const as = await door.signIn([{ municipality: MANDRA, role: 'desk' }]);
    await call(door, 'POST', `/api/v1/staff/${MANDRA}/search`, { as, body: { text: 'canary-search Καναρίνης' }, headers });
    await call(door, 'POST', applications, { body: Buffer.from(`{"a":"${canaries[0]}`), headers });
    const log = door.logged.join('');
    expect(log).toContain('/api/v1/municipalities/:municipality/applications');
    for (const canary of [...canaries, trackingCode, as.csrf, MANDRA + '/applications']) expect(log, canary).not.toContain(canary);
    const metrics = await door.app.inject({ url: '/metrics' });
    for (const canary of [...canaries, trackingCode]) expect(metrics.body).not.toContain(canary);
  });

  it('and the answers to faults repeat nothing that was sent', async () => {
    const response = await call(door, 'POST', applications, { body: volunteerApplication(door, { answers: { ...VOLUNTEER, phone: 'Καναρίνης', familyName: 5 }, language: 'Καναρίνης' }) });
    expect(response.statusCode).toBe(400);
    expect(response.body).not.toContain('Καναρίνης');
  });
});

describe('the pace', () => {
  it('of one address is limited, and of a session of staff on its own', async () => {
    const slow = await openDoor({ requestsPerMinute: { address: 5, staff: 20 } });
    const get = async (from: string, as?: Parameters<typeof call>[3]): Promise<number> => (await call(slow, 'GET', as ? `/api/v1/staff/${MANDRA}/queue` : '/api/v1/municipalities', { from, ...as })).statusCode;
    const clerk = await slow.signIn([{ municipality: MANDRA, role: 'desk' }]);
    const anonymous = [];
    for (let index = 0; index < 7; index += 1) anonymous.push(await get('192.0.2.1'));
    expect(anonymous).toEqual([200, 200, 200, 200, 200, 429, 429]);
    // The counter of the municipality shares the address, and works on.
    const desk = [];
    for (let index = 0; index < 15; index += 1) desk.push(await get('192.0.2.1', { as: clerk }));
    expect(new Set(desk)).toEqual(new Set([200]));
    expect(await get('192.0.2.2')).toBe(200);
    await slow.close();
  });

  it('counts a household’s IPv6 addresses as one, and forgets when the window is over', () => {
    const key = (ip: string): string => addressKey({ ip } as FastifyRequest);
    expect(key('2001:db8:1:2:aaaa::1')).toBe(key('2001:db8:1:2:bbbb:cccc:dddd:1'));
    expect(key('2001:db8:1:3::1')).not.toBe(key('2001:db8:1:2::1'));
    expect(key('::ffff:192.0.2.1')).toBe(key('192.0.2.1'));
    let now = 0;
    const counters = new Counters(() => now);
    const rule = { max: 2, windowMs: 1000 };
    counters.count('a', rule);
    counters.count('a', rule);
    expect(counters.blockedFor('a', rule)).toBe(1);
    expect(counters.blockedFor('b', rule)).toBe(0);
    now = 1001;
    expect(counters.blockedFor('a', rule)).toBe(0);
  });
});
