import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKernelActivities } from '#engine/activities/kernel.js';
import { createProgrammeCache } from '#engine/activities/programme-cache.js';
import { createCases } from '#engine/cases/cases.js';
import { createFailingDemo } from '#engine/connect/messages/failing-demo.js';
import { caseWorkflowId } from '#engine/contract/kernel.js';
import type { Running } from '#engine/contract/settings.js';
import { createFacts } from '#engine/register/facts.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { resumeCase, startCase } from '#engine/relay/hand-over.js';
import type { TemporalClient } from '#engine/relay/temporal-client.js';
import { openTemporalClient } from '#engine/relay/temporal-client.js';
import { startWorker } from '#workflows/worker/main.js';
import { NATIONAL_DAYS, programmeOf, STEPS } from '../engine/decide/story.js';
import { openTestStore } from '../engine/register/sample-case.js';
import type { OwnTemporal } from '../support/temporal.js';
import { startTemporal } from '../support/temporal.js';
import type { House } from './running.js';
import { MANDRA, openHouse, staff } from './running.js';

let temporal: OwnTemporal;
let house: House;
let asking: TemporalClient;
let worker: Running;

beforeAll(async () => {
  temporal = await startTemporal();
  house = await openHouse(temporal);
  asking = openTemporalClient({ address: temporal.address, namespace: 'default', tls: false });
  worker = await startWorker(house.settings('diktyo_worker'), { door: createFailingDemo({ mayRetry: false }) });
});
afterAll(async () => {
  await worker.close();
  await asking.connection.close();
  await house.close();
  await temporal.stop();
});

/** A worker that writes what it decides and dies before anybody hears of it. */
async function decideAndDie(caseId: string, key: string): Promise<void> {
  const store = openTestStore(house.database.urlOf('diktyo_worker'), 2);
  const programmes = createProgrammeCache(createProgrammeRegister(store));
  const kernel = createKernelActivities({ cases: createCases(store), facts: createFacts(store, new Uint8Array(32)), programmes, calendar: NATIONAL_DAYS, log: () => undefined });
  await kernel.decide({ municipality: MANDRA, caseId, event: { id: key, kind: 'incidentSettled' } });
  await store.close();
}

describe('A message that failed, and that a person has sent again', () => {
  it('is an incident again when it fails again, also where a kernel tries it that took the case up anew', async () => {
    const published = await house.publish(programmeOf([STEPS.notify('tell', { next: 'look' }), STEPS.review('look'), STEPS.end()]).programme);
    const place = { municipality: MANDRA, caseId: await house.file(published), definitionHash: published.hash };
    await startCase(asking, place);
    for (let count = 1; count <= 3; count += 1) {
      const { state } = await house.until(place.caseId, ({ state: found }) => found?.incidents.length === count, `incident ${count}`);
      expect(state?.incidents.at(-1)).toMatchObject({ code: 'message.refused' });
      const key = `retry-${count}`;
      await asking.client.workflow.getHandle(caseWorkflowId(MANDRA, place.caseId)).terminate();
      await house.cases.recordAction({ municipality: MANDRA, caseId: place.caseId, key, kind: 'incidentSettled', actor: staff('supervisor'), payload: { incidentId: state?.incidents.at(-1)?.id ?? '', resolution: 'retry' }, payloadHash: key, graceSeconds: 600 });
      await decideAndDie(place.caseId, key);
      await resumeCase(asking, place);
    }
  });
});
