import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCases } from '#engine/cases/cases.js';
import { createTracking } from '#engine/cases/tracking.js';
import { createFacts } from '#engine/register/facts.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { createRegister } from '#engine/register/register.js';
import type { Store } from '#engine/store/connection.js';
import type { Programme } from '#definitions/types/programme.js';
import { examples, fc } from '#tests/support/properties.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';
import { CITIZEN, CLERK, MANDRA, MARATHON, openTestStore, publishSample, SAMPLE_HASH, sampleEvent, sampleFiling, samplePlan, sampleState } from '../register/sample-case.js';

let database: TestDatabase;
let owner: postgres.Sql;
let stores: readonly Store[];
let tables: readonly string[];

const ROLES = ['diktyo_owner', 'diktyo_api', 'diktyo_worker'] as const;
const SAMPLE = { id: 'aid', title: {}, summary: {} } as unknown as Programme;
const NEWER_HASH = `sha256-${'cd'.repeat(32)}`;
const MUNICIPALITIES = [MANDRA, MARATHON] as const;
/** Tables without a municipality's rows: reference, the people of staff (walled by account, session and sign-in), the relay's own watch. */
const APART = ['municipality', 'staff_account', 'staff_grant', 'staff_session', 'watch'];

beforeAll(async () => {
  database = await createTestDatabase();
  await publishSample(database);
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  const [api, worker, publisher] = [openTestStore(database.apiUrl, 2), openTestStore(database.workerUrl, 2), openTestStore(database.ownerUrl, 1)];
  stores = [api, worker, publisher];
  for (const municipality of MUNICIPALITIES) await createProgrammeRegister(publisher).publish({ municipality, hash: NEWER_HASH, programme: SAMPLE, publishedBy: 'tests' });
  for (const municipality of MUNICIPALITIES) await fillEveryTable({ api, worker, municipality });
  const rows = await owner<{ name: string }[]>`select relname as name from pg_class where relnamespace = 'diktyo'::regnamespace and relkind = 'r' order by 1`;
  tables = rows.map(({ name }) => name);
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await owner.end();
  await database.drop();
});

async function fillEveryTable({ api, worker, municipality }: { api: Store; worker: Store; municipality: string }): Promise<void> {
  const register = createRegister(api);
  const tracking = createTracking(api);
  const draftId = randomUUID();
  const documentId = randomUUID();
  const of = { draftId };
  await register.createDraft({ municipality, draftId, programmeId: 'aid', hash: 'h', resumeCodeHash: randomUUID(), key: randomUUID(), answers: {}, daysKept: 1 });
  await register.announceDocument({ municipality, documentId, owner: of, kind: 'tax', name: 'x', mediaType: 'image/png', sizeBytes: 1, by: CITIZEN });
  await register.storeDocument({ municipality, documentId, owner: of, bytes: new Uint8Array([1]), sha256: 's', state: 'clean' });
  const filing = sampleFiling({ municipality, draftId, documentIds: [documentId] });
  await register.submit(filing);
  const caseId = filing.applicationId;
  await createCases(api).recordAction({ municipality, caseId, key: 'k', kind: 'noteAdded', actor: CLERK, payload: {}, payloadHash: 'h', graceSeconds: 0 });
  await createCases(worker).apply({
    municipality, caseId, version: 0, event: sampleEvent('k'), refusal: null,
    plan: samplePlan({
      state: sampleState({ parts: [{ partId: 'p', title: { el: 'Α', en: 'A' }, amountCents: 1, dueAt: '2030-01-01T00:00:00.000Z' }] }),
      tasks: [{ change: 'open', taskKey: 't#1', stepId: 't', role: 'desk', title: { el: 'Α', en: 'A' } }],
      effects: [{ commandKey: 'c', kind: 'message', messageId: 'm', fields: {} }],
      incidents: [{ change: 'open', incident: { id: 'i', commandKey: 'c', code: 'x', openedAt: '2026-01-01T00:00:00.000Z' } }],
    }),
  });
  // The same person in both municipalities: what meets across the wall must be told by a match, and by nothing else.
  await createFacts(worker, new Uint8Array(32)).read({ municipality, caseId, identifiers: [{ subject: 'applicant', kind: 'afm', value: '000000036' }], lookups: [] });
  await createProgrammeRegister(worker).keepAdopted({ municipality, hash: NEWER_HASH, programme: SAMPLE, lineage: { from: SAMPLE_HASH, to: NEWER_HASH, stage: 'filed' } });
  await tracking.openChallenge({ municipality, trackingCodeHash: filing.trackingCodeHash, channel: 'email', codeHash: 'c', code: '1', minutesValid: 5 });
  await tracking.answerChallenge({ municipality, trackingCodeHash: filing.trackingCodeHash, codeHash: 'c', sessionHash: randomUUID(), minutesValid: 5 });
  await tracking.findStage({ municipality, trackingCodeHash: 'nothing' });
}

