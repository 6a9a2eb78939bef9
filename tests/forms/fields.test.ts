import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stdnum } from 'stdnum';
import { describe, expect, it } from 'vitest';
import type { Question } from '#definitions/types/programme.js';
import { maskAnswer } from '#forms/answers/mask.js';
import type { FieldContext, FieldType } from '#forms/fields/field-type.js';
import { fieldTypes } from '#forms/fields/field-types.js';
import { FINDINGS_BY_TYPE } from '#forms/findings/by-type.js';
import { FINDING_CODES } from '#forms/findings/codes.js';
import { el } from '#forms/findings/texts/el.js';
import { en } from '#forms/findings/texts/en.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { examples, fc } from '#tests/support/properties.js';
import { question } from './programme.js';

const OPTIONS = [
  { value: 'red', label: { el: 'Κόκκινο', en: 'Red' } },
  { value: 'blue', label: { el: 'Μπλε', en: 'Blue' } },
];
const DOCUMENT_ID = '123e4567-e89b-42d3-a456-426614174000';

/** For each type: what is typed → what is kept. Every line is also a valid answer. */
const ACCEPTED: Readonly<Record<Question['type'], readonly (readonly [unknown, unknown])[]>> = {
  text: [['  Γιώργος   Νικολάου ', 'Γιώργος Νικολάου'], ['Ελένη', 'Ελένη']],
  longText: [['α\r\nβ ', 'α\nβ']],
  number: [['3', 3], [' 1.234 ', 1234], ['-2', -2], [5, 5], ['٣', 3]],
  money: [['1.234,50', 123450], ['1234,5', 123450], ['12', 1200], ['12.50', 1250], ['1.234', 123400], ['1,234.50', 123450], ['€ 20', 2000], ['20 ευρώ', 2000], ['0,05', 5], [700, 700]],
  date: [[{ day: '1', month: '2', year: '1980' }, '1980-02-01'], ['21/11/2026', '2026-11-21'], ['29.2.2024', '2024-02-29'], ['1980-02-01', '1980-02-01']],
  yesNo: [[true, true], ['no', false]],
  choice: [['red', 'red']],
  choices: [[['red', 'red', 'blue'], ['red', 'blue']], [['blue'], ['blue']]],
  email: [[' Maria@Example.GR ', 'Maria@example.gr'], ['νίκος@παράδειγμα.ελ', 'νίκος@παράδειγμα.ελ']],
  phone: [['210 123-4567', '+302101234567'], ['69 1234 5678', '+306912345678'], ['00 30 6912345678', '+306912345678'], ['+44 20 7946 0958', '+442079460958'], ['30 2101234567', '+302101234567']],
  address: [[{ street: ' Σόλωνος ', number: '', town: 'Μάνδρα', postcode: '196 00' }, { street: 'Σόλωνος', town: 'Μάνδρα', postcode: '19600' }]],
  afm: [['094 259 216', '094259216'], ['EL094259216', '094259216'], ['٠٩٤٢٥٩٢١٦', '094259216']],
  amka: [['010180-00008', '01018000008']],
  personalNumber: [['Α1Β 094259216', 'A1B094259216'], ['a1b094259216', 'A1B094259216']],
  identity: [
    [[{ kind: 'none' }], [{ kind: 'none' }]],
    [[{ kind: 'passport', value: ' αβ 123 ' }, {}], [{ kind: 'passport', value: 'AB123' }]],
    [[{ kind: 'afm', value: '094 259216' }], [{ kind: 'afm', value: '094259216' }]],
  ],
  iban: [['GR16 0110 1250 0000 0001 2300 695', 'GR1601101250000000012300695'], ['γρ1601101250000000012300695', 'GR1601101250000000012300695'], ['IBAN: DE89 3704 0044 0532 0130 00', 'DE89370400440532013000']],
  repeat: [[[{}, {}], [{}, {}]], [[], []]],
  file: [[[DOCUMENT_ID], [DOCUMENT_ID]]],
  declaration: [[true, true]],
  information: [],
  computed: [],
};

