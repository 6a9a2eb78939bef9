import { describe, expect, it } from 'vitest';
import type { Expression } from '#definitions/types/programme.js';
import { learnOperators, needsOperators, unaskedIn } from '#forms/pages/prepared.js';
import { TODAY, programmeOf, question } from './programme.js';

// Nothing here may import `forms/answers/answers.js`: it takes the whole language in.
const asking = (visible: Expression, computed: Parameters<typeof programmeOf>[1] = {}): ReturnType<typeof programmeOf> =>
  programmeOf([{ questions: [question({ id: 'income', type: 'number' }), question({ id: 'rent', type: 'number', visible })] }], computed);

const HALF = { '>': [{ '+': [{ var: 'income' }, 1] }, 5] } as Expression;
const VALUE = { id: 'half', title: { el: 'α', en: 'a' }, type: 'boolean', value: HALF } as const;

describe('a form whose conditions use words that a browser has not loaded', () => {
  it.each([
    ['the usual words', asking({ '>': [{ var: 'income' }, 5] }), false],
    ['a walk over members', asking({ some: { of: { var: 'people' }, as: 'person', where: { var: 'person.works' } } } as Expression), false],
    ['a word of arithmetic', asking(HALF), true],
    ['a word of arithmetic inside a walk', asking({ some: { of: { var: 'people' }, as: 'person', where: HALF } } as Expression), true],
    ['a computed value with such a word', asking({ computed: 'half' }, { computed: [VALUE] } as never), true],
    ['a computed value with such a word, that no question asks for', asking({ var: 'income' }, { computed: [VALUE] } as never), false],
  ])('is told by its conditions: %s', (_case, programme, needs) => {
    expect(needsOperators(programme)).toBe(needs);
  });

  it('asks what it should once they are loaded, and needs no more', async () => {
    const programme = asking(HALF);
    const { OPERATORS } = await import('#definitions/language/operators/operators.js');
    learnOperators(OPERATORS);
    expect(needsOperators(programme)).toBe(false);
    expect([...unaskedIn(programme, { income: 1 }, TODAY)]).toEqual(['rent']);
    expect([...unaskedIn(programme, { income: 9 }, TODAY)]).toEqual([]);
    expect([...unaskedIn(programme, {}, TODAY)]).toEqual(['rent']);
  });
});
