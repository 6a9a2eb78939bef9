import { describe, expect, it } from 'vitest';
import type { CaseState } from '#engine/contract/case.js';
import { CITIZEN, NATIONAL_DAYS, programmeOf, refusalOf, staff, STEPS, Story, SYSTEM } from './story.js';

const DESK = { actor: staff('desk') };
const DECIDER = { actor: staff('decider') };
const story = (steps: Parameters<typeof programmeOf>[0], more: { answers?: Record<string, boolean | string> } = {}) => new Story({ prepared: programmeOf([...steps, STEPS.end()]), ...more }).file();

describe('check', () => {
  const steps = [STEPS.check('check', { next: { eligible: 'yes', ineligible: 'no', undecided: 'maybe' } }), STEPS.review('yes'), STEPS.review('no'), STEPS.review('maybe')];
  it.each([[{ fit: true }, 'yes'], [{ fit: false }, 'no'], [{}, 'maybe']])('sends %j to %s', (answers, step) => {
    expect(story(steps, { answers }).state?.currentStep).toBe(step);
  });
});

describe('documents', () => {
  const ready = () => story([STEPS.documents('papers', { ask: 'tell', next: 'look' }), STEPS.review('look')]);
  it('goes on when the last missing paper is provided', () => {
    const told = ready();
    expect(told.state?.documents['paper']).toMatchObject({ status: 'asked', askedAt: told.filedAt });
    told.tell('documentProvided', { documentKind: 'paper', documentIds: ['d1'] }, { actor: CITIZEN });
    expect(told.state?.currentStep).toBe('look');
  });
  it('is passed at once when the papers came with the application', () => {
    const prepared = programmeOf([STEPS.documents('papers', { next: 'look' }), STEPS.review('look'), STEPS.end()]);
    const told = new Story({ prepared });
    told.filedDocuments = [{ documentId: 'd1', kind: 'paper' }];
    expect(told.file().state?.currentStep).toBe('look');
  });
  it('is passed at once when a clerk saw the papers and kept them while filing', () => {
    const told = new Story({ prepared: programmeOf([STEPS.documents('papers', { next: 'look' }), STEPS.review('look'), STEPS.end()]) });
    told.tell('filed', {}, { actor: { kind: 'staff', account: 'clerk-1', role: 'desk', onBehalf: 'desk', papersSeen: ['paper', 'unheard-of'] }, at: told.filedAt, id: 'filed' });
    expect(told.state?.currentStep).toBe('look');
    expect(told.state?.documents).toEqual({ paper: { status: 'provided', documentIds: [] } });
  });
  it('asks again for a refused paper, with the note, and opens its need in a later step too', () => {
    const told = ready();
    told.tell('documentProvided', { documentKind: 'paper', documentIds: ['d1'] }, { actor: CITIZEN });
    told.tell('documentJudged', { documentKind: 'paper', accepted: false, note: 'Δεν διαβάζεται' }, DESK);
    expect(told.last?.status.missing).toEqual([expect.objectContaining({ documentKind: 'paper', note: 'Δεν διαβάζεται' })]);
    expect(told.last?.status.next.el).toContain('Στείλτε');
    told.tell('documentAsked', { documentKind: 'extra', note: 'Και αυτό' }, DESK);
    expect(told.last?.status.missing.map((paper) => paper.documentKind)).toEqual(['paper', 'extra']);
    expect(told.messages()).toEqual(['tell', 'tell', 'tell']);
    told.tell('documentProvided', { documentKind: 'paper', documentIds: ['d2'] }, { actor: CITIZEN });
    expect(told.state?.documents['paper']).toEqual(expect.objectContaining({ status: 'provided', documentIds: ['d2'] }));
  });
  it('hears from the scanner that a file is not safe as it hears it from a clerk, and never that one is accepted', () => {
    const told = ready();
    told.tell('documentProvided', { documentKind: 'paper', documentIds: ['d1'] }, { actor: CITIZEN });
    const scanner = { actor: { kind: 'system' } } as const;
    expect(refusalOf(told.tell('documentJudged', { documentKind: 'paper', accepted: true }, scanner))).toBe('action.notYours');
    told.tell('documentJudged', { documentKind: 'paper', accepted: false, note: 'Δεν είναι ασφαλές' }, scanner);
    expect(told.last?.status.missing).toEqual([expect.objectContaining({ documentKind: 'paper', note: 'Δεν είναι ασφαλές' })]);
    expect(told.messages()).toEqual(['tell', 'tell']);
  });
  it.each([
    ['a kind that the programme does not know', { documentKind: 'none', documentIds: ['d'] }, 'document.kindUnknown'],
    ['more files than allowed', { documentKind: 'extra', documentIds: ['a', 'b'] }, 'document.tooManyFiles'],
    ['no file, from outside', { documentKind: 'paper', documentIds: [] }, 'document.fileRequired'],
  ])('refuses %s', (_what, payload, code) => {
    expect(refusalOf(ready().tell('documentProvided', payload, { actor: CITIZEN }))).toBe(code);
  });
  it('lets nobody replace an accepted paper, nor judge one that never came', () => {
    const told = ready();
    expect(refusalOf(told.tell('documentJudged', { documentKind: 'extra', accepted: true }, DESK))).toBe('document.notProvided');
    told.tell('documentProvided', { documentKind: 'paper', documentIds: ['d1'] }, { actor: CITIZEN });
    told.tell('documentJudged', { documentKind: 'paper', accepted: true }, DESK);
    expect(refusalOf(told.tell('documentProvided', { documentKind: 'paper', documentIds: ['d2'] }, { actor: CITIZEN }))).toBe('document.alreadyAccepted');
  });
});

