import { describe, expect, it } from 'vitest';
import { CITIZEN, programmeOf, staff, STEPS, Story, wildfireAid } from './story.js';

const DESK = { actor: staff('desk') };
const FILED_AT = '2023-09-15T08:00:00.000Z';

async function wildfire(change: Readonly<Record<string, boolean>> = {}): Promise<Story> {
  const { prepared, answers } = await wildfireAid();
  return new Story({ prepared, answers: { ...answers, ...change }, filedAt: FILED_AT }).file();
}

const asked = (story: Story): readonly string[] => story.last?.status.missing.map(({ documentKind }) => documentKind) ?? ['nothing was told'];
const needed = (story: Story): readonly string[] => Object.keys(story.state?.documents ?? {});
const minutesAfter = (instant: string, minutes: number): string => new Date(Date.parse(instant) + minutes * 60_000).toISOString();

describe('The status of a case that may be refused', () => {
  it('asks for no paper while an official looks at it: it says who holds it and what can come next', async () => {
    const story = await wildfire({ isMainHome: false });
    expect(story.state?.currentStep).toBe('doubt');
    expect(needed(story).length).toBeGreaterThan(0);
    expect(story.last?.status).toMatchObject({
      holder: { kind: 'municipality', role: 'desk' },
      missing: [],
      next: { el: 'Μετά: Απόφαση ή Συγκέντρωση δικαιολογητικών.', en: 'Next: Decision or Collecting the papers.' },
    });
  });

  it('asks for the papers once the case goes on to where they are collected', async () => {
    const story = await wildfire({ isMainHome: false });
    story.tell('reviewed', { stepId: 'doubt', outcome: 'continue', note: 'Λάθος στην απάντηση' }, DESK);
    expect(story.last?.status.holder).toEqual({ kind: 'citizen' });
    expect(asked(story)).toEqual(needed(story));
    expect(story.last?.status.next.el).toMatch(/^Στείλτε ή φέρτε τα χαρτιά που λείπουν\. /);
  });

  it('asks for the one paper that an official asks for meanwhile, and for no other', async () => {
    const story = await wildfire({ isMainHome: false });
    const [kind = ''] = needed(story);
    story.tell('documentAsked', { documentKind: kind, note: 'Για να δούμε τη διεύθυνση' }, DESK);
    expect(needed(story).length).toBeGreaterThan(1);
    expect(story.last?.status.missing).toEqual([expect.objectContaining({ documentKind: kind, note: 'Για να δούμε τη διεύθυνση' })]);
    story.tell('documentProvided', { documentKind: kind, documentIds: ['d1'] }, { actor: CITIZEN });
    expect(story.last?.status).toMatchObject({ missing: [], next: { en: 'Next: Decision or Collecting the papers.' } });
  });
});

describe('The status of a case whose papers did not come', () => {
  it('asks for them no more when the time is over and the case has gone on without them', async () => {
    const story = await wildfire();
    for (const _alarm of ['reminder', 'reminder', 'due', 'given up']) story.ring();
    expect(story.state?.currentStep).toBe('missingPapers');
    expect(story.last?.status).toMatchObject({ holder: { kind: 'municipality', role: 'desk' }, missing: [] });
    story.tell('reviewed', { stepId: 'missingPapers', outcome: 'continue', note: 'Χωρίς αυτά' }, DESK);
    expect(story.last?.status.sentence.el).toContain('Δεν χρειάζεται να κάνετε κάτι.');
    expect(story.last?.status.missing).toEqual([]);
    expect(story.last?.status.next.el).not.toContain('Στείλτε');
  });

  it('asks anew for what an official asks for after that', async () => {
    const story = await wildfire();
    for (const _alarm of ['reminder', 'reminder', 'due', 'given up']) story.ring();
    const [kind = ''] = needed(story);
    const later = minutesAfter(story.events.at(-1)?.at ?? '', 1);
    story.tell('documentAsked', { documentKind: kind }, { ...DESK, at: later });
    expect(asked(story)).toEqual([kind]);
  });
});

describe('The status of a paper that was sent back', () => {
  const steps = [STEPS.documents('papers', { next: 'decide' }), STEPS.decide('decide', { next: { approved: 'pay', refused: 'end' } }), STEPS.pay('pay'), STEPS.end()];

  it('asks for another in every step until the decision is taken, and no more after it', () => {
    const story = new Story({ prepared: programmeOf(steps) }).file();
    const at = (minutes: number): string => minutesAfter(story.filedAt, minutes);
    story.tell('documentProvided', { documentKind: 'paper', documentIds: ['d1'] }, { actor: CITIZEN, at: at(1) });
    expect(asked(story)).toEqual([]);
    story.tell('documentJudged', { documentKind: 'paper', accepted: false, note: 'Δεν διαβάζεται' }, { ...DESK, at: at(2) });
    expect(story.state?.currentStep).toBe('decide');
    expect(asked(story)).toEqual(['paper']);
    story.tell('decided', { stepId: 'decide', approve: true, note: 'Αρκούν όσα έχουμε' }, { actor: staff('decider'), at: at(3) });
    expect(story.state?.currentStep).toBe('pay');
    expect(story.last?.status).toMatchObject({ holder: { kind: 'municipality', role: 'decider' }, missing: [] });
  });
});
