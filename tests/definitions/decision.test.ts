import { describe, expect, it } from 'vitest';
import { checkProgramme } from '#definitions/check/check.js';
import { evaluateProgramme, hiddenPaths, prepareProgramme, requiredDocuments } from '#definitions/language/programme.js';
import type { Answers, Decision, Situation } from '#definitions/language/programme.js';
import { writeSentence } from '#definitions/language/sentence.js';
import { explainProgramme } from '#definitions/language/explain.js';
import type { Expression, Programme, Question } from '#definitions/types/programme.js';
import { AS_OF, QUESTIONS, question, rule, smallProgramme, text } from './small-programme.js';

function decide(programme: Programme, answers: Answers, rest: Partial<Situation> = {}): Decision {
  return evaluateProgramme(prepareProgramme(programme, { version: 'test' }), { asOf: AS_OF, answers, ...rest });
}

const asked = (...questions: Question[]): Pick<Programme, 'form'> => ({ form: { pages: [{ id: 'p', title: text('Σελίδα'), questions }] } });
const at = (name: string): Expression => ({ var: name });
const perMember = (where: Expression): Expression => ({ count: { of: at('members'), as: 'm', where } });
const minor: Expression = { '<': [at('m.age'), 18] };
const members = (...ages: number[]): Answers[] => ages.map((age) => ({ age }));
const MEMBERS = question('members', 'repeat', { items: [question('age', 'number', { min: 0, max: 120 }), question('pay', 'money', { max: 10_000_000 })] });

