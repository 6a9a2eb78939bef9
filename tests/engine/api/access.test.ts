import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '#definitions/types/programme.js';
import { SESSION_COOKIE, freshCookie, readCookie } from '#engine/access/session-cookie.js';
import { randomToken } from '#engine/access/codes.js';
import type { Door, SignedIn } from './door.js';
import { MANDRA, MARATHON, SITE, call, fileVolunteer, newKey, openDoor } from './door.js';

let door: Door;
const staff = new Map<string, SignedIn>();
const ROLES: readonly Role[] = ['desk', 'inspector', 'decider', 'supervisor', 'administrator'];

beforeAll(async () => {
  door = await openDoor();
  for (const role of ROLES) staff.set(role, await door.signIn([{ municipality: MANDRA, role }]));
});
afterAll(() => door.close());

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const pathOf = (url: string, municipality = MANDRA): string =>
  url.replace(':municipality', municipality).replace(':programme', 'volunteer-registry').replace(/:(caseId|documentId|taskId)/g, UNKNOWN).replace(':code', 'request.invalid').replace('*', 'chunks/apply-ABC.js');

let from = 0;
/** Each attempt from another address: misses are counted per address. */
const elsewhere = (): string => `198.51.${Math.floor((from += 1) / 250)}.${from % 250}`;

interface Attempt {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly as?: SignedIn;
}

const attempt = async ({ method, url, headers = {}, as }: Attempt): Promise<number> => {
  const response = await call(door, method as 'GET', url, { from: elsewhere(), headers, ...(as ? { as } : {}), ...(method === 'GET' || method === 'HEAD' ? {} : { body: {} }) });
  return response.statusCode;
};

const WRONG: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nobody: {},
  'a session that never was': { cookie: `${SESSION_COOKIE}=${freshCookie(new Uint8Array(32), { token: randomToken(), now: Date.now() })}` },
  'an unsigned token': { authorization: `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.` },
  'a bearer of another shape': { authorization: `Bearer ${MANDRA}.${'A'.repeat(43)}` },
  'a resume code that never was': { authorization: 'Draft 0000-0000-0000-0000-0000' },
  'a password': { authorization: 'Basic YWRtaW46YWRtaW4=' },
};

describe('every route', () => {
  it('says who may call it, or cannot be registered', async () => {
    expect(door.app.routeTable.length).toBeGreaterThan(40);
    const { default: Fastify } = await import('fastify');
    const { declareEveryAccess } = await import('#engine/api/plugins/access.js');
    const bare = Fastify();
    declareEveryAccess(bare);
    expect(() => bare.get('/anything', () => 'open')).toThrow(/does not declare who may call it/);
  });

  it('that is not for anyone refuses every wrong identity, whatever is added to the address', async () => {
    const opened: string[] = [];
    for (const { method, url, access } of door.app.routeTable) {
      if (access.who === 'anyone') continue;
      for (const [name, headers] of Object.entries(WRONG)) {
        for (const suffix of ['', '?x=/api/v1/municipalities', '?access=anyone']) {
          if (access.who === 'operator' && suffix !== '') continue;
          const status = await attempt({ method, url: pathOf(url) + suffix, headers });
          if (![401, 403, 404].includes(status)) opened.push(`${method} ${url} ${name} ${suffix}: ${status}`);
        }
      }
    }
    expect(opened).toEqual([]);
  });

  it('of staff refuses those who have no role in the municipality of the path, and roles that are not in its list', async () => {
    const opened: string[] = [];
    for (const { method, url, access } of door.app.routeTable) {
      if (access.who !== 'staff' || !access.roles) continue;
      for (const role of ROLES) {
        const foreign = await attempt({ method, url: pathOf(url, MARATHON), as: staff.get(role)! });
        if (foreign !== 403) opened.push(`${method} ${url} ${role} elsewhere: ${foreign}`);
        const own = await attempt({ method, url: pathOf(url), as: staff.get(role)! });
        if (access.roles.includes(role) === (own === 403)) opened.push(`${method} ${url} ${role}: ${own}`);
      }
    }
    expect(opened).toEqual([]);
  });

  it('of staff that writes refuses without the token of the session, and from another site', async () => {
    const opened: string[] = [];
    for (const { method, url, access } of door.app.routeTable) {
      if (access.who !== 'staff' || method === 'GET' || method === 'HEAD') continue;
      const role = access.roles?.[0] ?? 'desk';
      const as = staff.get(role)!;
      const tries = [
        { as: { ...as, csrf: '' } },
        { as: { ...as, csrf: staff.get(role === 'desk' ? 'supervisor' : 'desk')!.csrf } },
        { as, headers: { origin: SITE } },
        { as, headers: { origin: 'null' } },
        { as, headers: { 'sec-fetch-site': 'cross-site' } },
      ];
      for (const each of tries) {
        const status = await attempt({ method, url: pathOf(url), ...each });
        if (status !== 403) opened.push(`${method} ${url}: ${status}`);
      }
    }
    expect(opened).toEqual([]);
  });
});

