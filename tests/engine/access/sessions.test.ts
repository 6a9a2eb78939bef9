import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Access } from '#engine/contract/rooms.js';
import { createAccess } from '#engine/access/sessions.js';
import type { Store } from '#engine/store/connection.js';
import { StoreError } from '#engine/store/errors.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';
import { MANDRA, MARATHON, openTestStore } from '../register/sample-case.js';

describe('sessions of staff', () => {
  let database: TestDatabase;
  let stores: Store[];
  let door: Access;
  let administrator: Access;
  beforeAll(async () => {
    database = await createTestDatabase();
    stores = [openTestStore(database.apiUrl), openTestStore(database.ownerUrl)];
    const [api, owner] = stores as [Store, Store];
    door = createAccess(api);
    administrator = createAccess(owner);
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
  });

  const person = (subject: string) => ({ issuer: 'https://id.example.org', subject });
  const grantOf = (subject: string, municipality: string, role: 'desk' | 'decider') => ({ ...person(subject), name: 'Άννα', municipality, role, by: 'administrator' });
  const open = (subject: string, sessionHash: string, hoursValid = 8) => door.openStaffSession({ ...person(subject), sessionHash, csrfHash: 'csrf', hoursValid });

  it('open for those with a role and for nobody else', async () => {
    await administrator.grant(grantOf('anna', MANDRA, 'desk'));
    await administrator.grant(grantOf('anna', MARATHON, 'decider'));
    await administrator.grant(grantOf('anna', MANDRA, 'desk'));
    expect(await open('anna', 's1')).toMatchObject({ name: 'Άννα', grants: [{ municipality: MARATHON, role: 'decider' }, { municipality: MANDRA, role: 'desk' }] });
    expect(await open('stranger', 's2')).toBeNull();
    expect(await door.readStaffSession('s2')).toBeNull();
    expect(await door.readStaffSession('s1')).toMatchObject({ csrfHash: 'csrf', grants: [{}, {}] });
  });

  it('lose a revoked role at the very next request', async () => {
    await administrator.grant(grantOf('petros', MANDRA, 'desk'));
    await open('petros', 's3');
    await administrator.revoke({ ...person('petros'), municipality: MANDRA, role: 'desk', by: 'administrator' });
    expect((await door.readStaffSession('s3'))?.grants).toEqual([]);
    expect(await open('petros', 's4')).toBeNull();
  });

  it('end when they are closed or their time is over', async () => {
    await administrator.grant(grantOf('maria', MANDRA, 'desk'));
    await open('maria', 's5');
    await door.closeStaffSession('s5');
    expect(await door.readStaffSession('s5')).toBeNull();
    await open('maria', 's6', 0);
    expect(await door.readStaffSession('s6')).toBeNull();
  });

  it('cannot be turned into more rights by the API’s own role', async () => {
    await expect(door.grant(grantOf(randomUUID(), MANDRA, 'decider'))).rejects.toThrow(StoreError);
    await expect(door.grant(grantOf(randomUUID(), MANDRA, 'decider'))).rejects.toThrow(/42501/);
  });
});
