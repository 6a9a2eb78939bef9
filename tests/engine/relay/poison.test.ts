import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCase } from '#engine/relay/hand-over.js';
import type { RunningRelay } from '#engine/relay/main.js';
import { startRelay } from '#engine/relay/main.js';
import type { TemporalClient } from '#engine/relay/temporal-client.js';
import { openTemporalClient } from '#engine/relay/temporal-client.js';
import { programmeOf, STEPS } from '../decide/story.js';
import type { OwnTemporal } from '../../support/temporal.js';
import { startTemporal } from '../../support/temporal.js';
import type { House, Published } from '../../workflows/running.js';
import { MANDRA, openHouse, staff, until } from '../../workflows/running.js';

/*
 * Events that no kernel decides (here nobody works; a fault of a step would do the same) are waited for in vain, eight seconds each.
 */

const POISONED = 12;
const CONCURRENCY = 3;

let temporal: OwnTemporal;
let house: House;
let asking: TemporalClient;
let relay: RunningRelay;
let published: Published;

beforeAll(async () => {
  temporal = await startTemporal();
  house = await openHouse(temporal);
  asking = openTemporalClient({ address: temporal.address, namespace: 'default', tls: false });
  published = await house.publish(programmeOf([STEPS.review('look'), STEPS.end()]).programme);
  for (let count = 0; count < POISONED; count += 1) {
    const caseId = await house.file(published);
    await startCase(asking, { municipality: MANDRA, caseId, definitionHash: published.hash });
    await house.cases.recordAction({ municipality: MANDRA, caseId, key: `stuck-${count}`, kind: 'noteAdded', actor: staff('desk'), payload: { note: 'α' }, payloadHash: 'x', graceSeconds: 0 });
  }
  await house.owner`update diktyo.outbox set sent_at = clock_timestamp() where kind = 'start'`;
  relay = await startRelay(house.settings('diktyo_relay'), { concurrency: CONCURRENCY, log: () => undefined });
  await until(async () => (await house.owner`select 1 from diktyo.outbox where kind = 'event' and attempts > 0`).length === POISONED, 'the relay to have them all in hand');
});
afterAll(async () => {
  await relay.close();
  await asking.connection.close();
  await house.close();
  await temporal.stop();
});

const triedInVain = async (): Promise<number> => (await house.owner`select 1 from diktyo.outbox where kind = 'event' and last_error is not null`).length;
const isSent = async (caseId: string): Promise<boolean> => (await house.owner`select 1 from diktyo.outbox where case_id = ${caseId} and sent_at is not null`).length > 0;

describe('Rows that cannot be handed over', () => {
  it('do not keep what is filed meanwhile from being started', async () => {
    const before = await triedInVain();
    const caseId = await house.file(published);
    await until(() => isSent(caseId), 'the case to be started');
    expect((await triedInVain()) - before).toBeLessThanOrEqual(CONCURRENCY);
  });
});