/** For each type: an answer as the API may receive it → the codes. */
const REFUSED: Readonly<Record<Question['type'], readonly (readonly [unknown, readonly string[]])[]>> = {
  text: [[3, ['answer.type']], ['α\u0000', ['text.characters']], ['x'.repeat(201), ['text.tooLong']], ['\ud800', ['text.characters']]],
  longText: [['x'.repeat(2001), ['text.tooLong']], [[], ['answer.type']]],
  number: [['3', ['number.notWhole']], [1.5, ['number.notWhole']], [NaN, ['number.notWhole']], [2 ** 60, ['number.notWhole']]],
  money: [['12,50', ['money.notAmount']], [0.5, ['money.notAmount']], [-1, ['money.tooSmall']], [1e12, ['money.tooLarge']]],
  date: [['2026-02-29', ['date.notReal']], ['29/2/2024', ['date.notReal']], [{ day: '31', month: '2', year: '2024' }, ['date.notReal']], [{ day: '', month: '2', year: '2024' }, ['date.incomplete']], ['1066-10-14', ['date.tooEarly']], [20260101, ['answer.type']]],
  yesNo: [['yes', ['answer.type']], [1, ['answer.type']]],
  choice: [['green', ['choice.unknown']], [['red'], ['answer.type']]],
  choices: [[[], ['choices.missing']], [['green'], ['choice.unknown']], [['red', 'red'], ['choices.repeated']], ['red', ['answer.type']]],
  email: [['maria', ['email.malformed']], ['a@b', ['email.malformed']], ['a..b@c.gr', ['email.malformed']], ['a b@c.gr', ['email.malformed']]],
  phone: [['210 1234567', ['phone.malformed']], ['+30210', ['phone.malformed']], ['+303101234567', ['phone.malformed']]],
  address: [[{ street: 'Σόλωνος' }, ['address.townMissing', 'address.postcodeMissing']], [{ street: 'Σ', town: 'Μ', postcode: '00000' }, ['postcode.malformed']], [{ street: 'Σ', town: 'Μ', postcode: '19600', country: 'GR' }, ['address.unknownPart']], ['Σόλωνος 1', ['answer.type']]],
  afm: [['000000000', ['afm.zero']], ['094259217', ['afm.checkDigit']], ['94259216', ['afm.malformed']], [94259216, ['answer.type']], ['094 259 216', ['afm.malformed']]],
  amka: [['31028000005', ['amka.date']], ['01018000009', ['amka.checkDigit']], ['0101800000', ['amka.malformed']]],
  personalNumber: [['A1B094259217', ['personalNumber.afm']], ['Α1Β094259216', ['personalNumber.malformed']], ['094259216', ['personalNumber.malformed']]],
  identity: [
    [[], ['identity.missing']],
    [[{ kind: 'none' }, { kind: 'passport', value: 'AB123' }], ['identity.noneWithOthers']],
    [[{ kind: 'library' }], ['identity.kindUnknown']],
    [[{ kind: 'passport' }], ['identity.valueMissing']],
    [[{ kind: 'afm', value: '000000000' }], ['afm.zero']],
    [[{ kind: 'passport', value: 'AB123' }, { kind: 'passport', value: 'AB123' }], ['identity.repeated']],
    [[{ kind: 'other', value: 'a' }], ['identity.valueMalformed']],
  ],
  iban: [['GR1601101250000000012300696', ['iban.checkDigits']], ['GR160110125000000001230069', ['iban.length']], ['GR16 0110', ['iban.malformed']]],
  repeat: [[{}, ['answer.type']], [[1], ['answer.type']], [Array.from({ length: 31 }, () => ({})), ['repeat.tooMany']]],
  file: [[['x'], ['file.malformed']], [[DOCUMENT_ID, DOCUMENT_ID], ['file.repeated']], [Array.from({ length: 21 }, () => DOCUMENT_ID), ['file.tooMany']]],
  declaration: [[false, ['declaration.missing']], ['true', ['answer.type']]],
  information: [['anything', ['answer.unknown']]],
  computed: [[1, ['answer.unknown']]],
};