describe('review and assess', () => {
  it('are done only where the case is, by the role that holds it or one that stands in', () => {
    const told = story([STEPS.review('look', { outcomes: [{ id: 'good', title: { el: 'α', en: 'a' }, next: 'visit' }] }), STEPS.assess('visit')]);
    expect(refusalOf(told.tell('reviewed', { stepId: 'visit', outcome: 'good' }, DESK))).toBe('step.notCurrent');
    expect(refusalOf(told.tell('reviewed', { stepId: 'look', outcome: 'good' }, { actor: staff('inspector') }))).toBe('action.roleNeeded');
    expect(refusalOf(told.tell('reviewed', { stepId: 'look', outcome: 'other' }, DESK))).toBe('review.outcomeUnknown');
    told.tell('reviewed', { stepId: 'look', outcome: 'good' }, { actor: staff('supervisor') });
    expect(told.state?.currentStep).toBe('visit');
    expect(told.last?.tasks.map(({ change, taskKey }) => `${change} ${taskKey}`)).toEqual(['close look#1', 'open visit#1']);
  });
  it.each([
    [{}, 'finding.required'], [{ hit: 'ναι' }, 'finding.invalid'], [{ hit: false, grade: 101, other: 1 }, 'finding.unknown'], [{ hit: true, grade: 101 }, 'finding.invalid'], [{ hit: true, grade: 1.5 }, 'finding.invalid'],
    [{ hit: true, grade: 100, remark: 'α' }, undefined], [{ hit: false }, undefined],
  ])('findings %j are answered with %s', (findings, code) => {
    const told = story([STEPS.assess('look')]);
    expect(refusalOf(told.tell('assessed', { stepId: 'look', findings }, { actor: staff('inspector') }))).toBe(code);
  });
  it('a second visit is another task, and its alarms are its own', () => {
    const told = story([STEPS.review('look', { outcomes: [{ id: 'again', title: { el: 'α', en: 'a' }, next: 'look' }] })]);
    told.tell('reviewed', { stepId: 'look', outcome: 'again' }, DESK);
    expect(told.last?.tasks.map(({ change, taskKey }) => `${change} ${taskKey}`)).toEqual(['close look#1', 'open look#2']);
    expect(told.last?.commands.map(({ kind }) => kind)).toEqual(['timerCancel', 'timerSet']);
  });
});

describe('decide', () => {
  it('needs a word when it goes against the rules, and an amount when it approves', () => {
    const against = story([STEPS.decide('decision')], { answers: { fit: false } });
    expect(refusalOf(against.tell('decided', { stepId: 'decision', approve: true }, DECIDER))).toBe('decision.noteRequired');
    against.tell('decided', { stepId: 'decision', approve: false }, DECIDER);
    expect(against.state?.decision).toMatchObject({ approved: false, legalBasis: 'ν. 0/0000' });
    const unknown = story([STEPS.decide('decision')], { answers: {} });
    expect(refusalOf(unknown.tell('decided', { stepId: 'decision', approve: true, note: 'α' }, DECIDER))).toBe('decision.amountUnknown');
  });
});

describe('pay', () => {
  it('parts without shares are equal, the last one takes the odd cents', () => {
    const parts = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id, title: { el: id, en: id }, due: { days: 5 } }));
    const told = story([STEPS.pay('payment', { parts })]);
    expect(told.state?.parts.map(({ amountCents }) => amountCents)).toEqual([16666, 16666, 16666, 16666, 16666, 16671]);
  });

  it('gives every cent: the last part takes the rest', () => {
    const told = story([STEPS.pay('payment')]);
    expect(told.state?.parts.map(({ amountCents }) => amountCents)).toEqual([33300, 33300, 33401]);
    expect(told.last?.status.dueAt).toBe(told.state?.parts[0]?.dueAt);
  });
  it('records each part once, with its reference, in any order', () => {
    const told = story([STEPS.pay('payment')]);
    const paid = (partId: string, more = {}) => told.tell('partPaid', { stepId: 'payment', partId, reference: 'ΧΕ', paidOn: '2026-03-04', ...more }, DECIDER);
    expect(refusalOf(paid('none'))).toBe('part.unknown');
    expect(refusalOf(paid('first', { reference: ' ' }))).toBe('part.referenceRequired');
    expect(refusalOf(paid('first', { paidOn: '2026-02-30' }))).toBe('part.dateInvalid');
    paid('second');
    expect(refusalOf(paid('second'))).toBe('part.alreadyPaid');
    paid('first');
    expect(told.state?.status).toBe('open');
    paid('third');
    expect(told.state?.status).toBe('closed');
    expect(told.messages()).toEqual(['tell', 'tell', 'tell']);
  });
});

