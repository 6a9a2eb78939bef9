import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Actor, CaseEvent, CaseState, CaseStatus, StepPlan } from '#engine/contract/case.js';
import type { SubmitInput } from '#engine/contract/rooms.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import type { Store } from '#engine/store/connection.js';
import { openStore } from '#engine/store/connection.js';
import type { Programme } from '#definitions/types/programme.js';
import type { TestDatabase } from '../../support/database.js';

/** Programme, applications and plans as small as the record allows: these tests are about keeping, not about deciding. */
export const SAMPLE_HASH = `sha256-${'ab'.repeat(32)}`;
export const MANDRA = '9230';
export const MARATHON = '9220';
export const CITIZEN: Actor = { kind: 'citizen' };
export const CLERK: Actor = { kind: 'staff', account: 'clerk-1', role: 'desk' };

export function openTestStore(url: string, connectionsMax = 8): Store {
  return openStore({ databaseUrl: url, connectionsMax, application: 'tests', log: () => undefined });
}

/** Publishes the sample programme in both municipalities, as an administrator would. */
export async function publishSample(database: TestDatabase): Promise<void> {
  const owner = openTestStore(database.ownerUrl, 1);
  const programmes = createProgrammeRegister(owner);
  const programme = { id: 'aid', title: { el: 'Ενίσχυση', en: 'Aid' }, summary: { el: 'Σύντομα', en: 'In short' } } as unknown as Programme;
  for (const municipality of [MANDRA, MARATHON]) await programmes.publish({ municipality, hash: SAMPLE_HASH, programme, publishedBy: 'tests' });
  await owner.close();
}

const text = (el: string): { el: string; en: string } => ({ el, en: el });

export const sampleStatus = (stage: string, closed = false): CaseStatus => ({
  stage,
  stageTitle: text(stage),
  stepTitle: text(stage),
  holder: closed ? { kind: 'nobody' } : { kind: 'municipality', role: 'desk' },
  sentence: text(`Η αίτησή σας: ${stage}.`),
  missing: [],
  next: text('Θα ενημερωθείτε.'),
  closed,
});

export function sampleFiling(changes: Partial<SubmitInput> = {}): SubmitInput {
  const answers = changes.answers ?? { income: 720_000 };
  return {
    municipality: MANDRA,
    programmeId: 'aid',
    hash: SAMPLE_HASH,
    submissionKey: randomUUID(),
    bodyHash: createHash('sha256').update(JSON.stringify(answers)).digest('hex'),
    applicationId: randomUUID(),
    trackingNonce: randomBytes(16).toString('hex'),
    trackingCodeHash: randomBytes(32).toString('hex'),
    answers,
    subject: { givenName: 'Ελένη', familyName: 'Παπαδοπούλου', email: 'eleni@example.org', phone: '6900000000', language: 'el' },
    actor: CITIZEN,
    channel: 'web',
    documentIds: [],
    status: sampleStatus('filed'),
    ...changes,
  };
}

export const sampleState = (changes: Partial<CaseState> = {}): CaseState => ({
  status: 'open',
  currentStep: 'review',
  stage: 'review',
  steps: {},
  documents: {},
  findings: {},
  parts: [],
  timers: {},
  calls: {},
  incidents: [],
  ...changes,
});

export const samplePlan = (changes: Partial<StepPlan> = {}): StepPlan => ({
  state: sampleState(),
  status: sampleStatus('review'),
  tasks: [],
  effects: [],
  incidents: [],
  commands: [],
  ...changes,
});

export const sampleEvent = (id: string, changes: Partial<Extract<CaseEvent, { kind: 'noteAdded' }>> = {}): CaseEvent => ({
  id,
  kind: 'noteAdded',
  at: '2026-03-01T08:00:00.000Z',
  actor: CLERK,
  payload: { note: 'σημείωση' },
  ...changes,
});
