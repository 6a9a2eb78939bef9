import { describe, expect, it } from 'vitest';
import { adoptVersion } from '#definitions/check/adoption.js';
import { prepareProgramme } from '#definitions/language/programme.js';
import type { PreparedProgramme } from '#definitions/language/programme.js';
import type { Expression, Programme, Step } from '#definitions/types/programme.js';
import type { CaseStage, CaseState } from '#engine/contract/case.js';
import { decideStep } from '#engine/decide/step.js';
import type { StepAnswer } from '#engine/decide/step.js';
import { judgedHash, stageOf, stageViewOf } from '#engine/decide/versions.js';
import { CITIZEN, NATIONAL_DAYS, programmeOf, staff, SYSTEM } from './story.js';

const text = (el: string): { el: string; en: string } => ({ el, en: el });
const FILED_AT = '2026-03-02T08:00:00.000Z';
const PUBLISHED_AT = '2026-03-04T08:00:00.000Z';

const common = { stage: 'all', citizenText: text('Ο δήμος το εξετάζει.'), due: { days: 5, kind: 'working', from: 'entered' }, overdue: { escalateTo: 'supervisor' } } as const;
const STEPS: readonly Step[] = [
  { kind: 'check', id: 'look', title: text('Έλεγχος'), stage: 'all', citizenText: text('Ελέγχουμε.'), next: { eligible: 'wait', ineligible: 'doubt', undecided: 'wait' } },
  { ...common, kind: 'review', id: 'doubt', title: text('Αμφιβολία'), role: 'desk', outcomes: [{ id: 'refuse', title: text('Απόρριψη'), next: 'decision' }] },
  { kind: 'wait', id: 'wait', title: text('Αναμονή'), stage: 'all', citizenText: text('Περιμένουμε.'), until: { days: 300, kind: 'calendar', from: 'entered' }, next: 'decision' } as unknown as Step,
  {
    ...common, kind: 'decide', id: 'decision', title: text('Απόφαση'), role: 'decider', legalBasis: 'ν. 1', appeal: { text: text('Ένσταση'), days: 15, kind: 'calendar', authority: text('Δήμος') }, next: { approved: 'given', refused: 'over' },
  },
  { kind: 'end', id: 'given', title: text('Τέλος'), citizenText: text('Εγκρίθηκε.'), outcome: 'granted' },
  { kind: 'end', id: 'over', title: text('Τέλος'), citizenText: text('Απορρίφθηκε.'), outcome: 'refused' },
];

function version(limit: number, more: Partial<Programme> = {}): PreparedProgramme {
  const base = programmeOf(STEPS, { documents: [] }).programme;
  const question = { id: 'income', type: 'money', label: text('Εισόδημα') } as const;
  const form = { pages: [{ id: 'page', title: text('Σελίδα'), questions: [question] }] };
  const rule = { id: 'limit', title: text('Όριο'), condition: { '<=': [{ var: 'income' }, limit] } as Expression, severity: 'blocking' as const, reason: { false: text('Πάνω από το όριο.') }, legalBasis: 'ν. 1' };
  return prepareProgramme({ ...base, form, computed: [], rules: [rule], ...more } as Programme);
}

const context = (prepared: PreparedProgramme): Omit<Parameters<typeof decideStep>[0], 'state' | 'event'> => ({ prepared, answers: { income: 700 }, filedAt: FILED_AT, nationalDays: NATIONAL_DAYS });

const stateAfter = (answer: StepAnswer): CaseState => {
  if ('refusal' in answer) throw new Error(answer.refusal.code);
  return answer.plan.state;
};
const filed = (own: PreparedProgramme): CaseState => stateAfter(decideStep({ ...context(own), state: null, event: { id: 'filed', kind: 'filed', at: FILED_AT, actor: CITIZEN, payload: {} } }));

function publish(own: PreparedProgramme, { state, published, id = 'version-1' }: { state: CaseState; published: PreparedProgramme; id?: string }): StepAnswer {
  const stage = stageOf(stageViewOf(state), own.programme);
  const { programme, adopted, kept } = adoptVersion(own.programme, published.programme, { stage, check: () => [] });
  const adoption = { prepared: prepareProgramme(programme), stage, adopted, kept };
  return decideStep({ ...context(own), adoption, state, event: { id, kind: 'versionPublished', at: PUBLISHED_AT, actor: SYSTEM, payload: { publicationId: '1', hash: published.version, publishedAt: PUBLISHED_AT } } });
}

