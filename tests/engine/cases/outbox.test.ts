import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cases, Outbox, OutboxRow, Register } from '#engine/contract/rooms.js';
import { createCases } from '#engine/cases/cases.js';
import { createRegister } from '#engine/register/register.js';
import { createOutbox } from '#engine/relay/outbox.js';
import type { Store } from '#engine/store/connection.js';
import { examples, fc } from '#tests/support/properties.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';
import { CLERK, MANDRA, MARATHON, openTestStore, publishSample, sampleFiling } from '../register/sample-case.js';

let database: TestDatabase;
let stores: Store[];
let register: Register;
let cases: Cases;
/** Two relays that know nothing of each other. */
let relays: readonly [Outbox, Outbox];
let owner: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  await publishSample(database);
  stores = [openTestStore(database.apiUrl), openTestStore(database.relayUrl, 2), openTestStore(database.relayUrl, 2)];
  const [api, first, second] = stores as [Store, Store, Store];
  register = createRegister(api);
  cases = createCases(api);
  relays = [createOutbox(first), createOutbox(second)];
  owner = postgres(database.ownerUrl, { max: 2, onnotice: () => undefined });
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await owner.end();
  await database.drop();
});
beforeEach(async () => {
  await owner`truncate diktyo.outbox`;
});

const file = async (municipality = MANDRA): Promise<string> => {
  const filing = sampleFiling({ municipality });
  await register.submit(filing);
  return filing.applicationId;
};
const act = (caseId: string, key: string, graceSeconds = 0, municipality = MANDRA) =>
  cases.recordAction({ municipality, caseId, key, kind: 'noteAdded', actor: CLERK, payload: { note: 'α' }, payloadHash: 'h', graceSeconds });
const claim = (relay: Outbox, limit = 100): Promise<readonly OutboxRow[]> => relay.claim({ limit, leaseSeconds: 60 });
const claimLanes = (relay: Outbox, limit = 100): ReturnType<Outbox['claimLanes']> => relay.claimLanes({ limits: { start: limit, event: limit, again: limit }, leaseSeconds: 60 });
const claimAnyLane = async (relay: Outbox, limit = 100): Promise<readonly OutboxRow[]> => Object.values(await claimLanes(relay, limit)).flat();

describe('claiming', () => {
  it('hands out references of every municipality and nothing else', async () => {
    const [mandra, marathon] = [await file(), await file(MARATHON)];
    const rows = await claim(relays[0]);
    expect(rows.map(({ caseId, municipality, kind }) => ({ caseId, municipality, kind }))).toEqual([
      { caseId: mandra, municipality: MANDRA, kind: 'start' },
      { caseId: marathon, municipality: MARATHON, kind: 'start' },
    ]);
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['caseId', 'definitionHash', 'kind', 'municipality', 'outboxId']);
  });

  it('gives a row to one relay only, and again when its lease has run out', async () => {
    await file();
    const both = await Promise.all(relays.map((relay) => claim(relay)));
    expect(both.flat()).toHaveLength(1);
    expect(await claim(relays[1])).toEqual([]);
    await owner`update diktyo.outbox set leased_until = clock_timestamp() - interval '1 second'`;
    expect(await claim(relays[1])).toHaveLength(1);
  });

  it('holds an action back for its grace, and everything of a case behind a row that failed', async () => {
    const caseId = await file();
    await act(caseId, 'k1');
    await act(caseId, 'k2', 3_600);
    const [start] = await claim(relays[0]);
    await relays[0].finish({ outboxId: start?.outboxId ?? '', error: 'temporal away', retryInSeconds: 3_600 });
    expect(await claim(relays[0])).toEqual([]);
    await owner`update diktyo.outbox set available_at = clock_timestamp() where kind = 'start'`;
    const [again] = await claim(relays[0]);
    await relays[0].finish({ outboxId: again?.outboxId ?? '' });
    expect((await claim(relays[0])).map(({ eventId, eventKind }) => [eventId, eventKind])).toEqual([['k1', 'noteAdded']]);
    expect(await claim(relays[0])).toEqual([]);
  });

  it('takes many outcomes at once: some are sent, some come back, what was sent before stays as it was', async () => {
    const ids = [await file(), await file(), await file()];
    const rows = await claim(relays[0]);
    const [first, second, third] = rows.map(({ outboxId, municipality, caseId }) => ({ outboxId, municipality, caseId }));
    if (!first || !second || !third) throw new Error('three rows were filed');
    await relays[0].finishMany([third, first, { ...second, error: 'temporal.away', retryInSeconds: 0 }]);
    expect((await claim(relays[1])).map(({ caseId }) => caseId)).toEqual([ids[1]]);
    const sentAt = await owner`select sent_at from diktyo.outbox where case_id = ${first.caseId}`;
    await relays[1].finishMany([{ ...first, error: 'late', retryInSeconds: 0 }, second]);
    expect(await owner`select sent_at from diktyo.outbox where case_id = ${first.caseId}`).toEqual(sentAt);
    // A row of another place with the same number is not touched.
    await relays[1].finishMany([{ ...second, municipality: MARATHON, error: 'x', retryInSeconds: 0 }]);
    expect((await relays[0].lag()).waiting).toBe(0);
  });

  it('says how many wait and for how long', async () => {
    await file();
    await owner`update diktyo.outbox set available_at = clock_timestamp() - interval '90 seconds'`;
    const lag = await relays[0].lag();
    expect(lag.waiting).toBe(1);
    expect(lag.oldestSeconds).toBeGreaterThanOrEqual(90);
  });
});

