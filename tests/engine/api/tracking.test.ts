import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCode } from '#engine/access/codes.js';
import { ALARM_MISSES, watchMisses } from '#engine/api/plugins/misses.js';
import { randomBytes } from 'node:crypto';
import type { Door, Filed } from './door.js';
import { MANDRA, MARATHON, VOLUNTEER, call, fileVolunteer, openDoor } from './door.js';

let door: Door;
let owner: postgres.Sql;
let filed: Filed;
beforeAll(async () => {
  door = await openDoor();
  owner = postgres(door.database.ownerUrl, { max: 1, onnotice: () => undefined });
  filed = await fileVolunteer(door);
});
afterAll(async () => {
  await owner.end();
  await door.close();
});

let from = 0;
const elsewhere = (): string => `203.0.${Math.floor((from += 1) / 250)}.${from % 250}`;
const ask = (path: string, body: Record<string, unknown>, address = elsewhere()) => call(door, 'POST', `/api/v1/tracking${path}`, { body: { municipality: MANDRA, ...body }, from: address });

async function oneTimeCode(): Promise<string> {
  const response = await ask('/challenge', { trackingCode: filed.trackingCode, channel: 'email' });
  expect(response.statusCode).toBe(202);
  const [row] = await owner<{ code: string }[]>`select fields->>'code' as code from diktyo.effect where message_id = '@one-time-code' order by planned_at desc limit 1`;
  return row?.code ?? '';
}

describe('the code alone', () => {
  it('shows stage and dates, and not one word that is personal', async () => {
    const response = await ask('', { trackingCode: filed.trackingCode });
    expect(Object.keys(response.json()).sort()).toEqual(['channels', 'closed', 'filedAt', 'protocolNumber', 'stageTitle']);
    for (const personal of [VOLUNTEER.givenName, VOLUNTEER.familyName, VOLUNTEER.phone, VOLUNTEER.email]) expect(response.body).not.toContain(personal);
  });

  it('that is unknown, of another municipality, or no code at all hears the same', async () => {
    const bodies = await Promise.all([
      ask('', { trackingCode: encodeCode(randomBytes(12)) }),
      ask('', { trackingCode: filed.trackingCode, municipality: MARATHON }),
      ask('', { trackingCode: 'no such code' }),
    ]);
    const told = bodies.map((response) => ({ ...response.json<Record<string, unknown>>(), instance: '' }));
    expect(told[0]).toMatchObject({ code: 'tracking.codeUnknown', status: 404 });
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
    // A code for nobody is sent just the same, as far as anybody can tell.
    const [known, unknown] = [await ask('/challenge', { trackingCode: filed.trackingCode, channel: 'sms' }), await ask('/challenge', { trackingCode: encodeCode(randomBytes(12)), channel: 'sms' })];
    expect([known.statusCode, known.body]).toEqual([unknown.statusCode, unknown.body]);
  });

  it('that is unknown takes as long as one of another municipality', async () => {
    const spent: Record<'unknown' | 'foreign', number[]> = { unknown: [], foreign: [] };
    const time = async (which: 'unknown' | 'foreign', body: Record<string, unknown>): Promise<void> => {
      const started = process.hrtime.bigint();
      await ask('', body);
      spent[which].push(Number(process.hrtime.bigint() - started) / 1e6);
    };
    // In turns, so that whatever else this machine does hits both alike.
    for (let index = 0; index < 60; index += 1) {
      await time('unknown', { trackingCode: encodeCode(randomBytes(12)) });
      await time('foreign', { trackingCode: filed.trackingCode, municipality: MARATHON });
    }
    const [unknown, foreign] = [spent.unknown, spent.foreign].map((times) => times.sort((left, right) => left - right)[30] ?? 0) as [number, number];
    // Medians of one path; a look-up that ended early for one of them would differ by a whole round trip.
    expect(Math.max(unknown, foreign) / Math.min(unknown, foreign)).toBeLessThan(3);
  });

  it('is guessed a few times and then not at all, and the misses are counted for an alarm', async () => {
    const address = '198.51.100.5';
    const statuses: number[] = [];
    for (let index = 0; index < 30; index += 1) statuses.push((await ask('', { trackingCode: encodeCode(randomBytes(12)) }, address)).statusCode);
    expect(statuses.filter((status) => status === 404)).toHaveLength(15);
    expect(statuses.at(-1)).toBe(429);
    // The right code does not help who has guessed too much; from elsewhere it works.
    expect((await ask('', { trackingCode: filed.trackingCode }, address)).statusCode).toBe(429);
    expect((await ask('', { trackingCode: filed.trackingCode })).statusCode).toBe(200);
    const metrics = await door.app.inject({ url: '/metrics', remoteAddress: '10.0.0.9' });
    expect(Number(/diktyo_tracking_misses_total (\d+)/.exec(metrics.body)?.[1])).toBeGreaterThan(15);
  });
});

