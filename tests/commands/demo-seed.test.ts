import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDemo } from '#commands/demo/seed.js';
import { hashDocument } from '#definitions/folder/programme-folder.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { openStore } from '#engine/store/connection.js';
import type { Store } from '#engine/store/connection.js';
import { createTestDatabase } from '#tests/support/database.js';

const lines: string[] = [];
let store: Store;
let first: Awaited<ReturnType<typeof seedDemo>>;
let order: Parameters<typeof seedDemo>[0];

beforeAll(async () => {
  const database = await createTestDatabase();
  order = {
    ownerUrl: database.ownerUrl,
    apiUrl: database.urlOf('diktyo_api'),
    engineUrl: 'http://127.0.0.1:1',
    siteUrl: 'http://127.0.0.1:2',
    issuer: 'http://127.0.0.1:3',
    codeKey: Buffer.alloc(32, 7).toString('base64'),
    log: (line) => lines.push(line),
  };
  first = await seedDemo(order);
  store = openStore({ databaseUrl: database.urlOf('diktyo_api'), connectionsMax: 1, log: () => undefined, application: 'test' });
});

afterAll(() => store.close());

describe('what the demo prepares before the engine runs', () => {
  it('publishes every programme in both municipalities and says so', async () => {
    expect(lines).toHaveLength(4);
    for (const municipality of ['9220', '9230']) {
      const current = await createProgrammeRegister(store).listCurrent(municipality);
      expect(current.map(({ programmeId }) => programmeId)).toEqual(['volunteer-registry', 'wildfire-aid']);
    }
  });

  it('lets the municipal page of those two embed, and no other', async () => {
    const known = await createProgrammeRegister(store).listMunicipalities();
    expect(known).toHaveLength(66);
    expect(known.filter(({ siteOrigins }) => siteOrigins.length > 0).map(({ code, siteOrigins }) => [code, ...siteOrigins])).toEqual([
      ['9220', order.siteUrl],
      ['9230', order.siteUrl],
    ]);
  });

  it('gives each role of each municipality an account', () => {
    expect(first.signIns).toHaveLength(10);
    expect(new Set(first.signIns.map(({ municipality, role }) => `${municipality} ${role}`)).size).toBe(10);
  });

  it('changes nothing the second time', async () => {
    const before = lines.length;
    await expect(seedDemo(order)).resolves.toEqual(first);
    expect(lines).toHaveLength(before);
  });

  it('leaves in force what somebody has published since', async () => {
    const owner = openStore({ databaseUrl: order.ownerUrl, connectionsMax: 1, log: () => undefined, application: 'test' });
    const register = createProgrammeRegister(owner);
    const shipped = await register.readCurrent({ municipality: '9230', programmeId: 'volunteer-registry' });
    if (shipped === null) throw new Error('nothing is published');
    const own = { ...shipped.programme, title: { el: 'Οι δικοί μας εθελοντές', en: 'Our own volunteers' } };
    await register.publish({ municipality: '9230', hash: hashDocument(own), programme: own, publishedBy: 'somebody' });
    await seedDemo(order);
    expect((await register.readCurrent({ municipality: '9230', programmeId: 'volunteer-registry' }))?.hash).toBe(hashDocument(own));
    await owner.close();
  });
});