describe('A. Minimum income: a guaranteed sum by adults and minors, an income of six months, a top-up', () => {
  const adults: Expression = { '-': [{ length: at('members') }, { computed: 'minors' }] };
  const asAdult: Expression = { if: [{ and: [at('singleParent'), { '>': [{ computed: 'minors' }, 0] }] }, 1, 0] };
  const programme = smallProgramme({
    ...asked(MEMBERS, question('singleParent', 'yesNo'), question('sixMonths', 'money', { max: 10_000_000 }), question('property', 'money', { max: 100_000_000 })),
    parameters: [
      { id: 'first', title: text('Πρώτος'), unit: 'cents', legalBasis: 'ΚΥΑ 1/2026', values: [{ from: '2020-01-01', value: 20_000 }, { from: '2023-12-01', value: 21_600 }] },
      { id: 'adult', title: text('Ενήλικος'), unit: 'cents', legalBasis: 'ΚΥΑ 1/2026', values: [{ from: '2020-01-01', value: 10_800 }] },
      { id: 'minor', title: text('Ανήλικος'), unit: 'cents', legalBasis: 'ΚΥΑ 1/2026', values: [{ from: '2020-01-01', value: 5_400 }] },
      { id: 'most', title: text('Έως'), unit: 'cents', legalBasis: 'ΚΥΑ 1/2026', values: [{ from: '2020-01-01', value: 97_200 }] },
    ],
    tables: [{ id: 'property', title: text('Ακίνητα'), legalBasis: 'ΚΥΑ 1/2026', bands: [{ upTo: 1, value: 9_000_000 }, { upTo: 2, value: 10_500_000 }, { upTo: 3, value: 12_000_000 }, { upTo: 4, value: 13_500_000 }, { value: 15_000_000 }] }],
    computed: [
      { id: 'minors', title: text('Ανήλικοι'), type: 'number', value: perMember(minor) },
      { id: 'guaranteed', title: text('Εγγυημένο'), type: 'money', legalBasis: 'ΚΥΑ 1/2026', value: { min: [{ '+': [{ param: 'first' }, { '*': [{ param: 'adult' }, { '+': [{ '-': [adults, 1] }, asAdult] }] }, { '*': [{ param: 'minor' }, { '-': [{ computed: 'minors' }, asAdult] }] }] }, { param: 'most' }] } },
      { id: 'ceiling', title: text('Όριο εξαμήνου'), type: 'money', legalBasis: 'ΚΥΑ 1/2026', value: { '*': [{ computed: 'guaranteed' }, 6] } },
      { id: 'award', title: text('Ποσό'), type: 'money', legalBasis: 'ΚΥΑ 1/2026', visible: true, value: { max: [0, { divRound: { of: { '-': [{ computed: 'ceiling' }, at('sixMonths')] }, by: 6, rounding: 'halfUp' } }] } },
    ],
    rules: [
      rule('income', { '<=': [at('sixMonths'), { computed: 'ceiling' }] }, { reason: { false: { el: 'Πάνω από {ceiling}.', en: 'Above {ceiling}.' } } }),
      rule('property', { '<=': [at('property'), { band: { table: 'property', of: { length: at('members') } } }] }),
    ],
  });
  it.each([
    ['a couple with two minors and 1,500', [40, 38, 9, 4], false, 150_000, 43_200, 18_200, 'eligible'],
    ['the same with 2,592: eligible, and nothing to pay', [40, 38, 9, 4], false, 259_200, 43_200, 0, 'eligible'],
    ['the same with one cent more: refused', [40, 38, 9, 4], false, 259_201, 43_200, 0, 'ineligible'],
    ['a single parent of 15 and 8: the first counts as an adult', [45, 15, 8], true, 0, 37_800, 37_800, 'eligible'],
    ['six adults and four minors: at the cap', [40, 40, 40, 40, 40, 40, 1, 1, 1, 1], false, 0, 97_200, 97_200, 'eligible'],
    ['one minor more: still the cap', [40, 40, 40, 40, 40, 40, 1, 1, 1, 1, 1], false, 0, 97_200, 97_200, 'eligible'],
  ] as const)('%s', (_, ages, singleParent, sixMonths, guaranteed, award, outcome) => {
    const decision = decide(programme, { members: members(...ages), singleParent, sixMonths, property: 0 });
    expect(decision).toMatchObject({ outcome, computed: { guaranteed, award } });
  });
  it('says by how much an income misses, and the limit in the reason', () => {
    const [income] = decide(programme, { members: members(40, 38, 9, 4), singleParent: false, sixMonths: 271_200, property: 0 }).rules;
    expect(income).toMatchObject({ value: 'false', nearest: { operator: '<=', value: 271_200, limit: 259_200, by: 12_000, unit: 'cents' }, reason: { el: 'Πάνω από 2.592,00 €.', en: 'Above €2,592.00.' } });
    expect(income?.nearest?.text).toEqual({ el: 'Το 2.712,00 € είναι κατά 120,00 € πάνω από όσο επιτρέπεται (όριο 2.592,00 €).', en: '€2,712.00 is €120.00 above what is allowed (limit €2,592.00).' });
  });
  it.each([[1, 9_000_000], [2, 10_500_000], [4, 13_500_000], [5, 15_000_000], [6, 15_000_000]])('the real estate of %d members may be worth %d cents, and no cent more', (size, limit) => {
    const judged = (property: number): string | undefined => decide(programme, { members: members(...Array.from({ length: size }, () => 40)), singleParent: false, sixMonths: 0, property }).rules[1]?.value;
    expect([judged(limit), judged(limit + 1)]).toEqual(['true', 'false']);
  });
  it('takes the sum in force on the day of the case', () => {
    const on = (asOf: string): unknown => decide(programme, { members: members(40), singleParent: false, sixMonths: 0, property: 0 }, { asOf }).computed['guaranteed'];
    expect([on('2023-11-30'), on('2023-12-01')]).toEqual([20_000, 21_600]);
  });
  it('checks without a finding', () => {
    expect(checkProgramme(programme)).toEqual([]);
  });
});

