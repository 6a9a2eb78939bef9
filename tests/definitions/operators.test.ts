import { describe, expect, it } from 'vitest';
import { OPERATORS } from '#definitions/language/operators/operators.js';
import { OPERATOR_TYPES } from '#definitions/check/operator-types.js';
import type { Answers } from '#definitions/language/programme.js';
import { because, evaluate, known, missing, question, schemaOf, text } from './small-programme.js';

const T = true;
const F = false;
/** Unknown, and not applicable, as expressions. */
const U = { var: 'single' };
const N = { var: 'rent' };
const owner = { housing: 'own' };
const unknown = missing('single');
const notApplicable = because('notApplicable');

describe('the vocabulary', () => {
  it('is the same in the schema, the evaluator and the type check', () => {
    const { oneOf } = schemaOf('expression.json') as { oneOf: { $ref?: string }[] };
    const { $defs } = schemaOf('expression.json') as { $defs: Record<string, { required?: string[] }> };
    const inSchema = oneOf.flatMap(({ $ref }) => ($ref === undefined ? [] : [$defs[$ref.split('/').at(-1) ?? '']?.required?.[0]]));
    const names = Object.keys(OPERATORS);
    expect([...names].sort()).toEqual([...inSchema].sort());
    expect([...names].sort()).toEqual([...OPERATOR_TYPES.keys()].sort());
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a word with an argument that means nothing', () => {
  const meaningless: readonly unknown[] = [null, undefined, true, 0.5, '', 'x', [], [1], [null, null], [1, 2, 3], {}, { of: null, as: null }, { of: { var: '' }, as: 'm', where: null, value: null }];
  it.each(Object.keys(OPERATORS))('%s has an outcome, and throws nothing', (name) => {
    for (const argument of meaningless) expect(() => evaluate({ [name]: argument }), JSON.stringify(argument)).not.toThrow();
    for (const argument of [null, undefined, 0.5, {}]) expect(evaluate({ [name]: argument }), JSON.stringify(argument)).toMatchObject({ known: false, because: 'fault' });
  });
});

describe('"and", "or", "not" and "if" have three values, and leave out what is not applicable', () => {
  const n: unknown = { '==': [N, 1] };
  it.each([
    ['and', [T, T], known(T)], ['and', [T, F], known(F)], ['and', [F, F], known(F)],
    ['and', [U, T], unknown], ['and', [U, F], known(F)], ['and', [F, U], known(F)], ['and', [U, U], unknown],
    ['and', [n, T], known(T)], ['and', [n, F], known(F)], ['and', [n, U], unknown], ['and', [n, n], notApplicable],
    ['or', [T, T], known(T)], ['or', [T, F], known(T)], ['or', [F, F], known(F)],
    ['or', [U, T], known(T)], ['or', [T, U], known(T)], ['or', [U, F], unknown], ['or', [U, U], unknown],
    ['or', [n, T], known(T)], ['or', [n, F], known(F)], ['or', [n, U], unknown], ['or', [n, n], notApplicable],
    ['not', T, known(F)], ['not', F, known(T)], ['not', U, unknown], ['not', n, notApplicable],
    ['if', [T, 1, 2], known(1)], ['if', [F, 1, 2], known(2)], ['if', [n, 1, 2], known(2)], ['if', [U, 1, 2], unknown], ['if', [U, 1, 1], known(1)], ['if', [T, 1, U], known(1)],
  ])('%s %j', (name, argument, expected) => {
    expect(evaluate({ [name]: argument }, owner)).toEqual(expected);
  });

  it('keeps the most urgent reason and every path', () => {
    const programme = { facts: [{ id: 'active', title: text('active'), type: 'boolean' as const, source: 'register' }] };
    expect(evaluate({ and: [{ fact: 'active' }, U, { '<': [{ var: 'income' }, 5] }] }, {}, { programme })).toEqual(because('missing', 'fact:active', 'single', 'income'));
    expect(evaluate({ and: [{ fact: 'active' }, { var: 'single' }] }, { single: true }, { programme })).toEqual(because('awaitingRegistry', 'fact:active'));
  });
});

describe('comparisons', () => {
  it.each([
    ['==', [1, 1], T], ['==', [1, 2], F], ['==', ['a', 'a'], T], ['==', [T, T], T], ['==', [T, F], F],
    ['!=', [1, 1], F], ['!=', ['a', 'b'], T],
    ['<', [1, 2], T], ['<', [2, 2], F], ['<=', [2, 2], T], ['<=', [3, 2], F], ['>', [2, 1], T], ['>', [2, 2], F], ['>=', [2, 2], T], ['>=', [1, 2], F],
    ['<', [{ date: '2026-02-28' }, { date: '2026-03-01' }], T], ['>=', [{ date: '2026-02-28' }, { date: '2026-03-01' }], F], ['==', [{ date: '2026-02-28' }, { date: '2026-02-28' }], T],
    ['in', ['a', { list: ['a', 'b'] }], T], ['in', ['c', { list: ['a', 'b'] }], F], ['in', [3, { list: [1, 3] }], T], ['in', ['a', { list: [] }], F],
  ])('%s %j is %s', (name, argument, expected) => {
    expect(evaluate({ [name]: argument })).toEqual(known(expected));
  });

  it.each(['==', '!=', '<', '<=', '>', '>=', 'in'])('%s of an unknown is unknown, of a not applicable not applicable', (name) => {
    const other = name === 'in' ? { list: ['own', 'rent'] } : 5;
    const left = name === 'in' ? { var: 'nick' } : { var: 'income' };
    expect(evaluate({ [name]: [left, other] }, owner)).toEqual(missing(name === 'in' ? 'nick' : 'income'));
    expect(evaluate({ [name]: [N, other] }, owner)).toEqual(notApplicable);
  });

  it.each([
    ['a text that looks like a number', { '<': ['5', 9] }],
    ['true with 1', { '==': [true, 1] }],
    ['a text with a date', { '<': ['α', { date: '2026-01-01' }] }],
    ['a date written otherwise', { '<': ['31/12/2025', '01/01/2026'] }],
    ['a number with decimals', { '<': [{ var: 'income' }, 5] }],
    ['a list', { '==': [{ list: [1] }, { list: [1] }] }],
    ['a text that is no list', { in: ['a', 'abc'] }],
  ])('%s is a fault, never an answer', (_, expression) => {
    expect(evaluate(expression, { income: 0.5 })).toMatchObject({ known: false, because: 'fault' });
  });
});

describe('arithmetic is exact', () => {
  it.each([
    [{ '+': [1, 2, 3] }, 6], [{ '-': [1, 3] }, -2], [{ '*': [2, 3, 4] }, 24], [{ min: [3, 1, 2] }, 1], [{ max: [3, 1, 2] }, 3], [{ '*': [0, -1] }, 0],
    [{ divRound: { of: 7, by: 2, rounding: 'truncate' } }, 3], [{ divRound: { of: -7, by: 2, rounding: 'truncate' } }, -3],
    [{ divRound: { of: 7, by: 2, rounding: 'halfUp' } }, 4], [{ divRound: { of: -7, by: 2, rounding: 'halfUp' } }, -4],
    [{ divRound: { of: 5, by: 2, rounding: 'halfEven' } }, 2], [{ divRound: { of: 7, by: 2, rounding: 'halfEven' } }, 4], [{ divRound: { of: -5, by: 2, rounding: 'halfEven' } }, -2],
    [{ divRound: { of: 7, by: 3, rounding: 'up' } }, 3], [{ divRound: { of: -7, by: 3, rounding: 'up' } }, -3], [{ divRound: { of: 6, by: 3, rounding: 'up' } }, 2], [{ divRound: { of: 7, by: -2, rounding: 'halfUp' } }, -4],
    [{ divRound: { of: 9007199254740991, by: 2, rounding: 'halfEven' } }, 4503599627370496],
  ])('%j is %d', (expression, expected) => {
    expect(evaluate(expression)).toEqual(known(expected));
  });

  it('leaves out a summand that is not applicable', () => {
    expect(evaluate({ '+': [{ var: 'income' }, N] }, { ...owner, income: 7 })).toEqual(known(7));
    expect(evaluate({ '-': [{ var: 'income' }, N] }, { ...owner, income: 7 })).toEqual(known(7));
    expect(evaluate({ min: [5, N] }, owner)).toEqual(known(5));
    expect(evaluate({ '*': [5, N] }, owner)).toEqual(notApplicable);
  });

  it.each([
    ['beyond the safe integers', { '*': [9007199254740991, 2] }, 'numberOverflow'],
    ['a division by zero', { divRound: { of: 1, by: 0, rounding: 'up' } }, 'divisionByZero'],
    ['a text', { '+': [1, '2'] }, 'numberNotWhole'],
    ['0.1 + 0.2', { '+': [0.1, 0.2] }, 'numberNotWhole'],
    ['a yes', { '+': [1, true] }, 'numberNotWhole'],
  ])('%s is a fault', (_, expression, code) => {
    expect(evaluate(expression)).toEqual(because('fault', code));
  });
});

describe('quantifiers name their element, so that everything outside stays visible', () => {
  const household = [{ age: 40, works: true, pay: 100 }, { age: 16, works: false, pay: 0 }, { age: 7, pay: 0 }];
  const over = (where: unknown): unknown => ({ of: { var: 'household' }, as: 'member', where });
  const minor = { '<': [{ var: 'member.age' }, 18] };
  it.each([
    [{ some: over(minor) }, T], [{ all: over(minor) }, F], [{ none: over(minor) }, F], [{ count: over(minor) }, 2],
    [{ sum: { of: { var: 'household' }, as: 'member', value: { var: 'member.pay' } } }, 100],
    [{ sum: { of: { var: 'household' }, as: 'member', value: { var: 'member.age' }, where: minor } }, 23],
    [{ length: { var: 'household' } }, 3], [{ length: { list: ['x'] } }, 1],
    [{ some: over({ '>': [{ var: 'member.pay' }, { var: 'income' }] }) }, T],
  ])('%j is %s', (expression, expected) => {
    expect(evaluate(expression, { household, income: 50 })).toEqual(known(expected));
  });

  it.each([['some', F], ['all', T], ['none', T], ['count', 0]])('%s over nobody is %s', (name, expected) => {
    expect(evaluate({ [name]: over(minor) }, { household: [] })).toEqual(known(expected));
  });

  it('an unknown member leaves the question open unless another settles it', () => {
    const open = missing('household.0.age');
    const half = (age: number): Answers => ({ household: [{ pay: 0 }, { age }] });
    expect(evaluate({ some: over(minor) }, half(30))).toEqual(open);
    expect(evaluate({ some: over(minor) }, half(10))).toEqual(known(T));
    expect(evaluate({ all: over(minor) }, half(10))).toEqual(open);
    expect(evaluate({ all: over(minor) }, half(30))).toEqual(known(F));
    expect(evaluate({ none: over(minor) }, half(10))).toEqual(known(F));
    expect(evaluate({ count: over(minor) }, half(10))).toEqual(open);
    expect(evaluate({ some: over(minor) })).toEqual(missing('household'));
  });

  it('a member to whom the question does not apply does not count', () => {
    const works = over({ var: 'member.works' });
    expect(evaluate({ some: works }, { household: [{ age: 7 }] })).toEqual(known(F));
    expect(evaluate({ all: works }, { household: [{ age: 7 }, { age: 30, works: true }] })).toEqual(known(T));
    expect(evaluate({ count: works }, { household: [{ age: 7, works: true }] })).toEqual(known(0));
  });

  it('nests, and each name reaches its own element', () => {
    const pairs = { some: { of: { var: 'household' }, as: 'one', where: { some: { of: { var: 'household' }, as: 'other', where: { '>': [{ var: 'one.age' }, { '*': [{ var: 'other.age' }, 5] }] } } } } };
    expect(evaluate(pairs, { household })).toEqual(known(T));
    expect(evaluate(pairs, { household: household.slice(0, 2) })).toEqual(known(F));
  });
});

describe('dates', () => {
  it.each([
    [{ ageAt: [{ date: '2008-03-15' }, { date: '2026-03-14' }] }, 17], [{ ageAt: [{ date: '2008-03-15' }, { date: '2026-03-15' }] }, 18],
    [{ ageAt: [{ date: '2008-02-29' }, { date: '2026-02-28' }] }, 18], [{ ageAt: [{ date: '2008-02-29' }, { date: '2026-02-27' }] }, 17], [{ ageAt: [{ date: '2008-02-29' }, { asOf: true }] }, 18],
    [{ monthsBetween: [{ date: '2026-01-31' }, { date: '2026-02-28' }] }, 1], [{ monthsBetween: [{ date: '2026-01-31' }, { date: '2026-02-27' }] }, 0],
    [{ monthsBetween: [{ date: '2026-03-15' }, { date: '2026-01-15' }] }, -2], [{ daysBetween: [{ date: '2024-02-28' }, { date: '2024-03-01' }] }, 2], [{ daysBetween: [{ date: '2026-03-01' }, { date: '2026-02-28' }] }, -1],
    [{ dateAdd: { to: { date: '2026-01-31' }, amount: 1, unit: 'months' } }, '2026-02-28'], [{ dateAdd: { to: { date: '2024-02-29' }, amount: 1, unit: 'years' } }, '2025-02-28'],
    [{ dateAdd: { to: { date: '2026-12-31' }, amount: 1, unit: 'days' } }, '2027-01-01'], [{ dateAdd: { to: { asOf: true }, amount: -15, unit: 'days' } }, '2026-02-28'],
  ])('%j is %s', (expression, expected) => {
    expect(evaluate(expression)).toEqual(known(expected));
  });

  it('a date that does not exist is a fault; one that is not given is missing', () => {
    expect(evaluate({ ageAt: [{ var: 'born' }, { asOf: true }] }, { born: '2026-02-30' })).toEqual(because('fault', 'dateMalformed'));
    expect(evaluate({ ageAt: [{ var: 'born' }, { asOf: true }] })).toEqual(missing('born'));
    expect(evaluate({ dateAdd: { to: { date: '9999-12-31' }, amount: 1, unit: 'days' } })).toEqual(because('fault', 'dateOutOfRange'));
  });
});

describe('reading', () => {
  it('takes own properties only', () => {
    for (const path of ['constructor.name', '__proto__', 'toString', 'household.length', 'home.constructor']) {
      expect(evaluate({ var: path }, { household: [], home: { street: 'x' } })).toMatchObject({ known: false });
    }
    expect(evaluate({ var: 'home.postcode' }, { home: { postcode: '19600' } })).toEqual(known('19600'));
  });

  it('tells missing, refused, not applicable, awaited paper and awaited register apart', () => {
    const programme = {
      documents: [{ id: 'paper', title: text('paper'), acceptedTypes: ['application/pdf' as const], sizeBytesMax: 1, filesMax: 1, mayBeMissingAtFiling: true }],
      facts: [{ id: 'active', title: text('active'), type: 'boolean' as const, source: 'register' }],
    };
    expect(evaluate({ var: 'income' })).toEqual(missing('income'));
    expect(evaluate({ var: 'income' }, { income: null })).toEqual(missing('income'));
    expect(evaluate({ var: 'nick' }, { nick: '' })).toEqual(missing('nick'));
    expect(evaluate({ var: 'income' }, { income: { refused: true } })).toEqual(because('refused', 'income'));
    expect(evaluate({ var: 'rent' }, owner)).toEqual(notApplicable);
    expect(evaluate({ document: 'paper' }, {}, { programme })).toEqual(because('awaitingDocument', 'document:paper'));
    expect(evaluate({ document: 'paper' }, {}, { programme, documents: { paper: 'provided' } })).toEqual(because('awaitingDocument', 'document:paper'));
    expect(evaluate({ document: 'paper' }, {}, { programme, documents: { paper: 'accepted' } })).toEqual(known(true));
    expect(evaluate({ document: 'paper' }, {}, { programme, documents: { paper: 'refused' } })).toEqual(known(false));
    expect(evaluate({ fact: 'active' }, {}, { programme })).toEqual(because('awaitingRegistry', 'fact:active'));
    expect(evaluate({ fact: 'active' }, {}, { programme, facts: { active: false } })).toEqual(known(false));
  });

  it('"known" is decided only when nothing can change it', () => {
    expect(evaluate({ known: 'nick' }, { nick: 'x' })).toEqual(known(true));
    expect(evaluate({ known: 'nick' })).toEqual(missing('nick'));
    expect(evaluate({ known: 'nick' }, {}, { isFiled: true })).toEqual(known(false));
    expect(evaluate({ known: 'income' }, {}, { isFiled: true })).toEqual(missing('income'));
    expect(evaluate({ known: 'rent' }, owner)).toEqual(known(false));
    expect(evaluate({ known: 'income' }, { income: { refused: true } })).toEqual(known(false));
  });

  it('does not use an answer whose question may still disappear', () => {
    const affordable = { '<=': [{ var: 'rent' }, 300] };
    expect(evaluate(affordable, { rent: 500 })).toEqual(missing('housing'));
    expect(evaluate(affordable, { rent: 500, housing: 'rent' })).toEqual(known(false));
    expect(evaluate(affordable, { rent: 500, housing: 'own' })).toEqual(notApplicable);
  });

  it('treats what the caller calls hidden as not applicable, with all that stands inside', () => {
    const hidden = new Set(['income', 'household.0']);
    expect(evaluate({ var: 'income' }, { income: 5 }, { hidden })).toEqual(notApplicable);
    expect(evaluate({ count: { of: { var: 'household' }, as: 'm', where: { '>': [{ var: 'm.age' }, 1] } } }, { household: [{ age: 9 }, { age: 9 }] }, { hidden })).toEqual(known(1));
  });

  it('chooses the parameter that is in force on the day', () => {
    const programme = { parameters: [{ id: 'limit', title: text('limit'), unit: 'cents' as const, values: [{ from: '2024-01-01', value: 500 }, { from: '2026-03-15', value: 600 }] }] };
    expect(evaluate({ param: 'limit' }, {}, { programme })).toEqual(known(600));
    expect(evaluate({ param: 'limit' }, {}, { programme, asOf: '2026-03-14' })).toEqual(known(500));
    expect(evaluate({ param: 'limit' }, {}, { programme, asOf: '2023-12-31' })).toEqual(because('fault', 'parameterNotInForce'));
  });

  it('reads findings by step and question', () => {
    const programme = {
      flow: {
        start: 'visit',
        stages: [{ id: 'open', title: text('open') }],
        steps: [
          { kind: 'assess' as const, id: 'visit', title: text('v'), stage: 'open', citizenText: text('v'), role: 'inspector' as const, due: { days: 5 }, overdue: { escalateTo: 'supervisor' as const }, findings: [question('grade', 'number')], next: 'done' },
          { kind: 'end' as const, id: 'done', title: text('d'), citizenText: text('d'), outcome: 'completed' as const },
        ],
      },
    };
    expect(evaluate({ var: 'visit.grade' }, {}, { programme })).toEqual(missing('visit.grade'));
    expect(evaluate({ var: 'visit.grade' }, {}, { programme, findings: { visit: { grade: 3 } } })).toEqual(known(3));
  });
});

describe('tables', () => {
  const programme = {
    tables: [
      { id: 'notice', title: text('t'), bands: [{ from: 0, upTo: 350000, value: 20 }, { from: 350100, upTo: 500000, value: 10 }, { from: 500001, value: 0 }] },
      { id: 'steps', title: text('t'), bands: [{ upTo: 10, value: 1 }, { upTo: 20, value: 2 }, { value: 3 }], otherwise: 9 },
      { id: 'family', title: text('t'), columns: ['adults', 'minors'], rows: [{ anyOf: [{ adults: 1, minors: 1 }, { adults: 2, minors: 0 }], value: 700 }, { anyOf: [{ adults: 3 }], value: 900 }], otherwise: { '*': [2, 100] } },
    ],
  };
  it.each([[0, 1], [10, 1], [11, 2], [20, 2], [21, 3], [1000, 3], [-5, 1]])('%d falls in the band worth %d', (of, expected) => {
    expect(evaluate({ band: { table: 'steps', of } }, {}, { programme })).toEqual(known(expected));
  });
  it('a figure in a hole of the notice is a fault, never a refusal', () => {
    expect(evaluate({ band: { table: 'notice', of: 350050 } }, {}, { programme })).toEqual(because('fault', 'tableWithoutRow'));
  });
  it.each([[1, 1, 700], [2, 0, 700], [3, 7, 900], [4, 0, 200]])('%d adults and %d minors give %d', (adults, minors, expected) => {
    expect(evaluate({ lookup: { table: 'family', key: { adults, minors } } }, {}, { programme })).toEqual(known(expected));
  });
});

describe('bounds decide early, and never too early', () => {
  const band = { tables: [{ id: 'steps', title: text('t'), bands: [{ upTo: 10, value: 1 }, { upTo: 20, value: 2 }, { value: 3 }] }] };
  it('what every possibility agrees on is known', () => {
    const members = { household: [{ age: 5 }, { age: 6 }, {}] };
    const minors = { count: { of: { var: 'household' }, as: 'm', where: { '<': [{ var: 'm.age' }, 18] } } };
    expect(evaluate({ '>=': [minors, 2] }, members)).toEqual(known(true));
    expect(evaluate({ '>': [minors, 3] }, members)).toEqual(known(false));
    expect(evaluate({ '>=': [minors, 3] }, members)).toEqual(missing('household.2.age'));
    expect(evaluate({ '<=': [{ band: { table: 'steps', of: { var: 'income' } } }, 3] }, {}, { programme: band })).toEqual(known(true));
    expect(evaluate({ '==': [{ band: { table: 'steps', of: { var: 'income' } } }, 4] }, {}, { programme: band })).toEqual(known(false));
    expect(evaluate({ '<': [{ if: [{ var: 'single' }, 3, 5] }, 6] })).toEqual(known(true));
  });
  it('a figure that is not whole bounds nothing, also where it is only one of two ways', () => {
    const half = { if: [{ var: 'single' }, { var: 'income' }, 4] };
    expect(evaluate({ divRound: { of: half, by: 2, rounding: 'up' } }, { income: 0.5 })).toEqual(missing('single'));
    expect(evaluate({ '<': [half, 9] }, { income: 0.5 })).toEqual(missing('single'));
  });
  it('but not when the value may turn out not applicable', () => {
    expect(evaluate({ '<=': [{ band: { table: 'steps', of: { var: 'rent' } } }, 3] }, {}, { programme: band })).toEqual(missing('housing'));
  });
});
