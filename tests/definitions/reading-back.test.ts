import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listSites } from '#definitions/check/sites.js';
import { readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { canonicalise } from '#definitions/language/canonical.js';
import { readSentence } from '#definitions/language/sentence-reader.js';
import { writeSentence } from '#definitions/language/sentence.js';
import type { SentencePlace } from '#definitions/language/sentence.js';
import type { Expression, Programme } from '#definitions/types/programme.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { examples, fc } from '#tests/support/properties.js';
import { programmes } from './generated.js';
import { question, smallProgramme, text } from './small-programme.js';

const shipped = join(packageRoot(), 'definitions/programmes');
const folders = (await readdir(shipped, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();

/** Names that an official may well give, and that lead a careless reader astray. */
const nasty = smallProgramme({
  form: {
    pages: [
      {
        id: 'first',
        title: text('Πρώτη'),
        questions: [
          question('kind', 'choice', { label: text('Κατοικία και στέγη'), options: [{ value: 'a', label: text('Ενοίκιο') }, { value: 'b', label: text('Άλλο') }, { value: 'c', label: text('Άλλο') }] }),
          question('kinds', 'choices', { label: text('Τι (αν έχετε) «παίρνετε»;'), options: [{ value: 'a', label: text('Α ή Β') }] }),
          question('rented', 'text', { label: text('Ενοίκιο') }),
          question('name', 'text', { label: text('α) Όνομα ή «παρατσούκλι”') }),
          question('amount', 'money', { label: text('Ποσό') }),
          question('again', 'money', { label: text('Ποσό') }),
          question('sure', 'yesNo', { label: text('Είστε βέβαιοι, ναι ή όχι;') }),
          question('day', 'date', { label: text('Ημέρα') }),
          question('how', 'text', { label: text('Πώς ζείτε;') }),
          question('home', 'address', { label: text('Διεύθυνση') }),
          question('people', 'repeat', { label: text('Άτομα'), itemsMax: 9, items: [question('age', 'number', { label: text('Ηλικία') }), question('sure', 'yesNo', { label: text('Ηλικία') }), question('works', 'yesNo', { label: text('Εργάζεται') })] }),
        ],
      },
    ],
  },
  documents: [{ id: 'proof', title: text('Χαρτί (πρωτότυπο'), acceptedTypes: ['application/pdf'], sizeBytesMax: 1, filesMax: 1, mayBeMissingAtFiling: true }],
  parameters: [
    { id: 'amount', title: text('Ποσό'), unit: 'cents', values: [{ from: '2020-01-01', value: 500 }] },
    { id: 'kindsAided', title: text('Είδη'), unit: 'list', values: [{ from: '2020-01-01', value: ['a', 'c'] }] },
    { id: 'codes', title: text('Κώδικες, και άλλα'), unit: 'list', values: [{ from: '2020-01-01', value: ['19600', '19012'] }] },
  ],
  facts: [{ id: 'active', title: text('Παίρνει ήδη'), type: 'boolean', source: 'Μητρώο (Δ. 1)' }],
  computed: [{ id: 'amount', title: text('Ποσό'), type: 'money', value: 1 }, { id: 'isPoor', title: text('Φτωχοί είναι οι άλλοι'), type: 'boolean', value: true }],
  tables: [
    { id: 'byHome', title: text('Σπίτι'), columns: ['sure', 'how', 'poor'], rows: [{ anyOf: [{ sure: true, how: 'a', poor: true }], value: 1 }] },
    { id: 'steps', title: text('Βήματα'), bands: [{ value: 1 }] },
  ],
});

/** The same rule, whatever the way of writing it: one part joined to nothing is that part, and −0 is 0. */
function plain(expression: unknown): unknown {
  if (Array.isArray(expression)) return expression.map(plain);
  if (typeof expression !== 'object' || expression === null) return expression === 0 ? 0 : expression;
  const [name = '', argument] = Object.entries(expression)[0] ?? [];
  if (['and', 'or', '+', '*'].includes(name) && Array.isArray(argument) && argument.length === 1) return plain(argument[0]);
  return Object.fromEntries(Object.entries(expression).map(([key, part]: [string, unknown]) => [key, plain(part)]));
}

function expectReadBack(programme: Programme, expression: unknown, place: SentencePlace = {}): void {
  const written = writeSentence(programme, expression, place);
  for (const language of ['el', 'en'] as const) {
    const reading = readSentence(programme, written[language], { ...place, language });
    const found = 'expression' in reading ? canonicalise(plain(reading.expression)) : JSON.stringify(reading);
    expect(found, written[language]).toBe(canonicalise(plain(expression)));
  }
}

describe('a printed rule, read back, is the same rule', () => {
  it.each(folders)('%s: every expression of it', async (name) => {
    const { programme } = await readProgrammeFolder(join(shipped, name));
    for (const { expression, group, step, wanted } of listSites(programme)) {
      if (step === undefined || group === '') expectReadBack(programme, expression, { group, kind: wanted.kind === 'money' ? 'money' : 'number' });
    }
  });

  it('whatever is generated', () => {
    fc.assert(
      fc.property(programmes, (programme) => {
        for (const { expression, group } of listSites(programme)) expectReadBack(programme, expression, { group });
      }),
      examples(200),
    );
  });

  it.each<Expression>([
    { '==': [{ var: 'kind' }, 'a'] },
    { '==': [{ var: 'kind' }, 'b'] },
    { '==': [{ var: 'kind' }, { var: 'rented' }] },
    { in: [{ var: 'kind' }, { list: ['a', 'b'] }] },
    { in: ['a', { var: 'kinds' }] },
    { in: [{ var: 'name' }, { list: ['A, B', 'C (D', 'και'] }] },
    { in: [{ var: 'home.postcode' }, { param: 'codes' }] },
    { in: [{ var: 'amount' }, { list: [100, 250] }] },
    { in: [{ var: 'kind' }, { param: 'kindsAided' }] },
    { some: { of: { var: 'kinds' }, as: 'kind', where: { in: [{ var: 'kind' }, { param: 'kindsAided' }] } } },
    { none: { of: { var: 'kinds' }, as: 'one', where: { '==': [{ var: 'one' }, 'a'] } } },
    { in: [{ var: 'name' }, { list: [] }] },
    { length: { list: ['a'] } },
    { '==': [{ var: 'name' }, 'rented'] },
    { '!=': [{ var: 'home.town' }, '2026-01-05'] },
    { and: [{ var: 'sure' }, { or: [{ not: { var: 'sure' } }, { known: 'sure' }] }] },
    { '<=': [{ var: 'amount' }, { param: 'amount' }] },
    { '>': [{ computed: 'amount' }, { var: 'amount' }] },
    { '*': [{ var: 'amount' }, 2] },
    { if: [{ '>': [{ var: 'amount' }, 50000] }, 2, 1] },
    { '>=': [{ var: 'day' }, { dateAdd: { to: { asOf: true }, amount: -6, unit: 'months' } }] },
    { '<': [{ daysBetween: [{ date: '2026-01-05' }, { var: 'day' }] }, 30] },
    { all: { of: { var: 'people' }, as: 'one', where: { or: [{ var: 'one.sure' }, { some: { of: { var: 'people' }, as: 'two', where: { '==': [{ var: 'one.age' }, { var: 'two.age' }] } } }] } } },
    { and: [{ some: { of: { var: 'people' }, as: 'one', where: { var: 'one.sure' } } }, { document: 'proof' }, { fact: 'active' }] },
    { '>=': [{ count: { of: { var: 'people' }, as: 'one', where: { '<': [{ var: 'one.age' }, 18] } } }, 2] },
    { and: [{ '>=': [{ var: 'day' }, { date: '2026-01-05' }] }, { '<=': [{ var: 'day' }, { asOf: true }] }] },
    { and: [{ '>=': [{ var: 'amount' }, 1] }, { '>=': [{ var: 'amount' }, 2] }, { '<=': [{ var: 'amount' }, 3] }, { '<=': [{ var: 'amount' }, 4] }, { var: 'sure' }] },
    { and: [{ var: 'sure' }, { and: [{ '>=': [{ var: 'amount' }, 1] }, { '<=': [{ var: 'amount' }, 3] }] }] },
    { or: [{ and: [{ '>=': [{ var: 'amount' }, 1] }, { '<=': [{ var: 'amount' }, 3] }] }, { not: { and: [{ '>=': [{ asOf: true }, { var: 'day' }] }, { '<=': [{ asOf: true }, { date: '2027-01-05' }] }] } }] },
    { and: [{ '>=': [{ var: 'amount' }, 1] }, { '<=': [{ computed: 'amount' }, 3] }] },
    { '==': [{ not: { fact: 'active' } }, { computed: 'isPoor' }] },
    { not: { not: { computed: 'isPoor' } } },
    { '==': [{ var: 'sure' }, true] },
    { '<': [{ dateAdd: { to: { asOf: true }, amount: 1, unit: 'months' } }, { dateAdd: { to: { var: 'day' }, amount: { '-': [0, 1] }, unit: 'years' } }] },
    { '<': [{ asOf: true }, { asOf: true }] },
    { '>=': [{ ageAt: [{ var: 'day' }, { dateAdd: { to: { asOf: true }, amount: -1, unit: 'days' } }] }, { '+': [{ length: { var: 'people' } }, 1] }] },
    { in: [{ var: 'how' }, { var: 'kinds' }] },
    { lookup: { table: 'byHome', key: { sure: { var: 'sure' }, how: { var: 'how' }, poor: { computed: 'isPoor' } } } },
    { sum: { of: { var: 'people' }, as: 'one', where: { '>': [{ var: 'one.age' }, 3] }, value: { band: { table: 'steps', of: { var: 'one.age' } } } } },
  ])('however things are named: %j', (expression) => {
    expectReadBack(nasty, expression);
  });

  const [born, asOf, day] = [{ var: 'day' }, { asOf: true }, { date: '2026-01-05' }] as const;
  it.each<[Expression, string, string]>([
    [{ '>=': [{ ageAt: [born, asOf] }, 18] }, 'Η ηλικία από «Ημέρα» κατά την ημερομηνία κρίσης είναι τουλάχιστον 18.', 'The age by “imera” on the date of judgement is at least 18.'],
    [{ and: [{ '>=': [asOf, day] }, { '<=': [asOf, { date: '2026-02-05' }] }] }, 'Η ημερομηνία κρίσης είναι από 05/01/2026 έως και 05/02/2026.', 'The date of judgement is from 05/01/2026 up to and including 05/02/2026.'],
    [{ '<': [born, asOf] }, '«Ημέρα» είναι πριν από την ημερομηνία κρίσης.', '“imera” is before the date of judgement.'],
    [{ '>': [asOf, { dateAdd: { to: born, amount: -1, unit: 'months' } }] }, 'Η ημερομηνία κρίσης είναι μετά από 1 μήνα πριν από «Ημέρα».', 'The date of judgement is after 1 month before “imera”.'],
    [{ '<=': [{ dateAdd: { to: born, amount: 5, unit: 'years' } }, asOf] }, '5 έτη μετά από «Ημέρα» είναι έως και την ημερομηνία κρίσης.', '5 years after “imera” is up to and including the date of judgement.'],
    [{ '==': [{ var: 'how' }, 'a'] }, 'Η απάντηση στο «Πώς ζείτε;» είναι το κείμενο «a».', 'The answer to “pos zeite;” is the text “a”.'],
    [{ in: ['a', { var: 'how' }] }, 'Το κείμενο «a» περιλαμβάνεται στην απάντηση στο «Πώς ζείτε;».', 'The text “a” is included in the answer to “pos zeite;”.'],
    [{ in: [{ var: 'home.postcode' }, { param: 'codes' }] }, '«Διεύθυνση (ταχυδρομικός κώδικας)» περιλαμβάνεται σε «Κώδικες, και άλλα» (19600, 19012).', '“dieythynsi (postcode)” is included in “kodikes, kai alla” (19600, 19012).'],
    [{ not: { computed: 'isPoor' } }, 'Δεν ισχύει το «Φτωχοί είναι οι άλλοι».', '“ftochoi einai oi alloi” does not hold.'],
    [{ count: { of: { var: 'people' }, as: 'one', where: { var: 'one.works' } } }, 'Το πλήθος των «one» από «Άτομα» για τα οποία (η απάντηση στο «one: Εργάζεται» είναι ναι).', 'The number of “one” of “atoma” for which (the answer to “one: ergazetai” is yes).'],
  ])('in plain words: %j', (expression, el, en) => {
    expect(writeSentence(nasty, expression)).toEqual({ el, en });
    expectReadBack(nasty, expression);
  });

  it('amounts written in a formula for money are written as money', () => {
    expect(writeSentence(smallProgramme(), { if: [{ var: 'single' }, 10000, { '*': [5000, { var: 'size' }] }] }, { kind: 'money' }).en).toBe('If the answer to “single” is yes, then €100.00, otherwise €50.00 times “size”.');
    expect(writeSentence(smallProgramme(), { '*': [{ var: 'income' }, 12] }).en).toBe('“income” times 12.');
  });
});

describe('what cannot be understood is told, never guessed', () => {
  it('a name that nothing carries', () => {
    expect(readSentence(nasty, '«Μισθός» είναι το πολύ 100,00 €.', { language: 'el' })).toEqual({ unknown: '«Μισθός»' });
  });

  it('words that are not of the language', () => {
    expect(readSentence(smallProgramme(), 'Give it to everybody.', { language: 'en' })).toEqual({ unknown: 'Give it to everybody' });
  });

  it('brackets that are not needed do no harm, nor do spaces', () => {
    expect(readSentence(smallProgramme(), '  ((the answer to “single” is yes)   and (“income” is at most (€5.00))) ', { language: 'en' })).toEqual({ expression: { and: [{ var: 'single' }, { '<=': [{ var: 'income' }, 500] }] } });
  });

  it('anything at all is answered', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('(', ')', '«', '»', ' και ', ' ή ', 'αν ', ', τότε ', ', αλλιώς ', '«single»', '5', ' είναι το πολύ ', ' συν ', 'δεν ισχύει ότι '), { maxLength: 40 }), (pieces) => {
        expect(Object.keys(readSentence(smallProgramme(), pieces.join(''), { language: 'el' }))).toHaveLength(1);
      }),
      examples(300),
    );
  });
});
