import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseState } from '#engine/contract/case.js';
import type { CaseIdentifier, Cases, Facts, RecordLookup, Register } from '#engine/contract/rooms.js';
import { createCases } from '#engine/cases/cases.js';
import { createFacts } from '#engine/register/facts.js';
import { createRegister } from '#engine/register/register.js';
import type { Store } from '#engine/store/connection.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';
import { MANDRA, MARATHON, openTestStore, publishSample, sampleEvent, sampleFiling, samplePlan, sampleState } from './sample-case.js';

let database: TestDatabase;
let stores: Store[];
let register: Register;
let kernel: Cases;
let facts: Facts;
let owner: postgres.Sql;
let afm: string;

const KEY = randomBytes(32);
const LOOKUP: RecordLookup = { factId: 'already', type: 'boolean', kind: 'activeIn', programmes: ['aid'], anyMunicipality: true, of: 'applicant' };
const HISTORY: RecordLookup = { factId: 'already', type: 'number', kind: 'history', programmes: ['aid'], anyMunicipality: true, of: 'applicant', outcome: 'applied' };

beforeAll(async () => {
  database = await createTestDatabase();
  await publishSample(database);
  const [api, worker] = [openTestStore(database.apiUrl), openTestStore(database.workerUrl)];
  stores = [api, worker];
  register = createRegister(api);
  kernel = createCases(worker);
  facts = createFacts(worker, KEY);
  owner = postgres(database.ownerUrl, { max: 2, onnotice: () => undefined });
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await owner.end();
  await database.drop();
});
beforeEach(() => {
  afm = String(randomBytes(4).readUInt32BE() % 1_000_000_000).padStart(9, '0');
});

const person = (more: Partial<CaseIdentifier> = {}): CaseIdentifier => ({ subject: 'applicant', kind: 'afm', value: afm, ...more });

/** Files a case and tells the record by whom; then brings it to where it stands. */
async function filed({ municipality = MANDRA, identifiers = [person()], state }: { municipality?: string; identifiers?: readonly CaseIdentifier[]; state?: Partial<CaseState> } = {}): Promise<string> {
  const filing = sampleFiling({ municipality });
  await register.submit(filing);
  const caseId = filing.applicationId;
  await facts.read({ municipality, caseId, identifiers, lookups: [] });
  if (state) await kernel.apply({ municipality, caseId, version: 0, event: sampleEvent('e'), plan: samplePlan({ state: sampleState(state) }), refusal: null });
  return caseId;
}

async function told(caseId: string, lookup: Partial<RecordLookup> = {}, { municipality = MANDRA, base = LOOKUP }: { municipality?: string; base?: RecordLookup } = {}): Promise<unknown> {
  return (await facts.read({ municipality, caseId, identifiers: [], lookups: [{ ...base, ...lookup }] }))?.facts;
}

const decision = (approved: boolean, decidedAt = '2026-03-01T08:00:00.000Z'): Partial<CaseState> => ({ decision: { approved, decidedAt } as NonNullable<CaseState['decision']> });
const closed = (outcome: NonNullable<CaseState['outcome']>, more: Partial<CaseState> = {}): Partial<CaseState> => ({ status: 'closed', outcome, ...more });
const recently = new Date(Date.now() - 40 * 86_400_000).toISOString();

describe('whether the person has help running', () => {
  it.each([
    ['an application that nobody has looked at', undefined, false],
    ['one under way, not decided', {}, false],
    ['one that was approved and runs', decision(true), true],
    ['one that was refused and is not closed yet', decision(false), false],
    ['one that was granted and is over', closed('granted', decision(true)), false],
    ['one that was left after the approval', closed('withdrawn', decision(true)), false],
  ] as const)('%s: %s → %s', async (_what, state, expected) => {
    await filed({ municipality: MARATHON, ...(state === undefined ? {} : { state }) });
    expect(await told(await filed())).toEqual({ already: expected });
  });

  it('counts help that was handed over for as many months as the programme says', async () => {
    await filed({ state: closed('granted', decision(true, recently)) });
    const caseId = await filed();
    expect(await told(caseId, { grantedMonths: 1 })).toEqual({ already: false });
    expect(await told(caseId, { grantedMonths: 2 })).toEqual({ already: true });
  });

  it('lets the earlier of two undecided applications go on, where undecided ones count', async () => {
    const [first, second] = [await filed({ municipality: MARATHON }), await filed()];
    expect(await told(second, { pendingCounts: true })).toEqual({ already: true });
    expect(await told(first, { pendingCounts: true }, { municipality: MARATHON })).toEqual({ already: false });
  });

  it('asks other programmes only when they are named, and other municipalities only when that is said', async () => {
    await filed({ municipality: MARATHON, state: decision(true) });
    const caseId = await filed();
    expect(await told(caseId, { programmes: ['other'] })).toEqual({ already: false });
    expect(await told(caseId, { anyMunicipality: false })).toEqual({ already: false });
    expect(await told(caseId, { programmes: ['other', 'aid'] })).toEqual({ already: true });
  });

  it('never counts the case itself', async () => {
    expect(await told(await filed({ state: decision(true) }))).toEqual({ already: false });
  });
});

describe('who is meant', () => {
  it('is the applicant, or anyone of the household', async () => {
    await filed({ municipality: MARATHON, identifiers: [person({ value: `${afm}1` }), person({ subject: 'member' })], state: decision(true) });
    const caseId = await filed();
    expect(await told(caseId)).toEqual({ already: false });
    expect(await told(caseId, { of: 'household' })).toEqual({ already: true });
  });

  it('is the same number of the same kind: an AMKA with the digits of an AFM is somebody else', async () => {
    await filed({ identifiers: [person({ kind: 'amka' })], state: decision(true) });
    expect(await told(await filed())).toEqual({ already: false });
  });

  it('cannot be told under another key of the installation', async () => {
    await filed({ state: decision(true) });
    const caseId = await filed({ identifiers: [] });
    const foreign = createFacts(stores[1] as Store, randomBytes(32));
    expect((await foreign.read({ municipality: MANDRA, caseId, identifiers: [person()], lookups: [LOOKUP] }))?.facts).toEqual({ already: false });
  });
});

