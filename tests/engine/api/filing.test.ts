import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Door, Filed } from './door.js';
import { MANDRA, MARATHON, VOLUNTEER, call, newKey, openDoor, volunteerApplication } from './door.js';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const apply = (body: unknown, key = newKey(), headers: Record<string, string> = {}) => call(door, 'POST', `/api/v1/municipalities/${MANDRA}/applications`, { body, key, headers });

interface ProblemBody {
  code: string;
  findings?: { code: string; pointer: string; message: { el: string; en: string } }[];
}

describe('what a municipality offers', () => {
  it('is listed and shown without an account', async () => {
    expect((await call(door, 'GET', '/api/v1/municipalities')).json<{ municipalities: unknown[] }>().municipalities).toHaveLength(66);
    const list = await call(door, 'GET', `/api/v1/municipalities/${MANDRA}/programmes`);
    expect(list.json<{ programmes: { id: string }[] }>().programmes.map(({ id }) => id).sort()).toEqual(['volunteer-registry', 'wildfire-aid']);
    const view = await call(door, 'GET', `/api/v1/municipalities/${MANDRA}/programmes/volunteer-registry`);
    expect(view.json()).toMatchObject({ hash: door.hashes['volunteer-registry'], municipality: MANDRA });
    expect((await call(door, 'GET', `/api/v1/municipalities/${MANDRA}/programmes/nothing`)).json()).toMatchObject({ code: 'programme.notFound', status: 404 });
  });

  it('is sent once: whoever still has the same bytes hears that nothing changed', async () => {
    const paths = ['/api/v1', '/api/v1/openapi.json', '/api/v1/municipalities', `/api/v1/municipalities/${MANDRA}/programmes`, `/api/v1/municipalities/${MANDRA}/programmes/volunteer-registry`];
    for (const path of paths) {
      const first = await call(door, 'GET', path);
      const tag = String(first.headers.etag);
      expect(first.headers, path).toMatchObject({ etag: expect.stringMatching(/^"[\w-]{43}"$/) as string, 'cache-control': expect.stringMatching(/^public, /) as string });
      const again = await call(door, 'GET', path, { headers: { 'if-none-match': `"other", W/${tag}` } });
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', tag]);
      expect((await call(door, 'GET', path, { headers: { 'if-none-match': '"other"' } })).body).toBe(first.body);
    }
    const [here, elsewhere] = await Promise.all([MANDRA, MARATHON].map((code) => call(door, 'GET', `/api/v1/municipalities/${code}/programmes`)));
    expect(here?.headers.etag).not.toBe(elsewhere?.headers.etag);
  });

  it('goes compressed to who can read it so, and says that it depends on that', async () => {
    const path = `/api/v1/municipalities/${MANDRA}/programmes/wildfire-aid`;
    const ask = (encoding?: string, tag = '"none"') => door.app.inject({ method: 'GET', url: path, headers: { 'if-none-match': tag, ...(encoding ? { 'accept-encoding': encoding } : {}) } });
    const plain = await ask();
    expect(plain.headers['content-encoding']).toBeUndefined();
    for (const [asked, given, unpack] of [['gzip, deflate, br', 'br', brotliDecompressSync], ['gzip', 'gzip', gunzipSync], ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync]] as const) {
      const packed = await ask(asked);
      expect(packed.headers, asked).toMatchObject({ 'content-encoding': given, vary: expect.stringContaining('accept-encoding') as string });
      expect(unpack(packed.rawPayload).toString()).toBe(plain.body);
      expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
      expect(packed.headers.etag).not.toBe(plain.headers.etag);
      expect((await ask(asked, String(packed.headers.etag))).statusCode).toBe(304);
    }
    expect((await ask('zstd')).body).toBe(plain.body);
  });

  it('has an index with a link to each thing that a newcomer looks for', async () => {
    const { links } = (await call(door, 'GET', '/api/v1')).json<{ links: Record<string, string> }>();
    for (const link of Object.values(links)) {
      const path = link.replace('{municipality}', MANDRA).replace('{programme}', 'volunteer-registry');
      expect((await call(door, 'GET', path)).statusCode, path).toBe(200);
    }
  });

  it('has no tag and goes as it is when it is somebody\'s own', async () => {
    const filed = await call(door, 'POST', `/api/v1/municipalities/${MANDRA}/applications`, { body: volunteerApplication(door), headers: { 'accept-encoding': 'br' } });
    expect(filed.headers).toMatchObject({ 'cache-control': 'no-store' });
    // Nor is it compressed: its length would tell of what it holds.
    for (const header of ['etag', 'content-encoding']) expect(filed.headers).not.toHaveProperty(header);
    const draft = await call(door, 'GET', `/api/v1/municipalities/${MANDRA}/drafts/current`, { headers: { authorization: 'Draft 0000' } });
    expect(draft.headers).not.toHaveProperty('etag');
  });

  it('answers what the rules say of some answers', async () => {
    const response = await call(door, 'POST', `/api/v1/municipalities/${MANDRA}/programmes/volunteer-registry/evaluate`, {
      body: { hash: door.hashes['volunteer-registry'], answers: VOLUNTEER, asOf: '2024-03-01' },
    });
    expect(response.json()).toMatchObject({ outcome: 'eligible', computed: { canDrive: false } });
  });
});

