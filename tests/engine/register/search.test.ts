import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Register } from '#engine/contract/rooms.js';
import { foldWords, readSearchText } from '#engine/register/name-words.js';
import { createRegister } from '#engine/register/register.js';
import type { Store } from '#engine/store/connection.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';
import { CLERK, MANDRA, MARATHON, openTestStore, publishSample, sampleFiling } from './sample-case.js';

describe('the fold of names', () => {
  it.each([
    ['accents and case', 'Ηλιούπολη', 'ηλιουπολη'],
    ['dialytika with accent', 'Μαΐου Προϊός', 'ΜΑΙΟΥ ΠΡΟΙΟΣ'],
    ['final sigma', 'Γιώργος', 'ΓΙΩΡΓΟΣ'],
    ['composed and decomposed', 'Έλενα'.normalize('NFC'), 'Έλενα'.normalize('NFD')],
    ['Latin capitals that look Greek', 'ΠAΠAΔOΠOYΛOΣ', 'Παπαδόπουλος'],
    ['Latin small letters typed on the wrong keyboard', 'Mαρία', 'Μαρία'],
    ['polytonic writing', 'Ἑλένη', 'Ελενη'],
    ['hyphens and spaces', 'Άννα-Μαρία', 'μαρια  αννα'],
  ])('ignores %s', (_, one, other) => {
    expect([...foldWords(one)].sort()).toEqual([...foldWords(other)].sort());
  });

  it('keeps names apart that are different', () => {
    expect(foldWords('Ελένη')).not.toEqual(foldWords('Ελένα'));
  });

  it('reads protocol numbers with and without the year', () => {
    expect(readSearchText(' 15/2026 ')).toEqual({ kind: 'protocol', number: 15, year: 2026 });
    expect(readSearchText('15')).toEqual({ kind: 'protocol', number: 15 });
    expect(readSearchText('15 Μαΐου')).toMatchObject({ kind: 'words' });
    expect(readSearchText('99999999999')).toMatchObject({ kind: 'words' });
  });
});

describe('searching', () => {
  let database: TestDatabase;
  let store: Store;
  let register: Register;
  let owner: postgres.Sql;
  beforeAll(async () => {
    database = await createTestDatabase();
    await publishSample(database);
    store = openTestStore(database.apiUrl);
    register = createRegister(store);
    owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
    for (const [givenName, familyName] of [['Ελένη', 'Παπαδοπούλου'], ['Γιώργος', 'Παπαδόπουλος'], ['Ελένη', 'Γεωργίου'], ['John', 'Smith']] as const) {
      for (const municipality of [MANDRA, MARATHON]) await register.submit(sampleFiling({ municipality, subject: { givenName, familyName, language: 'el' } }));
    }
  });
  afterAll(async () => {
    await store.close();
    await owner.end();
    await database.drop();
  });
  const find = async (text: string, limit = 50): Promise<string[]> =>
    (await register.search({ municipality: MANDRA, text, reader: CLERK, limit })).map(({ applicantName }) => applicantName).sort();

  it.each([
    ['παπαδοπουλου ελενη', ['Ελένη Παπαδοπούλου']],
    ['παπαδ', ['Γιώργος Παπαδόπουλος', 'Ελένη Παπαδοπούλου']],
    ['γιωργος', ['Γιώργος Παπαδόπουλος']],
    ['ΓΙΩPΓOΣ', ['Γιώργος Παπαδόπουλος']],
    ['γ ε', ['Ελένη Γεωργίου']],
    ['smith', ['John Smith']],
    ['ελένη ελένη', ['Ελένη Γεωργίου', 'Ελένη Παπαδοπούλου']],
    ['δοπουλος', []],
    ['', []],
    ['%', []],
    ["'; drop table", []],
    ['1', ['Ελένη Παπαδοπούλου']],
    ['3/1999', []],
  ])('for %j finds %j', async (text, names) => {
    expect(await find(text)).toEqual(names);
  });

  it('is bounded, and says nothing of other municipalities', async () => {
    expect(await find('ελενη', 1)).toHaveLength(1);
    const all = await register.search({ municipality: MARATHON, text: 'ελενη', reader: CLERK, limit: 50 });
    const [row] = await owner`select count(*)::int as mine from diktyo.case_record where municipality = ${MARATHON} and case_id in ${owner(all.map(({ caseId }) => caseId))}`;
    expect(row?.['mine']).toBe(2);
  });

  it('writes down who was shown whom', async () => {
    const [shown] = await register.search({ municipality: MANDRA, text: 'smith', reader: CLERK, limit: 5 });
    const [entry] = await owner`select actor, detail from diktyo.audit_entry where action = 'searched' order by audit_id desc limit 1`;
    expect(entry).toEqual({ actor: CLERK, detail: { shown: [shown?.caseId] } });
  });

  it('uses the index behind the wall: names are found without reading the whole municipality', async () => {
    await owner`insert into diktyo.name_word select ${MANDRA}, 'Φ' || n, 'case-' || n from generate_series(1, 20000) n`;
    await owner`analyze diktyo.name_word`;
    const plan = await owner.begin(async (sql) => {
      await sql`set local role diktyo_owner`;
      await sql`select set_config('diktyo.municipality', ${MANDRA}, true)`;
      return sql`explain select case_id from diktyo.name_word where municipality = ${MANDRA} and word >= 'ΣΜ' and word < 'ΣΝ'`;
    });
    const text = plan.map((line) => line['QUERY PLAN'] as string).join('\n');
    expect(text).toMatch(/Index Cond: .*word >= /);
  });
});
