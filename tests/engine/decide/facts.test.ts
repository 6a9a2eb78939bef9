import { describe, expect, it } from 'vitest';
import { evaluateProgramme } from '#definitions/language/programme.js';
import type { Answers as LanguageAnswers } from '#definitions/language/programme.js';
import type { Fact, FactAsk, Programme, Question, Step } from '#definitions/types/programme.js';
import type { Answers, FactValue } from '#engine/contract/case.js';
import { knownAnswers, recordLookups } from '#engine/decide/facts.js';
import { peopleOf } from '#engine/decide/identifiers.js';
import { needsRecord } from '#engine/decide/step.js';
import { NATIONAL_DAYS, programmeOf, refusalOf, staff, STEPS, Story } from './story.js';

const text = (el: string): { el: string; en: string } => ({ el, en: el });
const ASK: FactAsk = { role: 'desk', due: { days: 5, kind: 'working', from: 'entered' }, escalateTo: 'supervisor' };
const ACTIVE: Fact = { id: 'housed', title: text('Είναι ήδη σε πρόγραμμα'), type: 'boolean', source: 'Κοινό μητρώο', lookup: { kind: 'activeIn', programmes: ['trial'], anyMunicipality: true, of: 'household' } };
const RECORDED: Fact = { id: 'enrolled', title: text('Φοιτά στο σχολείο'), type: 'boolean', source: 'Μαθητολόγιο', lookup: { kind: 'recorded', ask: ASK } };
const IDENTITY = { id: 'papers', type: 'identity', label: text('Ταυτότητα') } as const;
const HOUSEHOLD: Question = { id: 'members', type: 'repeat', role: 'household', label: text('Μέλη'), items: [{ id: 'afm', type: 'afm', label: text('ΑΦΜ') }] };
const FORM: Programme['form'] = { pages: [{ id: 'page', title: text('Σελίδα'), questions: [{ id: 'fit', type: 'yesNo', label: text('Ταιριάζει;') }, IDENTITY, HOUSEHOLD] }] };
const KNOWN: Answers = { fit: true, papers: [{ kind: 'afm', value: '000000036' }] };

const rule = (id: string, condition: Programme['rules'][number]['condition'], severity: 'blocking' | 'advisory' = 'blocking'): Programme['rules'][number] => ({ id, title: text(id), condition, severity, reason: { false: text(`Όχι: ${id}.`) }, legalBasis: 'ν. 0/0000' });

/** Check → review → decision, with rules on the facts. */
function story({ facts, rules, steps, answers = KNOWN, awaitFacts = false }: { facts: readonly Fact[]; rules: Programme['rules']; steps?: readonly Step[]; answers?: Answers; awaitFacts?: boolean }): Story {
  const usual = [
    STEPS.check('check', { next: { eligible: 'decision', ineligible: 'doubt', undecided: 'doubt' }, awaitFacts }),
    STEPS.review('doubt', { outcomes: [{ id: 'good', title: text('Καλώς'), next: 'decision' }] }),
    STEPS.decide('decision'),
    STEPS.end(),
  ];
  return new Story({ prepared: programmeOf(steps ?? usual, { form: FORM, documents: [], facts: [...facts], rules }), answers });
}

const housing = (record: Story['record'], more: { answers?: Answers; fact?: Fact } = {}): Story => {
  const told = story({ facts: [more.fact ?? ACTIVE], rules: [rule('notTwice', { not: { fact: 'housed' } })], ...(more.answers ? { answers: more.answers } : {}) });
  told.record = record;
  return told.file();
};
const school = (more: Partial<Parameters<typeof story>[0]> = {}): Story => story({ facts: [RECORDED], rules: [rule('attends', { fact: 'enrolled' })], ...more }).file();
const record = (of: Story, value: FactValue, more: { role?: Parameters<typeof staff>[0]; at?: string; factId?: string; note?: string } = {}) =>
  of.tell('factRecorded', { factId: more.factId ?? 'enrolled', value, ...(more.note === undefined ? {} : { note: more.note }) }, { actor: staff(more.role ?? 'desk'), at: more.at ?? '2026-03-03T08:00:00.000Z' });

