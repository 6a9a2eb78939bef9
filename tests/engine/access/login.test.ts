import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOGIN_COOKIE, SESSION_COOKIE } from '#engine/access/session-cookie.js';
import { createStaffLogin } from '#engine/access/login.js';
import { createAccess } from '#engine/access/sessions.js';
import { demoAccounts, startDevelopmentProvider } from '#engine/connect/login/development-provider.js';
import type { DevelopmentProvider } from '#engine/connect/login/development-provider.js';
import { openStore } from '#engine/store/connection.js';
import type { Door } from '../api/door.js';
import { MANDRA, PUBLIC_URL, call, openDoor } from '../api/door.js';

let door: Door;
let provider: DevelopmentProvider;
const codeKey = new Uint8Array(randomBytes(32));

beforeAll(async () => {
  provider = await startDevelopmentProvider({ port: 0, engineUrl: PUBLIC_URL, mode: 'development' });
  const login = { issuer: provider.issuer, clientId: provider.clientId, clientSecret: provider.clientSecret, insecure: true };
  door = await openDoor({ login: createStaffLogin({ login, publicUrl: PUBLIC_URL, codeKey }) });
  const owner = openStore({ databaseUrl: door.database.ownerUrl, connectionsMax: 1, application: 'tests', log: () => undefined });
  const access = createAccess(owner);
  for (const { subject, name, municipality, role } of provider.signIns.filter(({ subject }) => subject !== 'inspector-9230')) {
    await access.grant({ issuer: provider.issuer, subject, name, municipality, role, by: 'tests' });
  }
  await owner.close();
});
afterAll(async () => {
  await door.close();
  await provider.close();
});

const cookieOf = (headers: Readonly<Record<string, unknown>>, name: string): string | undefined =>
  [headers['set-cookie']].flat().map(String).find((line) => line.startsWith(`${name}=`))?.split(';')[0];

/** A browser without a face: follows the provider's pages with a jar of its own. */
async function signInAtProvider(address: string, account: string): Promise<string> {
  const jar = new Map<string, string>();
  const visit = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...(init.headers as Record<string, string> | undefined), cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  };
  const start = await visit(address);
  const page = new URL(start.headers.get('location') ?? '', provider.issuer).href;
  const shown = await visit(page);
  expect(await shown.text()).toContain(`value="${account}"`);
  let response = await visit(page, { method: 'POST', body: new URLSearchParams({ account }) });
  for (let hop = 0; hop < 5; hop += 1) {
    const location = new URL(response.headers.get('location') ?? '', provider.issuer).href;
    if (location.startsWith(PUBLIC_URL)) return location;
    response = await visit(location);
  }
  throw new Error('the provider never sent the browser back');
}

async function begin(returnTo = '/desk'): Promise<{ address: string; cookie: string }> {
  const response = await call(door, 'GET', `/api/v1/staff/login?returnTo=${encodeURIComponent(returnTo)}`);
  expect(response.statusCode).toBe(303);
  return { address: String(response.headers.location), cookie: cookieOf(response.headers, LOGIN_COOKIE) ?? '' };
}

const back = (location: string, cookie: string) => call(door, 'GET', location.slice(PUBLIC_URL.length), { headers: { cookie, accept: 'text/html' } });

describe('signing in', () => {
  it('goes to the provider with PKCE, state and nonce, and comes back with a session bound to this host', async () => {
    const { address, cookie } = await begin('/desk');
    const asked = new URL(address).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', scope: 'openid', redirect_uri: `${PUBLIC_URL}/api/v1/staff/callback` });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)?.length).toBeGreaterThan(40);
    const response = await back(await signInAtProvider(address, 'decider-9230'), cookie);
    expect(response.statusCode, response.body).toBe(303);
    expect(response.headers.location).toBe('/desk');
    const set = [response.headers['set-cookie']].flat().map(String).find((line) => line.startsWith(SESSION_COOKIE)) ?? '';
    expect(set).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(set).not.toContain('Domain');
  });

  it('gives the roles of the register, and nothing to somebody without one', async () => {
    const { address, cookie } = await begin();
    const known = await back(await signInAtProvider(address, 'desk-9230'), cookie);
    expect(known.statusCode).toBe(303);
    const second = await begin();
    const unknown = await back(await signInAtProvider(second.address, 'inspector-9230'), second.cookie);
    expect(unknown.statusCode).toBe(403);
    expect(unknown.body).toContain('δεν έχετε ρόλο');
    expect(cookieOf(unknown.headers, SESSION_COOKIE)).toBeUndefined();
  });

  it('refuses an answer that this browser did not ask for, a replayed one, and a forged one', async () => {
    const mine = await begin();
    const location = await signInAtProvider(mine.address, 'desk-9230');
    const other = await begin();
    expect((await back(location, other.cookie)).statusCode).toBe(400);
    expect((await back(location, '')).statusCode).toBe(400);
    expect((await back(location.replace(/code=[^&]+/, 'code=forged'), mine.cookie)).statusCode).toBe(400);
    const again = await begin();
    const fresh = await signInAtProvider(again.address, 'desk-9230');
    expect((await back(fresh, again.cookie)).statusCode).toBe(303);
    expect((await back(fresh, again.cookie)).statusCode).toBe(400);
    expect((await back(fresh, `${again.cookie.slice(0, -4)}AAAA`)).statusCode).toBe(400);
  });

  it('never ends on a page of somebody else', async () => {
    for (const returnTo of ['https://evil.example/', '//evil.example/desk', '/desk/../api', '/desk\\@evil', 'javascript:alert(1)', '/elsewhere']) {
      const { address, cookie } = await begin(returnTo);
      const response = await back(await signInAtProvider(address, 'desk-9220'), cookie);
      expect(response.headers.location, returnTo).toBe('/desk');
    }
  });

  it('says so when the provider does not answer', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const login = createStaffLogin({ login: { issuer: `http://127.0.0.1:${port}`, clientId: 'x', insecure: true }, publicUrl: PUBLIC_URL, codeKey });
    await expect(login.begin('/desk')).rejects.toThrow(/does not answer/);
    server.close();
  });
});

describe('the development provider', () => {
  it('offers every role in both demo municipalities, and does not run in production', async () => {
    expect(demoAccounts()).toHaveLength(10);
    expect(demoAccounts().filter(({ municipality }) => municipality === MANDRA).map(({ role }) => role)).toEqual(['desk', 'inspector', 'decider', 'supervisor', 'administrator']);
    await expect(startDevelopmentProvider({ port: 0, engineUrl: PUBLIC_URL, mode: 'production' })).rejects.toThrow(/does not run in production/);
  });
});