describe('a session of staff', () => {
  const queue = `/api/v1/staff/${MANDRA}/queue`;

  it('works where its role is, and loses it at the next request when it is revoked', async () => {
    const clerk = await door.signIn([{ municipality: MANDRA, role: 'desk' }]);
    expect((await call(door, 'GET', queue, { as: clerk })).statusCode).toBe(200);
    await door.revoke(clerk.subject, { municipality: MANDRA, role: 'desk' });
    expect((await call(door, 'GET', queue, { as: clerk })).json()).toMatchObject({ code: 'access.forbidden' });
  });

  it('tells who is signed in, and ends for good', async () => {
    const clerk = await door.signIn([{ municipality: MANDRA, role: 'desk' }]);
    const session = await call(door, 'GET', '/api/v1/staff/session', { as: clerk });
    expect(session.json()).toMatchObject({ csrfToken: clerk.csrf, demo: true, grants: [{ municipality: MANDRA, role: 'desk' }] });
    expect((await call(door, 'POST', '/api/v1/staff/logout', { as: clerk })).statusCode).toBe(204);
    expect((await call(door, 'GET', queue, { as: clerk })).statusCode).toBe(401);
  });

  it('ends when it has rested for an hour, and is renewed while it is used', () => {
    const key = door.settings.codeKey;
    const [token, start] = [randomToken(), Date.UTC(2026, 0, 1)];
    const value = freshCookie(key, { token, now: start });
    expect(readCookie(key, { value, now: start + 30_000 })).toEqual({ token, isStale: false });
    expect(readCookie(key, { value, now: start + 30 * 60_000 })).toEqual({ token, isStale: true });
    expect(readCookie(key, { value, now: start + 62 * 60_000 })).toBeNull();
    expect(readCookie(key, { value: value.replace(/\.\d+\./, `.${Math.floor(start / 60_000) + 60}.`), now: start + 62 * 60_000 })).toBeNull();
  });

  it('is guessed at most some times a minute from one address', async () => {
    const headers = WRONG['a session that never was'] ?? {};
    const valid = freshCookie(door.settings.codeKey, { token: randomToken(), now: Date.now() });
    const statuses: number[] = [];
    for (let index = 0; index < 40; index += 1) statuses.push((await call(door, 'GET', queue, { from: '203.0.113.77', headers: { cookie: `${SESSION_COOKIE}=${valid}` } })).statusCode);
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    expect((await call(door, 'GET', queue, { from: '203.0.113.78', headers })).statusCode).toBe(401);
  });
});

