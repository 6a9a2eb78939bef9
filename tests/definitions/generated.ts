import type { Answers, Situation } from '#definitions/language/programme.js';
import type { Expression, Programme } from '#definitions/types/programme.js';
import { fc } from '#tests/support/properties.js';
import { AS_OF, rule, smallProgramme, text } from './small-programme.js';

/** Well-typed expressions over the small programme, of a given depth. */
type Maker = (depth: number, scope: readonly string[]) => fc.Arbitrary<Expression>;

const amount = fc.integer({ min: -1000, max: 1000 });
const date = fc.constantFrom('2008-02-29', '2026-02-28', '1999-12-31', '2010-06-15').map((day): Expression => ({ date: day }));

const leafNumber = (scope: readonly string[]): fc.Arbitrary<Expression> =>
  fc.oneof(
    amount,
    fc.constantFrom<Expression>({ var: 'income' }, { var: 'size' }, { var: 'rent' }, { param: 'limit' }, { computed: 'half' }, { length: { var: 'household' } }),
    ...scope.map((name) => fc.constantFrom<Expression>({ var: `${name}.age` }, { var: `${name}.pay` })),
  );

const number: Maker = (depth, scope) => {
  if (depth <= 0) return leafNumber(scope);
  const below = number(depth - 1, scope);
  const name = `e${depth}`;
  const inside = [...scope, name];
  return fc.oneof(
    { weight: 2, arbitrary: leafNumber(scope) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('+', 'min', 'max', '*'), fc.array(below, { minLength: 1, maxLength: 3 })).map(([operator, parts]) => ({ [operator]: parts }) as unknown as Expression) },
    { weight: 1, arbitrary: fc.tuple(below, below).map((pair): Expression => ({ '-': pair })) },
    { weight: 1, arbitrary: fc.tuple(below, fc.constantFrom<Expression>(2, 3, 0, -7, { var: 'size' }), fc.constantFrom('truncate' as const, 'halfUp' as const, 'halfEven' as const, 'up' as const)).map(([of, by, rounding]): Expression => ({ divRound: { of, by, rounding } })) },
    { weight: 1, arbitrary: fc.tuple(condition(depth - 1, scope), below, below).map((parts): Expression => ({ if: parts })) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('steps', 'holed'), below).map(([table, of]): Expression => ({ band: { table, of } })) },
    { weight: 1, arbitrary: fc.tuple(condition(0, scope), below).map(([single, size]): Expression => ({ lookup: { table: 'family', key: { single, size } } })) },
    { weight: 1, arbitrary: condition(depth - 1, inside).map((where): Expression => ({ count: { of: { var: 'household' }, as: name, where } })) },
    { weight: 1, arbitrary: fc.tuple(number(depth - 1, inside), fc.option(condition(depth - 1, inside), { nil: undefined })).map(([value, where]): Expression => ({ sum: { of: { var: 'household' }, as: name, value, ...(where === undefined ? {} : { where }) } })) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom<Expression>({ var: 'born' }, ...scope.map((each) => ({ var: `${each}.birth` }))), date).map((pair): Expression => ({ ageAt: pair })) },
  );
};

const leafCondition = (scope: readonly string[]): fc.Arbitrary<Expression> =>
  fc.oneof(
    fc.boolean(),
    fc.constantFrom<Expression>({ var: 'single' }, { fact: 'active' }, { document: 'paper' }, { computed: 'poor' }, { known: 'nick' }, { known: 'rent' }, { '==': [{ var: 'housing' }, 'rent'] }, { in: [{ var: 'housing' }, { list: ['own'] }] }, { in: ['a', { var: 'tags' }] }),
    ...scope.map((name) => fc.constantFrom<Expression>({ var: `${name}.works` }, { '<': [{ var: `${name}.age` }, 18] })),
  );

const condition: Maker = (depth, scope) => {
  if (depth <= 0) return leafCondition(scope);
  const below = condition(depth - 1, scope);
  const name = `e${depth}`;
  return fc.oneof(
    { weight: 2, arbitrary: leafCondition(scope) },
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), number(depth - 1, scope), number(depth - 1, scope)).map(([operator, left, right]) => ({ [operator]: [left, right] }) as unknown as Expression) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom('and', 'or'), fc.array(below, { minLength: 1, maxLength: 3 })).map(([operator, parts]) => ({ [operator]: parts }) as unknown as Expression) },
    { weight: 1, arbitrary: below.map((part): Expression => ({ not: part })) },
    { weight: 1, arbitrary: fc.tuple(below, below, below).map((parts): Expression => ({ if: parts })) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom('some', 'all', 'none'), condition(depth - 1, [...scope, name])).map(([operator, where]) => ({ [operator]: { of: { var: 'household' }, as: name, where } }) as unknown as Expression) },
  );
};

export const conditions = condition(3, []);
export const numbers = number(3, []);

/** A computed value that leads back to itself is an error of the definition: `half` reads no other, and `poor` only `half`. */
function withoutComputed(expression: Expression, ids: readonly string[]): Expression {
  const answer = { half: { var: 'income' }, poor: { var: 'single' } };
  return JSON.parse(JSON.stringify(expression), (_, part: unknown) => {
    const id = typeof part === 'object' && part !== null ? (part as { computed?: keyof typeof answer }).computed : undefined;
    return id !== undefined && ids.includes(id) ? answer[id] : part;
  }) as Expression;
}

