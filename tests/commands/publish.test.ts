import { chmodSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Given } from '#commands/command.js';
import { publishCommand } from '#commands/publish.js';
import { freePort } from '#commands/servers/ports.js';
import { startPostgres } from '#commands/servers/postgres-server.js';
import { hashDocument, readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import type { Programme } from '#definitions/types/programme.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import { migrate } from '#engine/store/migrate.js';
import type { TestDatabase } from '../support/database.js';
import { createTestDatabase } from '../support/database.js';

const shipped = join(import.meta.dirname, '../../definitions/programmes');
let place = '';
let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'diktyo-publish-'));
  // PostgreSQL runs as another user where the tests run as root.
  chmodSync(place, 0o755);
  database = await createTestDatabase();
  store = openStore({ databaseUrl: database.apiUrl, connectionsMax: 1, log: () => undefined, application: 'diktyo-test' });
});
afterAll(async () => {
  await store.close();
  await database.drop();
  await rm(place, { recursive: true, force: true });
});

interface Told {
  readonly status: number;
  readonly told: Record<string, unknown>;
}

async function publish(path: string, options: Given['options'], databaseUrl: string = database.ownerUrl): Promise<Told> {
  let written = '';
  vi.stubEnv('DATABASE_URL', databaseUrl);
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written += String(chunk);
    return true;
  });
  try {
    const status = await publishCommand.run({ arguments: [path], options: { by: 'test', json: true, ...options } });
    return { status, told: written.startsWith('{') ? (JSON.parse(written) as Record<string, unknown>) : { text: written } };
  } finally {
    spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

/** A copy of a shipped programme, with one file changed. */
async function changed(name: string, { file, from, to }: { readonly file: string; readonly from: string | RegExp; readonly to: string }): Promise<string> {
  const folder = await mkdtemp(join(place, `${name}-`));
  await cp(join(shipped, name), folder, { recursive: true });
  const before = await readFile(join(folder, file), 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  await writeFile(join(folder, file), after);
  return folder;
}

const currentOf = (municipality: string, programmeId: string): ReturnType<ReturnType<typeof createProgrammeRegister>['readCurrent']> =>
  createProgrammeRegister(store).readCurrent({ municipality, programmeId });

describe('diktyo publish', () => {
  it("puts a programme in force with the municipality's own settings, and says who did it; twice is once", async () => {
    const { programme: base, overlays } = await readProgrammeFolder(join(shipped, 'wildfire-aid'));
    const overlay = overlays.find(({ municipality }) => municipality === '9230');
    const applied = overlay === undefined ? { findings: [] } : applyOverlay(base, overlay);
    if (!('programme' in applied)) throw new Error('no overlay');
    const first = await publish(join(shipped, 'wildfire-aid'), { municipality: '9230' });
    expect(first).toMatchObject({ status: 0, told: { programme: 'wildfire-aid', municipality: '9230', version: hashDocument(applied.programme), before: null, created: true, changes: [] } });
    expect(await currentOf('9230', 'wildfire-aid')).toEqual({ hash: first.told['version'], municipality: '9230', programme: applied.programme });
    const again = await publish(join(shipped, 'wildfire-aid'), { municipality: '9230', language: 'en' });
    expect(again).toMatchObject({ status: 0, told: { created: false, before: first.told['version'], changes: [] } });
  });

  it('tells what a new version changes, and for whom, before it does it; an earlier version may return', async () => {
    const parameters = await changed('power-reconnection', { file: 'parameters.json', from: /"value": (\d+)/, to: '"value": 1$1' });
    const first = await publish(join(shipped, 'power-reconnection'), { municipality: '9220' });
    const told = { before: first.told['version'], changes: [{ what: expect.stringContaining('parameter '), behaviour: { draft: 'adopt' } }], open: { draft: { adopt: 0, ask: 0, pinned: 0 }, filed: { adopt: 0, ask: 0, pinned: 0 } }, notCarried: [] };
    const trial = await publish(parameters, { municipality: '9220', dryRun: true });
    expect(trial).toMatchObject({ status: 0, told: { ...told, created: false, published: false, dryRun: true } });
    expect((await currentOf('9220', 'power-reconnection'))?.hash).toBe(first.told['version']);
    const second = await publish(parameters, { municipality: '9220' });
    expect(second).toMatchObject({ status: 0, told: { ...told, created: true, published: true, dryRun: false } });
    expect((await currentOf('9220', 'power-reconnection'))?.hash).toBe(second.told['version']);
    const back = await publish(join(shipped, 'power-reconnection'), { municipality: '9220' });
    expect(back).toMatchObject({ status: 0, told: { version: first.told['version'], created: false, published: true } });
    expect((await currentOf('9220', 'power-reconnection'))?.hash).toBe(first.told['version']);
    const forth = await publish(parameters, { municipality: '9220', json: false, language: 'el' });
    expect(forth.told['text']).toContain('παροχή που τρέχει: 0 την υιοθετούν, 0 ερωτώνται, 0 μένουν στη δική τους');
    const words = await publish(parameters, { municipality: '9220', json: false, language: 'el' });
    expect(words.told['text']).toContain('Ισχύει ήδη: power-reconnection στον δήμο 9220');
  });

  it('publishes nothing that does not check, and names what this version cannot run', async () => {
    const broken = await changed('wildfire-aid', { file: 'rules.json', from: '"var": "community"', to: '"var": "comunity"' });
    expect(await publish(broken, { municipality: '9220' })).toMatchObject({ status: 1, told: { findings: expect.arrayContaining([expect.objectContaining({ code: 'pathUnknown', severity: 'error' })]) } });
    expect(await publish(join(shipped, 'nursery-alimos'), { municipality: '9220' })).toMatchObject({ status: 1, told: { findings: expect.arrayContaining([expect.objectContaining({ code: 'selectionNotRunnable', severity: 'error', pointer: '/selection' })]) } });
    expect(await currentOf('9220', 'wildfire-aid')).toBeNull();
    expect(await currentOf('9220', 'nursery-alimos')).toBeNull();
  });

  it('tells the activities that workers must have', async () => {
    const { programme } = await readProgrammeFolder(join(shipped, 'volunteer-registry'));
    const [first] = programme.flow.steps;
    const calling: Programme = { ...programme, id: 'calling', flow: { ...programme.flow, start: 'ask', steps: [{ kind: 'call', id: 'ask', title: { el: 'Κλήση', en: 'Call' }, stage: first?.stage ?? '', citizenText: { el: 'Ρωτάμε.', en: 'We ask.' }, activity: 'town.own', input: {}, next: programme.flow.start, failed: programme.flow.start } as unknown as Programme['flow']['steps'][number], ...programme.flow.steps] } };
    const file = join(place, 'calling.json');
    await writeFile(file, JSON.stringify(calling));
    expect(await publish(file, { municipality: '9220' })).toMatchObject({ status: 0, told: { activities: [{ name: 'town.own', isKnown: false }] } });
  });

  it('refuses settings of another municipality, an unknown municipality, and a role that may not publish', async () => {
    expect(await publish(join(shipped, 'wildfire-aid'), { municipality: '9220', overlay: '9230' })).toMatchObject({ status: 1, told: { findings: [{ code: 'overlayMunicipality' }] } });
    await expect(publish(join(shipped, 'volunteer-registry'), { municipality: '0001' })).rejects.toMatchObject({ code: 'publish.municipalityUnknown' });
    await expect(publish(join(shipped, 'volunteer-registry'), { municipality: '9230' }, database.apiUrl)).rejects.toMatchObject({ code: 'publish.failed' });
    await expect(publish(join(shipped, 'volunteer-registry'), { municipality: '9230' }, '')).rejects.toMatchObject({ code: 'publish.databaseMissing' });
    await expect(publish(join(shipped, 'volunteer-registry'), { municipality: '9230', data: place })).rejects.toMatchObject({ code: 'publish.notRunning' });
  });

  it('is asked wrongly without a municipality', async () => {
    expect((await publish(join(shipped, 'wildfire-aid'), {})).status).toBe(2);
    expect((await publish(join(shipped, 'wildfire-aid'), { municipality: 'Athens' })).status).toBe(2);
  });

  it('finds the database of a local start by its data folder', async () => {
    const data = join(place, 'data');
    const server = await startPostgres({ folder: join(data, 'postgres'), port: await freePort(), password: 'a/secret' });
    try {
      const rolePasswords = {};
      await migrate({ databaseUrl: server.ownerUrl(), rolePasswords, log: () => undefined });
      await writeFile(join(data, 'secrets.json'), JSON.stringify({ ownerPassword: 'a/secret', rolePasswords, codeKey: '', loginClientSecret: '' }));
      expect(await publish(join(shipped, 'volunteer-registry'), { municipality: '9230', data }, '')).toMatchObject({ status: 0, told: { created: true } });
    } finally {
      await server.stop();
    }
  });
});