describe('a list that staff read', () => {
  it('leaves the account that read it, and why', async () => {
    const owner = postgres(door.database.ownerUrl, { max: 1, onnotice: () => undefined });
    const supervisor = await door.signIn([{ municipality: MANDRA, role: 'supervisor' }]);
    const [known] = await owner<{ account: string }[]>`select account from diktyo.staff_account where subject = ${supervisor.subject}`;
    for (const list of ['queue', 'queue?scope=mine', 'incidents']) expect((await call(door, 'GET', `/api/v1/staff/${MANDRA}/${list}`, { as: supervisor })).statusCode).toBe(200);
    const rows = await owner`select action, actor, purpose from diktyo.audit_entry where actor->>'account' = ${known?.account ?? ''} order by audit_id`;
    for (const after of ['%00', 'x', `${UNKNOWN}'`]) expect((await call(door, 'GET', `/api/v1/staff/${MANDRA}/queue?after=${after}`, { as: supervisor })).json()).toMatchObject({ code: 'request.invalid' });
    const actor = { kind: 'staff', account: known?.account, role: 'supervisor' };
    expect(rows).toEqual([{ action: 'queueRead', actor, purpose: 'queue' }, { action: 'queueRead', actor, purpose: 'queue' }, { action: 'incidentsRead', actor, purpose: 'incidents' }]);
    await owner.end();
  });
});

describe('what belongs to another municipality', () => {
  it('is as if it were not there: cases, tasks, codes', async () => {
    const filed = await fileVolunteer(door, MARATHON);
    const inspector = await door.signIn([{ municipality: MANDRA, role: 'supervisor' }]);
    const asked = async (id: string): Promise<unknown> => {
      const { title, code, status } = (await call(door, 'GET', `/api/v1/staff/${MANDRA}/cases/${id}`, { as: inspector })).json<Record<string, unknown>>();
      return { title, code, status };
    };
    expect(await asked(filed.applicationId)).toEqual(await asked(UNKNOWN));
    const search = await call(door, 'POST', `/api/v1/staff/${MANDRA}/search`, { as: inspector, body: { text: filed.protocolNumber } });
    expect(search.json<{ cases: { caseId: string }[] }>().cases.map(({ caseId }) => caseId)).not.toContain(filed.applicationId);
    const tracked = await call(door, 'POST', '/api/v1/tracking', { body: { municipality: MANDRA, trackingCode: filed.trackingCode } });
    expect(tracked.json()).toMatchObject({ code: 'tracking.codeUnknown', status: 404 });
    // Counter-proof: where it belongs, it is there.
    const own = await door.signIn([{ municipality: MARATHON, role: 'supervisor' }]);
    expect((await call(door, 'GET', `/api/v1/staff/${MARATHON}/cases/${filed.applicationId}`, { as: own })).statusCode).toBe(200);
  });
});

describe('an action', () => {
  it('is recorded, heard as delayed while Temporal is away, and not twice for one key', async () => {
    const filed = await fileVolunteer(door);
    const key = newKey();
    const body = { kind: 'noteAdded', note: 'Τηλεφωνική επικοινωνία.' };
    const url = `/api/v1/staff/${MANDRA}/cases/${filed.applicationId}/actions`;
    const as = staff.get('desk')!;
    const delayed = await call(door, 'POST', url, { as, body, key });
    expect(delayed.json()).toMatchObject({ code: 'case.delayed', status: 503, retryAfterSeconds: 5 });
    expect(delayed.headers['retry-after']).toBe('5');
    expect((await call(door, 'POST', url, { as, body, key })).json()).toMatchObject({ code: 'case.delayed' });
    expect((await call(door, 'POST', url, { as, body: { ...body, note: 'Άλλο.' }, key })).json()).toMatchObject({ code: 'action.keyReused', status: 409 });
  });

  it.each([
    ['desk', { kind: 'decided', stepId: 'decision', approve: true }],
    ['inspector', { kind: 'decided', stepId: 'decision', approve: true }],
    ['desk', { kind: 'assessed', stepId: 'inspection', findings: {} }],
    ['desk', { kind: 'incidentSettled', incidentId: 'x', resolution: 'drop' }],
    ['decider', { kind: 'withdrawn' }],
    ['administrator', { kind: 'noteAdded', note: 'x' }],
  ] as const)('of a role that may not take it is refused: %s %j', async (role, body) => {
    const filed = await fileVolunteer(door);
    const response = await call(door, 'POST', `/api/v1/staff/${MANDRA}/cases/${filed.applicationId}/actions`, { as: staff.get(role)!, body });
    expect(response.json()).toMatchObject({ code: 'access.forbidden', status: 403 });
  });
});