describe('A version that is published', () => {
  it('asks again a check whose "no" nobody has acted upon, and closes the work that it had made', () => {
    const [own, published] = [version(500), version(900)];
    const state = filed(own);
    expect(state.currentStep).toBe('doubt');
    const answer = publish(own, { state, published });
    expect('plan' in answer && answer.plan.state).toMatchObject({ currentStep: 'wait', checked: { outcome: 'eligible', version: published.version }, versions: [{ hash: published.version, stage: 'inReview', adopted: [{ what: 'rule limit' }] }] });
    expect('plan' in answer && answer.plan.tasks.map(({ change, taskKey }) => [change, taskKey])).toEqual([['close', 'doubt#1']]);
  });

  it('leaves a case where it is when people have acted upon the check', () => {
    const own = version(500);
    const state = stateAfter(decideStep({ ...context(own), state: filed(own), event: { id: 'r', kind: 'reviewed', at: '2026-03-03T08:00:00.000Z', actor: staff('desk'), payload: { stepId: 'doubt', outcome: 'refuse' } } }));
    expect(state.currentStep).toBe('decision');
    const after = stateAfter(publish(own, { state, published: version(900) }));
    expect([after.currentStep, after.steps['decision']?.visit]).toEqual(['decision', 1]);
    expect(judgedHash(after, own.version)).toBe(version(900).version);
  });

  it('leaves everything as it is when it is tighter, and says so', () => {
    const own = version(900);
    const state = filed(own);
    const after = stateAfter(publish(own, { state, published: version(500) }));
    expect({ ...after, versions: undefined }).toEqual({ ...state, versions: undefined });
    expect(after.versions).toMatchObject([{ hash: own.version, adopted: [], kept: [{ class: 'tightened', what: 'rule limit', because: 'pinned' }] }]);
    expect(judgedHash(after, own.version)).toBe(own.version);
  });

  it('is told in the new words at once', () => {
    const own = version(900);
    const steps = STEPS.map((step) => (step.id === 'wait' ? { ...step, citizenText: text('Σας γράφουμε ως τον Μάιο.') } : step)) as Step[];
    const answer = publish(own, { state: filed(own), published: version(900, { flow: { ...own.programme.flow, steps } }) });
    expect('plan' in answer && answer.plan.status.sentence).toEqual(text('Σας γράφουμε ως τον Μάιο.'));
  });

  it('is heard by no case that has ended, and told by nobody but the engine', () => {
    const own = version(500);
    const ended: CaseState = { ...filed(own), status: 'closed', outcome: 'refused', timers: {} };
    expect(publish(own, { state: ended, published: version(900) })).toEqual({ refusal: { code: 'case.closed' } });
    const byClerk = decideStep({ ...context(own), state: filed(own), event: { id: 'v', kind: 'versionPublished', at: PUBLISHED_AT, actor: staff('supervisor'), payload: { publicationId: '1', hash: own.version, publishedAt: PUBLISHED_AT } } });
    expect(byClerk).toEqual({ refusal: { code: 'action.notYours' } });
  });

  it('is decided the same however often it is decided', () => {
    const [own, published] = [version(500), version(900)];
    const state = filed(own);
    expect(publish(own, { state, published })).toEqual(publish(own, { state, published }));
  });
});

describe('The stage of a case', () => {
  const of = (changes: Partial<ReturnType<typeof stageViewOf>>): CaseStage => stageOf({ currentStep: 'wait', parts: 0, decision: null, steps: ['look', 'wait'], ...changes }, version(1).programme);
  it.each([
    ['filed', 'nobody has had it in hand', {}],
    ['inReview', 'a review has begun', { steps: ['look', 'doubt'] }],
    ['inReview', 'it is examined again after a refusal', { currentStep: 'doubt', steps: ['look', 'doubt', 'decision'], decision: { approved: false, isReopened: true } }],
    ['benefitRunning', 'it was refused and waits for an appeal', { steps: ['look', 'decision'], decision: { approved: false, isReopened: true } }],
    ['benefitRunning', 'it was approved', { steps: ['look', 'decision'], decision: { approved: true, isReopened: true } }],
    ['benefitRunning', 'something is being paid', { parts: 2 }],
  ] as const)('is %s when %s', (stage, _when, changes) => {
    expect(of(changes)).toBe(stage);
  });

  it('is filed until the case is taken up', () => {
    expect(stageOf(null, version(1).programme)).toBe('filed');
  });
});
