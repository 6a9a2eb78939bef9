import { describe, expect, it } from 'vitest';
import { checkOverlay, checkProgramme } from '#definitions/check/check.js';
import type { CheckFinding, CheckOptions } from '#definitions/check/check.js';
import { sentencesOf } from '#definitions/check/sentences.js';
import type { Computed, Expression, Programme, Question, Table } from '#definitions/types/programme.js';
import { DONE, LOOK, PAPER, STAGES, TURNED_DOWN, flowOf, withLimit, withQuestions } from './doubt-examples.js';
import { QUESTIONS, question, rule, smallProgramme, text } from './small-programme.js';

/** Definitions that look right: each line is a mistake that the check must name, or a form that it must leave alone. */
const codes = (found: readonly CheckFinding[]): readonly string[] => found.map(({ code }) => code);
const about = (document: unknown, pattern: RegExp, options: CheckOptions = {}): readonly string[] => codes(checkProgramme(document, options)).filter((code) => pattern.test(code));

const BASIS = 'ΚΥΑ 1/2026';
const table = (rest: Partial<Table>, of: Expression = { var: 'income' }): Programme =>
  smallProgramme({ tables: [{ id: 't', title: text('Πίνακας'), legalBasis: BASIS, ...rest }], rules: [rule('one', { '>=': [{ band: { table: 't', of } }, 2] })] });
const lookup = (rest: Partial<Table>, key: Record<string, unknown>): Programme =>
  smallProgramme({ tables: [{ id: 't', title: text('Πίνακας'), legalBasis: BASIS, ...rest }], rules: [rule('one', { '>=': [{ lookup: { table: 't', key } }, 2] } as Expression)] });
const computed = (...values: readonly [string, Computed['type'], unknown][]): Partial<Programme> => ({ computed: values.map(([id, type, value]) => ({ id, type, title: text(id), legalBasis: BASIS, visible: true, value: value as Expression })) });

describe('bands, in cents', () => {
  it.each<[string, NonNullable<Table['bands']>, readonly string[]]>([
    ['one cent is missing', [{ upTo: 350_000, value: 3 }, { from: 350_002, value: 1 }], ['bandGap']],
    ['one cent is in both', [{ upTo: 350_000, value: 3 }, { from: 350_000, value: 1 }], ['bandOverlap']],
    ['they touch', [{ upTo: 350_000, value: 3 }, { from: 350_001, value: 1 }], []],
    ['below zero and above it, nothing at zero', [{ upTo: -1, value: 3 }, { from: 1, value: 1 }], ['bandGap']],
    ['a band of zero alone', [{ upTo: -1, value: 3 }, { from: 0, upTo: 0, value: 2 }, { from: 1, value: 1 }], []],
    ['it ends before it begins', [{ from: 10, upTo: 5, value: 3 }, { from: 11, value: 1 }], ['bandGap', 'bandUnreachable', 'bandsStartLate']],
    ['the open band stands first', [{ value: 3 }, { upTo: 5, value: 1 }], ['bandUnreachable', 'bandsEndOpen']],
    ['two open ends', [{ upTo: 5, value: 3 }, { value: 2 }, { value: 1 }], ['bandUnreachable']],
    ['a hole behind a wide band', [{ upTo: 100, value: 3 }, { upTo: 50, value: 2 }, { from: 120, value: 1 }], ['bandGap', 'bandUnreachable']],
    ['nothing above the last', [{ upTo: 5, value: 3 }], ['bandsEndOpen']],
    ['it begins above what the form lets in', [{ from: 1, upTo: 350_000, value: 3 }, { value: 1 }], ['bandsStartLate']],
    ['it begins where the form does', [{ from: 0, upTo: 350_000, value: 3 }, { value: 1 }], []],
  ])('%s', (_name, bands, expected) => {
    expect([...new Set(about(table({ bands }), /^band/))].sort()).toEqual([...expected].sort());
  });
});