const BOUNDED: readonly (readonly [string, FieldContext, unknown, readonly string[]])[] = [
  ['a number below its smallest', { question: question({ id: 'n', type: 'number', min: 1, max: 9 }) }, 0, ['number.tooSmall']],
  ['a number above its largest', { question: question({ id: 'n', type: 'number', min: 1, max: 9 }) }, 10, ['number.tooLarge']],
  ['a debt where it is allowed', { question: question({ id: 'm', type: 'money', min: -500 }) }, -500, []],
  ['an amount above its largest', { question: question({ id: 'm', type: 'money', max: 500 }) }, 501, ['money.tooLarge']],
  ['a date before its first day', { question: question({ id: 'd', type: 'date' }), dateMin: '2026-01-01' }, '2025-12-31', ['date.tooEarly']],
  ['a date after its last day', { question: question({ id: 'd', type: 'date' }), dateMax: '2026-01-01' }, '2026-01-02', ['date.tooLate']],
  ['a date on its last day', { question: question({ id: 'd', type: 'date' }), dateMax: '2026-01-01' }, '2026-01-01', []],
  ['more choices than asked', { question: question({ id: 'c', type: 'choices', options: OPTIONS, itemsMax: 1 }) }, ['red', 'blue'], ['choices.tooMany']],
  ['fewer choices than asked', { question: question({ id: 'c', type: 'choices', options: OPTIONS, itemsMin: 2 }) }, ['red'], ['choices.tooFew']],
  ['no choice, where none may be made', { question: question({ id: 'c', type: 'choices', options: OPTIONS, optional: true }) }, [], []],
  ['fewer members than asked', { question: question({ id: 'r', type: 'repeat', itemsMin: 2 }) }, [{}], ['repeat.tooFew']],
  ['a longer text than asked', { question: question({ id: 't', type: 'text', lengthMax: 3 }) }, 'τέσσερα', ['text.tooLong']],
  ['an emoji counted as one character', { question: question({ id: 't', type: 'text', lengthMax: 1 }) }, '😀', []],
];

const contextOf = (type: Question['type']): FieldContext => ({ question: question({ id: 'q', type, options: OPTIONS }) });

const questionSchema = JSON.parse(readFileSync(join(packageRoot(), 'definitions/schemas/question.json'), 'utf8')) as { properties: { type: { enum: string[] } } };
const { vat, amka } = stdnum.GR ?? {};

describe('the list of field types', () => {
  it('has every type of the schema and no other', () => {
    expect(Object.keys(fieldTypes).sort()).toEqual([...questionSchema.properties.type.enum].sort());
  });

  it('gives and explains every code that a finding may have, and no other', () => {
    const given = new Set(Object.values(FINDINGS_BY_TYPE).flat());
    expect([...given, 'answers.tooLarge', 'answers.notObject'].sort()).toEqual([...FINDING_CODES].sort());
    expect(Object.keys(el.findings).sort()).toEqual([...FINDING_CODES].sort());
    expect(Object.keys(en.findings).sort()).toEqual([...FINDING_CODES].sort());
  });

  it('says the same parameters in Greek and in English', () => {
    const paramsOf = (sentence: string): readonly string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
    for (const code of FINDING_CODES) expect([code, paramsOf(el.findings[code] ?? '')]).toEqual([code, paramsOf(en.findings[code] ?? '')]);
  });

  it('keeps the sentences of Greek findings short', () => {
    for (const sentence of Object.values(el.findings).flatMap((text) => text.split('. '))) expect(sentence.split(' ').length).toBeLessThan(25);
  });
});