describe('guessing codes', () => {
  const guess = (address: string, municipality = MANDRA) => ask('', { trackingCode: encodeCode(randomBytes(12)), municipality }, address);

  it('makes who goes on wait longer and longer, up to an hour, and nobody else', async () => {
    const waits: number[] = [];
    for (let index = 0; index < 110; index += 1) {
      const response = await guess('198.51.100.6');
      if (response.statusCode === 429) waits.push(Number(response.headers['retry-after']));
    }
    expect(waits[0]).toBeLessThanOrEqual(60);
    expect(waits[30]).toBeGreaterThan(60);
    expect(waits.at(-1)).toBeGreaterThan(3_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(3_600);
    expect((await ask('', { trackingCode: filed.trackingCode }, '198.51.100.7')).statusCode).toBe(200);
  });

  it('from many addresses raises one alarm for the municipality, as metric and in the log, and then each address is borne less', async () => {
    await owner`delete from diktyo.tracking_miss`;
    await guess('198.51.100.8', MARATHON);
    await watchMisses(door.app, door.parts.tracking);
    expect(door.logged.join('')).not.toContain('tracking.misses');
    // As counted by other processes.
    await owner`update diktyo.tracking_miss set misses = ${ALARM_MISSES} where municipality = ${MARATHON}`;
    await watchMisses(door.app, door.parts.tracking);
    await watchMisses(door.app, door.parts.tracking);
    const alarms = door.logged.join('').split('\n').filter((line) => line.includes('tracking.misses'));
    expect(alarms.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ level: 40, alarm: 'tracking.misses', municipality: MARATHON, misses: ALARM_MISSES }]);
    expect(alarms.join('')).not.toContain('198.51');
    const metrics = await door.app.inject({ url: '/metrics', remoteAddress: '10.0.0.9' });
    expect(metrics.body).toContain(`diktyo_tracking_misses_recent{municipality="${MARATHON}"} ${ALARM_MISSES}`);
    const statuses: number[] = [];
    for (let index = 0; index < 5; index += 1) statuses.push((await guess('198.51.100.9', MARATHON)).statusCode);
    expect(statuses).toEqual([404, 404, 404, 429, 429]);
    // Elsewhere nothing has changed, and an owner there is heard at once.
    for (let index = 0; index < 5; index += 1) expect((await guess('198.51.100.10')).statusCode).toBe(404);
    const own = await fileVolunteer(door, MARATHON);
    expect((await ask('', { trackingCode: own.trackingCode, municipality: MARATHON })).statusCode).toBe(200);
    await owner`delete from diktyo.tracking_miss`;
    await watchMisses(door.app, door.parts.tracking);
    for (let index = 0; index < 5; index += 1) expect((await guess('198.51.100.11', MARATHON)).statusCode).toBe(404);
  });

  it('is answered and counted alike for an unknown and a foreign code during an alarm too', async () => {
    await owner`delete from diktyo.tracking_miss`;
    door.app.missWatch.take([{ municipality: MARATHON, misses: ALARM_MISSES }]);
    const told = [];
    for (const trackingCode of [encodeCode(randomBytes(12)), filed.trackingCode, 'no such code']) {
      const response = await ask('', { trackingCode, municipality: MARATHON }, '198.51.100.12');
      const { 'x-request-id': _id, date: _date, ...headers } = response.headers;
      told.push({ status: response.statusCode, headers, body: { ...response.json<Record<string, unknown>>(), instance: '' } });
    }
    expect(told[0]).toMatchObject({ status: 404, body: { code: 'tracking.codeUnknown' } });
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
    expect(await door.parts.tracking.countMisses()).toEqual([{ municipality: MARATHON, misses: 3 }]);
    expect((await ask('', { trackingCode: filed.trackingCode, municipality: MARATHON }, '198.51.100.12')).statusCode).toBe(429);
    door.app.missWatch.take([]);
  });
});

describe('the second factor', () => {
  it('opens the case for its owner: status, papers, what happened, and whom to call', async () => {
    const opened = await ask('/open', { trackingCode: filed.trackingCode, oneTimeCode: await oneTimeCode() });
    expect(opened.statusCode, opened.body).toBe(200);
    const { token, view } = opened.json<{ token: string; view: unknown }>();
    const headers = { authorization: `Bearer ${token}` };
    const own = await call(door, 'GET', '/api/v1/tracking/case', { headers });
    expect(own.json()).toEqual(view);
    expect(view).toMatchObject({ protocolNumber: filed.protocolNumber, status: { closed: false }, timeline: [{ text: { en: 'The application was submitted.' } }], contact: {} });
    const stolen = await call(door, 'GET', '/api/v1/tracking/case', { headers: { authorization: `Bearer ${token.replace(MANDRA, MARATHON)}` } });
    expect(stolen.json()).toMatchObject({ code: 'access.sessionExpired', status: 401 });
    const withdrawn = await call(door, 'POST', '/api/v1/tracking/actions', { headers, body: { kind: 'withdrawn' } });
    expect(withdrawn.json()).toMatchObject({ code: 'case.delayed', status: 503 });
    const decided = await call(door, 'POST', '/api/v1/tracking/actions', { headers, body: { kind: 'decided', stepId: 'x', approve: true } });
    expect(decided.statusCode).toBe(400);
    await owner`update diktyo.tracking_session set expires_at = clock_timestamp() - interval '1 second'`;
    expect((await call(door, 'GET', '/api/v1/tracking/case', { headers })).statusCode).toBe(401);
  });

  it('works once, and five wrong tries end it', async () => {
    await owner`delete from diktyo.challenge`;
    const first = await oneTimeCode();
    expect((await ask('/open', { trackingCode: filed.trackingCode, oneTimeCode: first })).statusCode).toBe(200);
    expect((await ask('/open', { trackingCode: filed.trackingCode, oneTimeCode: first })).json()).toMatchObject({ code: 'tracking.oneTimeCodeWrong', status: 401 });
    const second = await oneTimeCode();
    const wrong = second === '000000' ? '111111' : '000000';
    for (let index = 0; index < 5; index += 1) await ask('/open', { trackingCode: filed.trackingCode, oneTimeCode: wrong });
    expect((await ask('/open', { trackingCode: filed.trackingCode, oneTimeCode: second })).statusCode).toBe(401);
  });
});
