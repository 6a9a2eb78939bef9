import { describe, expect, it } from 'vitest';
import type { Adoption, CaseStage } from '#definitions/check/adoption.js';
import { adoptVersion } from '#definitions/check/adoption.js';
import { checkProgramme } from '#definitions/check/check.js';
import { canonicalise } from '#definitions/language/canonical.js';
import { evaluateProgramme, prepareProgramme } from '#definitions/language/programme.js';
import type { Answers } from '#definitions/language/programme.js';
import type { Expression, Message, Programme, Rule } from '#definitions/types/programme.js';
import { examples, fc } from '#tests/support/properties.js';
import { conditions } from './generated.js';
import { AS_OF, QUESTIONS, question, rule, smallProgramme, text } from './small-programme.js';

const ON = '2026-03-20';
const adopt = (own: Programme, published: Programme, stage: CaseStage = 'filed'): Adoption => adoptVersion(own, published, { stage, on: ON, check: checkProgramme });
/** For generated programmes, whose soundness is not the question. */
const adoptUnchecked = (own: Programme, published: Programme): Programme => adoptVersion(own, published, { stage: 'filed', on: ON, check: () => [] }).programme;

const income = (cents: number, rest: Partial<Rule> = {}): Rule => rule('income', { '<=': [{ var: 'income' }, cents] } as Expression, rest);
const size = (persons: number): Rule => rule('size', { '<=': [{ var: 'size' }, persons] } as Expression);
const message = (words: string): Message => ({ id: 'hello', channels: ['email'], subject: text('Μήνυμα'), body: text(words) });
const told = (adoption: Adoption): unknown => ({ adopted: adoption.adopted.map(({ what }) => what), kept: adoption.kept.map(({ what, because }) => `${what}: ${because}`) });

const own = smallProgramme({ rules: [income(5000), size(6)], messages: [message('Γεια.')], parameters: [{ id: 'p', title: text('Όριο'), unit: 'cents', values: [{ from: '2020-01-01', value: 5 }] }] });
const published: Programme = {
  ...own,
  summary: text('Νέα λόγια.'),
  contact: { phone: '210 1111111' },
  messages: [message('Καλημέρα.')],
  rules: [income(7000), size(4), rule('new', { var: 'single' })],
  parameters: [{ id: 'p', title: text('Όριο'), unit: 'cents', values: [{ from: '2020-01-01', value: 5 }, { from: '2027-01-01', value: 6 }] }],
  form: { pages: [{ id: 'first', title: text('Άλλη αρχή'), questions: [...QUESTIONS, question('phone', 'text')] }] },
};

