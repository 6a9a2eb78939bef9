import { KnownVersions } from '#engine/api/versions.js';
import { hashDocument } from '#definitions/folder/programme-folder.js';
import type { Programme } from '#definitions/types/programme.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { text } from '../../definitions/small-programme.js';
import type { Door } from './door.js';
import { MANDRA, VOLUNTEER, call, newKey, openDoor, volunteerApplication } from './door.js';

/*
 * One process of the API remembers for a moment which version is in force. Here that moment does not end: the clock of the
 * process stands still, so whatever it has heard it goes on believing, unless it looks.
 */

const PROGRAMME = 'volunteer-registry';
const PLACE = { municipality: MANDRA, programmeId: PROGRAMME };

let door: Door;
let owner: Store;
let sql: postgres.Sql;
let first: Programme;
/** Asks one question more than the first. */
let second: Programme;
let laterMs = 0;

beforeAll(async () => {
  door = await openDoor();
  owner = openStore({ databaseUrl: door.database.ownerUrl, connectionsMax: 1, application: 'tests', log: () => undefined });
  sql = postgres(door.database.ownerUrl, { max: 1, onnotice: () => undefined });
  const published = await door.parts.programmes.readVersion({ municipality: MANDRA, hash: door.hashes[PROGRAMME] });
  if (!published) throw new Error('no version is published');
  first = published.programme;
  second = asking(first);
});
afterAll(async () => {
  vi.useRealTimers();
  await Promise.allSettled([owner.close(), sql.end()]);
  await door.close();
});
beforeEach(async () => {
  await publish(first);
  vi.useRealTimers();
  // Later than whatever was remembered in the test before.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + (laterMs += 10_000) });
});

function asking(own: Programme): Programme {
  const [page, ...pages] = own.form.pages;
  if (page === undefined) throw new Error('no page');
  const question = { id: 'hasCar', type: 'yesNo', label: text('Έχετε αυτοκίνητο;'), purpose: text('Για τις μεταφορές.') };
  return { ...own, form: { ...own.form, pages: [{ ...page, questions: [...page.questions, question] }, ...pages] } } as Programme;
}

const publish = (programme: Programme): Promise<unknown> => createProgrammeRegister(owner).publish({ municipality: MANDRA, hash: hashDocument(programme), programme, publishedBy: 'tests' });
/** What a process tells is in force; from then on it believes it. */
const read = async (): Promise<string> => (await call(door, 'GET', `/api/v1/municipalities/${MANDRA}/programmes/${PROGRAMME}`)).json<{ hash: string }>().hash;
const apply = (programme: Programme, changes: Readonly<Record<string, unknown>> = {}, key = newKey()) =>
  call(door, 'POST', `/api/v1/municipalities/${MANDRA}/applications`, { key, body: volunteerApplication(door, { programme: programme.id, hash: hashDocument(programme), ...changes }) });
const filed = async (applicationId: string): Promise<{ hash: string; answers: Record<string, unknown> } | undefined> =>
  sql.begin(async (query) => {
    await query`select set_config('diktyo.municipality', ${MANDRA}, true)`;
    const [row] = await query<{ hash: string; answers: Record<string, unknown> }[]>`select definition_hash as hash, answers from diktyo.application where application_id = ${applicationId}`;
    return row;
  });
const underWhich = async (response: Awaited<ReturnType<typeof apply>>): Promise<unknown> => {
  expect([response.statusCode, response.statusCode === 201 ? '' : response.body]).toEqual([201, '']);
  return filed(response.json<{ applicationId: string }>().applicationId);
};