describe('rows of a table', () => {
  const COLUMNS = ['adults', 'minors'];
  const key = { adults: { var: 'size' }, minors: { var: 'size' } };
  it.each<[string, NonNullable<Table['rows']>, readonly string[]]>([
    ['an «or» key that an earlier row has', [{ anyOf: [{ adults: 1, minors: 0 }], value: 1 }, { anyOf: [{ adults: 2, minors: 0 }, { adults: 1, minors: 0 }], value: 2 }], ['rowUnreachable']],
    ['an «or» key twice in its own row', [{ anyOf: [{ adults: 1, minors: 0 }, { adults: 1, minors: 0 }], value: 1 }], ['rowUnreachable']],
    ['a special case behind the general one', [{ anyOf: [{ adults: 1 }], value: 1 }, { anyOf: [{ adults: 1, minors: 0 }], value: 2 }], ['rowUnreachable']],
    ['the general case behind the special one', [{ anyOf: [{ adults: 1, minors: 0 }], value: 2 }, { anyOf: [{ adults: 1 }], value: 1 }], []],
    ['behind a row that takes everything', [{ anyOf: [{}], value: 1 }, { anyOf: [{ adults: 1 }], value: 2 }], ['rowUnreachable']],
    ['a column that does not exist', [{ anyOf: [{ grownUps: 1 }], value: 1 }], ['rowColumnUnknown']],
  ])('%s', (_name, rows, expected) => {
    expect(about(lookup({ columns: COLUMNS, rows, otherwise: 0 }, key), /^row/)).toEqual(expected);
  });

  it('of yes and no, one combination forgotten', () => {
    const rows = [{ anyOf: [{ a: true, b: true }], value: 1 }, { anyOf: [{ a: false }], value: 2 }];
    const key = { a: { var: 'single' }, b: { var: 'single' } };
    expect(about(lookup({ columns: ['a', 'b'], rows }, key), /^lookup/)).toEqual(['lookupIncomplete']);
    expect(about(lookup({ columns: ['a', 'b'], rows: [...rows, { anyOf: [{ a: true, b: false }], value: 3 }] }, key), /^lookup/)).toEqual([]);
  });
});

describe('a condition that the form settles', () => {
  it.each<[string, Expression, readonly string[]]>([
    ['above the most', { '>': [{ var: 'size' }, 20] }, ['ruleConstant']],
    ['not above the most', { not: { '>': [{ var: 'size' }, 20] } }, ['ruleConstant']],
    ['at the most', { '>=': [{ var: 'size' }, 20] }, []],
    ['out of reach through a sum', { '>=': [{ '+': [{ var: 'size' }, 20] }, { var: 'size' }] }, ['ruleConstant']],
    ['within reach through a sum', { '>=': [{ '+': [{ var: 'size' }, 10] }, 25] }, []],
    ['an «or» with one side always true', { or: [{ var: 'single' }, { '>=': [{ var: 'income' }, 0] }] }, ['ruleConstant']],
    ['an «and» with one side always true', { and: [{ var: 'single' }, { '>=': [{ var: 'income' }, 0] }] }, ['conditionConstant']],
    ['true, written down inside', { and: [{ var: 'single' }, true] }, ['conditionConstant']],
    ['through a computed value', { and: [{ var: 'single' }, { '<': [{ computed: 'double' }, 1] }] }, ['ruleConstant']],
  ])('%s', (_name, condition, expected) => {
    const programme = smallProgramme({ ...computed(['double', 'number', { '*': [{ var: 'size' }, 2] }]), rules: [rule('one', condition)] });
    expect(about(programme, /Constant$/)).toEqual(expected);
  });

  it('only here: a municipality may set the figure, the day may pass', () => {
    const programme = withLimit({}, { and: [{ '<=': [{ var: 'income' }, { param: 'limit' }] }, { '>': [{ param: 'limit' }, 5] }] });
    expect(about(programme, /Constant$/)).toEqual(['conditionConstant']);
    expect(about({ ...programme, overlayable: [{ target: { noun: 'parameter', id: 'limit', property: 'values' } }] }, /Constant$/)).toEqual([]);
    expect(about(smallProgramme({ rules: [rule('one', { and: [{ var: 'single' }, { '>=': [{ asOf: true }, { date: '2020-01-01' }] }] })] }), /Constant$/)).toEqual([]);
  });
});

