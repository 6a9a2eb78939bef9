import { describe, expect, it } from 'vitest';
import { checkAnswers, listDocumentIds, mergeAnswers, normaliseAnswers, readSubject, stripHidden, summariseAnswers } from '#forms/answers/answers.js';
import { tellFinding } from '#forms/findings/tell.js';
import { el } from '#forms/findings/texts/el.js';
import { listPages, neighbourPage, progressOf } from '#forms/pages/pages.js';
import { fc } from '#tests/support/properties.js';
import { TODAY, programmeOf, question } from './programme.js';

const DOCUMENT_ID = '123e4567-e89b-42d3-a456-426614174000';
const PAPER = { title: { el: 'Ε1', en: 'E1' }, acceptedTypes: ['application/pdf' as const], sizeBytesMax: 1000, filesMax: 2 };

const programme = programmeOf(
  [
    {
      questions: [
        question({ id: 'name', type: 'text', role: 'applicantGivenName' }),
        question({ id: 'married', type: 'yesNo' }),
        question({ id: 'spouse', type: 'text', visible: { var: 'married' } }),
        question({ id: 'notice', type: 'information' }),
      ],
    },
    {
      visible: { var: 'married' },
      questions: [
        question({
          id: 'children',
          type: 'repeat',
          itemsMin: 1,
          itemTitle: { el: 'Παιδί', en: 'Child' },
          items: [question({ id: 'born', type: 'date', dateMax: { asOf: true } }), question({ id: 'school', type: 'text', visible: { '>=': [{ ageAt: [{ var: 'item.born' }, { asOf: true }] }, 6] } })],
        }),
      ],
    },
    {
      questions: [
        question({ id: 'paper', type: 'file', document: 'e1' }),
        question({ id: 'later', type: 'file', document: 'later' }),
        question({ id: 'email', type: 'email', optional: true, role: 'applicantEmail' }),
        question({ id: 'truth', type: 'declaration' }),
      ],
    },
  ],
  { documents: [{ id: 'e1', ...PAPER, mayBeMissingAtFiling: false }, { id: 'later', ...PAPER, mayBeMissingAtFiling: true }] },
);

const single = { name: 'Ελένη', married: false, paper: [DOCUMENT_ID], truth: true };
const codesOf = (answers: unknown, stage: 'draft' | 'submit' | 'desk' = 'submit'): readonly string[] =>
  checkAnswers(programme, answers, { today: TODAY, stage }).map(({ code, pointer }) => `${pointer} ${code}`);