describe('C. A nursery: points by table, and the tie that they leave', () => {
  const option = (value: string) => ({ value, label: text(value) });
  const programme = smallProgramme({
    ...asked(question('place', 'choice', { options: ['citizen', 'resident', 'other'].map(option) }), question('mother', 'choice', { options: ['employed', 'unemployed'].map(option) }), question('family', 'choice', { options: ['couple', 'widowed', 'studentFather'].map(option) }), question('minors', 'number', { min: 0 }), question('income', 'money', { min: 0 })),
    tables: [
      { id: 'place', title: text('Τόπος'), columns: ['place'], rows: [{ anyOf: [{ place: 'citizen' }], value: 50 }, { anyOf: [{ place: 'resident' }], value: 30 }], otherwise: 0 },
      { id: 'income', title: text('Εισόδημα'), bands: [{ upTo: 1_000_000, value: 25 }, { upTo: 2_000_000, value: 20 }, { upTo: 3_000_000, value: 15 }, { value: 0 }] },
      { id: 'family', title: text('Οικογένεια'), columns: ['family'], rows: [{ anyOf: [{ family: 'widowed' }], value: 25 }, { anyOf: [{ family: 'studentFather' }], value: 15 }], otherwise: 0 },
    ],
    points: {
      lines: [
        { id: 'place', title: text('Τόπος'), points: { lookup: { table: 'place', key: { place: at('place') } } } },
        { id: 'mother', title: text('Μητέρα'), when: { '==': [at('mother'), 'employed'] }, points: 50 },
        { id: 'family', title: text('Οικογένεια'), points: { lookup: { table: 'family', key: { family: at('family') } } } },
        { id: 'minors', title: text('Παιδιά'), when: { '>=': [at('minors'), 3] }, points: 15 },
        { id: 'income', title: text('Εισόδημα'), points: { band: { table: 'income', of: at('income') } } },
      ],
    },
  });
  const X = { place: 'citizen', mother: 'employed', family: 'couple', minors: 3, income: 1_800_000 };
  const Y = { place: 'resident', mother: 'employed', family: 'widowed', minors: 1, income: 900_000 };
  const Z = { place: 'citizen', mother: 'employed', family: 'studentFather', minors: 1, income: 2_400_000 };
  it.each([['X', X, 135], ['Y', Y, 130], ['Z', Z, 130]])('%s', (_, answers, total) => {
    const { points } = decide(programme, answers);
    expect(points).toMatchObject({ total, min: total, max: total });
    expect(points.lines.reduce((sum, line) => sum + (line.points ?? 0), 0)).toBe(total);
  });
  it('an unknown answer makes an interval, never a silent zero', () => {
    const { points } = decide(programme, { ...X, income: null, mother: null });
    expect(points).toMatchObject({ total: null, min: 65, max: 140 });
    expect(points.lines[4]).toMatchObject({ points: null, min: 0, max: 25, missing: ['income'] });
  });
});

describe('E. The fee of a camp, child by child', () => {
  const fee = (place: number): Expression => ({ if: [{ '>=': [at('children'), place] }, { lookup: { table: 'fee', key: { place } } }, 0] });
  const programme = smallProgramme({
    ...asked(question('income', 'money', { min: 0 }), question('children', 'number', { min: 0, max: 6 })),
    tables: [{ id: 'fee', title: text('Τέλος'), columns: ['place'], rows: [{ anyOf: [{ place: 1 }], value: 7_500 }, { anyOf: [{ place: 2 }], value: 5_500 }], otherwise: 0 }],
    computed: [{ id: 'fee', title: text('Τέλος'), type: 'money', visible: true, value: { '+': [fee(1), fee(2), fee(3)] } }],
  });
  it.each([[1, 7_500], [2, 13_000], [3, 13_000]])('%d children pay %d cents', (children, cents) => {
    expect(decide(programme, { income: 2_200_000, children }).computed['fee']).toBe(cents);
  });
});

describe('F. Rent: effective members give an amount and a limit', () => {
  const more: Expression = { '-': [{ computed: 'effective' }, 1] };
  const programme = smallProgramme({
    ...asked(question('size', 'number', { min: 1 }), question('singleParent', 'yesNo')),
    computed: [
      { id: 'effective', title: text('Μέλη'), type: 'number', value: { '+': [at('size'), { if: [at('singleParent'), 1, 0] }] } },
      { id: 'amount', title: text('Ποσό'), type: 'money', visible: true, value: { min: [21_000, { '+': [7_000, { '*': [3_500, more] }] }] } },
      { id: 'limit', title: text('Όριο'), type: 'money', visible: true, value: { min: [2_100_000, { '+': [700_000, { '*': [350_000, more] }] }] } },
    ],
  });
  it.each([
    [1, false, 7_000, 700_000], [2, false, 10_500, 1_050_000], [2, true, 14_000, 1_400_000], [3, true, 17_500, 1_750_000], [5, false, 21_000, 2_100_000], [4, true, 21_000, 2_100_000], [9, true, 21_000, 2_100_000],
  ])('%d members, single parent %s', (size, singleParent, amount, limit) => {
    expect(decide(programme, { size, singleParent }).computed).toMatchObject({ amount, limit });
  });
});

