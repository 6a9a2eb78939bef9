import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WatchRecord } from '#engine/contract/watch.js';
import { createWatchRecord } from '#engine/relay/watch-record.js';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import type { Door } from './door.js';
import { fileVolunteer, openDoor } from './door.js';

let door: Door;
let store: Store;
let watch: WatchRecord;
let isDatabaseAway = false;
beforeAll(async () => {
  door = await openDoor({
    describeWatch: () => (isDatabaseAway ? Promise.reject(new Error('away')) : createWatchRecord(store).describe()),
  });
  store = openStore({ databaseUrl: door.database.relayUrl, connectionsMax: 1, application: 'tests', log: () => undefined });
  watch = createWatchRecord(store);
});
afterAll(async () => {
  await store.close();
  await door.close();
});

/** As a monitor reads them: name and figure, without process and HTTP metrics. */
async function read(): Promise<Readonly<Record<string, number>>> {
  const { statusCode, body } = await door.app.inject({ url: '/metrics', remoteAddress: '10.0.0.9' });
  expect(statusCode).toBe(200);
  return Object.fromEntries(body.split('\n').filter((line) => line.startsWith('diktyo_watch')).map((line) => line.split(' ')).map(([name = '', figure]) => [name.replace('diktyo_watch_', ''), Number(figure)]));
}

describe('The metrics of the watch', () => {
  it('are not there before anybody kept watch', async () => {
    expect(await read()).toEqual({});
  });

  it('tell what was compared, taken up again and mended, without a word of whose cases they are', async () => {
    const { applicationId } = await fileVolunteer(door);
    await watch.hold({ holder: 'a', seconds: 60 });
    await watch.note({ holder: 'a', looked: 7, resumed: 2, mended: 1, sentinel: { municipality: '9230', caseId: applicationId }, next: { municipality: '9230', caseId: applicationId } });
    expect(await read()).toEqual({ held: 1, hurrying: 0, cases_checked: 7, cases_resumed: 2, cases_mended: 1, rounds: 0 });
    const { body } = await door.app.inject({ url: '/metrics', remoteAddress: '10.0.0.9' });
    expect(body).not.toContain(applicationId);
    expect(body.split('\n').filter((line) => line.startsWith('diktyo_watch')).join('')).not.toContain('{');
  });

  it('tell how old the last whole round is, and that another one is in a hurry', async () => {
    await watch.note({ holder: 'a', looked: 3, resumed: 0, mended: 0, sentinel: null, next: null });
    const { round_age_seconds: before = -1, ...others } = await read();
    expect(others).toEqual({ held: 1, hurrying: 0, cases_checked: 10, cases_resumed: 2, cases_mended: 1, rounds: 1 });
    expect(before).toBeGreaterThanOrEqual(0);
    await watch.noteLoss('a');
    await watch.release('a');
    const after = await read();
    expect(after).toMatchObject({ held: 0, hurrying: 1 });
    expect(after['round_age_seconds']).toBeGreaterThan(before);
  });

  it('are left out, not told wrong, while the database is away; the others are there', async () => {
    isDatabaseAway = true;
    expect(await read()).toEqual({});
    expect((await door.app.inject({ url: '/metrics', remoteAddress: '10.0.0.9' })).body).toContain('diktyo_http_request_seconds_count');
    isDatabaseAway = false;
    expect(await read()).toMatchObject({ cases_checked: 10 });
  });
});