describe('wait, branch and notify', () => {
  it('waits until its hour and goes on', () => {
    const told = story([STEPS.wait('pause')]);
    expect(told.state?.timers).toEqual({ 'pause#1': '2026-04-01T06:00:00.000Z' });
    told.ring();
    expect(told.state?.status).toBe('closed');
  });
  it('waits no longer for an instant that is past, and stops where the date is not known', () => {
    expect(story([STEPS.wait('pause', { until: { days: 0, time: '00:00' } })]).state?.status).toBe('closed');
    const told = story([STEPS.wait('pause', { until: { date: { var: 'eventDate' } } })]);
    expect(told.last?.incidents).toEqual([expect.objectContaining({ change: 'open', incident: expect.objectContaining({ code: 'wait.dateUnknown' }) })]);
    expect(told.last?.status.holder).toEqual({ kind: 'municipality', role: 'supervisor' });
    told.tell('incidentSettled', { incidentId: 'incident-1', resolution: 'done' }, DESK);
    expect(told.state?.status).toBe('closed');
  });
  it.each([[{ fit: true }, 'a'], [{ fit: false }, 'c'], [{}, 'b']])('branches %j to %s', (answers, step) => {
    const branch = STEPS.branch('branch', { cases: [{ when: { var: 'fit' }, next: 'a' }], unknown: 'b', otherwise: 'c' });
    expect(story([branch, STEPS.review('a'), STEPS.review('b'), STEPS.review('c')], { answers }).state?.currentStep).toBe(step);
  });
  it('a flow that never rests is stopped and shown', () => {
    const told = story([STEPS.notify('one', { next: 'two' }), STEPS.notify('two', { next: 'one' })]);
    expect(told.last?.incidents[0]?.incident.code).toBe('flow.neverRests');
    expect(told.last?.status.sentence.el).not.toBe('');
  });
  it('passes over a step whose condition does not hold, and only then', () => {
    const steps = [STEPS.review('look', { when: { var: 'fit' } })];
    expect(story(steps, { answers: { fit: false } }).state?.status).toBe('closed');
    expect(story(steps, { answers: {} }).state?.currentStep).toBe('look');
  });
});

describe('call', () => {
  const ready = () => story([STEPS.call('ask', { next: 'look', failed: 'sorry' }), STEPS.review('look'), STEPS.review('sorry')]);
  const KEY = 'ask#1:call';
  it('gives the input, and keeps the output as findings', () => {
    const told = ready();
    expect(told.last?.effects).toEqual([{ commandKey: KEY, kind: 'call', activity: 'lookUp', input: { fit: true } }]);
    told.tell('callFinished', { commandKey: KEY, output: { found: 3 } }, { actor: SYSTEM });
    expect(told.state).toMatchObject({ currentStep: 'look', findings: { ask: { found: 3 } } });
    expect(refusalOf(told.tell('callFinished', { commandKey: KEY, output: {} }, { actor: SYSTEM }))).toBe('call.notOpen');
  });
  it.each([['retry', 'ask', ['call']], ['done', 'look', ['timerSet']], ['drop', 'sorry', ['timerSet']]] as const)('a failure settled with %s leads to %s', (resolution, step, commands) => {
    const told = ready();
    told.tell('callFailed', { commandKey: KEY, code: 'call.failed' }, { actor: SYSTEM });
    expect(told.last?.status.next.el).toContain('διορθώσει');
    told.tell('incidentSettled', { incidentId: 'incident-1', resolution }, DESK);
    expect(told.state?.currentStep).toBe(step);
    expect(told.last?.commands.map(({ kind }) => kind)).toEqual(commands);
  });
});

describe('messages that fail', () => {
  it('open an incident, also after the end, and a person has them sent again under the same key', () => {
    const told = story([STEPS.notify('tell')]);
    expect(told.state?.status).toBe('closed');
    told.tell('effectFailed', { commandKey: 'tell#1:message', code: 'effect.uncertain' }, { actor: SYSTEM });
    told.tell('incidentSettled', { incidentId: 'incident-1', resolution: 'retry' }, DESK);
    expect(told.last?.commands).toEqual([{ kind: 'deliver', commandKey: 'tell#1:message' }, { kind: 'end' }]);
    expect(refusalOf(told.tell('incidentSettled', { incidentId: 'incident-1', resolution: 'done' }, DESK))).toBe('incident.alreadySettled');
  });
});

