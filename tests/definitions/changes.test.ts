import { describe, expect, it } from 'vitest';
import { BEHAVIOUR, CHANGE_CLASSES, compareProgrammes } from '#definitions/check/changes.js';
import type { Expression, Parameter, Programme } from '#definitions/types/programme.js';
import { QUESTIONS, question, rule, smallProgramme, text } from './small-programme.js';

const limit = (cents: number, rest = {}): Programme => smallProgramme({ rules: [rule('limit', { '<=': [{ var: 'income' }, cents] } as Expression, rest)] });
const parameters = (...values: Parameter['values']): Programme => smallProgramme({ parameters: [{ id: 'p', title: text('Όριο'), unit: 'cents', values }] });
const form = (...questions: typeof QUESTIONS): Programme => smallProgramme({ form: { pages: [{ id: 'first', title: text('Πρώτη'), questions: [...questions] }] } });
const nested = (income: number, size: number): Programme =>
  smallProgramme({ rules: [rule('limit', { and: [{ '<=': [{ var: 'income' }, income] }, { not: { '<': [{ var: 'size' }, size] } }] } as Expression)] });
const read = (value: number, operator = '<='): Programme => ({ ...parameters({ from: '2020-01-01', value }), rules: [rule('limit', { [operator]: [{ var: 'income' }, { param: 'p' }] } as unknown as Expression)] });
const points = (line: Expression): NonNullable<Programme['points']> => ({ lines: [{ id: 'line', title: text('Μόρια'), points: line }] });
const half: Programme['computed'][number] = { id: 'half', title: text('Μισό'), type: 'money', value: { divRound: { of: { param: 'p' }, by: 2, rounding: 'truncate' } } };
const inPoints = (programme: Programme): Programme => ({ ...programme, computed: [half], points: points({ computed: 'half' }) });
const sum: Programme['computed'][number] = { id: 'sum', title: text('Άθροισμα'), type: 'money', value: { '+': [{ param: 'p' }, 100] } };
const throughComputed = (value: number): Programme => ({ ...parameters({ from: '2020-01-01', value }), computed: [sum], rules: [rule('limit', { '<=': [{ var: 'income' }, { computed: 'sum' }] })] });
const places = (...names: readonly string[]): Programme => ({
  ...parameters({ from: '2020-01-01', value: [...names] as never }),
  rules: [rule('limit', { in: [{ var: 'housing' }, { param: 'p' }] })],
});
const first = { from: '2020-01-01', value: 5 };

