import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact, Programme } from '#definitions/types/programme.js';
import { createKernelActivities } from '#engine/activities/kernel.js';
import { createProgrammeCache } from '#engine/activities/programme-cache.js';
import { createCases } from '#engine/cases/cases.js';
import type { DecideOutput, KernelActivities } from '#engine/contract/kernel.js';
import type { Facts } from '#engine/contract/rooms.js';
import { createFacts } from '#engine/register/facts.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import type { Store } from '#engine/store/connection.js';
import type { House, Published } from '../../workflows/running.js';
import { MANDRA, openHouse, staff } from '../../workflows/running.js';
import { NATIONAL_DAYS, programmeOf, STEPS } from '../decide/story.js';
import { openTestStore } from '../register/sample-case.js';

const text = (el: string): { el: string; en: string } => ({ el, en: el });
const HOUSED: Fact = { id: 'housed', title: text('Είναι ήδη σε πρόγραμμα'), type: 'boolean', source: 'Κοινό μητρώο', lookup: { kind: 'activeIn', programmes: ['trial'], anyMunicipality: true, of: 'applicant' } };
const FORM: Programme['form'] = { pages: [{ id: 'page', title: text('Σελίδα'), questions: [{ id: 'fit', type: 'yesNo', label: text('Ταιριάζει;') }, { id: 'papers', type: 'identity', label: text('Ταυτότητα') }] }] };

let house: House;
let store: Store;
let kernel: KernelActivities;
let published: Published;
/** Set: so many must have heard the record before any of them goes on. */
let together = 1;
let heard: (() => void)[] = [];

function inStep(facts: Facts): Facts {
  return {
    read: async (input) => {
      const told = await facts.read(input);
      if (together === 1) return told;
      await new Promise<void>((resolve) => {
        heard.push(resolve);
        if (heard.length < together) return;
        together = 1;
        for (const goOn of heard.splice(0)) goOn();
      });
      return told;
    },
  };
}

beforeAll(async () => {
  house = await openHouse({ address: '127.0.0.1:9', namespace: 'default' });
  store = openTestStore(house.database.urlOf('diktyo_worker'));
  const programmes = createProgrammeCache(createProgrammeRegister(store));
  kernel = createKernelActivities({ cases: createCases(store), facts: inStep(createFacts(store, new Uint8Array(32))), programmes, calendar: NATIONAL_DAYS, log: () => undefined });
  const rules: Programme['rules'] = [{ id: 'notTwice', title: text('Όχι δύο φορές'), condition: { not: { fact: 'housed' } }, severity: 'blocking', reason: { false: text('Ήδη.') }, legalBasis: 'ν. 0/0000' }];
  const steps = [STEPS.decide('decision', { next: { approved: 'pay', refused: 'end' } }), STEPS.pay('pay'), STEPS.end()];
  published = await house.publish(programmeOf(steps, { form: FORM, documents: [], facts: [HOUSED], rules }).programme);
});
afterAll(async () => {
  await store.close();
  await house.close();
});

async function fileFor(afm: string): Promise<string> {
  const caseId = await house.file(published, { answers: { fit: true, papers: [{ kind: 'afm', value: afm }] } });
  await kernel.decide({ municipality: MANDRA, caseId, event: { id: 'filed', kind: 'filed' } });
  return caseId;
}

async function approve(caseId: string): Promise<DecideOutput['reply']> {
  await house.cases.recordAction({ municipality: MANDRA, caseId, key: 'approve', kind: 'decided', actor: staff('decider'), payload: { stepId: 'decision', approve: true }, payloadHash: 'x', graceSeconds: 600 });
  return (await kernel.decide({ municipality: MANDRA, caseId, event: { id: 'approve', kind: 'decided' } })).reply;
}

describe('Two applications of the same person, approved at the same moment', () => {
  it('are not both approved: the record is asked again by whoever comes second', async () => {
    const cases = [await fileFor('000000036'), await fileFor('000000036')];
    heard = [];
    together = 2;
    const replies = await Promise.all(cases.map((caseId) => approve(caseId)));
    expect(replies.filter(({ accepted }) => accepted)).toHaveLength(1);
    expect(replies.map(({ code }) => code)).toContain('decision.factsChanged');
  });

  it('of two persons are both approved', async () => {
    const cases = [await fileFor('000000048'), await fileFor('000000050')];
    heard = [];
    together = 2;
    expect(await Promise.all(cases.map((caseId) => approve(caseId)))).toMatchObject([{ accepted: true }, { accepted: true }]);
  });
});