describe('a fact of the engine’s own record', () => {
  it.each([
    [true, 'ineligible', 'doubt'],
    [false, 'eligible', 'decision'],
  ] as const)('that says %s makes the case %s', (value, outcome, step) => {
    const told = housing({ housed: value });
    expect(told.state).toMatchObject({ currentStep: step, checked: { outcome }, facts: { housed: { value, from: 'record', stepId: 'check', at: told.filedAt } } });
  });

  it('is asked when a step needs it and at no other event', () => {
    const told = housing({ housed: true });
    expect(told.asked).toBe(1);
    told.tell('noteAdded', { note: 'α' }, { actor: staff('desk') });
    expect(told.asked).toBe(1);
    told.tell('reviewed', { stepId: 'doubt', outcome: 'good' }, { actor: staff('desk') });
    expect(told.asked).toBe(2);
  });

  it('is never asked for a programme that has no such fact', () => {
    const { prepared } = school();
    const event = { id: 'filed', kind: 'filed', at: '2026-03-02T08:00:00.000Z', actor: { kind: 'citizen' }, payload: {} } as const;
    expect(needsRecord({ prepared, answers: KNOWN, filedAt: event.at, nationalDays: NATIONAL_DAYS, state: null, event })).toBe(false);
  });

  it('stands in the reasons with its register and its day', () => {
    const told = housing({ housed: true });
    expect(told.state?.checked?.rules[0]).toMatchObject({ value: 'false', read: [{ fact: 'housed', value: true, source: 'Κοινό μητρώο', on: '2026-03-02' }] });
  });

  it('is asked again right before the decision, and both readings are kept', () => {
    const told = housing({ housed: false });
    told.tell('decided', { stepId: 'decision', approve: true }, { actor: staff('decider'), at: '2026-03-05T08:00:00.000Z' });
    expect(told.state?.decision).toMatchObject({ approved: true, facts: { housed: { value: false, at: '2026-03-05T08:00:00.000Z', stepId: 'decision' } } });
    expect(told.state?.facts?.['housed']?.before?.map(({ stepId, value }) => [stepId, value])).toEqual([['check', false]]);
  });

  it('that changed since the official looked stops a decision without a reason, and not one with a reason', () => {
    const told = housing({ housed: false });
    told.record = { housed: true };
    const decide = (note?: string) => told.tell('decided', { stepId: 'decision', approve: true, ...(note === undefined ? {} : { note }) }, { actor: staff('decider'), at: '2026-03-05T08:00:00.000Z' });
    expect(refusalOf(decide())).toBe('decision.factsChanged');
    expect(told.state?.decision).toBeUndefined();
    expect(refusalOf(decide('Το πρόγραμμα έληξε χθες.'))).toBeUndefined();
    expect(told.state?.decision).toMatchObject({ approved: true, reasons: { outcome: 'ineligible' } });
  });

  it('grounds a refusal that shows it', () => {
    const told = housing({ housed: true });
    told.tell('reviewed', { stepId: 'doubt', outcome: 'good' }, { actor: staff('desk') });
    told.tell('decided', { stepId: 'decision', approve: false }, { actor: staff('decider') });
    expect(told.state?.decision).toMatchObject({ approved: false, reasons: { outcome: 'ineligible', rules: [{ id: 'notTwice', value: 'false', read: [{ fact: 'housed', source: 'Κοινό μητρώο' }] }] } });
  });

  it('is judged as the command line judges it with the same facts: one evaluator', () => {
    const told = housing({ housed: true });
    const withoutOrigin = JSON.parse(JSON.stringify(told.state?.checked, (key: string, value: unknown) => (key === 'source' || key === 'on' ? undefined : value))) as unknown;
    const decided = evaluateProgramme(told.prepared, { answers: KNOWN as LanguageAnswers, facts: { housed: true }, isFiled: true, asOf: '2026-03-02' });
    expect(withoutOrigin).toEqual(JSON.parse(JSON.stringify(decided)));
  });

  it('decides the same twice', () => {
    expect(housing({ housed: true }).plans).toEqual(housing({ housed: true }).plans);
  });
});