describe('a new version', () => {
  it.each([
    ['textOnly', 'rule limit', limit(5), limit(5, { title: text('Άλλα λόγια') })],
    ['textOnly', 'summary', smallProgramme(), smallProgramme({ summary: text('Άλλα λόγια.') })],
    ['reordered', 'question', form(...QUESTIONS), form(...[...QUESTIONS].reverse())],
    ['added', 'document paper', smallProgramme(), smallProgramme({ documents: [{ id: 'paper', title: text('Χαρτί'), acceptedTypes: ['image/png'], sizeBytesMax: 1, filesMax: 1, mayBeMissingAtFiling: true }] })],
    ['removed', 'rule limit', limit(5), smallProgramme()],
    ['questionRequired', 'question new', form(...QUESTIONS), form(...QUESTIONS, question('new', 'text'))],
    ['questionRequired', 'question nick', form(question('nick', 'text', { optional: true })), form(question('nick', 'text'))],
    ['questionOptional', 'question nick', form(question('nick', 'text')), form(question('nick', 'text', { optional: true }))],
    ['loosened', 'rule limit', limit(5), limit(6)],
    ['loosened', 'rule limit', limit(5), limit(5, { severity: 'advisory' })],
    ['loosened', 'opening', smallProgramme({ opening: { from: '2026-01-05', until: '2026-02-02' } }), smallProgramme({ opening: { from: '2026-01-05', until: '2026-03-02' } })],
    ['tightened', 'rule limit', limit(6), limit(5)],
    ['tightened', 'rule limit', smallProgramme(), limit(5)],
    ['parameterFuture', 'parameter p', parameters(first), parameters(first, { from: '2027-01-01', value: 6 })],
    ['parameterChanged', 'parameter p', parameters(first), parameters({ ...first, value: 6 })],
    ['ruleChanged', 'rule limit', limit(5), smallProgramme({ rules: [rule('limit', { var: 'single' })] })],
    ['ruleChanged', 'rule limit', limit(5), smallProgramme({ rules: [rule('limit', { '<=': [{ var: 'size' }, 5] } as Expression)] })],
    ['loosened', 'rule limit', limit(5), limit(6, { when: { var: 'single' } })],
    ['tightened', 'rule limit', limit(5, { when: { var: 'single' } }), limit(5)],
    ['ruleChanged', 'rule limit', limit(5, { when: { var: 'single' } }), limit(6)],
    ['loosened', 'rule limit', nested(5, 18), nested(6, 17)],
    ['ruleChanged', 'rule limit', nested(5, 18), nested(6, 19)],
    ['loosened', 'parameter p', read(5), read(6)],
    ['tightened', 'parameter p', read(6), read(5)],
    ['loosened', 'parameter p', read(6, '>='), read(5, '>=')],
    ['parameterChanged', 'parameter p', { ...read(5), points: points({ param: 'p' }) }, { ...read(6), points: points({ param: 'p' }) }],
    ['parameterChanged', 'parameter p', inPoints(read(5)), inPoints(read(6))],
    ['loosened', 'parameter p', throughComputed(5), throughComputed(6)],
    ['loosened', 'parameter p', places('a', 'b'), places('a', 'b', 'c')],
    ['tightened', 'parameter p', places('a', 'b'), places('b')],
    ['parameterChanged', 'parameter p', places('a', 'b'), places('b', 'c')],
    ['questionReworded', 'question nick', form(question('nick', 'text')), form(question('nick', 'text', { label: text('Αλλιώς;') }))],
    ['declarationReworded', 'question truth', form(question('truth', 'declaration')), form(question('truth', 'declaration', { label: text('Άλλη δήλωση.') }))],
    ['tightened', 'opening', smallProgramme({ opening: { from: '2026-01-05' } }), smallProgramme({ opening: { from: '2026-02-05' } })],
    ['tightened', 'applicants', smallProgramme(), smallProgramme({ applicants: 'self' })],
    ['loosened', 'applicants', smallProgramme({ applicants: 'self' }), smallProgramme({ applicants: 'selfOrRelative' })],
    ['loosened', 'applicants', smallProgramme({ applicants: 'self' }), smallProgramme()],
    ['flowChanged', 'flow.start', smallProgramme(), smallProgramme({ flow: { ...smallProgramme().flow, start: 'done' } })],
    ['otherChanged', 'question income', form(question('income', 'money')), form(question('income', 'money', { max: 5 }))],
  ])('%s: %s', (kind, what, before, after) => {
    expect(compareProgrammes(before, after).map((each) => [each.class, each.what])).toEqual([[kind, what]]);
  });

  it('has a parameter dated in the future only when the day of its force is still to come', () => {
    const [before, after] = [parameters(first), parameters(first, { from: '2026-06-01', value: 6 })];
    expect(compareProgrammes(before, after, { on: '2026-05-31' }).map((each) => each.class)).toEqual(['parameterFuture']);
    expect(compareProgrammes(before, after, { on: '2026-06-01' }).map((each) => each.class)).toEqual(['parameterChanged']);
  });

  it('has no change from itself, in whatever order its names are written', () => {
    const programme = limit(5);
    expect(compareProgrammes(programme, Object.fromEntries(Object.entries(programme).reverse()) as unknown as Programme)).toEqual([]);
  });

  it('never turns against somebody who has filed', () => {
    // Opening hours are as they are for everybody, and what is counted changes nobody's case.
    const harmless = ['textOnly', 'reordered', 'loosened', 'parameterFuture', 'calendarChanged', 'indicatorChanged'];
    for (const kind of CHANGE_CLASSES) {
      const { filed, inReview } = BEHAVIOUR[kind];
      if (!harmless.includes(kind)) expect([kind, filed, inReview]).toEqual([kind, 'pinned', 'pinned']);
    }
  });
});