describe('an application', () => {
  it('is filed, and its receipt holds number, code and what comes next', async () => {
    const response = await apply(volunteerApplication(door));
    expect(response.statusCode, response.body).toBe(201);
    const receipt = response.json<Filed>();
    expect(receipt).toMatchObject({ protocolNumber: expect.stringMatching(/^\d+\/\d{4}$/) as string, trackingCode: expect.stringMatching(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/) as string });
    const found = await call(door, 'POST', '/api/v1/tracking', { body: { municipality: MANDRA, trackingCode: receipt.trackingCode.toLowerCase().replaceAll('-', ' ') } });
    expect(found.json()).toMatchObject({ protocolNumber: receipt.protocolNumber, closed: false, channels: ['email', 'sms'] });
  });

  it('sent a hundred times at once with the same key is one, with one receipt', async () => {
    const key = newKey();
    const body = volunteerApplication(door);
    const answers = await Promise.all(Array.from({ length: 100 }, () => apply(body, key)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    // Counter-proof: other keys are other applications.
    expect((await apply(body)).body).not.toBe(answers[0]?.body);
  });

  it('with a known key and another body is refused', async () => {
    const key = newKey();
    await apply(volunteerApplication(door), key);
    const other = await apply(volunteerApplication(door, { answers: { ...VOLUNTEER, givenName: 'Άλλη' } }), key);
    expect(other.json<ProblemBody>()).toMatchObject({ code: 'submission.keyReused', status: 409 });
  });

  it('of an earlier version hears which is current', async () => {
    const stale = await apply(volunteerApplication(door, { hash: `sha256-${'0'.repeat(64)}` }));
    expect(stale.statusCode).toBe(409);
    expect(stale.json()).toMatchObject({ code: 'programme.hashStale', findings: [{ pointer: '/hash', expected: { en: door.hashes['volunteer-registry'] } }] });
  });

  it('with wrong answers hears every finding with its place, in two languages', async () => {
    const response = await apply(volunteerApplication(door, { answers: { ...VOLUNTEER, birthDate: '2099-99-99', phone: null, surprise: 1 } }));
    expect(response.statusCode).toBe(422);
    const { code, findings = [] } = response.json<ProblemBody>();
    expect(code).toBe('application.answersInvalid');
    expect(findings.map(({ pointer }) => pointer).sort()).toEqual(['/answers/birthDate', '/answers/phone', '/answers/surprise']);
    for (const { message } of findings) expect(message.el).not.toBe(message.en);
    expect(response.body).not.toContain('2099-99-99');
  });

  it.each([null, false, '', '0', -1, 'abc'])('with %j hours a week is refused and never taken for a number', async (hoursPerWeek) => {
    const response = await apply(volunteerApplication(door, { answers: { ...VOLUNTEER, hoursPerWeek } }));
    expect(response.statusCode).toBe(422);
    expect(response.json<ProblemBody>().findings?.map(({ pointer }) => pointer)).toEqual(['/answers/hoursPerWeek']);
  });

  it.each(['1e400', '9007199254740993'])('with the number %s is refused before it is read', async (number) => {
    const text = JSON.stringify(volunteerApplication(door)).replace('"hoursPerWeek":4', `"hoursPerWeek":${number}`);
    expect((await apply(text)).json()).toMatchObject({ code: 'request.jsonNumber', findings: [{ pointer: '/answers/hoursPerWeek' }] });
  });

  it.each(['points', 'status', 'municipality', 'role', 'trackingNonce'])('with a field %s of the caller’s own is refused', async (field) => {
    const response = await apply(volunteerApplication(door, { [field]: 1 }));
    expect(response.json<ProblemBody>()).toMatchObject({ code: 'request.invalid', findings: [{ code: 'shape.unknownField', pointer: `/${field}` }] });
  });

  it('cannot be filed by the public as if by the desk', async () => {
    expect((await apply(volunteerApplication(door, { actor: { onBehalf: 'desk' } }))).statusCode).toBe(400);
  });

  it('is for nobody else where the programme takes only the person in question', async () => {
    const response = await apply(volunteerApplication(door, { actor: { onBehalf: 'relative' } }));
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ code: 'application.relativeNotTaken', detail: { el: expect.stringContaining('μόνο ο ίδιος') } });
  });

  it('needs a key, and of the right form', async () => {
    const without = await door.app.inject({ method: 'POST', url: `/api/v1/municipalities/${MANDRA}/applications`, payload: volunteerApplication(door) });
    expect(without.json()).toMatchObject({ code: 'request.idempotencyKey' });
    expect((await apply(volunteerApplication(door), 'short')).json()).toMatchObject({ code: 'request.idempotencyKey' });
  });
});