describe('a version that was published after a case was filed', () => {
  it('reaches a case that waits with all that helps, and with nothing that does not', () => {
    const adoption = adopt(own, published);
    expect(told(adoption)).toEqual({
      adopted: ['page first', 'parameter p', 'rule income', 'message hello', 'summary', 'contact'],
      kept: ['question phone: pinned', 'rule size: pinned', 'rule new: pinned'],
    });
    expect(adoption.programme.rules).toEqual([income(7000), size(6)]);
    expect(adoption.programme.form.pages).toEqual([{ id: 'first', title: text('Άλλη αρχή'), questions: [...QUESTIONS] }]);
    expect(checkProgramme(adoption.programme).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('leaves the rules of a benefit that runs alone, and brings it the better words', () => {
    const { programme, adopted } = adopt(own, published, 'benefitRunning');
    expect(adopted.map(({ what }) => what)).not.toContain('rule income');
    expect(programme.rules).toEqual(own.rules);
    expect(programme.messages).toEqual(published.messages);
  });

  it('is the very document of the case when nothing of it may be taken over', () => {
    expect(adopt(own, { ...own, rules: [income(4000), size(6)] }).programme).toBe(own);
  });

  it('is the published document itself when all of it may be taken over', () => {
    const words = { ...own, summary: text('Νέα λόγια.'), rules: [income(6000), size(6)] };
    expect(canonicalise(adopt(own, words).programme)).toBe(canonicalise(words));
  });

  it('takes over the order of rules, and leaves in place what is only here', () => {
    const before = { ...own, rules: [income(5000), rule('gone', { var: 'single' }), size(6)] };
    const after = { ...own, rules: [size(6), income(5000)] };
    expect(adopt(before, after).programme.rules.map(({ id }) => id)).toEqual(['size', 'gone', 'income']);
  });

  it('leaves out words that lean on something that is not taken over, says which and why, and brings the rest', () => {
    const leaning = {
      ...own,
      summary: text('Νέα λόγια.'),
      messages: [message('Δικαιούστε {newAmount}.')],
      computed: [{ id: 'newAmount', title: text('Ποσό'), type: 'money' as const, visible: true, value: { var: 'income' } as Expression }],
    };
    const adoption = adopt(own, leaning);
    expect(told(adoption)).toEqual({ adopted: ['summary'], kept: ['computed newAmount: pinned', 'message hello: notSound'] });
    expect(adoption.kept[1]?.finding).toMatchObject({ code: 'placeholderUnknown' });
    expect(adoption.programme.messages).toEqual(own.messages);
  });

  it('gives an exception to those too of whom it is not known whether it concerns them', () => {
    const excepted = adopt(own, { ...own, rules: [income(5000, { when: { var: 'single' } }), size(6)] }).programme;
    const satisfied: Answers = { income: 0, size: 1 };
    expect([outcomeOf(own, satisfied), outcomeOf(excepted, satisfied)]).toEqual(['eligible', 'eligible']);
    const above: Answers = { income: 5001, size: 1 };
    expect([outcomeOf(own, above), outcomeOf(excepted, above)]).toEqual(['ineligible', 'undecided']);
  });

  it('takes a limit back for nobody: after a raise and its withdrawal the raise stands', () => {
    const raised = adopt(own, { ...own, rules: [income(9000), size(6)] }).programme;
    expect(adopt(raised, own).programme.rules).toEqual([income(9000), size(6)]);
  });
});

/** What an administration may change in a version: limits, words, severities, exceptions, dated values, order. */
const version = fc.record({
  limit: fc.integer({ min: 0, max: 10_000 }),
  persons: fc.integer({ min: 0, max: 20 }),
  parameter: fc.integer({ min: 0, max: 10_000 }),
  future: fc.option(fc.constantFrom('2026-01-01', '2026-03-10', '2027-01-01'), { nil: undefined }),
  words: fc.constantFrom('Πρώτα.', 'Δεύτερα.', 'Τρίτα.'),
  severity: fc.constantFrom('blocking' as const, 'advisory' as const),
  when: fc.option(fc.constantFrom<Expression>({ var: 'single' }, { '>': [{ var: 'size' }, 3] }), { nil: undefined }),
  isTurned: fc.boolean(),
  hasMore: fc.boolean(),
  other: fc.option(conditions, { nil: undefined }),
}).map(({ limit, persons, parameter, future, words, severity, when, isTurned, hasMore, other }): Programme => {
  const rules = [
    income(limit, { severity, ...(when === undefined ? {} : { when }) }),
    size(persons),
    rule('param', { or: [{ not: { '>': [{ var: 'income' }, { computed: 'sum' }] } }, { var: 'single' }] }),
    ...(hasMore ? [rule('more', { var: 'single' })] : []),
    ...(other === undefined ? [] : [rule('other', other)]),
  ];
  return smallProgramme({
    summary: text(words),
    rules: isTurned ? rules.reverse() : rules,
    computed: [{ id: 'sum', title: text('Όριο'), type: 'money', value: { '+': [{ param: 'p' }, 100] } }],
    parameters: [{ id: 'p', title: text('Όριο'), unit: 'cents', values: [{ from: '2020-01-01', value: parameter }, ...(future === undefined ? [] : [{ from: future, value: 1 }])] }],
  });
});
const answers = fc.record({ income: fc.option(fc.integer({ min: 0, max: 12_000 }), { nil: undefined }), size: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }), single: fc.option(fc.boolean(), { nil: undefined }) }).map((given): Answers => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Answers);
const outcomeOf = (programme: Programme, given: Answers): string => evaluateProgramme(prepareProgramme(programme), { answers: given, asOf: AS_OF }).outcome;
const RANK: Readonly<Record<string, number>> = { ineligible: 0, undecided: 1, eligible: 2 };

describe('whatever is published', () => {
  it('never turns against somebody who has filed, however their answers stand and however often it is done', () => {
    fc.assert(
      fc.property(version, fc.array(version, { minLength: 1, maxLength: 3 }), answers, (filedUnder, later, given) => {
        let current = filedUnder;
        for (const next of later) {
          const taken = adoptUnchecked(current, next);
          expect(RANK[outcomeOf(taken, given)]).toBeGreaterThanOrEqual(RANK[outcomeOf(current, given)] ?? 0);
          current = taken;
        }
      }),
      examples(1000),
    );
  });

  it('is taken over once, however often it is taken over', () => {
    fc.assert(
      fc.property(version, version, (before, after) => {
        const once = adoptUnchecked(before, after);
        expect(canonicalise(adoptUnchecked(once, after))).toBe(canonicalise(once));
      }),
      examples(300),
    );
  });

  it('leaves the words of the last version and the loosest limits of all, in whatever order two versions come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), (first, second, third) => {
        const of = (limit: number, words: string): Programme => smallProgramme({ summary: text(words), rules: [income(limit)] });
        const [filed, one, other] = [of(first, 'Πρώτα.'), of(second, 'Δεύτερα.'), of(third, 'Τρίτα.')];
        const forth = adoptUnchecked(adoptUnchecked(filed, one), other);
        const back = adoptUnchecked(adoptUnchecked(filed, other), one);
        expect(forth.rules).toEqual(back.rules);
        expect(forth.rules).toEqual([income(Math.max(first, second, third))]);
        expect([forth.summary, back.summary]).toEqual([other.summary, one.summary]);
      }),
    );
  });
});