describe('checking the answers of an application', () => {
  it.each([
    ['a complete application has no findings', single, []],
    ['what must be answered is named in the order of the form', {}, ['/name answer.missing', '/married yesNo.missing', '/paper file.missing', '/truth declaration.missing']],
    ['a blank answer is no answer', { ...single, name: '' }, ['/name answer.missing']],
    ['null is no answer', { ...single, name: null }, ['/name answer.missing']],
    ['the answer to a hidden question is ignored, even a wrong one', { ...single, spouse: 3, children: 'x' }, []],
    ['a condition that holds asks its question', { ...single, married: true, children: [{ born: '2024-01-01' }] }, ['/spouse answer.missing']],
    ['a list with too few members says so', { ...single, married: true, spouse: 'Άρης', children: [] }, ['/children repeat.tooFew']],
    ['inside a member too, and only what that member is asked', { ...single, married: true, spouse: 'Άρης', children: [{ born: '2010-01-01' }, { born: '2025-01-01' }] }, ['/children/0/school answer.missing']],
    ['a bound that is worked out', { ...single, married: true, spouse: 'Άρης', children: [{ born: '2026-11-23' }] }, ['/children/0/born date.tooLate']],
    ['a field that the form does not know', { ...single, admin: true, notice: 'x' }, ['/admin answer.unknown', '/notice answer.unknown']],
    ['a field that a member does not know', { ...single, married: true, spouse: 'Άρης', children: [{ born: '2025-01-01', 'a/b~': 1 }] }, ['/children/0/a~1b~0 answer.unknown']],
    ['types are not coerced', { ...single, truth: 'true', name: 3 }, ['/name answer.type', '/truth answer.type']],
    ['who would rather not say may, where nothing need be said', { ...single, email: { refused: true } }, []],
    ['and not elsewhere', { ...single, name: { refused: true } }, ['/name answer.missing']],
    ['a name of the prototype is an unknown field like any other', JSON.parse('{"__proto__":1,"constructor":2}') as unknown, ['/name answer.missing', '/married yesNo.missing', '/paper file.missing', '/truth declaration.missing', '/__proto__ answer.unknown', '/constructor answer.unknown']],
  ])('%s', (_case, answers, findings) => {
    expect(codesOf(answers)).toEqual(findings);
  });

  it('is content with a draft that is not finished, and refuses what even a draft may not hold', () => {
    expect(codesOf({ name: 'Ελένη', email: 'half@' }, 'draft')).toEqual([]);
    expect(codesOf({ name: 3, x: 1 }, 'draft')).toEqual(['/name answer.type', '/x answer.unknown']);
  });

  it('lets papers come later at the desk', () => {
    expect(codesOf({ ...single, paper: undefined }, 'desk')).toEqual([]);
    expect(codesOf({ ...single, paper: undefined }, 'submit')).toEqual(['/paper file.missing']);
  });

  it('refuses what is no object, too deep or too large, without reading further', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50; level += 1) deep = [deep];
    for (const answers of [null, [], 'x', 3]) expect(codesOf(answers)).toEqual([' answers.notObject']);
    expect(codesOf({ name: deep })).toEqual([' answers.tooLarge']);
    expect(codesOf({ name: Array.from({ length: 30_000 }, () => 0) })).toEqual([' answers.tooLarge']);
  });

  it('never throws, and tells every finding in both languages with all its parameters', () => {
    fc.assert(
      fc.property(fc.record({ name: fc.jsonValue(), married: fc.oneof(fc.boolean(), fc.jsonValue()), children: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())), paper: fc.jsonValue() }, { requiredKeys: [] }), (answers) => {
        for (const finding of checkAnswers(programme, answers, { today: TODAY, stage: 'submit' })) expect(tellFinding(finding, el)).not.toMatch(/\{\w+\}/);
        const tidy = normaliseAnswers(programme.form.pages.flatMap((page) => page.questions), answers);
        expect(normaliseAnswers(programme.form.pages.flatMap((page) => page.questions), tidy)).toEqual(tidy);
        summariseAnswers(programme, tidy, { texts: el, today: TODAY });
        stripHidden(programme, tidy, { today: TODAY });
      }),
    );
  });

  it('finds nothing more in the answers that are left when the hidden ones are stripped', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.string(), fc.array(fc.record({ born: fc.constantFrom('2010-01-01', '2025-01-01'), school: fc.string() })), (married, spouse, children) => {
        const answers = { ...single, married, spouse, children };
        expect(checkAnswers(programme, stripHidden(programme, answers, { today: TODAY }), { today: TODAY, stage: 'submit' })).toEqual(checkAnswers(programme, answers, { today: TODAY, stage: 'submit' }));
      }),
    );
  });
});

describe('keeping answers', () => {
  it('strips the answers to what is not asked, inside members too', () => {
    const answers = { ...single, spouse: 'Άρης', children: [] };
    expect(stripHidden(programme, answers, { today: TODAY })).toEqual(single);
    const married = { ...single, married: true, spouse: 'Άρης', children: [{ born: '2025-01-01', school: 'x' }] };
    expect(stripHidden(programme, married, { today: TODAY })).toEqual({ ...married, children: [{ born: '2025-01-01' }] });
  });

  it('takes an answer away by undefined', () => {
    expect(mergeAnswers({ a: 1, b: 2 }, { b: undefined, c: 3 })).toEqual({ a: 1, c: 3 });
  });

  it('lists every document once', () => {
    expect(listDocumentIds(programme, { ...single, later: [DOCUMENT_ID] })).toEqual([DOCUMENT_ID]);
  });

  it('knows the applicant by the roles of questions, and only what is valid', () => {
    expect(readSubject(programme, { ...single, email: 'eleni@example.gr' })).toEqual({ givenName: 'Ελένη', email: 'eleni@example.gr' });
    expect(readSubject(programme, { ...single, email: 'eleni' })).toEqual({ givenName: 'Ελένη' });
  });
});