describe('the history of a person', () => {
  it.each([
    ['applied', 3],
    ['granted', 1],
    ['ended', 1],
    ['refused', 1],
    ['withdrawn', 0],
    ['expired', 1],
  ] as const)('%s: counts %i of three earlier applications', async (outcome, expected) => {
    await filed({ state: closed('refused', decision(false)) });
    await filed({ municipality: MARATHON, state: closed('granted', decision(true)) });
    await filed({ state: closed('expired') });
    const caseId = await filed();
    await filed({ state: closed('withdrawn') });
    expect(await told(caseId, { outcome }, { base: HISTORY })).toEqual({ already: expected });
    expect(await told(caseId, { outcome, type: 'boolean' }, { base: HISTORY })).toEqual({ already: expected > 0 });
  });

  it('goes back as many months as the programme says', async () => {
    await filed({ state: closed('granted', decision(true, recently)) });
    const caseId = await filed();
    expect(await told(caseId, { outcome: 'granted', months: 1 }, { base: HISTORY })).toEqual({ already: 0 });
    expect(await told(caseId, { outcome: 'granted', months: 2 }, { base: HISTORY })).toEqual({ already: 1 });
  });
});

describe('what crosses between municipalities', () => {
  it('is the fact and nothing else', async () => {
    const theirs = await filed({ municipality: MARATHON, state: decision(true) });
    const caseId = await filed();
    const answer = await facts.read({ municipality: MANDRA, caseId, identifiers: [person()], lookups: [LOOKUP] });
    expect(Object.keys(answer ?? {}).sort()).toEqual(['at', 'facts']);
    expect(answer?.facts).toEqual({ already: true });
    expect(JSON.stringify(answer)).not.toContain(theirs);
  });

  it('is written down on both sides, without a name or a number', async () => {
    const theirs = await filed({ municipality: MARATHON, state: decision(true) });
    const caseId = await filed();
    await told(caseId);
    const [ours] = await owner`select municipality, actor, purpose, detail from diktyo.audit_entry where case_id = ${caseId} and action = 'factsRead'`;
    expect(ours).toMatchObject({ municipality: MANDRA, actor: { kind: 'system' }, purpose: 'lookup', detail: { facts: ['already'], anyMunicipality: true } });
    const [there] = await owner`select municipality, detail from diktyo.audit_entry where case_id = ${theirs} and action = 'factTold'`;
    expect(there).toMatchObject({ municipality: MARATHON, detail: { programmeId: 'aid', toMunicipality: MANDRA } });
    expect(JSON.stringify([ours, there])).not.toContain(afm);
  });

  it('is never a number: only its keyed hash is kept', async () => {
    const caseId = await filed();
    const [row] = await owner<{ hash: string }[]>`select match_hash as hash from diktyo.identity_match where case_id = ${caseId}`;
    expect(row?.hash).toMatch(/^[0-9a-f]{64}$/);
    const [found] = await owner`select count(*)::int as n from diktyo.identity_match where match_hash like ${`%${afm}%`}`;
    expect(found).toEqual({ n: 0 });
  });

  it('leaves the wall standing: afterwards, and with a hash in hand, no row of another table is there', async () => {
    await filed({ municipality: MARATHON, state: decision(true) });
    const caseId = await filed();
    const [row] = await owner<{ hash: string }[]>`select match_hash as hash from diktyo.identity_match where case_id = ${caseId}`;
    const seen = await owner.begin(async (sql) => {
      await sql`set local role diktyo_owner`;
      await sql`select diktyo.read_facts(${MANDRA}, ${caseId}, '[]', ${sql.json([LOOKUP] as never)})`;
      const bound = await sql`select current_setting('diktyo.municipality', true) as place, coalesce(current_setting('diktyo.matches', true), '') as matches`;
      const after = await sql`select distinct municipality from diktyo.identity_match`;
      await sql`select set_config('diktyo.matches', ${row?.hash ?? ''}, true)`;
      const matched = await sql`select distinct municipality, match_hash = ${row?.hash ?? ''} as same from diktyo.identity_match where municipality <> ${MANDRA}`;
      const cases = await sql`select distinct municipality from diktyo.case_record`;
      const applications = await sql`select distinct municipality from diktyo.application`;
      return { bound: { ...bound[0] }, after: [...after], matched: [...matched], cases: [...cases], applications: [...applications] };
    });
    expect(seen).toEqual({
      bound: { place: MANDRA, matches: '' },
      after: [{ municipality: MANDRA }],
      matched: [{ municipality: MARATHON, same: true }],
      cases: [{ municipality: MANDRA }],
      applications: [{ municipality: MANDRA }],
    });
  });

  it('is nothing under another municipality: a foreign case is no case', async () => {
    const theirs = await filed({ municipality: MARATHON });
    expect(await facts.read({ municipality: MANDRA, caseId: theirs, identifiers: [person()], lookups: [LOOKUP] })).toBeNull();
    const [row] = await owner`select count(*)::int as n from diktyo.identity_match where case_id = ${theirs} and municipality = ${MANDRA}`;
    expect(row).toEqual({ n: 0 });
  });

  it('may be asked by the worker only', async () => {
    await expect((stores[0] as Store).call('read_facts', [MANDRA, 'x', { json: [] }, { json: [] }])).rejects.toThrow();
  });
});