/** Programmes with generated rules and points over the small form. */
export const programmes: fc.Arbitrary<Programme> = fc
  .record({
    rules: fc.array(fc.tuple(conditions, fc.option(condition(1, []), { nil: undefined })), { minLength: 1, maxLength: 4 }),
    lines: fc.array(fc.record({ points: numbers, when: fc.option(condition(2, []), { nil: undefined }), cap: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }), multiplier: fc.option(fc.constantFrom<Expression>(2, { if: [{ var: 'single' }, 2, 1] }, { var: 'size' }), { nil: undefined }), order: fc.constantFrom('capThenMultiply' as const, 'multiplyThenCap' as const) }), { maxLength: 3 }),
    cap: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    half: number(2, []).map((of): Expression => ({ divRound: { of: withoutComputed(of, ['half', 'poor']), by: 2, rounding: 'halfUp' } })),
    poor: condition(1, []).map((each) => withoutComputed(each, ['poor'])),
  })
  .map(({ rules, lines, cap, half, poor }) =>
    smallProgramme({
      parameters: [{ id: 'limit', title: text('limit'), unit: 'cents', values: [{ from: '2020-01-01', value: 500 }] }],
      facts: [{ id: 'active', title: text('active'), type: 'boolean', source: 'register' }],
      documents: [{ id: 'paper', title: text('paper'), acceptedTypes: ['application/pdf'], sizeBytesMax: 1, filesMax: 1, mayBeMissingAtFiling: true }],
      tables: [
        { id: 'steps', title: text('t'), bands: [{ upTo: 10, value: 1 }, { upTo: 200, value: 5 }, { value: 3 }] },
        { id: 'holed', title: text('t'), bands: [{ from: 0, upTo: 10, value: 1 }, { from: 20, upTo: 200, value: 5 }] },
        { id: 'family', title: text('t'), columns: ['single', 'size'], rows: [{ anyOf: [{ single: true, size: 2 }, { single: false }], value: 7 }], otherwise: 1 },
      ],
      computed: [
        { id: 'half', title: text('half'), type: 'number', value: half },
        { id: 'poor', title: text('poor'), type: 'boolean', value: poor },
      ],
      rules: rules.map(([each, when], position) => rule(`r${position}`, each, when === undefined ? {} : { when })),
      points: {
        lines: lines.map(({ points, when, cap: most, multiplier, order }, position) => ({ id: `p${position}`, title: text(`p${position}`), points, order, ...(when === undefined ? {} : { when }), ...(most === undefined ? {} : { cap: most }), ...(multiplier === undefined ? {} : { multiplier }) })),
        ...(cap === undefined ? {} : { cap }),
      },
    }),
  );

const member = fc.record({ age: fc.integer({ min: 0, max: 100 }), works: fc.boolean(), pay: fc.integer({ min: 0, max: 900 }), birth: fc.constantFrom('2008-02-29', '1990-01-01', '2020-05-05') });

/** Everything answered. */
export const situations: fc.Arbitrary<Situation> = fc.record({
  asOf: fc.constant(AS_OF),
  answers: fc.record({
    income: fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constant(9007199254740000)),
    size: fc.integer({ min: 0, max: 5 }),
    born: fc.constantFrom('2008-02-29', '1950-01-01', '2026-03-15'),
    single: fc.boolean(),
    housing: fc.constantFrom('own', 'rent'),
    rent: fc.integer({ min: 0, max: 900 }),
    nick: fc.constant('x'),
    tags: fc.subarray(['a', 'b']),
    household: fc.array(member, { maxLength: 3 }),
  }),
  facts: fc.record({ active: fc.boolean() }),
  documents: fc.record({ paper: fc.constantFrom('accepted' as const, 'refused' as const) }),
});

/** The same situation with some of it not yet there: answers, fields of members, facts, papers. */
export function partsOf(situation: Situation, keep: (path: string) => boolean): Situation {
  const prune = (answers: Answers, path: string): Answers =>
    Object.fromEntries(
      Object.entries(answers)
        .filter(([name]) => keep(`${path}${name}`))
        .map(([name, value]) => [name, Array.isArray(value) && name === 'household' ? value.map((element, position) => prune(element as Answers, `${name}.${position}.`)) : value]),
    );
  return {
    ...situation,
    answers: prune(situation.answers, ''),
    facts: prune(situation.facts ?? {}, 'fact:'),
    documents: Object.fromEntries(Object.entries(situation.documents ?? {}).filter(([name]) => keep(`document:${name}`))),
  };
}

/** Anything at all, of the wrong types too. */
export const nonsense: fc.Arbitrary<Answers> = fc.dictionary(
  fc.constantFrom('income', 'size', 'born', 'single', 'housing', 'rent', 'tags', 'household', 'home', '__proto__', 'constructor'),
  fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.array(fc.dictionary(fc.constantFrom('age', 'works', 'pay', 'birth'), fc.jsonValue({ maxDepth: 1 })), { maxLength: 4 })) as fc.Arbitrary<never>,
) as fc.Arbitrary<Answers>;