describe('order of cap and multiplier is declared, and changes the total', () => {
  const months = (order: 'capThenMultiply' | 'multiplyThenCap'): Programme =>
    smallProgramme({ points: { lines: [{ id: 'months', title: text('Μήνες'), points: at('size'), cap: 36, multiplier: { if: [at('single'), 2, 1] }, order }] } });
  it.each([
    ['capThenMultiply', 40, true, 72], ['multiplyThenCap', 40, true, 36], ['capThenMultiply', 10, true, 20], ['multiplyThenCap', 30, true, 36], ['multiplyThenCap', 30, false, 30],
  ] as const)('%s of %d months, doubled %s, is %d', (order, size, single, total) => {
    expect(decide(months(order), { size, single }).points.total).toBe(total);
  });
  it('a cap of the whole is a line of its own, so that the lines still add up', () => {
    const { points } = decide(smallProgramme({ points: { cap: 10, lines: [{ id: 'a', title: text('α'), points: 8 }, { id: 'b', title: text('β'), points: 7 }] } }), {});
    expect(points).toMatchObject({ total: 10, lines: [{ points: 8 }, { points: 7 }, { id: 'total-cap', points: -5 }] });
  });
});

describe('a decision', () => {
  const programme = smallProgramme({
    facts: [{ id: 'elsewhere', title: text('Αλλού'), type: 'boolean', source: 'μητρώο' }],
    parameters: [{ id: 'limit', title: text('Όριο'), unit: 'cents', values: [{ from: '2026-01-01', value: 60_000 }] }],
    computed: [{ id: 'total', title: text('Σύνολο'), type: 'money', value: { sum: { of: at('household'), as: 'm', value: at('m.pay') } } }],
    rules: [
      rule('limit', { '<=': [{ computed: 'total' }, { param: 'limit' }] }),
      rule('elsewhere', { not: { fact: 'elsewhere' } }),
      rule('rent', { '<=': [at('rent'), 50_000] }, { when: { '==': [at('housing'), 'rent'] }, severity: 'advisory' }),
    ],
  });
  const household = [{ age: 40, pay: 30_000, works: true }, { age: 38, pay: 20_000, works: true }];

  it('tells what each rule read, with the parameter and its date', () => {
    const [limit, elsewhere, rent] = decide(programme, { household, housing: 'own' }, { facts: { elsewhere: false } }).rules;
    expect(limit?.read).toEqual([
      { path: 'household', value: 2 },
      { path: 'household.0.pay', value: 30_000 },
      { path: 'household.1.pay', value: 20_000 },
      { computed: 'total', value: 50_000 },
      { param: 'limit', from: '2026-01-01', value: 60_000 },
    ]);
    expect(elsewhere?.read).toEqual([{ fact: 'elsewhere', value: false }]);
    expect(rent).toMatchObject({ value: 'notApplicable', read: [{ path: 'housing', value: 'own' }] });
  });

  it('is undecided while a blocking rule is, and names what is missing', () => {
    expect(decide(programme, { household: [{ age: 4 }, household[0]] as Answers[] })).toMatchObject({ outcome: 'undecided', missing: ['fact:elsewhere', 'household.0.pay', 'housing'], computed: { total: null } });
  });

  it('does not ask whether a rule applies to somebody who satisfies it anyway', () => {
    const programme = smallProgramme({ ...asked(...QUESTIONS), rules: [rule('tenants', { '<=': [at('income'), 500] }, { when: { '==': [at('housing'), 'rent'] } })] });
    const judged = (answers: Answers): unknown[] => {
      const { outcome, rules, missing } = decide(programme, answers);
      return [outcome, rules[0]?.value, missing];
    };
    expect(judged({ income: 500 })).toEqual(['eligible', 'true', []]);
    expect(judged({ income: 501 })).toEqual(['undecided', 'unknown', ['housing']]);
    expect(judged({})).toEqual(['undecided', 'unknown', ['housing']]);
    expect(judged({ housing: 'own' })).toEqual(['eligible', 'notApplicable', []]);
  });
  it('does not wait for the rest when one blocking rule fails', () => {
    expect(decide(programme, {}, { facts: { elsewhere: true } }).outcome).toBe('ineligible');
  });

  it('an advisory rule never refuses', () => {
    expect(decide(programme, { household, housing: 'rent', rent: 90_000 }, { facts: { elsewhere: false } })).toMatchObject({ outcome: 'eligible', rules: [{}, {}, { value: 'false', nearest: { by: 40_000 } }] });
  });

  it('a fault is undecided, never a refusal', () => {
    const broken = decide(programme, { household: [{ age: 4, pay: 'πολλά' }] }, { facts: { elsewhere: false } });
    expect(broken).toMatchObject({ outcome: 'undecided', rules: [{ value: 'unknown', because: 'fault', missing: ['numberNotWhole'] }, {}, {}] });
  });

  it('of an "or" names the smallest change, of an "and" the one that fails', () => {
    const either = smallProgramme({ rules: [rule('or', { or: [{ '<=': [at('income'), 100] }, { '<': [at('size'), 3] }] }), rule('and', { and: [{ '>=': [at('size'), 2] }, { '<=': [100, at('income')] }] })] });
    const [or] = decide(either, { income: 150, size: 5 }).rules;
    expect(or?.nearest).toMatchObject({ operator: '<', value: 5, limit: 3, by: 3, unit: 'count' });
    expect(decide(either, { income: 90, size: 5 }).rules[1]?.nearest).toMatchObject({ operator: '>=', value: 90, limit: 100, by: 10, unit: 'cents' });
  });
});

