import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Programme } from '#definitions/types/programme.js';
import type { Register } from '#engine/contract/rooms.js';
import { createCases } from '#engine/cases/cases.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { createRegister } from '#engine/register/register.js';
import type { Store } from '#engine/store/connection.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';
import { MANDRA, MARATHON, openTestStore, sampleEvent, sampleFiling, samplePlan, sampleState } from './sample-case.js';

let database: TestDatabase;
let stores: Store[];
let register: Register;
let sql: postgres.Sql;
let programmeId: string;

const hashOf = (name: string): string => `sha256-${Buffer.from(`${programmeId}${name}`).toString('hex').padEnd(64, '0').slice(-64)}`;
const programmeOf = (id: string): Programme => ({ id, title: { el: 'Ενίσχυση', en: 'Aid' }, summary: { el: 'Σύντομα', en: 'In short' } }) as unknown as Programme;
const programmes = (store = stores[0]): ReturnType<typeof createProgrammeRegister> => createProgrammeRegister(store as Store);
const publish = (name: string, { municipality = MANDRA, expected }: { municipality?: string; expected?: string } = {}): ReturnType<ReturnType<typeof programmes>['publish']> =>
  programmes().publish({ municipality, hash: hashOf(name), programme: programmeOf(programmeId), publishedBy: 'tests', ...(expected === undefined ? {} : { expected }) });
const current = async (): Promise<string | undefined> => (await programmes().readCurrent({ municipality: MANDRA, programmeId }))?.hash;
const tell = async (limit = 100): Promise<{ told: number; more: boolean }> => programmes(stores[1]).tellPublications({ limit });
const tellAll = async (limit = 100): Promise<number> => {
  const { told, more } = await tell(limit);
  return more ? told + (await tellAll(limit)) : told;
};
const file = async (name: string, programme = programmeId): Promise<string> => {
  const filing = sampleFiling({ programmeId: programme, hash: hashOf(name) });
  const receipt = await register.submit(filing);
  if (!('applicationId' in receipt)) throw new Error(receipt.code);
  return receipt.applicationId;
};
/** Events of versions that were recorded for a case and handed to the relay, in order. */
const toldTo = async (caseId: string): Promise<readonly { hash: string; sent: boolean }[]> =>
  sql.begin(async (query) => {
    await query`select set_config('diktyo.municipality', ${MANDRA}, true)`;
    const rows = await query<{ hash: string; sent: boolean }[]>`
      select m.payload->>'hash' as hash, o.sent_at is not null as sent
      from diktyo.case_command m join diktyo.outbox o on o.municipality = m.municipality and o.case_id = m.case_id and o.event_id = m.event_id
      where m.case_id = ${caseId} and m.kind = 'versionPublished' order by o.outbox_id`;
    return [...rows];
  });
const close = async (caseId: string): Promise<void> => {
  const state = { ...sampleState(), status: 'closed' as const, outcome: 'refused' as const };
  await createCases(stores[2] as Store).apply({ municipality: MANDRA, caseId, version: 0, event: sampleEvent('filed'), plan: { ...samplePlan(), state }, refusal: null });
};
/** So that the second round of telling need not be waited for. */
const age = async (): Promise<void> => {
  await sql.begin(async (query) => {
    await query`select set_config('diktyo.municipality', ${MANDRA}, true)`;
    await query`update diktyo.publication set published_at = published_at - interval '10 minutes'`;
  });
};

beforeAll(async () => {
  database = await createTestDatabase();
  stores = [openTestStore(database.ownerUrl, 2), openTestStore(database.apiUrl), openTestStore(database.workerUrl)];
  register = createRegister(stores[1] as Store);
  sql = postgres(database.ownerUrl, { max: 2, onnotice: () => undefined });
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await sql.end();
  await database.drop();
});
beforeEach(async () => {
  await age();
  await tellAll();
  programmeId = `aid-${randomUUID().slice(0, 8)}`;
});

describe('Putting a version in force', () => {
  it('is an event with its own time and order: an earlier version may come into force again', async () => {
    expect(await publish('one')).toMatchObject({ created: true, published: true });
    expect(await publish('two')).toMatchObject({ created: true, published: true });
    expect(await publish('one')).toMatchObject({ created: false, published: true });
    expect(await current()).toBe(hashOf('one'));
    const all = await programmes().listPublications({ municipality: MANDRA, programmeId });
    expect(all.map(({ hash }) => hash)).toEqual([hashOf('one'), hashOf('two'), hashOf('one')]);
    expect(all.map(({ publishedAt }) => publishedAt)).toEqual(all.map(({ publishedAt }) => publishedAt).toSorted().toReversed());
  });

  it('is done once, however often it is asked for', async () => {
    await publish('one');
    expect(await publish('one')).toMatchObject({ created: false, published: false });
    expect(await programmes().listPublications({ municipality: MANDRA, programmeId })).toHaveLength(1);
  });

  it('is not done when somebody else was faster, and tells what is in force instead', async () => {
    await publish('one', { expected: '' });
    await publish('two', { expected: hashOf('one') });
    expect(await publish('three', { expected: hashOf('one') })).toEqual({ hash: hashOf('three'), created: false, published: false, changedTo: hashOf('two') });
    expect(await current()).toBe(hashOf('two'));
    expect(await publish('two', { expected: hashOf('one') })).toMatchObject({ published: false });
  });
});