describe('late timers', () => {
  it('change nothing: what was due before an event happens before it, at its own instant', () => {
    const steps = [STEPS.documents('papers', { giveUp: { after: { days: 5 }, next: 'look' }, next: 'look' }), STEPS.review('look')];
    const inTime = story(steps);
    inTime.ring();
    inTime.tell('noteAdded', { note: 'α' }, { ...DESK, at: '2026-03-10T08:00:00.000Z' });
    const late = story(steps);
    late.tell('noteAdded', { note: 'α' }, { ...DESK, at: '2026-03-10T08:00:00.000Z' });
    expect(late.state).toEqual(inTime.state);
    expect(late.state?.steps['papers']?.outcome).toBe('givenUp');
    expect(refusalOf(late.tell('timerFired', { timerId: 'papers#1', dueAt: '2026-03-07T21:59:59.000Z' }, { at: '2026-03-07T21:59:59.000Z' }))).toBe('timer.notHeld');
  });
});

describe('days off that change after a timer was set', () => {
  const WORKING = (days: number) => ({ days, kind: 'working' }) as const;
  const steps = [
    STEPS.documents('papers', { due: WORKING(9), remind: [{ after: WORKING(3), message: 'tell' }], giveUp: { after: WORKING(5), next: 'look' }, next: 'look' }),
    STEPS.review('look'),
  ];
  const more = { ...NATIONAL_DAYS, fixed: [...NATIONAL_DAYS.fixed, { month: 3, day: 4 }] };
  const walk = (changes: readonly (typeof NATIONAL_DAYS)[]): Story => {
    const told = new Story({ prepared: programmeOf([...steps, STEPS.end()]) });
    for (const [place, days] of changes.entries()) {
      told.nationalDays = days;
      if (place === 0) told.file();
      else if (told.state?.currentStep === 'papers') told.ring();
    }
    return told;
  };

  it.each([
    ['fewer, before the first rings', [more, NATIONAL_DAYS, NATIONAL_DAYS, NATIONAL_DAYS]],
    ['fewer, between the two', [more, more, NATIONAL_DAYS, NATIONAL_DAYS]],
    ['more, before the first rings', [NATIONAL_DAYS, more, more, more]],
    ['more, between the two', [NATIONAL_DAYS, NATIONAL_DAYS, more, more]],
    ['fewer and more again', [more, NATIONAL_DAYS, more, more, more]],
  ])('lose no alarm and ring none twice: %s', (_when, changes) => {
    const told = walk(changes);
    expect(told.messages()).toEqual(['tell']);
    expect(told.state?.steps['papers']?.outcome).toBe('givenUp');
    expect(told.state?.currentStep).toBe('look');
  });

  it('move an alarm to before one that has rung: it rings at once', () => {
    const told = new Story({ prepared: programmeOf([STEPS.documents('papers', { due: { days: 3 }, giveUp: { after: WORKING(3), next: 'look' }, next: 'look' }), STEPS.review('look'), STEPS.end()]) });
    told.nationalDays = { ...more, fixed: [...more.fixed, { month: 3, day: 3 }] };
    told.file();
    told.ring();
    told.nationalDays = { ...NATIONAL_DAYS, weekend: [] };
    told.tell('noteAdded', { note: 'α' }, { actor: staff('desk') });
    told.ring();
    expect(told.state?.steps['papers']?.outcome).toBe('givenUp');
  });

  it('find an alarm of a case whose state was written by an earlier release', () => {
    const told = walk([NATIONAL_DAYS, NATIONAL_DAYS]);
    const { rung: _names, ...before } = told.state?.steps['papers'] ?? { visit: 1, enteredAt: '' };
    told.state = { ...(told.state as CaseState), steps: { papers: before } };
    told.ring();
    expect([told.messages(), told.state?.currentStep]).toEqual([['tell'], 'look']);
  });
});

describe('who may do what', () => {
  it.each([
    ['a citizen', CITIZEN, 'noteAdded', { note: 'α' }], ['a citizen', CITIZEN, 'timerFired', { timerId: 'x', dueAt: 'y' }], ['an official', staff('desk'), 'callFinished', { commandKey: 'x', output: {} }],
    ['the system', SYSTEM, 'withdrawn', {}],
  ] as const)('%s cannot: %j %s', (_who, actor, kind, payload) => {
    expect(refusalOf(story([STEPS.review('look')]).tell(kind, payload as never, { actor }))).toBe('action.notYours');
  });
});