describe('what the form asks', () => {
  it('hides by page, by question and by element, through chains, and keeps open what is not settled', () => {
    const programme = smallProgramme({
      form: {
        pages: [
          { id: 'a', title: text('α'), questions: [...QUESTIONS, question('landlord', 'text', { visible: { '>': [at('rent'), 0] } })] },
          { id: 'b', title: text('β'), visible: at('single'), questions: [question('alone', 'yesNo')] },
        ],
      },
    });
    const prepared = prepareProgramme(programme, { version: 'test' });
    expect([...hiddenPaths(prepared, { housing: 'own', single: false, household: [{ age: 3 }, { age: 30 }, {}] })]).toEqual(['rent', 'household.0.works', 'landlord', 'alone']);
    expect([...hiddenPaths(prepared, {})]).toEqual([]);
    expect([...hiddenPaths(prepared, { housing: 'rent', rent: 5, single: true })]).toEqual([]);
  });

  it('asks for papers by condition: yes, no, or not yet known', () => {
    const paper = { title: text('Χαρτί'), acceptedTypes: ['application/pdf' as const], sizeBytesMax: 1, filesMax: 1, mayBeMissingAtFiling: true };
    const prepared = prepareProgramme(smallProgramme({ documents: [{ id: 'always', ...paper }, { id: 'lease', ...paper, requiredWhen: { '==': [at('housing'), 'rent'] } }, { id: 'bill', ...paper, requiredWhen: { '>': [at('rent'), 5] } }] }), { version: 'test' });
    const required = (answers: Answers): unknown => requiredDocuments(prepared, { asOf: AS_OF, answers }).map((each) => each.required);
    expect(required({})).toEqual(['yes', 'unknown', 'unknown']);
    expect(required({ housing: 'own' })).toEqual(['yes', 'no', 'no']);
    expect(required({ housing: 'rent', rent: 6 })).toEqual(['yes', 'yes', 'yes']);
  });
});

describe('in words', () => {
  const programme = smallProgramme({ parameters: [{ id: 'limit', title: { el: 'Όριο', en: 'Limit' }, unit: 'cents', values: [{ from: '2026-01-01', value: 60_000 }] }], rules: [rule('r', { '<=': [at('income'), { param: 'limit' }] })] });
  it.each([
    [{ '<=': [at('income'), { param: 'limit' }] }, '«Income» είναι το πολύ «Όριο» (600,00 €).', '“Income” is at most “Limit” (€600.00).'],
    [{ and: [at('single'), { not: at('single') }] }, 'Η απάντηση στο «single» είναι ναι και η απάντηση στο «single» είναι όχι.', 'The answer to “single” is yes and the answer to “single” is no.'],
    [{ or: [{ '==': [at('housing'), 'rent'] }, { '>': [at('income'), 100_000] }] }, '«Housing» είναι «rent» ή «income» είναι πάνω από 1.000,00 €.', '“Housing” is “rent” or “income” is more than €1,000.00.'],
    [{ '>=': [at('born'), { date: '2008-03-01' }] }, '«Born» είναι από 01/03/2008 και μετά.', '“Born” is from 01/03/2008 on.'],
  ])('%j', (expression, el, en) => {
    const lower = (words: string): string => words.toLowerCase();
    const said = writeSentence(programme, expression);
    expect([lower(said.el), lower(said.en)]).toEqual([lower(el), lower(en)]);
  });
  it('a whole programme is told part by part, with nothing undefined', () => {
    const told = JSON.stringify(explainProgramme(programme));
    expect(told).toContain('Από 01/01/2026: 600,00 €');
    expect(told).not.toMatch(/undefined|\{[a-z]+\}|\[object/);
  });
});