describe('a draft', () => {
  const begin = async (answers: unknown = { givenName: 'Δοκιμή' }, key = newKey()) =>
    call(door, 'POST', `/api/v1/municipalities/${MANDRA}/drafts`, { body: { programme: 'volunteer-registry', hash: door.hashes['volunteer-registry'], answers }, key });
  interface Begun {
    resumeCode: string;
    draft: { draftId: string; version: number };
  }
  const current = `/api/v1/municipalities/${MANDRA}/drafts/current`;

  it('is kept, found again on another device, changed, and becomes an application once', async () => {
    const { resumeCode, draft } = (await begin()).json<Begun>();
    const headers = { authorization: `Draft ${resumeCode.toLowerCase()}` };
    const resumed = await call(door, 'POST', `/api/v1/municipalities/${MANDRA}/drafts/resume`, { body: { resumeCode } });
    expect(resumed.json()).toMatchObject({ draftId: draft.draftId, answers: { givenName: 'Δοκιμή' } });
    const saved = await call(door, 'PUT', current, { body: { version: draft.version, answers: VOLUNTEER }, headers });
    expect(saved.json()).toMatchObject({ answers: VOLUNTEER, version: draft.version + 1 });
    const late = await call(door, 'PUT', current, { body: { version: draft.version, answers: {} }, headers });
    expect(late.json()).toMatchObject({ code: 'draft.changedElsewhere', status: 409 });
    const key = newKey();
    const first = await apply(volunteerApplication(door), key, headers);
    expect(first.statusCode).toBe(201);
    // The answer was lost, the browser tries again: the draft is closed, the receipt is the same.
    expect((await apply(volunteerApplication(door), key, headers)).body).toBe(first.body);
    expect((await apply(volunteerApplication(door), newKey(), headers)).json()).toMatchObject({ code: 'draft.unknown' });
  });

  it('begun twice with the same key and body is one with one code; another body hears nothing of it', async () => {
    const key = newKey();
    const [one, same, other] = [await begin({}, key), await begin({}, key), await begin({ givenName: 'Άλλη' }, key)];
    expect(same.body).toBe(one.body);
    expect(other.json<Begun>().resumeCode).not.toBe(one.json<Begun>().resumeCode);
    expect(other.json<Begun>().draft.draftId).not.toBe(one.json<Begun>().draft.draftId);
  });

  it('of another municipality is not there', async () => {
    const { resumeCode } = (await begin()).json<Begun>();
    const elsewhere = await call(door, 'GET', current.replace(MANDRA, MARATHON), { headers: { authorization: `Draft ${resumeCode}` } });
    expect(elsewhere.json()).toMatchObject({ code: 'access.codeUnknown', status: 401 });
  });
});