describe('Open cases', () => {
  it('are told of a version once each, whatever they were filed under; closed ones and other programmes are left alone', async () => {
    await publish('one');
    const [waiting, ended] = [await file('one'), await file('one')];
    await close(ended);
    const own = programmeId;
    programmeId = `other-${randomUUID().slice(0, 8)}`;
    await publish('one');
    const foreign = await file('one');
    programmeId = own;
    await publish('two');
    expect(await tellAll()).toBe(1);
    expect(await tellAll()).toBe(0);
    expect(await toldTo(waiting)).toEqual([{ hash: hashOf('two'), sent: false }]);
    expect(await toldTo(ended)).toEqual([]);
    expect(await toldTo(foreign)).toEqual([]);
  });

  it('hear of two versions in the order in which they came into force, and of one that came back', async () => {
    await publish('one');
    const caseId = await file('one');
    await publish('two');
    await publish('one');
    await tellAll();
    expect((await toldTo(caseId)).map(({ hash }) => hash)).toEqual([hashOf('two'), hashOf('one')]);
  });

  it('are all told although whoever tells them dies after every few', async () => {
    await publish('one');
    const cases = await Promise.all(Array.from({ length: 25 }, () => file('one')));
    await publish('two');
    const calls: number[] = [];
    for (let count = 0; count < 100; count += 1) {
      // Each call stands for a process of its own: nothing is remembered but what is in the database.
      const store = openTestStore(database.apiUrl, 1);
      const { told, more } = await programmes(store).tellPublications({ limit: 4 });
      await store.close();
      calls.push(told);
      if (!more) break;
    }
    expect(calls.every((told) => told <= 4)).toBe(true);
    for (const caseId of cases) expect(await toldTo(caseId)).toHaveLength(1);
  });

  it('are told when the connection is cut in the middle of telling: all of a call, or nothing of it', async () => {
    await publish('one');
    const cases = await Promise.all(Array.from({ length: 10 }, () => file('one')));
    await publish('two');
    const doomed = postgres(database.apiUrl, { max: 1, onnotice: () => undefined });
    await doomed.unsafe('begin');
    await doomed.unsafe('select diktyo.tell_publications(100)');
    // Nobody else waits for it meanwhile.
    expect(await tell()).toMatchObject({ told: 0 });
    await doomed.end({ timeout: 0 });
    await expect.poll(() => tellAll(), { timeout: 20_000 }).toBe(10);
    for (const caseId of cases) expect(await toldTo(caseId)).toHaveLength(1);
  });

  it('that were being filed while the version changed are found by the second round, and only they', async () => {
    await publish('one');
    const early = await file('one');
    await publish('two');
    await tellAll();
    const [late, onTime] = [await file('one'), await file('two')];
    expect(await tellAll()).toBe(0);
    await age();
    expect(await tellAll()).toBe(1);
    expect(await toldTo(early)).toHaveLength(1);
    expect(await toldTo(late)).toHaveLength(1);
    expect(await toldTo(onTime)).toEqual([]);
    expect((await programmes().listPublications({ municipality: MANDRA, programmeId })).map(({ isTold }) => isTold)).toEqual([true, true]);
  });

  it('are told of nothing at the first publication, and of nothing in another municipality', async () => {
    await publish('one');
    const caseId = await file('one');
    await publish('one', { municipality: MARATHON });
    await publish('two', { municipality: MARATHON });
    await tellAll();
    expect(await toldTo(caseId)).toEqual([]);
  });

  it('are counted by the document they stand under, without a name or an answer', async () => {
    await publish('one');
    await file('one');
    const second = await file('one');
    await publish('two');
    await file('two');
    await createCases(stores[2] as Store).apply({ municipality: MANDRA, caseId: second, version: 0, event: sampleEvent('filed'), plan: samplePlan(), refusal: null });
    const counted = await programmes().countOpen({ municipality: MANDRA, programmeId });
    expect(counted.cases.map(({ hash, count, state }) => [hash, count, state === null])).toEqual(
      expect.arrayContaining([[hashOf('one'), 1, true], [hashOf('one'), 1, false], [hashOf('two'), 1, true]]),
    );
    expect(JSON.stringify(counted)).not.toContain('720');
  });
});

describe('A document that a case takes over', () => {
  const kept = (to: string, municipality = MANDRA): Promise<boolean> =>
    programmes(stores[2]).keepAdopted({ municipality, hash: hashOf('merged'), programme: programmeOf(programmeId), lineage: { from: hashOf('one'), to: hashOf(to), stage: 'filed' } });

  it('is kept with where it comes from, and is in force for nobody else', async () => {
    await publish('one');
    await publish('two');
    expect([await kept('two'), await kept('two')]).toEqual([true, true]);
    expect((await programmes().readVersion({ municipality: MANDRA, hash: hashOf('merged') }))?.programme.id).toBe(programmeId);
    expect(await current()).toBe(hashOf('two'));
  });

  it('is refused when it comes from nowhere', async () => {
    await publish('one');
    expect(await kept('unheard')).toBe(false);
    expect(await kept('two', MARATHON)).toBe(false);
    expect(await programmes().readVersion({ municipality: MANDRA, hash: hashOf('merged') })).toBeNull();
  });

  it('is kept by the worker alone', async () => {
    await expect(programmes(stores[1]).keepAdopted({ municipality: MANDRA, hash: hashOf('merged'), programme: programmeOf(programmeId), lineage: { from: 'a', to: 'b', stage: 'filed' } })).rejects.toThrow();
    await expect(programmes(stores[2]).publish({ municipality: MANDRA, hash: hashOf('one'), programme: programmeOf(programmeId), publishedBy: 'x' })).rejects.toThrow();
  });
});