describe.each(Object.entries(fieldTypes) as [Question['type'], FieldType][])('the field type %s', (name, type) => {
  const context = contextOf(name);

  it('has a blank value, which is no answer', () => {
    expect(type.normalise(type.empty(context.question))).toEqual(name === 'choices' || name === 'repeat' ? [] : undefined);
  });

  it.each(ACCEPTED[name])('keeps %j as %j and finds nothing wrong with it', (typed, kept) => {
    expect(type.normalise(typed)).toEqual(kept);
    expect(type.validate(kept, context)).toEqual([]);
    expect(type.summarise(kept, { question: context.question, texts: el })).toEqual(expect.any(String));
  });

  it.each(REFUSED[name])('says what is wrong with %j', (value, codes) => {
    expect([...new Set(type.validate(value, context).map(({ code }) => code))]).toEqual(codes);
  });

  it('never throws, whatever JSON it is given, and declares every code it gives', () => {
    const declared = FINDINGS_BY_TYPE[name];
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })), (raw) => {
        const kept = type.normalise(raw);
        const texts = { question: context.question, texts: el };
        expect(typeof type.summarise(raw, texts)).toBe('string');
        for (const { code } of type.validate(raw, context)) expect(declared).toContain(code);
        if (kept !== undefined) for (const { code } of type.validate(kept, context)) expect(declared).toContain(code);
      }),
    );
  });

  it('tells what is wrong at one place in order of precedence', () => {
    const inOrder = (value: unknown): void => {
      const ranks = new Map<string, number>();
      for (const { code, at = '' } of type.validate(value, context)) {
        const rank = FINDING_CODES.indexOf(code);
        expect(rank).toBeGreaterThanOrEqual(ranks.get(at) ?? 0);
        ranks.set(at, rank);
      }
    };
    for (const [value] of REFUSED[name]) inOrder(value);
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })), inOrder));
  });

  it('changes nothing more when it tidies a second time', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (raw) => {
        const once = type.normalise(raw);
        expect(type.normalise(once)).toEqual(once);
        if (once !== undefined) expect(type.validate(type.normalise(once), context)).toEqual(type.validate(once, context));
      }),
    );
  });
});

describe('limits of a question', () => {
  it.each(BOUNDED)('%s', (_case, context, value, codes) => {
    expect(fieldTypes[context.question.type].validate(value, context).map(({ code }) => code)).toEqual(codes);
  });
});

describe('identifiers against an independent implementation', () => {
  const digits = (length: number): fc.Arbitrary<string> => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));

  it('judges a tax number as it does, except that nine zeros are nobody', () => {
    fc.assert(
      fc.property(digits(8), fc.integer({ min: 0, max: 9 }), (prefix, last) => {
        const number = `${prefix}${last}`;
        const isValid = fieldTypes.afm.validate(number, contextOf('afm')).length === 0;
        expect(isValid).toBe(number !== '000000000' && vat?.validate(number).isValid);
      }),
      examples(2000),
    );
  });

  it('judges a social security number as it does', () => {
    const two = (min: number, max: number): fc.Arbitrary<string> => fc.integer({ min, max }).map((value) => String(value).padStart(2, '0'));
    fc.assert(
      fc.property(two(0, 32), two(0, 13), two(0, 99), digits(5), (day, month, year, rest) => {
        const number = `${day}${month}${year}${rest}`;
        const ours = fieldTypes.amka.validate(number, contextOf('amka'));
        const theirs = amka?.validate(number);
        // The other one knows one century; a day that exists in another is told apart by ours only.
        if (!(ours.length === 0 && !theirs?.isValid && day === '29' && month === '02')) expect(ours.length === 0).toBe(theirs?.isValid);
      }),
      examples(4000),
    );
  });
});

describe('what is shown of an identifier', () => {
  it.each([
    ['afm', '094259216', '••••••216'],
    ['amka', '01018000008', '••••••••008'],
    ['personalNumber', 'A1B094259216', '•••••••••216'],
    ['iban', 'GR1601101250000000012300695', '•••• •••• •••• •••• •••• •••• 695'],
    ['phone', '+302101234567', '•••••••••••67'],
    ['identity', [{ kind: 'afm', value: '094259216' }, { kind: 'none' }], 'ΑΦΜ: ••••••216\nΔεν έχω ακόμα κανένα'],
    ['text', 'Ελένη', 'Ελένη'],
  ] as const)('masks %s', (type, value, shown) => {
    expect(fieldTypes[type].summarise(maskAnswer({ type }, value), { question: question({ id: 'q', type }), texts: el })).toBe(shown);
  });

  it('writes amounts and dates as Greeks do', () => {
    expect(fieldTypes.money.summarise(123450, { question: question({ id: 'q', type: 'money' }), texts: el })).toBe('1.234,50\u00a0€');
    expect(fieldTypes.date.summarise('2026-11-21', { question: question({ id: 'q', type: 'date' }), texts: el })).toBe('21 Νοεμβρίου 2026');
  });
});
