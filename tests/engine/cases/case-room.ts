import postgres from 'postgres';
import { createCases } from '#engine/cases/cases.js';
import type { Cases, Register } from '#engine/contract/rooms.js';
import { createRegister } from '#engine/register/register.js';
import type { Store } from '#engine/store/connection.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';
import { openTestStore, publishSample, sampleFiling } from '../register/sample-case.js';

/** A database with the sample programme, seen by each of those who work on cases. */
export interface CaseRoom {
  readonly register: Register;
  /** As the API sees cases. */
  readonly door: Cases;
  /** As the worker does. */
  readonly kernel: Cases;
  /** The API's own connection. */
  readonly api: Store;
  readonly owner: postgres.Sql;
  urlOf: TestDatabase['urlOf'];
  /** Files one more application and gives its case. */
  file(): Promise<string>;
  close(): Promise<void>;
}

export async function openCaseRoom(): Promise<CaseRoom> {
  const database = await createTestDatabase();
  await publishSample(database);
  const [api, worker] = [openTestStore(database.apiUrl), openTestStore(database.workerUrl)];
  const register = createRegister(api);
  const owner = postgres(database.ownerUrl, { max: 2, onnotice: () => undefined });
  return {
    api,
    register,
    door: createCases(api),
    kernel: createCases(worker),
    owner,
    urlOf: database.urlOf,
    async file() {
      const filing = sampleFiling();
      await register.submit(filing);
      return filing.applicationId;
    },
    async close() {
      await Promise.all([api.close(), worker.close()]);
      await owner.end();
      await database.drop();
    },
  };
}
