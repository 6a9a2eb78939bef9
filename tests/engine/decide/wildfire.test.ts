import { beforeAll, describe, expect, it } from 'vitest';
import { CITIZEN, refusalOf, staff, Story, wildfireAid } from './story.js';

let start: () => Story;
beforeAll(async () => {
  const { prepared, answers } = await wildfireAid();
  start = () => new Story({ prepared, answers, filedAt: '2023-09-15T08:00:00.000Z' }).file();
});

const PAPERS = ['identityPaper', 'lastE1', 'largeFamilyCertificate', 'disabilityOpinion'];

function bringPapers(story: Story): Story {
  for (const [index, documentKind] of PAPERS.entries()) {
    story.tell('documentProvided', { documentKind, documentIds: [`00000000-0000-4000-8000-00000000000${index}`] }, { actor: CITIZEN });
  }
  return story;
}

describe('A wildfire case', () => {
  it('asks for the papers of this very household, by message and in its status', () => {
    const story = start();
    expect(story.state?.currentStep).toBe('papers');
    expect(story.last?.status.holder).toEqual({ kind: 'citizen' });
    expect(story.last?.status.missing.map((paper) => paper.documentKind)).toEqual(PAPERS);
    expect(story.messages()).toEqual(['received', 'papersAsked']);
    const asked = story.last?.effects[1];
    expect(asked?.kind === 'message' ? asked.fields['due@el'] : '').toBe('30 Σεπτεμβρίου 2023');
    expect(asked?.kind === 'message' ? asked.fields['missing@en'] : '').toContain('Last E1 tax form');
    expect(story.last?.commands.filter((command) => command.kind === 'timerSet')).toEqual([{ kind: 'timerSet', timerId: 'papers#1', at: '2023-09-22T20:59:59.000Z' }]);
  });

  it('goes from papers to review, inspection, decision and two payments, and ends granted', () => {
    const story = bringPapers(start());
    expect(story.state?.currentStep).toBe('deskReview');
    expect(story.last?.tasks).toContainEqual(expect.objectContaining({ change: 'open', taskKey: 'deskReview#1', role: 'desk' }));
    story.tell('reviewed', { stepId: 'deskReview', outcome: 'complete' }, { actor: staff('desk') });
    story.tell('assessed', { stepId: 'inspection', findings: { mainHomeHit: true, damageGradePercent: 0 } }, { actor: staff('inspector') });
    expect(story.state?.checked?.outcome).toBe('eligible');
    story.tell('decided', { stepId: 'decision', approve: true }, { actor: staff('decider') });
    expect(story.state?.decision).toMatchObject({ approved: true, awardCents: 120000, decidedBy: 'account-of-decider' });
    expect(story.state?.decision?.reasons.rules.find((rule) => rule.id === 'homeHit')?.value).toBe('true');
    expect(story.state?.parts.map((part) => part.amountCents)).toEqual([60000, 60000]);
    story.tell('partPaid', { stepId: 'payment', partId: 'first', reference: 'ΧΕ 1', paidOn: '2023-10-01' }, { actor: staff('decider') });
    expect(story.last?.status.next.el).toContain('Δεύτερη δόση');
    story.tell('partPaid', { stepId: 'payment', partId: 'second', reference: 'ΧΕ 2', paidOn: '2023-10-20' }, { actor: staff('decider') });
    expect(story.state).toMatchObject({ status: 'closed', outcome: 'granted', timers: {} });
    expect(story.last?.commands.at(-1)).toEqual({ kind: 'end' });
    expect(story.messages()).toEqual(['received', 'papersAsked', 'approved', 'paid', 'paid']);
  });

  it('reminds twice, tells that the time has passed, gives up after thirty days, and escalates what the desk leaves lying', () => {
    const story = start();
    story.ring();
    story.ring();
    expect(story.messages()).toEqual(['received', 'papersAsked', 'papersReminder', 'papersReminder']);
    story.ring();
    expect(story.state?.steps['papers']?.overdueAt).toBe('2023-09-30T20:59:59.000Z');
    story.ring();
    expect(story.state?.currentStep).toBe('missingPapers');
    story.ring();
    expect(story.state?.escalatedTo).toBe('supervisor');
    expect(story.last?.tasks).toEqual([expect.objectContaining({ change: 'escalate', role: 'supervisor', taskKey: 'missingPapers#1' })]);
    expect(story.last?.status.holder).toEqual({ kind: 'municipality', role: 'supervisor' });
    expect(refusalOf(story.tell('reviewed', { stepId: 'missingPapers', outcome: 'close' }, { actor: staff('desk') }))).toBe('action.noteRequired');
    story.tell('reviewed', { stepId: 'missingPapers', outcome: 'close', note: 'Δεν βρέθηκαν' }, { actor: staff('supervisor') });
    expect(story.state).toMatchObject({ status: 'closed', outcome: 'expired' });
  });

  it('sends an application that fails a rule to a person before refusing, and tells how to appeal', async () => {
    const { prepared, answers } = await wildfireAid();
    const story = new Story({ prepared, answers: { ...answers, isMainHome: false }, filedAt: '2023-09-15T08:00:00.000Z' }).file();
    expect(story.state?.currentStep).toBe('doubt');
    story.tell('reviewed', { stepId: 'doubt', outcome: 'refuse' }, { actor: staff('desk') });
    story.tell('decided', { stepId: 'decision', approve: false }, { actor: staff('decider') });
    expect(story.state).toMatchObject({ status: 'closed', outcome: 'refused', decision: { approved: false, appealUntil: '2023-09-30T20:59:59.000Z' } });
    expect(story.last?.status.next.el).toContain('30 Σεπτεμβρίου 2023');
  });

  it('an undecided check goes its own way and is never taken for a no', async () => {
    const { prepared, answers } = await wildfireAid();
    const { isMainHome: _unanswered, ...partial } = answers;
    const story = new Story({ prepared, answers: partial, filedAt: '2023-09-15T08:00:00.000Z' }).file();
    expect(story.state?.checked?.outcome).toBe('undecided');
    expect(story.state?.currentStep).toBe('papers');
  });
});