describe('what "nobody" of the record is worth', () => {
  const nameless: Answers = { fit: true, papers: [{ kind: 'none' }] };
  const withMember: Answers = { ...KNOWN, members: [{ afm: '' }] };
  it.each<[string, Answers, boolean, boolean | undefined]>([
    ['everybody has a number', KNOWN, false, false],
    ['the applicant has none', nameless, false, undefined],
    ['a member has none', withMember, false, undefined],
    ['a member has none, but another was found', withMember, true, true],
  ])('%s', (_what, answers, told, expected) => {
    const programme = { form: FORM, facts: [ACTIVE] } as unknown as Programme;
    expect(knownAnswers(programme, { answers, told: { at: 'x', facts: { housed: told } } }).facts['housed']).toBe(expected);
  });

  it('is that an official looks, where the programme says who', () => {
    const fact: Fact = { ...ACTIVE, lookup: { kind: 'activeIn', programmes: ['trial'], anyMunicipality: true, of: 'applicant', otherwise: ASK } };
    const told = housing({ housed: false }, { answers: nameless, fact });
    expect(told.state).toMatchObject({ checked: { outcome: 'undecided' }, lookups: { housed: { role: 'desk' } } });
    expect(refusalOf(record(told, false, { factId: 'housed' }))).toBeUndefined();
    expect(told.state?.facts).toMatchObject({ housed: { value: false, from: 'person', account: 'account-of-desk' } });
  });

  it('is a count that may be too low: no answer', () => {
    const count: Fact = { ...ACTIVE, type: 'number', lookup: { kind: 'history', programmes: ['trial'], anyMunicipality: false, of: 'household', outcome: 'granted' } };
    const programme = { form: FORM, facts: [count] } as unknown as Programme;
    expect(knownAnswers(programme, { answers: withMember, told: { at: 'x', facts: { housed: 2 } } }).facts).toEqual({});
  });
});

describe('by what people are found again', () => {
  it.each<[string, Answers, readonly string[]]>([
    ['their numbers, each of its kind', { papers: [{ kind: 'afm', value: '000 000 036' }, { kind: 'amka', value: '01018500000' }] }, ['applicant afm 000000036', 'applicant amka 01018500000']],
    ['papers in one spelling, whatever the keyboard', { papers: [{ kind: 'idCard', value: 'ΑΒ-123456' }] }, ['applicant idCard AB123456']],
    ['never by a paper that says too little', { papers: [{ kind: 'other', value: 'X123' }, { kind: 'none' }] }, []],
    ['members by theirs', { members: [{ afm: '000000036' }, { afm: null }] }, ['member afm 000000036']],
    ['nothing in answers of another shape', { papers: 'x', members: { afm: '1' } }, []],
  ])('%s', (_what, answers, expected) => {
    expect(peopleOf({ form: FORM }, answers).identifiers.map(({ subject, kind, value }) => `${subject} ${kind} ${value}`)).toEqual(expected);
  });

  it('not by papers of whom nobody knows whose they are: two such questions are nobody’s', () => {
    const form: Programme['form'] = { pages: [{ id: 'p', title: text('Σ'), questions: [IDENTITY, { ...IDENTITY, id: 'landlord' }] }] };
    expect(peopleOf({ form }, { papers: [{ kind: 'afm', value: '1' }], landlord: [{ kind: 'afm', value: '2' }] })).toEqual({ identifiers: [], applicantUnknown: true, membersUnknown: 0 });
  });

  it('asks the record only what it can tell', () => {
    const lookups = recordLookups({ facts: [ACTIVE, RECORDED, { ...ACTIVE, id: 'odd', type: 'date' }, { id: 'bare', title: text('α'), type: 'boolean', source: 'x' }] });
    expect(lookups).toEqual([{ factId: 'housed', type: 'boolean', kind: 'activeIn', programmes: ['trial'], anyMunicipality: true, of: 'household' }]);
  });
});

