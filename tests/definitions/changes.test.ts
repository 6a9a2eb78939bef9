import { describe, expect, it } from 'vitest';
import { BEHAVIOUR, CHANGE_CLASSES, compareProgrammes } from '#definitions/check/changes.js';
import type { Expression, Parameter, Programme } from '#definitions/types/programme.js';
import { QUESTIONS, question, rule, smallProgramme, text } from './small-programme.js';

const limit = (cents: number, rest = {}): Programme => smallProgramme({ rules: [rule('limit', { '<=': [{ var: 'income' }, cents] } as Expression, rest)] });
const parameters = (...values: Parameter['values']): Programme => smallProgramme({ parameters: [{ id: 'p', title: text('Όριο'), unit: 'cents', values }] });
const form = (...questions: typeof QUESTIONS): Programme => smallProgramme({ form: { pages: [{ id: 'first', title: text('Πρώτη'), questions: [...questions] }] } });
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
    ['flowChanged', 'flow.start', smallProgramme(), smallProgramme({ flow: { ...smallProgramme().flow, start: 'done' } })],
    ['otherChanged', 'question income', form(question('income', 'money')), form(question('income', 'money', { max: 5 }))],
  ])('%s: %s', (kind, what, before, after) => {
    expect(compareProgrammes(before, after).map((each) => [each.class, each.what])).toEqual([[kind, what]]);
  });

  it('has no change from itself, in whatever order its names are written', () => {
    const programme = limit(5);
    expect(compareProgrammes(programme, Object.fromEntries(Object.entries(programme).reverse()) as unknown as Programme)).toEqual([]);
  });

  it('never turns against somebody who has filed', () => {
    for (const kind of CHANGE_CLASSES) {
      const { filed, inReview } = BEHAVIOUR[kind];
      if (!['textOnly', 'reordered', 'loosened', 'parameterFuture'].includes(kind)) expect([kind, filed, inReview]).toEqual([kind, 'pinned', 'pinned']);
    }
  });
});