describe('a circle', () => {
  it.each<[string, Partial<Programme>]>([
    ['of two values', computed(['a', 'number', { '+': [1, { computed: 'b' }] }], ['b', 'number', { computed: 'a' }])],
    ['through the fallback of a table', { ...computed(['a', 'number', { lookup: { table: 't', key: { single: { var: 'single' } } } }]), tables: [{ id: 't', title: text('Π'), legalBasis: BASIS, columns: ['single'], rows: [{ anyOf: [{ single: true }], value: 1 }], otherwise: { computed: 'a' } }] }],
    ['deep inside a quantifier', computed(['a', 'number', { count: { of: { var: 'household' }, as: 'm', where: { '>': [{ computed: 'a' }, { var: 'm.age' }] } } }])],
  ])('%s is found', (_name, changes) => {
    expect(about(smallProgramme(changes), /Circular$/).length).toBeGreaterThan(0);
  });

  it('through a computed value and what is asked is found', () => {
    const programme = { ...withQuestions(question('more', 'yesNo', { visible: { '>': [{ computed: 'a' }, 1] } })), ...computed(['a', 'number', { if: [{ var: 'more' }, 1, 2] }]) };
    expect(about(programme, /Circular$/)).toContain('visibilityCircular');
  });
});

describe('texts', () => {
  const MUNICIPALITIES = [{ code: '9242', names: ['Μαραθώνος', 'Μαραθώνας', 'Marathonas'] }, { code: '9999', names: ['Αγίων Αναργύρων - Καματερού', 'Agioi Anargyroi - Kamatero'] }, { code: '9100', names: ['Αθηναίων', 'Αθήνα', 'Athina'] }];
  it.each([
    ['Γραφείο του Δήμου Μαραθώνος', true],
    ['Γραφείο του Δήμου Μαραθώνα', true],
    ['στον Δήμο Μαραθώνος', true],
    ['ΔΗΜΟΣ ΜΑΡΑΘΩΝΟΣ', true],
    ['ΔΗΜΟΥ ΜΑΡΑΘΩΝΑ', true],
    ['ο δημος μαραθωνα', true],
    ['Δήμος Αγίων Αναργύρων – Καματερού', true],
    ['ΔΗΜΟΣ ΑΓΙΩΝ ΑΝΑΡΓΥΡΩΝ ΚΑΜΑΤΕΡΟΥ', true],
    ['Δήμος Αθηναίων', true],
    ['η λίμνη του Μαραθώνα', false],
    ['οδός Μαραθώνος 5', false],
    ['Δήμος {municipality}', false],
    ['ο Δήμος Μαρκοπούλου', false],
    ['ο δήμος αγίων', false],
  ])('«%s» names another municipality: %s', (el, isNamed) => {
    expect(about(smallProgramme({ nextSteps: { el, en: 'x' } }), /^municipality/, { municipalities: MUNICIPALITIES })).toEqual(isNamed ? ['municipalityNamed'] : []);
  });
  it('of its own municipality may name it', () => {
    expect(about(smallProgramme({ municipality: '9242', nextSteps: { el: 'Δήμος Μαραθώνος', en: 'x' } }), /^municipality/, { municipalities: MUNICIPALITIES })).toEqual([]);
  });

  const words = (count: number): string => Array.from({ length: count }, () => 'λέξη').join(' ');
  it.each<[string, number]>([
    ['Ο ν. 4387/2016 ισχύει.', 1],
    ['Το π.δ. 80/2016, άρθρ. 5 παρ. 2, ορίζει τα ποσά.', 1],
    ['Έως 3.500,50 € τον μήνα. Μετά ρωτήστε.', 2],
    ['Φέρτε ταυτότητα, λογαριασμό κ.λπ. στο γραφείο.', 1],
    ['Ρωτήστε μας! Απαντάμε;', 2],
    ['Law 4387/2016, art. 5, says so. Ask us.', 2],
    ['Τηλ. 210 0000000. Ελάτε.', 2],
  ])('«%s» has %i sentences', (sentence, count) => {
    expect(sentencesOf(sentence).filter((part) => part.trim() !== '')).toHaveLength(count);
  });
  it.each<[string, string, readonly string[]]>([
    ['an abbreviation hides no long sentence', `Κατά τον ν. 4387/2016 ${words(23)}.`, ['sentenceLong']],
    ['a decimal point ends none', `Έως 3.500 € ${words(24)}.`, ['sentenceLong']],
    ['a list in lines is short', `${words(20)}\n${words(20)}`, []],
    ['two sentences are two', `${words(20)}. Άλλη ${words(20)}.`, []],
  ])('%s', (_name, el, expected) => {
    expect(about(smallProgramme({ summary: { el, en: 'x' } }), /^sentence/)).toEqual(expected);
  });

  it('lack a language deep inside, and are told where', () => {
    const options = [{ value: 'a', label: { ...text('άλφα'), sq: 'a' } }, { value: 'b', label: text('βήτα') }];
    const found = checkProgramme(withQuestions(question('deep', 'repeat', { items: [question('kind', 'choice', { options })] })));
    expect(found.filter(({ code }) => code === 'translationMissing')).toHaveLength(1);
  });

  it.each<[string, { el: string; en: string }, readonly string[]]>([
    ['Greek and English changed places', { el: 'Papers', en: 'Δικαιολογητικά' }, ['textOtherLanguage']],
    ['nobody translated into Greek', { el: 'Bring your papers', en: 'Bring your papers' }, ['textOtherLanguage']],
    ['nobody translated into English', { el: 'Φέρτε χαρτιά', en: 'Φέρτε χαρτιά' }, ['textOtherLanguage']],
    ['a word of the world', { el: 'E-mail', en: 'E-mail' }, []],
    ['a page', { el: 'www.gov.gr/ipiresies', en: 'www.gov.gr/ipiresies' }, []],
    ['an English text that quotes Greek', { el: 'Ζητήστε «Βεβαίωση»', en: 'Ask at the counter for a “Βεβαίωση”' }, []],
  ])('%s', (_name, summary, expected) => {
    expect(about(smallProgramme({ summary }), /^textOther/)).toEqual(expected);
  });
});

