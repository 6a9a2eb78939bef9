import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Command, Given } from '#commands/command.js';
import { grantCommand } from '#commands/grant.js';
import { siteCommand } from '#commands/site.js';
import { createAccess } from '#engine/access/sessions.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { openStore } from '#engine/store/connection.js';
import type { Store } from '#engine/store/connection.js';
import { createTestDatabase } from '#tests/support/database.js';
import type { TestDatabase } from '#tests/support/database.js';

const ISSUER = 'https://login.example.gr';
const clerk = { municipality: '9230', role: 'desk', subject: 'clerk-1', name: 'Μαρία Γεωργίου', issuer: ISSUER, by: 'test' };
let database: TestDatabase;
let api: Store;

beforeAll(async () => {
  database = await createTestDatabase();
  api = openStore({ databaseUrl: database.apiUrl, connectionsMax: 1, log: () => undefined, application: 'diktyo-test' });
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

async function run(command: Command, { options, words = [], databaseUrl = database.ownerUrl }: { readonly options: Given['options']; readonly words?: readonly string[]; readonly databaseUrl?: string }): Promise<{ readonly status: number; readonly told: string }> {
  let told = '';
  vi.stubEnv('DATABASE_URL', databaseUrl);
  const take = (chunk: string | Uint8Array): boolean => {
    told += String(chunk);
    return true;
  };
  const spies = [vi.spyOn(process.stdout, 'write').mockImplementation(take), vi.spyOn(process.stderr, 'write').mockImplementation(take)];
  try {
    return { status: await command.run({ options: { language: 'en', ...options }, arguments: words }), told };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

/** What this person finds at the door of the desk. */
const signIn = async (subject: string, sessionHash: string): Promise<unknown> =>
  (await createAccess(api).openStaffSession({ issuer: ISSUER, subject, sessionHash, csrfHash: 'c', hoursValid: 1 }))?.grants ?? null;

describe('A role', () => {
  it('is given by the owner of the database, and opens the desk to that person alone', async () => {
    expect(await signIn('clerk-1', 'before')).toBeNull();
    expect(await run(grantCommand, { options: clerk })).toEqual({ status: 0, told: 'Given the role desk in municipality 9230: clerk-1\n' });
    expect(await signIn('clerk-1', 'after')).toEqual([{ municipality: '9230', role: 'desk' }]);
    expect(await signIn('clerk-2', 'other')).toBeNull();
  });

  it('given twice is given once, and taken back it is gone from an open session too', async () => {
    await run(grantCommand, { options: clerk });
    expect(await signIn('clerk-1', 'session')).toEqual([{ municipality: '9230', role: 'desk' }]);
    const { name: _, ...withoutName } = clerk;
    expect(JSON.parse((await run(grantCommand, { options: { ...withoutName, revoke: true, json: true } })).told)).toEqual({ municipality: '9230', role: 'desk', subject: 'clerk-1', issuer: ISSUER, granted: false });
    expect((await createAccess(api).readStaffSession('session'))?.grants ?? []).toEqual([]);
  });

  it.each([
    ['an unknown role', { role: 'mayor' }],
    ['no name', { name: '' }],
    ['no person', { subject: ' ' }],
    ['a code that is none', { municipality: '92' }],
  ])('with %s is not understood', async (_, wrong) => {
    const { status, told } = await run(grantCommand, { options: { ...clerk, ...wrong } });
    expect([status, told]).toEqual([2, expect.stringContaining('npx diktyo grant')]);
  });

  it('is refused for an unknown municipality, without an issuer, and to who does not own the database', async () => {
    await expect(run(grantCommand, { options: { ...clerk, municipality: '9999' } })).rejects.toMatchObject({ code: 'publish.municipalityUnknown' });
    await expect(run(grantCommand, { options: { ...clerk, issuer: undefined } })).rejects.toMatchObject({ code: 'grant.issuerMissing' });
    await expect(run(grantCommand, { options: clerk, databaseUrl: database.apiUrl })).rejects.toMatchObject({ code: 'grant.failed' });
  });
});

describe('The web sites of a municipality', () => {
  const originsOf = async (): Promise<readonly string[] | undefined> => (await createProgrammeRegister(api).listMunicipalities()).find(({ code }) => code === '9230')?.siteOrigins;

  it('are said all at once, told when none is given, and taken away by name', async () => {
    const options = { municipality: '9230' };
    expect((await run(siteCommand, { options, words: ['https://www.example.gr', 'https://example.gr'] })).status).toBe(0);
    expect(await originsOf()).toEqual(['https://www.example.gr', 'https://example.gr']);
    expect((await run(siteCommand, { options })).told).toContain('https://www.example.gr, https://example.gr');
    expect(await originsOf()).toHaveLength(2);
    await run(siteCommand, { options: { ...options, none: true } });
    expect(await originsOf()).toEqual([]);
  });

  it.each(['https://www.example.gr/', 'http://www.example.gr', 'www.example.gr', '*', 'https://www.example.gr/aid', 'https://Example.gr'])('are not “%s”', async (origin) => {
    await expect(run(siteCommand, { options: { municipality: '9230' }, words: [origin] })).rejects.toMatchObject({ code: 'site.originWrong' });
  });
});