describe('a fact that an official looks up', () => {
  it('is a task of its role, due, told in the status', () => {
    const told = school();
    expect(told.plans[0]?.tasks).toContainEqual({ change: 'open', taskKey: 'fact:enrolled#1', stepId: 'fact:enrolled', role: 'desk', title: { el: 'Αναζητήστε: Φοιτά στο σχολείο (Μαθητολόγιο)', en: 'Look up: Φοιτά στο σχολείο (Μαθητολόγιο)' }, dueAt: '2026-03-09T21:59:59.000Z' });
    expect(told.last?.status.next.el).toContain('Φοιτά στο σχολείο (Μαθητολόγιο)');
    expect(told.last?.commands).toContainEqual(expect.objectContaining({ kind: 'timerSet', timerId: 'fact:enrolled#1' }));
  });

  it('is not asked of whom another rule refuses already', () => {
    const told = school({ rules: [rule('attends', { fact: 'enrolled' }), rule('fits', { not: { var: 'fit' } })] });
    expect(told.state).toMatchObject({ checked: { outcome: 'ineligible' } });
    expect(told.state?.lookups).toBeUndefined();
  });

  it('is asked for an amount too, that no rule reads', () => {
    const told = new Story({ prepared: programmeOf([STEPS.check('check', { next: { eligible: 'decision', ineligible: 'end', undecided: 'end' } }), STEPS.decide('decision'), STEPS.end()], { facts: [{ ...RECORDED, type: 'money' }], documents: [], computed: [{ id: 'sum', title: text('Ποσό'), type: 'money', value: { fact: 'enrolled' } }] }) }).file();
    expect(told.state?.lookups).toHaveProperty('enrolled');
    record(told, 12_345);
    told.tell('decided', { stepId: 'decision', approve: true }, { actor: staff('decider') });
    expect(told.state?.decision?.awardCents).toBe(12_345);
  });

  it('holds a check that awaits it, under the role that is asked, and lets it go on when it is recorded', () => {
    const told = school({ awaitFacts: true });
    expect(told.last?.status).toMatchObject({ holder: { kind: 'municipality', role: 'desk' }, dueAt: expect.stringMatching(/^2026-03-09T/) });
    expect(told.state?.currentStep).toBe('check');
    record(told, true, { note: 'τηλεφώνημα' });
    expect(told.state).toMatchObject({ currentStep: 'decision', checked: { outcome: 'eligible' }, facts: { enrolled: { value: true, from: 'person', account: 'account-of-desk', note: 'τηλεφώνημα' } } });
    expect(told.last?.tasks).toContainEqual(expect.objectContaining({ change: 'close', taskKey: 'fact:enrolled#1' }));
    expect(told.state?.timers).not.toHaveProperty('fact:enrolled#1');
  });

  it('does not hold a check that does not await it: the case goes the way of the undecided', () => {
    expect(school().state).toMatchObject({ currentStep: 'doubt', lookups: { enrolled: { visit: 1 } } });
  });

  it('escalates once when its time has passed, and is then the other role’s', () => {
    const told = school({ awaitFacts: true });
    told.ring();
    expect(told.last?.tasks).toEqual([expect.objectContaining({ change: 'escalate', taskKey: 'fact:enrolled#1', role: 'supervisor' })]);
    expect(told.last?.status.holder).toEqual({ kind: 'municipality', role: 'supervisor' });
    expect(told.state?.timers).toEqual({});
    expect(refusalOf(record(told, true, { role: 'supervisor', at: '2026-03-20T08:00:00.000Z' }))).toBeUndefined();
    expect(told.state?.currentStep).toBe('decision');
  });

  it('escalates at its own instant when an event overtakes its timer', () => {
    const told = school({ awaitFacts: true });
    const due = told.state?.timers['fact:enrolled#1'];
    told.tell('noteAdded', { note: 'α' }, { actor: staff('desk'), at: '2026-04-01T08:00:00.000Z' });
    expect(told.state?.lookups).toMatchObject({ enrolled: { overdueAt: due, escalatedTo: 'supervisor' } });
  });

  it('may be recorded before it is asked, and again until the decision', () => {
    const told = story({ facts: [RECORDED], rules: [rule('attends', { fact: 'enrolled' })], steps: [STEPS.review('look', { outcomes: [{ id: 'good', title: text('Καλώς'), next: 'check' }] }), STEPS.check('check', { next: { eligible: 'decision', ineligible: 'decision', undecided: 'decision' } }), STEPS.decide('decision'), STEPS.end()] }).file();
    record(told, true);
    told.tell('reviewed', { stepId: 'look', outcome: 'good' }, { actor: staff('desk') });
    expect(told.state).toMatchObject({ currentStep: 'decision', checked: { outcome: 'eligible' } });
    expect(told.state?.lookups).toBeUndefined();
    record(told, false, { at: '2026-03-04T08:00:00.000Z' });
    expect(told.state?.facts?.['enrolled']).toMatchObject({ value: false, before: [{ value: true }] });
    told.tell('decided', { stepId: 'decision', approve: false }, { actor: staff('decider') });
    expect(told.state?.decision).toMatchObject({ approved: false, facts: { enrolled: { value: false } } });
  });

  it('leaves the desk when the case ends: task and timer are closed', () => {
    const told = school();
    told.tell('withdrawn', {}, { actor: { kind: 'citizen' } });
    expect(told.last?.tasks).toContainEqual(expect.objectContaining({ change: 'close', taskKey: 'fact:enrolled#1' }));
    expect(told.last?.commands).toContainEqual({ kind: 'timerCancel', timerId: 'fact:enrolled#1' });
  });

  it.each<[string, string, (told: Story) => ReturnType<Story['tell']>]>([
    ['a fact that the programme does not have', 'fact.unknown', (told) => record(told, true, { factId: 'other' })],
    ['a value of another kind', 'fact.invalid', (told) => record(told, 'ναι')],
    ['a role that was not asked', 'action.roleNeeded', (told) => record(told, true, { role: 'inspector' })],
    ['the citizen', 'action.notYours', (told) => told.tell('factRecorded', { factId: 'enrolled', value: true }, { actor: { kind: 'citizen' } })],
  ])('is refused from %s', (_what, code, tell) => {
    expect(refusalOf(tell(school()))).toBe(code);
  });

  it('is refused of what the record tells itself, and after the decision', () => {
    expect(refusalOf(record(housing({ housed: true }), false, { factId: 'housed' }))).toBe('fact.notAsked');
    const told = school({ steps: [STEPS.decide('decision', { next: { approved: 'wait', refused: 'end' } }), STEPS.wait('wait'), STEPS.end()] });
    told.tell('decided', { stepId: 'decision', approve: true, note: 'α' }, { actor: staff('decider') });
    expect(refusalOf(record(told, true))).toBe('fact.notAsked');
  });

  it.each<[Fact['type'], FactValue, FactValue]>([
    ['boolean', true, 1],
    ['number', 3, 2.5],
    ['money', 100, '100'],
    ['date', '2026-02-28', '2026-02-30'],
    ['text', 'Β΄ τάξη', ' '],
  ])('of type %s takes %j and refuses %j', (type, good, bad) => {
    const of = (): Story => school({ facts: [{ ...RECORDED, type }], rules: [rule('known', { '==': [{ fact: 'enrolled' }, good] })] });
    expect(refusalOf(record(of(), bad))).toBe('fact.invalid');
    expect(refusalOf(record(of(), good))).toBeUndefined();
  });
});