describe('going through the pages', () => {
  const idsOf = (answers: Record<string, unknown>): readonly string[] => listPages(programme, answers, { today: TODAY }).map(({ page }) => page.id);

  it('leaves out a page that asks nothing', () => {
    expect(idsOf({ married: false })).toEqual(['page1', 'page3']);
    expect(idsOf({ married: true })).toEqual(['page1', 'page2', 'page3']);
  });

  it('asks a question of the same page as soon as its condition holds', () => {
    const asked = (married: boolean): readonly string[] => listPages(programme, { married }, { today: TODAY })[0]?.questions.map(({ id }) => id) ?? [];
    expect(asked(false)).not.toContain('spouse');
    expect(asked(true)).toContain('spouse');
  });

  it('goes back and forth, even from a page that has disappeared', () => {
    const pages = listPages(programme, { married: false }, { today: TODAY });
    expect(neighbourPage(pages, { from: 'page1', direction: 1, programme })).toBe('page3');
    expect(neighbourPage(pages, { from: 'page2', direction: 1, programme })).toBe('page3');
    expect(neighbourPage(pages, { from: 'page2', direction: -1, programme })).toBe('page1');
    expect(neighbourPage(pages, { from: 'page3', direction: 1, programme })).toBeNull();
    expect(progressOf(pages, 'page3')).toEqual({ number: 2, count: 2 });
  });
});

describe('check-your-answers', () => {
  it('shows what was asked, page by page, with members by their number', () => {
    const answers = { ...single, married: true, spouse: 'Άρης', children: [{ born: '2010-01-01', school: '1ο' }] };
    const pages = summariseAnswers(programme, answers, { texts: el, today: TODAY });
    expect(pages.map(({ rows }) => rows.map(({ pointer, value }) => [pointer, value]))).toEqual([
      [['/name', 'Ελένη'], ['/married', 'Ναι'], ['/spouse', 'Άρης']],
      [['/children', '1']],
      [['/paper', 'Ανέβηκε'], ['/later', ''], ['/email', ''], ['/truth', 'Ναι']],
    ]);
    expect(pages[1]?.rows[0]?.members).toMatchObject([{ title: 'Παιδί 1', rows: [{ value: '1 Ιανουαρίου 2010' }, { value: '1ο' }] }]);
  });
});

describe('what is asked', () => {
  it('is worked out anew while answers may change, and once when they are frozen', () => {
    const answers: Record<string, unknown> = { name: 'Ελένη', married: false, spouse: 'Νίκος' };
    expect(stripHidden(programme, answers, { today: TODAY })).not.toHaveProperty('spouse');
    answers['married'] = true;
    expect(stripHidden(programme, answers, { today: TODAY })).toHaveProperty('spouse');
    const frozen = Object.freeze({ ...answers, married: false });
    expect(stripHidden(programme, frozen, { today: TODAY })).toEqual(stripHidden(programme, { ...frozen }, { today: TODAY }));
    expect(stripHidden(programme, frozen, { today: TODAY })).toEqual(stripHidden(programme, frozen, { today: TODAY }));
  });

  it('says of frozen answers what it says of answers that may change, in whatever order it is asked', () => {
    const any = fc.oneof(fc.constant(undefined), fc.constant(null), fc.constant({ refused: true }), fc.boolean(), fc.constant('x'), fc.constant('2010-01-01'), fc.constant('2027-01-01'));
    const member = fc.record({ born: any, school: any }, { requiredKeys: [] });
    const arbitrary = fc.record({ name: any, married: any, spouse: any, children: fc.oneof(any, fc.array(fc.oneof(any, member), { maxLength: 3 })), paper: any, email: any, truth: any }, { requiredKeys: [] });
    const asks: readonly ((given: Record<string, unknown>) => unknown)[] = [
      (given) => checkAnswers(programme, given, { today: TODAY, stage: 'submit' }),
      (given) => stripHidden(programme, given, { today: TODAY }),
      (given) => readSubject(programme, given, { today: TODAY }),
      (given) => checkAnswers(programme, given, { today: '2030-01-01', stage: 'desk' }),
      (given) => stripHidden(programme, given, { today: '2030-01-01' }),
    ];
    fc.assert(
      fc.property(arbitrary, fc.shuffledSubarray([...asks, ...asks], { minLength: 2 }), (given, order) => {
        const frozen = Object.freeze({ ...given });
        for (const ask of order) expect(ask(frozen)).toEqual(ask({ ...given }));
      }),
    );
  });
});
