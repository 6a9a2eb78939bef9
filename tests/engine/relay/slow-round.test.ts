import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WatchRecord } from '#engine/contract/watch.js';
import { caseWorkflowId } from '#engine/contract/kernel.js';
import type { Running } from '#engine/contract/settings.js';
import { createKernelActivities } from '#engine/activities/kernel.js';
import { createProgrammeCache } from '#engine/activities/programme-cache.js';
import { createCases } from '#engine/cases/cases.js';
import { createFacts } from '#engine/register/facts.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { askKnown, startCase } from '#engine/relay/hand-over.js';
import type { TemporalClient } from '#engine/relay/temporal-client.js';
import { openTemporalClient } from '#engine/relay/temporal-client.js';
import { Watch } from '#engine/relay/watch.js';
import { createWatchRecord } from '#engine/relay/watch-record.js';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import { startWorker } from '#workflows/worker/main.js';
import { readReference } from '#workflows/worker/reference.js';
import { programmeOf, STEPS } from '../decide/story.js';
import type { OwnTemporal } from '../../support/temporal.js';
import { startTemporal } from '../../support/temporal.js';
import type { House } from '../../workflows/running.js';
import { MANDRA, openHouse, staff, until } from '../../workflows/running.js';

/*
 * A slow round looks at one case after the other. Here its steps are held in one order, whatever the speed: the round stands between
 * its first and its second case when a kernel is lost.
 */

let temporal: OwnTemporal;
let house: House;
let store: Store;
let asking: TemporalClient;
let worker: Running;
/** In the order in which a round comes to them. */
let ids: readonly string[];

beforeAll(async () => {
  temporal = await startTemporal();
  house = await openHouse(temporal);
  store = openStore({ databaseUrl: house.database.relayUrl, connectionsMax: 1, application: 'tests', log: () => undefined });
  asking = openTemporalClient({ address: temporal.address, namespace: 'default', tls: false });
  worker = await startWorker(house.settings('diktyo_worker'));
  const published = await house.publish(programmeOf([STEPS.review('look'), STEPS.end()]).programme);
  ids = (await Promise.all([house.file(published), house.file(published), house.file(published)])).sort();
  for (const caseId of ids) {
    await startCase(asking, { municipality: MANDRA, caseId, definitionHash: published.hash });
    await house.until(caseId, ({ state }) => state.currentStep === 'look');
  }
  await house.owner`update diktyo.outbox set sent_at = clock_timestamp() where kind = 'start'`;
});
afterAll(async () => {
  await worker.close();
  await Promise.all([asking.connection.close(), store.close()]);
  await house.close();
  await temporal.stop();
});

interface Seen {
  readonly round: number;
  readonly caseId: string | undefined;
  readonly resumed: number;
}

/** Goes round, one case a page, until so many rounds have ended; `lose` happens when the second page is about to be read. */
async function goRounds({ rounds, lose }: { readonly rounds: number; readonly lose: () => Promise<unknown> }): Promise<readonly Seen[]> {
  await house.owner`truncate diktyo.watch`;
  const record = createWatchRecord(store);
  const seen: Seen[] = [];
  let [pages, round] = [0, 1];
  let caseId: string | undefined;
  const stepwise: WatchRecord = {
    ...record,
    read: async (order) => {
      pages += 1;
      if (pages === 2) await lose();
      const page = await record.read({ ...order, limit: 1 });
      caseId = page.cases[0]?.caseId;
      return page;
    },
    note: async (noted) => {
      await record.note(noted);
      seen.push({ round, caseId, resumed: noted.resumed });
      if (noted.next === null) round += 1;
    },
  };
  const watch = new Watch({ record: stepwise, temporal: asking, log: () => undefined, takeStart: () => Promise.resolve() }, { beatMs: 1, casesPerMinute: 60_000, settledSeconds: 3_600 });
  watch.start();
  await until(() => round > rounds, 'the rounds to end');
  await watch.stop();
  return seen.filter((each) => each.round <= rounds && each.caseId !== undefined);
}

describe('A kernel whose answer the server lost: the record has applied the event, its history has not', () => {
  it('is sent to the record by the round, and knows what it has missed', async () => {
    const caseId = ids[1] ?? '';
    const deciding = openStore({ databaseUrl: house.database.workerUrl, connectionsMax: 1, application: 'tests', log: () => undefined });
    const programmes = createProgrammeCache(createProgrammeRegister(deciding));
    const { decide } = createKernelActivities({ cases: createCases(deciding), facts: createFacts(deciding, randomBytes(32)), programmes, calendar: readReference().calendar, log: () => undefined });
    await house.cases.recordAction({ municipality: MANDRA, caseId, key: 'lost', kind: 'noteAdded', actor: staff('desk'), payload: { note: 'α' }, payloadHash: 'lost', graceSeconds: 900 });
    expect((await decide({ municipality: MANDRA, caseId, event: { id: 'lost', kind: 'noteAdded' } })).reply).toEqual({ accepted: true, version: 2 });
    await deciding.close();
    const version = async (): Promise<number | undefined> => (await askKnown(asking, { municipality: MANDRA, caseId, deadlineMs: 10_000 }))?.version;
    expect(await version()).toBe(1);
    await goRounds({ rounds: 1, lose: () => Promise.resolve() });
    expect(await version()).toBe(2);
    // One that was told a moment ago is no alarm.
    expect(await createWatchRecord(store).describe()).toMatchObject({ mended: 1, resumed: 0, isUrgent: false });
    expect((await createWatchRecord(store).describe())?.lostAt).toBeUndefined();
  });
});

describe('A kernel that is lost while a slow round is under way', () => {
  it.each([
    ['is taken up by the next round, when this one has passed its case already', { lost: 0, inRound: 2 }],
    ['is taken up by this very round, when it has not come to its case yet', { lost: 2, inRound: 1 }],
  ])('%s', async (_what, { lost, inRound }) => {
    const caseId = ids[lost] ?? '';
    const handle = asking.client.workflow.getHandle(caseWorkflowId(MANDRA, caseId));
    const seen = await goRounds({ rounds: 2, lose: () => handle.terminate() });
    expect(seen).toEqual([1, 2].flatMap((round) => ids.map((each) => ({ round, caseId: each, resumed: each === caseId && round === inRound ? 1 : 0 }))));
    expect((await handle.describe()).status.name).toBe('RUNNING');
  });

  it('leaves a case that goes on as if nothing had been', async () => {
    for (const caseId of ids) expect(await house.act(caseId, { kind: 'reviewed', payload: { stepId: 'look', outcome: 'good' }, actor: staff('desk') })).toBe('accepted');
    expect(await createWatchRecord(store).describe()).toMatchObject({ resumed: 1, mended: 0, isUrgent: false });
  });
});