describe('A filing, while this process has not yet heard of a publication', () => {
  it('that names an earlier version which came into force again is taken, although another is remembered', async () => {
    await publish(second);
    expect(await read()).toBe(hashDocument(second));
    await publish(first);
    expect(await read(), 'the process still remembers the other version').toBe(hashDocument(second));
    expect(await underWhich(await apply(first))).toMatchObject({ hash: hashDocument(first) });
    expect(await read(), 'whoever has looked knows').toBe(hashDocument(first));
  });

  it('that names the version which came into force is taken under that one, with all its answers', async () => {
    expect(await read()).toBe(hashDocument(first));
    await publish(second);
    expect(await read()).toBe(hashDocument(first));
    expect(await underWhich(await apply(second, { answers: { ...VOLUNTEER, hasCar: true } }))).toMatchObject({ hash: hashDocument(second), answers: { hasCar: true } });
  });

  it('that names the version which was in force when the form was opened is taken under it', async () => {
    expect(await read()).toBe(hashDocument(first));
    await publish(second);
    expect(await underWhich(await apply(first))).toMatchObject({ hash: hashDocument(first) });
  });

  it('for a programme that has just been published is taken', async () => {
    const young = { ...first, id: 'volunteers-again' };
    expect((await call(door, 'GET', `/api/v1/municipalities/${MANDRA}/programmes/${young.id}`)).statusCode).toBe(404);
    await publish(young);
    expect(await underWhich(await apply(young))).toMatchObject({ hash: hashDocument(young) });
  });

  it('is not refused because of an opening that has been made longer since', async () => {
    const closed: Programme = { ...first, opening: { from: '2020-01-01', until: '2020-12-31' } };
    await publish(closed);
    expect(await read()).toBe(hashDocument(closed));
    expect((await apply(closed)).json()).toMatchObject({ code: 'programme.notOpen' });
    await publish(first);
    expect(await underWhich(await apply(closed))).toMatchObject({ hash: hashDocument(first) });
  });
});

describe('A filing under a version that is no longer in force', () => {
  it('hears what is asked by the version that is, and which one that is', async () => {
    await publish(second);
    expect(await read()).toBe(hashDocument(second));
    const third = asking({ ...first, title: text('Εθελοντές') });
    await publish(third);
    const response = await apply(first);
    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({ code: 'programme.hashStale', findings: [{ pointer: '/hash', expected: { en: hashDocument(third) } }, { code: 'programme.questionNew', pointer: '/answers/hasCar' }] });
    // What is in force stands there with its address, so that nobody has to ask by name, where an older one may still be kept.
    const { currentVersion } = response.json<{ currentVersion: { hash: string; path: string } }>();
    expect(currentVersion.hash).toBe(hashDocument(third));
    const now = await call(door, 'GET', currentVersion.path);
    expect(now.json()).toMatchObject({ hash: hashDocument(third), programme: { id: third.id } });
    expect(now.headers['cache-control']).toContain('immutable');
  });

  it('is taken when an earlier version that asks less is in force again', async () => {
    await publish(second);
    expect(await read()).toBe(hashDocument(second));
    await publish(first);
    // This process looks, because somebody names another version than the one it remembers.
    await apply(first);
    expect(await underWhich(await apply(second, { answers: { ...VOLUNTEER, hasCar: true } }))).toEqual({ hash: hashDocument(first), answers: expect.not.objectContaining({ hasCar: true }) as unknown });
  });

  it('sent again with its key hears its receipt, whatever is in force by then', async () => {
    const key = newKey();
    const receipt = (await apply(first, {}, key)).json<{ applicationId: string }>();
    await publish(second);
    await apply(second, { answers: VOLUNTEER });
    const again = await apply(first, {}, key);
    expect([again.statusCode, again.json<{ applicationId: string }>().applicationId]).toEqual([201, receipt.applicationId]);
  });
});

describe('What is remembered of the version in force', () => {
  it('is never put back by an answer that was longer on its way', async () => {
    const { programmes } = door.parts;
    let isRead = (): void => undefined;
    let letGo = (): void => undefined;
    const [read, released] = [new Promise<void>((done) => (isRead = done)), new Promise<void>((done) => (letGo = done))];
    const answers = [async (): Promise<void> => (isRead(), released)];
    const versions = new KnownVersions({
      ...programmes,
      listCurrent: async (municipality) => {
        const list = await programmes.listCurrent(municipality);
        await answers.pop()?.();
        return list;
      },
    });
    const early = versions.lookUpCurrent(PLACE);
    await read;
    await publish(second);
    vi.setSystemTime(Date.now() + 1);
    expect((await versions.lookUpCurrent(PLACE))?.hash).toBe(hashDocument(second));
    letGo();
    expect((await early)?.hash).toBe(hashDocument(first));
    expect((await versions.readCurrent(PLACE))?.hash).toBe(hashDocument(second));
  });
});
