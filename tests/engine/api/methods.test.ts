import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Door } from './door.js';
import { MANDRA, SITE, call, openDoor } from './door.js';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const pathOf = (url: string): string =>
  url.replace(':municipality', MANDRA).replace(':programme', 'volunteer-registry').replace(/:(caseId|documentId|taskId)/g, UNKNOWN).replace(':code', 'request.invalid').replace('*', 'chunks/apply-ABC.js');

/** Headers that every answer carries, whatever it is. */
const EVERY = { 'content-security-policy': expect.any(String) as string, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-request-id': expect.any(String) as string };

describe('a method that an address does not take', () => {
  it('is 405 on every known address, with what it does take, in both languages', async () => {
    const addresses = [...new Set(door.app.routeTable.filter(({ access, method }) => access.who !== 'operator' && access.who !== 'monitor' && method !== 'OPTIONS').map(({ url }) => url))];
    expect(addresses.length).toBeGreaterThan(40);
    for (const url of addresses) {
      const methods = [...new Set(door.app.routeTable.filter((route) => route.url === url && route.method !== 'OPTIONS').map(({ method }) => method))];
      for (const method of (['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).filter((each) => !methods.includes(each))) {
        const response = await call(door, method, pathOf(url), { headers: { 'content-type': 'application/json' } });
        expect(response.statusCode, `${method} ${url}`).toBe(405);
        expect(response.headers, `${method} ${url}`).toMatchObject({ ...EVERY, allow: [...methods, 'OPTIONS'].sort().join(', '), 'cache-control': 'no-store' });
        if (method !== 'HEAD') expect(response.json()).toMatchObject({ status: 405, code: 'request.methodNotAllowed', title: { el: 'Η μέθοδος δεν γίνεται δεκτή', en: 'This method is not accepted' } });
      }
    }
  });

  it('is refused before the body is read or a key asked for', async () => {
    const response = await door.app.inject({ method: 'PUT', url: '/api/v1/municipalities', headers: { 'content-type': 'text/plain' }, payload: 'x' });
    expect(response.statusCode).toBe(405);
  });

  it('gives away nothing: what is only for the installation itself is not there, by whatever method', async () => {
    for (const method of ['PUT', 'POST', 'OPTIONS'] as const) {
      for (const url of ['/metrics', '/outbox', '/api/v1/outbox']) expect((await call(door, method, url, { from: '198.51.100.7' })).json(), `${method} ${url}`).toMatchObject({ code: 'request.notFound' });
    }
  });

  it('nor whether a case or a programme exists', async () => {
    const asked = async (url: string): Promise<unknown> => ({ ...(await call(door, 'PUT', url)).json<object>(), instance: '' });
    expect(await asked(`/api/v1/municipalities/${MANDRA}/programmes/volunteer-registry`)).toEqual(await asked('/api/v1/municipalities/0000/programmes/nothing'));
  });

  it('is 404 where no method would be right', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS'] as const) {
      for (const url of ['/api/v1/nothing', '/nothing', `/api/v1/municipalities/${MANDRA}/`, '/api/v1/municipalities//programmes', '//', '/assets']) {
        const response = await call(door, method, url, { headers: { 'content-type': 'text/plain' } });
        expect(response.json(), `${method} ${url}`).toMatchObject({ status: 404, code: 'request.notFound' });
        expect(response.headers['allow']).toBeUndefined();
      }
    }
  });
});

describe('OPTIONS', () => {
  it('that is no preflight hears what the address takes, with or without an origin', async () => {
    for (const headers of [{}, { origin: SITE }, { origin: 'https://elsewhere.example' }] as Record<string, string>[]) {
      const response = await door.app.inject({ method: 'OPTIONS', url: `/api/v1/municipalities/${MANDRA}/programmes`, headers });
      expect([response.statusCode, response.body]).toEqual([204, '']);
      expect(response.headers).toMatchObject({ ...EVERY, allow: 'GET, HEAD, OPTIONS' });
    }
  });
});

describe('HEAD', () => {
  it.each(['/', '/api', '/api/v1', '/api/v1/municipalities', '/health/live', '/embed/v1.js', `/track/${MANDRA}`])('of %s is its GET without the bytes', async (url) => {
    const [got, head] = [await door.app.inject({ method: 'GET', url }), await door.app.inject({ method: 'HEAD', url })];
    expect([head.statusCode, head.body]).toEqual([got.statusCode, '']);
    for (const header of ['content-type', 'cache-control', 'content-security-policy', 'etag']) expect(head.headers[header], header).toEqual(got.headers[header]);
  });
});

describe('an address that cannot be read', () => {
  it.each(['/%E0%A4%A', '/api/v1/%zz', `/api/v1/municipalities/%C0%80/programmes`, '/assets/%', `/apply/${MANDRA}/%FF`])('%s is a problem with its code and every header', async (url) => {
    for (const method of ['GET', 'POST', 'OPTIONS'] as const) {
      const response = await door.app.inject({ method, url });
      expect(response.json()).toMatchObject({ status: 400, code: 'request.addressMalformed', title: { el: 'Η διεύθυνση δεν διαβάζεται', en: 'The address cannot be read' } });
      expect(response.headers).toMatchObject({ ...EVERY, 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' });
      expect(response.body).not.toContain(url);
    }
  });

  it('because a part of it is longer than any name is not found', async () => {
    const response = await door.app.inject({ url: `/api/v1/municipalities/${'9'.repeat(500)}/programmes` });
    expect(response.json()).toMatchObject({ status: 404, code: 'request.notFound' });
    expect(response.headers).toMatchObject(EVERY);
  });
});