/** Runs as another role with every check of the application removed: it may read every table; only the walls are left. */
async function asRole<Result>(role: string, work: (sql: postgres.TransactionSql) => Promise<Result>): Promise<Result> {
  let result: Result | undefined;
  await owner.begin(async (sql) => {
    await sql.unsafe(`grant select, insert on all tables in schema diktyo to ${role}`);
    await sql.unsafe(`set local role ${role}`);
    result = await work(sql);
    throw new Error('roll back');
  }).catch((error: Error) => {
    if (error.message !== 'roll back') throw error;
  });
  return result as Result;
}

describe('the wall between municipalities', () => {
  it('is tested against rows in every table of both municipalities', async () => {
    for (const table of tables.filter((name) => !APART.includes(name))) {
      const [row] = await owner.unsafe<{ n: number }[]>(`select count(distinct municipality)::int as n from diktyo.${table} where municipality in ('${MANDRA}', '${MARATHON}')`);
      expect({ table, municipalities: row?.n }).toEqual({ table, municipalities: 2 });
    }
  });

  it('shows each role, in each table, the rows of the bound municipality and no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ROLES), fc.constantFrom(...tables.filter((name) => !APART.includes(name))), fc.constantFrom<string>(...MUNICIPALITIES, '', ' ', '9999', "' or true --"), async (role, table, bound) => {
        const seen = await asRole(role, async (sql) => {
          await sql`select set_config('diktyo.municipality', ${bound}, true)`;
          return sql.unsafe<{ municipality: string }[]>(`select distinct municipality from diktyo.${table}`);
        });
        const isReal = (MUNICIPALITIES as readonly string[]).includes(bound);
        expect(seen.map(({ municipality }) => municipality)).toEqual(isReal ? [bound] : []);
      }),
      examples(150),
    );
  });

  it('shows nothing at all when no municipality was ever bound, not even to the owner', async () => {
    for (const role of ROLES) {
      const seen = await asRole(role, async (sql) => {
        const counts: Record<string, number> = {};
        for (const table of tables.filter((name) => name !== 'municipality')) {
          const [row] = await sql.unsafe<{ n: number }[]>(`select count(*)::int as n from diktyo.${table}`);
          if (row?.n !== 0) counts[table] = row?.n ?? -1;
        }
        return counts;
      });
      expect(seen).toEqual({});
    }
  });

  it('refuses a row written for another municipality', async () => {
    for (const role of ROLES) {
      await expect(asRole(role, async (sql) => {
        await sql`select set_config('diktyo.municipality', ${MANDRA}, true)`;
        await sql`insert into diktyo.name_word (municipality, word, case_id) values (${MARATHON}, 'Χ', 'x')`;
      })).rejects.toThrow(/row-level security/);
    }
  });

  it('falls when it is taken away: the test above can fail', async () => {
    const seen = await owner.begin(async (sql) => {
      await sql`alter table diktyo.application no force row level security`;
      await sql`set local role diktyo_owner`;
      const rows = await sql`select distinct municipality from diktyo.application`;
      await sql`reset role`;
      await sql`alter table diktyo.application force row level security`;
      return rows;
    });
    expect(seen).toHaveLength(2);
  });

  it('stands on a connection that served another municipality before, an error in between', async () => {
    const single = postgres(database.apiUrl, { max: 1 });
    await owner`grant select on diktyo.application to diktyo_api`;
    try {
      const count = async (): Promise<number> => (await single<{ n: number }[]>`select count(*)::int as n from diktyo.application`)[0]?.n ?? -1;
      await single`select diktyo.list_programmes(${MANDRA})`;
      expect(await count()).toBe(0);
      await expect(single`select diktyo.create_draft('{"municipality": "9230"}')`).rejects.toThrow();
      expect(await count()).toBe(0);
      await single`select diktyo.list_programmes(${MARATHON})`;
      expect(await count()).toBe(0);
    } finally {
      await owner`revoke select on diktyo.application from diktyo_api`;
      await single.end();
    }
  });
});