describe('claiming by lane', () => {
  const idsOf = (rows: readonly OutboxRow[]): readonly (string | undefined)[] => rows.map(({ caseId, eventId }) => eventId ?? caseId);

  it('keeps apart what starts, what nobody has tried, and what comes back; the order of a case holds over all lanes', async () => {
    const [tried, fresh] = [await file(), await file()];
    await owner`update diktyo.outbox set sent_at = clock_timestamp()`;
    await act(tried, 'tried');
    const [row] = (await claimLanes(relays[0])).event;
    await relays[0].finish({ outboxId: row?.outboxId ?? '', error: 'x', retryInSeconds: 0 });
    for (const [caseId, key] of [[tried, 'behind'], [fresh, 'fresh']] as const) await act(caseId, key);
    const filed = await file();
    await act(filed, 'after-its-start');
    const lanes = await claimLanes(relays[1]);
    expect({ start: idsOf(lanes.start), event: idsOf(lanes.event), again: idsOf(lanes.again) }).toEqual({ start: [filed], event: ['fresh'], again: ['tried'] });
  });

  it('takes of a lane no more than asked, and nothing of one that is not asked', async () => {
    const ids = [await file(), await file()];
    const limits = { start: 1, event: 0, again: 0 };
    expect(idsOf((await relays[0].claimLanes({ limits, leaseSeconds: 60 })).start)).toEqual([ids[0]]);
    expect((await owner`select 1 from diktyo.outbox where leased_until is not null`).length).toBe(1);
  });

  it('finds actions by their own index, however many cases wait to be started', async () => {
    const caseId = await file();
    await owner`insert into diktyo.outbox (municipality, case_id, kind, definition_hash, available_at) select ${MANDRA}, 'case-' || n, 'start', 'h', clock_timestamp() from generate_series(1, 5000) as n`;
    await owner`analyze diktyo.outbox`;
    await owner`update diktyo.outbox set sent_at = clock_timestamp() where case_id = ${caseId}`;
    await act(caseId, 'k');
    const readBy = (statement: string): Promise<Record<string, number>> =>
      owner.begin(async (sql) => {
        await sql.unsafe(statement);
        const rows = await sql<{ name: string; read: string }[]>`
          select relname as name, pg_stat_get_xact_tuples_returned(oid)::text as read from pg_class where relname in ('outbox_waiting', 'outbox_waiting_event')`;
        return Object.fromEntries(rows.map(({ name, read }) => [name, Number(read)]));
      });
    expect(await readBy(`select diktyo.claim_outbox_lanes('{"start": 0, "event": 10, "again": 10}', 0)`)).toEqual({ outbox_waiting: 0, outbox_waiting_event: 2 });
    // That it is counted at all: who starts them goes through what waits to be started.
    expect((await readBy(`select diktyo.claim_outbox_lanes('{"start": 100, "event": 0, "again": 0}', 0)`))['outbox_waiting']).toBeGreaterThanOrEqual(100);
  });
});

describe.each([
  ['any number of relays', [claim, claim]],
  ['any number of relays, by lane', [claimAnyLane, claimAnyLane]],
  ['relays of the release before, beside new ones', [claim, claimAnyLane]],
] as const)('%s', (_who, ways) => {
  it('carries every row once and every case in its order, with failures and lost leases in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 10 }),
        fc.infiniteStream(fc.constantFrom('done', 'done', 'failed', 'lost')),
        fc.infiniteStream(fc.integer({ min: 1, max: 4 })),
        async (actionsOf, fates, limits) => {
          await owner`truncate diktyo.outbox`;
          const caseIds = await Promise.all(actionsOf.map(() => file()));
          for (const [index, count] of actionsOf.entries()) for (let n = 1; n <= count; n += 1) await act(caseIds[index] ?? '', `k${n}`);
          const carried = new Map<string, string[]>();
          const inHand = new Set<string>();
          const total = actionsOf.reduce((sum, count) => sum + count + 1, 0);
          const carry = async (relay: Outbox): Promise<void> => {
            const rows = await ways[relays.indexOf(relay) === 0 ? 0 : 1](relay, limits.next().value ?? 1);
            for (const { caseId } of rows) {
              expect(inHand.has(caseId)).toBe(false);
              inHand.add(caseId);
            }
            for (const row of rows) {
              const fate = fates.next().value ?? 'done';
              inHand.delete(row.caseId);
              if (fate === 'lost') await owner`update diktyo.outbox set leased_until = clock_timestamp() where outbox_id = ${row.outboxId}`;
              else if (fate === 'failed') await relay.finishMany([{ outboxId: row.outboxId, municipality: row.municipality, caseId: row.caseId, error: 'x', retryInSeconds: 0 }]);
              else {
                carried.set(row.caseId, [...(carried.get(row.caseId) ?? []), row.eventId ?? 'start']);
                await relay.finish({ outboxId: row.outboxId });
              }
            }
          };
          for (let round = 0; round < 500 && [...carried.values()].flat().length < total; round += 1) await Promise.all(relays.map(carry));
          for (const [index, count] of actionsOf.entries()) {
            expect(carried.get(caseIds[index] ?? '')).toEqual(['start', ...Array.from({ length: count }, (_, n) => `k${n + 1}`)]);
          }
          expect((await relays[0].lag()).waiting).toBe(0);
        },
      ),
      examples(8),
    );
  });
});