describe('a flow', () => {
  const branch = (next: string): unknown => ({ kind: 'branch', id: 'fork', title: text('Δρόμος'), cases: [{ when: { var: 'single' }, next }], otherwise: 'done' });
  it('with a loop of branches that nothing enters has steps that nobody reaches', () => {
    const loop = [{ ...LOOK, id: 'a', outcomes: [{ id: 'x', title: text('α'), next: 'b' }] }, { ...LOOK, id: 'b', outcomes: [{ id: 'x', title: text('α'), next: 'a' }, { id: 'y', title: text('β'), next: 'done' }] }];
    expect(about(flowOf([LOOK, DONE, ...loop]), /^stepUnreachable/)).toEqual(['stepUnreachable', 'stepUnreachable']);
  });
  it('that comes back through a branch spins, through a person it does not', () => {
    expect(about(flowOf([branch('fork'), DONE]), /^flowSpins/)).toEqual(['flowSpins']);
    expect(about(flowOf([branch('look'), { ...LOOK, outcomes: [{ id: 'back', title: text('Πίσω'), next: 'fork' }] }, DONE]), /^flowSpins/)).toEqual([]);
  });
  it('whose fixed days fall on a day off is told, also where the date is computed from dates alone', () => {
    const until = (date: Expression): Programme => flowOf([{ kind: 'wait', id: 'pause', title: text('Αναμονή'), stage: 'open', citizenText: text('Περιμένουμε.'), until: { date }, next: 'done' }, DONE]);
    const holidays = ['2026-04-13'];
    expect(about(until({ date: '2026-04-13' }), /Holiday$/, { holidays })).toEqual(['deadlineOnHoliday']);
    expect(about(until({ dateAdd: { to: { date: '2026-04-03' }, amount: 10, unit: 'days' } }), /Holiday$/, { holidays })).toEqual(['deadlineOnHoliday']);
    expect(about(until({ dateAdd: { to: { date: '2026-04-03' }, amount: 11, unit: 'days' } }), /Holiday$/, { holidays })).toEqual([]);
  });
  it('whose stages stand as cases meet them is left alone, in whatever order branches part', () => {
    const part = flowOf([{ ...LOOK, outcomes: [{ id: 'yes', title: text('Ναι'), next: 'done' }, { id: 'no', title: text('Όχι'), next: 'turnedDown', noteRequired: true }] }, DONE, TURNED_DOWN], { stages: STAGES });
    expect(codes(checkProgramme(part))).toEqual([]);
  });
});