describe('a fact that a developer’s activity tells', () => {
  const fact: Fact = { id: 'insured', title: text('Ασφαλισμένος'), type: 'boolean', source: 'ΕΦΚΑ', lookup: { kind: 'call', step: 'ask', output: 'isInsured' } };
  const called = (output: Answers): Story => {
    const told = story({ facts: [fact], rules: [rule('insured', { fact: 'insured' })], steps: [STEPS.call('ask', { next: 'check' }), STEPS.check('check', { next: { eligible: 'good', ineligible: 'end', undecided: 'doubt' } }), STEPS.review('doubt'), STEPS.review('good'), STEPS.end()] }).file();
    told.tell('callFinished', { commandKey: 'ask#1:call', output: { ...output } });
    return told;
  };

  it('is taken from the output of its step', () => {
    expect(called({ isInsured: true }).state).toMatchObject({ currentStep: 'good', facts: { insured: { value: true, from: 'call', stepId: 'ask' } } });
    expect(called({ isInsured: false }).state).toMatchObject({ status: 'closed' });
  });

  it('stays unknown when the output lacks it or has another kind', () => {
    expect(called({}).state?.currentStep).toBe('doubt');
    expect(called({ isInsured: 'yes' }).state?.currentStep).toBe('doubt');
  });
});