describe('the rights of each role', () => {
  const FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
    diktyo_api: [
      'announce_document', 'answer_challenge', 'claim_quarantined', 'claim_task', 'close_staff_session', 'count_queue', 'count_tracking_misses', 'create_draft', 'describe_loose_documents', 'describe_watch', 'examine_safety',
      'examine_settings', 'file_applications', 'find_stage', 'give_back_task', 'judge_quarantined', 'list_caught_messages', 'list_incidents', 'list_municipalities', 'list_programmes', 'open_challenge',
      'open_staff_session', 'read_case_file', 'read_current_programme', 'read_document', 'read_draft', 'read_programme_version', 'read_quarantined', 'read_queue', 'read_reply',
      'read_staff_session', 'read_tracking_session', 'record_action', 'save_draft', 'search_cases', 'store_document', 'sweep_expired', 'tell_publications',
    ],
    diktyo_worker: ['apply_event', 'apply_in_order', 'begin_effect', 'examine_safety', 'examine_settings', 'finish_effect', 'keep_adopted_version', 'list_municipalities', 'list_programmes', 'load_case', 'load_in_order', 'read_current_programme', 'read_facts', 'read_programme_version'],
    diktyo_relay: ['claim_outbox', 'claim_outbox_lanes', 'describe_watch', 'describe_watched', 'examine_safety', 'examine_settings', 'finish_outbox', 'finish_outbox_rows', 'hold_watch', 'measure_outbox_lag', 'note_loss', 'note_watched', 'read_watched', 'release_watch'],
  };

  it.each(Object.keys(FUNCTIONS))('%s may call these functions and no other', async (role) => {
    const rows = await owner<{ name: string }[]>`select distinct proname as name from pg_proc where pronamespace = 'diktyo'::regnamespace and has_function_privilege(${role}, oid, 'execute') order by 1`;
    expect(rows.map(({ name }) => name)).toEqual(FUNCTIONS[role]);
  });

  /** References, states and instants; never an answer, a name or what a message says. */
  const OF_THE_RELAY = ['outbox.', 'watch.', ...['municipality', 'case_id', 'version', 'closed', 'changed_at'].map((column) => `case_record.${column}`),
    ...['audit_id', 'municipality', 'action', 'case_id'].map((column) => `audit_entry.${column}`),
    ...['municipality', 'case_id', 'command_key', 'message_id', 'status', 'last_error'].map((column) => `effect.${column}`),
    ...['municipality', 'case_id', 'command_key', 'settled_at'].map((column) => `incident.${column}`)];

  it('touch no table directly, but for the relay: the outbox, its watch, and which cases and messages are unfinished', async () => {
    for (const role of Object.keys(FUNCTIONS)) {
      const rows = await owner<{ what: string }[]>`
        select relname || '.' || attname as what from pg_class c join pg_attribute a on a.attrelid = c.oid and attnum > 0
        where relnamespace = 'diktyo'::regnamespace and relkind = 'r'
          and (has_column_privilege(${role}, c.oid, attnum, 'select') or has_column_privilege(${role}, c.oid, attnum, 'insert') or has_column_privilege(${role}, c.oid, attnum, 'update'))`;
      const touched = rows.map(({ what }) => what).filter((what) => !(role === 'diktyo_relay' && OF_THE_RELAY.some((own) => (own.endsWith('.') ? what.startsWith(own) : what === own))));
      expect({ role, touched }).toEqual({ role, touched: [] });
    }
  });

  it('end at the wall of the owner: every function that passes it fixes its search path', async () => {
    const rows = await owner`select proname from pg_proc where pronamespace = 'diktyo'::regnamespace and prosecdef and not coalesce(proconfig::text like '%search_path=pg_catalog, pg_temp%', false)`;
    expect(rows).toEqual([]);
  });
});