describe('questions', () => {
  it('that only a text names are used', () => {
    const silent: Question = { id: 'nickname', type: 'number', label: text('Αριθμός'), min: 0, max: 5 };
    expect(about(withQuestions(silent), /Unused$/)).toEqual(['questionUnused']);
    const named = { ...withQuestions(silent), ...computed(['times', 'number', { var: 'nickname' }]), nextSteps: { el: 'Αριθμός: {times}.', en: 'Number: {times}.' } };
    expect(about(named, /Unused$/)).toEqual([]);
  });
  it('of a special category need a basis inside a repeated group and in an inspection too', () => {
    const ill = question('ill', 'yesNo', { sensitivity: 'special' });
    expect(about(withQuestions(question('people', 'repeat', { items: [ill] })), /^sensitiveWithout/)).toEqual(['sensitiveWithoutBasis']);
    const visit = { kind: 'assess', id: 'visit', title: text('Επίσκεψη'), stage: 'open', citizenText: text('Ερχόμαστε.'), role: 'inspector', due: { days: 3, kind: 'working' }, overdue: { escalateTo: 'supervisor' }, findings: [ill], next: 'done' };
    expect(about(flowOf([visit, DONE]), /^sensitiveWithout/)).toEqual(['sensitiveWithoutBasis']);
  });
  it('with the least above the most are told, on either side', () => {
    expect(about(withQuestions(question('n', 'number', { min: 5, max: 4 })), /^bounds/)).toEqual(['boundsCrossed']);
    expect(about(withQuestions(question('n', 'number', { min: 5, max: 5 })), /^bounds/)).toEqual([]);
    expect(about(withQuestions(question('g', 'repeat', { itemsMin: 3, itemsMax: 2, items: [question('x', 'yesNo')] })), /^bounds/)).toEqual(['boundsCrossed']);
  });
});

describe('a cap', () => {
  const lines = (...points: readonly Expression[]): Programme['points'] => ({ cap: 100, lines: points.map((each, position) => ({ id: `l${position}`, title: text('Γραμμή'), legalBasis: BASIS, points: each })) });
  it.each<[string, Programme['points'], readonly string[]]>([
    ['that the lines together just reach', lines(60, { if: [{ var: 'single' }, 40, 0] }), []],
    ['that they miss by one', lines(60, { if: [{ var: 'single' }, 39, 0] }), ['pointsCapUnreachable']],
    ['that a count reaches', lines({ '*': [{ length: { var: 'household' } }, 5] }), []],
  ])('%s', (_name, points, expected) => {
    expect(about(smallProgramme({ ...(points === undefined ? {} : { points }) }), /Cap/)).toEqual(expected);
  });
});

describe('amounts and days in texts', () => {
  const saying = (el: string): readonly string[] => about({ ...withLimit({}), rules: [rule('one', { '<=': [{ var: 'income' }, { param: 'limit' }] }, { reason: { false: { el, en: 'Above.' } } })] }, /^amount/);
  it.each([
    ['Πάνω από 5.000 €.', []],
    ['Πάνω από 5.000,00 ευρώ.', []],
    ['Πάνω από 5000€.', []],
    ['Πάνω από 4.999,99 €.', ['amountUnknown']],
    ['Πάνω από 50.000 €.', ['amountUnknown']],
    ['Τρεις φορές.', []],
  ])('«%s»', (el, expected) => {
    expect(saying(el)).toEqual(expected);
  });
  it.each([
    ['Απαντάμε σε τρεις εργάσιμες ημέρες.', []],
    ['Απαντάμε σε 3 ημέρες.', []],
    ['Απαντάμε σε τέσσερις ημέρες.', ['dueDiffers']],
    ['Απαντάμε σε λίγες ημέρες.', []],
  ])('«%s»', (el, expected) => {
    expect(about(flowOf([{ ...LOOK, citizenText: { el, en: 'We answer.' } }, DONE]), /^due/)).toEqual(expected);
  });
});

describe('an overlay', () => {
  it('that turns a sound base into nonsense is told: bands, amounts, dates', () => {
    const base: Programme = {
      ...withLimit({}),
      tables: [{ id: 't', title: text('Π'), legalBasis: BASIS, bands: [{ upTo: 5, value: 2 }, { value: 1 }] }],
      rules: [rule('one', { '<=': [{ var: 'income' }, { param: 'limit' }] }, { reason: { false: { el: 'Πάνω από 5.000 €.', en: 'Above €5,000.' } } }), rule('two', { '>=': [{ band: { table: 't', of: { var: 'size' } } }, 1] })],
      overlayable: [{ target: { noun: 'contact', property: 'phone' } }, { target: { noun: 'calendar', property: 'holidays' } }, { target: { noun: 'table', id: 't', property: 'bands' } }, { target: { noun: 'parameter', id: 'limit', property: 'values' } }],
    };
    const set = (id: string, property: string, value: unknown): readonly string[] => codes(checkOverlay(base, { schemaVersion: '1', base: 'small', municipality: '9230', set: [{ target: { noun: id === 't' ? 'table' : 'parameter', id, property }, value }] }));
    expect(set('t', 'bands', [{ upTo: 5, value: 2 }, { from: 7, value: 1 }])).toEqual(['bandGap']);
    expect(set('limit', 'values', [{ from: '2020-01-01', value: 600_000 }])).toEqual(['amountUnknown', 'amountUnknown']);
    expect(set('limit', 'values', [{ from: '2020-02-31', value: 500_000 }])).toEqual(['dateImpossible']);
  });
});

describe('papers', () => {
  it.each<[string, Partial<Question>, Expression | undefined, readonly string[]]>([
    ['required of all and shown to all', {}, true, []],
    ['required when shown', { visible: { var: 'single' } }, { var: 'single' }, []],
    ['required more narrowly than shown', {}, { var: 'single' }, ['paperAskedOfAll']],
    ['shown more narrowly than required', { visible: { var: 'single' } }, undefined, ['paperHidden']],
    ['shown under one of two conditions', { visible: { var: 'single' } }, { and: [{ '>': [{ var: 'size' }, 2] }, { var: 'single' }] }, ['paperAskedOfAll']],
    ['offered to all, needed by some', { optional: true }, { var: 'single' }, []],
  ])('%s', (_name, asked, requiredWhen, expected) => {
    const programme = { ...withQuestions(question('upload', 'file', { document: 'paper', ...asked })), documents: [{ ...PAPER, ...(requiredWhen === undefined ? {} : { requiredWhen }) }] };
    expect(about(programme, /^paper/)).toEqual(expected);
  });
  it('stand on a page that is hidden', () => {
    const page = { id: 'papers', title: text('Χαρτιά'), visible: { var: 'single' }, questions: [question('upload', 'file', { document: 'paper' })] };
    expect(about(smallProgramme({ form: { pages: [{ id: 'first', title: text('Πρώτη'), questions: [...QUESTIONS] }, page] }, documents: [{ ...PAPER, requiredWhen: true }] }), /^paper/)).toEqual(['paperHidden']);
  });
});
