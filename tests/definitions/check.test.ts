import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { FINDING_CODES, checkForPublication, checkOverlay, checkProgramme, readJsonSource } from '#definitions/check/check.js';
import type { CheckFinding, CheckOptions } from '#definitions/check/check.js';
import { SCHEMAS } from '#definitions/types/schemas.js';
import type { Computed, DocumentKind, Expression, Fact, Parameter, Programme, Question, Selection, SelectionPriority, Step, Table } from '#definitions/types/programme.js';
import { DOUBT_EXAMPLES } from './doubt-examples.js';
import { PART_EXAMPLES } from './part-examples.js';
import { PRACTICE_EXAMPLES } from './practice-examples.js';
import { QUESTIONS, question, rule, smallProgramme, text } from './small-programme.js';

/** One example a code: what is wrong, and where it is found. */
interface Example {
  readonly code: string;
  readonly at: string;
  readonly document: unknown;
  readonly options?: CheckOptions;
}

const withRule = (condition: unknown, changes: Partial<Programme> = {}): Programme => smallProgramme({ rules: [rule('one', condition as Expression)], ...changes });
const withQuestion = (asked: Partial<Question> & { id: string; type: Question['type'] }): Programme =>
  smallProgramme({ form: { pages: [{ id: 'first', title: text('Πρώτη'), questions: [...QUESTIONS, { label: text('Νέα'), purpose: text('Χρειάζεται.'), ...asked }] }] } });
const NEW = `/form/pages/0/questions/${QUESTIONS.length}`;
const table = (rest: Partial<Table>): Programme => withRule({ '>=': [{ band: { table: 't', of: { var: 'income' } } }, 2] }, { tables: [{ id: 't', title: text('Πίνακας'), ...rest }] });
const lookup = (rest: Partial<Table>, key: Record<string, unknown> = { single: { var: 'single' } }): Programme =>
  withRule({ '>=': [{ lookup: { table: 't', key } }, 2] }, { tables: [{ id: 't', title: text('Πίνακας'), columns: ['single'], ...rest }] });
const parameter = (rest: Partial<Parameter>): Programme =>
  withRule({ '<=': [{ var: 'income' }, { param: 'p' }] }, { parameters: [{ id: 'p', title: text('Όριο'), unit: 'cents', values: [{ from: '2020-01-01', value: 5 }], ...rest }] });
const computed = (...values: readonly [string, Computed['type'], unknown][]): Programme =>
  smallProgramme({ computed: values.map(([id, type, value]) => ({ id, type, title: text(id), value: value as Expression, visible: true })) });
const paper: DocumentKind = { id: 'paper', title: text('Χαρτί'), acceptedTypes: ['application/pdf', 'image/jpeg', 'image/png'], sizeBytesMax: 1000, filesMax: 1, mayBeMissingAtFiling: true, legalBasis: 'ΚΥΑ 1/2026' };
const END: Step = { kind: 'end', id: 'done', title: text('Τέλος'), stage: 'open', citizenText: text('Τέλος.'), outcome: 'completed' };
const REVIEW = { kind: 'review', id: 'look', title: text('Έλεγχος'), stage: 'open', citizenText: text('Ελέγχουμε.'), role: 'desk', due: { days: 3 }, overdue: { escalateTo: 'supervisor' }, outcomes: [{ id: 'ok', title: text('Εντάξει'), next: 'done' }] } as const;
const withFact = (rest: Partial<Fact>): Programme => smallProgramme({ facts: [{ id: 'known', title: text('Γνωστό'), type: 'boolean', source: 'Μητρώο', ...rest }] });
const flow = (steps: readonly unknown[], rest: Partial<Programme> = {}): Programme =>
  smallProgramme({ flow: { start: 'look', stages: [{ id: 'open', title: text('Ανοικτή') }], steps: steps as Step[] }, ...rest });
const points = (line: Record<string, unknown>, rest: Record<string, unknown> = {}): Programme => smallProgramme({ points: { lines: [{ id: 'line', title: text('Γραμμή'), points: 5, legalBasis: 'ΚΥΑ 1/2026', ...line }], ...rest } });

function deep(levels: number): unknown {
  let expression: unknown = { var: 'single' };
  for (let level = 0; level < levels; level += 1) expression = { not: expression };
  return expression;
}

const DRAW: SelectionPriority = { id: 'lot', title: text('Κλήρωση'), by: 'draw' };
const batch = (rest: Partial<Selection> = {}, changes: Partial<Programme> = {}): Programme =>
  smallProgramme({
    mode: 'batch',
    opening: { from: '2026-05-01', until: '2026-06-01' },
    selection: {
      model: 'points',
      capacity: 5,
      windows: [{ id: 'call', title: text('Αιτήσεις'), kind: 'applications', from: '2026-05-01', until: '2026-06-01' }],
      priority: [{ id: 'points', title: text('Μόρια'), by: 'total', order: 'highest' }, DRAW],
      draw: { entropy: [text('Κλήρωση Λόττο')], commit: text('Την προηγούμενη ημέρα.') },
      ...rest,
    },
    ...changes,
  });

const EXAMPLES: readonly Example[] = [
  { code: 'capBytes', at: '', document: smallProgramme({ summary: text('α'.repeat(300_000)) }) },
  { code: 'capDepth', at: '', document: withRule(deep(200)) },
  { code: 'capNodes', at: '', document: { list: Array.from({ length: 70_000 }, () => 1) } },
  { code: 'capQuestions', at: '/form', document: smallProgramme({ form: { pages: Array.from({ length: 51 }, (_, page) => ({ id: `p${page}`, title: text('α'), questions: Array.from({ length: 10 }, (__, at): Question => ({ id: `q${page}x${at}`, type: 'declaration', label: text('α') })) })) } }) },
  { code: 'capExpressionDepth', at: '/rules/0/condition', document: withRule(deep(40)) },
  { code: 'notJson', at: '/title', document: smallProgramme({ title: (() => 1) as never }) },
  { code: 'nameForbidden', at: '/form/__proto__', document: JSON.parse('{"form":{"__proto__":{"x":1}}}') },
  { code: 'shapeType', at: '/title', document: smallProgramme({ title: 5 as never }) },
  { code: 'shapeValue', at: '/mode', document: smallProgramme({ mode: 'yearly' as never }) },
  { code: 'shapeRequired', at: '/rules/0', document: smallProgramme({ rules: [{ id: 'one' } as never] }) },
  { code: 'shapeUnknown', at: '/selections', document: { ...smallProgramme(), selections: {} } },
  { code: 'shapePattern', at: '/id', document: smallProgramme({ id: 'Κακό' }) },
  { code: 'shapeLength', at: '/contact/phone', document: smallProgramme({ contact: { phone: '1'.repeat(50) } }) },
  { code: 'shapeRange', at: '/holidays/0/month', document: smallProgramme({ holidays: [{ title: text('Αργία'), month: 13, day: 1 }] }) },
  { code: 'shapeItems', at: '/form/pages', document: smallProgramme({ form: { pages: [] } }) },
  { code: 'numberNotWhole', at: '/rules/0/condition/</1', document: withRule({ '<': [{ var: 'income' }, 0.5] }) },
  { code: 'operatorUnknown', at: '/rules/0/condition/matches', document: withRule({ matches: ['a', '(a+)+'] }) },
  { code: 'operatorCount', at: '/rules/0/condition', document: withRule({ and: [true], or: [true] }) },
  { code: 'stepKindUnknown', at: '/flow/steps/0/kind', document: flow([{ kind: 'dance', id: 'look', title: text('α') }, END]) },
  { code: 'idRepeated', at: '/rules/1/id', document: smallProgramme({ rules: [rule('one', { var: 'single' }), rule('one', { var: 'single' })] }) },
  { code: 'nameTaken', at: `${NEW}/id`, document: withQuestion({ id: 'item', type: 'text' }) },
  { code: 'nameUnknown', at: '/rules/0/condition/<=/1/param', document: withRule({ '<=': [{ var: 'income' }, { param: 'limit' }] }) },
  { code: 'roleRepeated', at: '/form/pages/0/questions/1/role', document: smallProgramme({ form: { pages: [{ id: 'a', title: text('α'), questions: [question('a', 'text', { role: 'applicantFamilyName' }), question('b', 'text', { role: 'applicantFamilyName' })] }] } }) },
  { code: 'pathUnknown', at: '/rules/0/condition/var', document: withRule({ var: 'singel' }) },
  { code: 'pathIntoList', at: '/rules/0/condition/</0/var', document: withRule({ '<': [{ var: 'household.age' }, 18] }) },
  { code: 'questionIncomplete', at: NEW, document: withQuestion({ id: 'which', type: 'choice' }) },
  { code: 'repeatNested', at: '/form/pages/0/questions/0/items/0', document: smallProgramme({ form: { pages: [{ id: 'a', title: text('α'), questions: [question('outer', 'repeat', { items: [question('inner', 'repeat', { items: [question('x', 'text')] })] })] }] } }) },
  { code: 'boundsCrossed', at: `${NEW}/max`, document: withQuestion({ id: 'n', type: 'number', min: 5, max: 1 }) },
  { code: 'boundsOfNothing', at: `${NEW}/max`, document: withQuestion({ id: 'n', type: 'text', max: 1 }) },
  { code: 'sensitiveWithoutBasis', at: NEW, document: withQuestion({ id: 'ill', type: 'yesNo', sensitivity: 'special' }) },
  { code: 'overlayableMissing', at: '/overlayable/0/target', document: smallProgramme({ overlayable: [{ target: { noun: 'parameter', id: 'none', property: 'values' } }] }) },
  { code: 'dateImpossible', at: '/opening/from', document: smallProgramme({ opening: { from: '2026-02-30' } }) },
  { code: 'typeMismatch', at: '/rules/0/condition', document: withRule({ var: 'income' }) },
  { code: 'comparisonMixed', at: '/rules/0/condition/<', document: withRule({ '<': [{ var: 'income' }, { var: 'size' }] }) },
  { code: 'comparisonOfLists', at: '/rules/0/condition/==', document: withRule({ '==': [{ var: 'tags' }, { var: 'tags' }] }) },
  { code: 'optionUnknown', at: '/rules/0/condition/==', document: withRule({ '==': [{ var: 'housing' }, 'rented'] }) },
  { code: 'listMixed', at: '/rules/0/condition/in/1/list', document: withRule({ in: [{ var: 'nick' }, { list: ['a', 1] }] }) },
  { code: 'waysMixed', at: '/computed/0/value/if', document: computed(['c', 'money', { if: [{ var: 'single' }, { var: 'income' }, 'none'] }]) },
  { code: 'unitsMixed', at: '/computed/0/value/+/1', document: computed(['c', 'money', { '+': [{ var: 'income' }, { var: 'size' }] }]) },
  { code: 'moneyTimesMoney', at: '/computed/0/value/*', document: computed(['c', 'money', { '*': [{ var: 'income' }, { var: 'income' }] }]) },
  { code: 'divisionByZero', at: '/computed/0/value/divRound/by', document: computed(['c', 'money', { divRound: { of: { var: 'income' }, by: 0, rounding: 'up' } }]) },
  { code: 'tableWithoutBands', at: '/rules/0/condition/>=/0/band/table', document: table({ columns: ['a'], rows: [{ anyOf: [{ a: 1 }], value: 1 }], otherwise: 0 }) },
  { code: 'tableWithoutRows', at: '/rules/0/condition/>=/0/lookup/table', document: lookup({ bands: [{ value: 1 }] }) },
  { code: 'lookupColumns', at: '/rules/0/condition/>=/0/lookup/key', document: lookup({ columns: ['single', 'size'], rows: [{ anyOf: [{ single: true, size: 1 }], value: 1 }], otherwise: 0 }) },
  { code: 'lookupColumnMixed', at: '/rules/0/condition/>=/0/lookup/key/single', document: lookup({ rows: [{ anyOf: [{ single: 'ναι' }], value: 1 }], otherwise: 0 }) },
  { code: 'computedCircular', at: '/computed/0/value', document: computed(['a', 'number', { computed: 'b' }], ['b', 'number', { '+': [1, { computed: 'a' }] }]) },
  { code: 'visibilityCircular', at: NEW, document: withQuestion({ id: 'self', type: 'yesNo', visible: { var: 'self' } }) },
  { code: 'ruleConstant', at: '/rules/0/condition', document: withRule({ '>=': [{ var: 'income' }, 0] }) },
  { code: 'pointsCapUnreachable', at: '/points/cap', document: points({}, { cap: 10 }) },
  { code: 'tableOfNoKind', at: '/tables/0', document: table({}) },
  { code: 'tableEmpty', at: '/tables/0/bands', document: table({ bands: [] }) },
  { code: 'bandGap', at: '/tables/0/bands/1', document: table({ bands: [{ from: 0, upTo: 350_000, value: 20 }, { from: 350_100, value: 10 }] }) },
  { code: 'bandOverlap', at: '/tables/0/bands/1', document: table({ bands: [{ upTo: 10, value: 20 }, { from: 10, value: 1 }] }) },
  { code: 'bandUnreachable', at: '/tables/0/bands/1', document: table({ bands: [{ upTo: 10, value: 20 }, { upTo: 5, value: 3 }, { value: 1 }] }) },
  { code: 'bandsEndOpen', at: '/tables/0/bands/0', document: table({ bands: [{ upTo: 10, value: 20 }] }) },
  { code: 'rowColumnUnknown', at: '/tables/0/rows/0/anyOf/0', document: lookup({ rows: [{ anyOf: [{ sinlge: true }], value: 1 }], otherwise: 0 }) },
  { code: 'rowUnreachable', at: '/tables/0/rows/1/anyOf/0', document: lookup({ rows: [{ anyOf: [{ single: true }], value: 1 }, { anyOf: [{ single: true }], value: 2 }], otherwise: 0 }) },
  { code: 'lookupIncomplete', at: '/tables/0/rows', document: lookup({ rows: [{ anyOf: [{ single: true }], value: 1 }] }) },
  { code: 'parameterOrder', at: '/parameters/0/values/1/from', document: parameter({ values: [{ from: '2021-01-01', value: 1 }, { from: '2020-01-01', value: 2 }] }) },
  { code: 'parameterValue', at: '/parameters/0/values/0/value', document: parameter({ values: [{ from: '2020-01-01', value: 'πέντε' }] }) },
  { code: 'parameterLate', at: '/parameters/0/values/0/from', document: parameter({ values: [{ from: '2026-06-01', value: 1 }] }) },
  { code: 'stepUnknown', at: '/flow/steps/0/outcomes/0/next', document: flow([{ ...REVIEW, outcomes: [{ id: 'ok', title: text('α'), next: 'nowhere' }] }, END]) },
  { code: 'stepUnreachable', at: '/flow/steps/2', document: flow([REVIEW, END, { ...END, id: 'other' }]) },
  { code: 'stepWithoutEnd', at: '/flow/steps/0', document: flow([{ ...REVIEW, outcomes: [{ id: 'ok', title: text('α'), next: 'look' }] }]) },
  { code: 'flowSpins', at: '/flow/steps/0', document: flow([{ kind: 'branch', id: 'look', title: text('α'), cases: [{ when: { var: 'single' }, next: 'done' }], otherwise: 'look' }, END]) },
  { code: 'overdueMissing', at: '/flow/steps/0', document: flow([{ kind: 'check', id: 'look', title: text('α'), stage: 'open', citizenText: text('α'), due: { days: 1 }, next: { eligible: 'done', ineligible: 'done', undecided: 'done' } }, END]) },
  { code: 'overdueEmpty', at: '/flow/steps/0/overdue', document: flow([{ ...REVIEW, overdue: {} }, END]) },
  { code: 'dueUnclear', at: '/flow/steps/0/due', document: flow([{ ...REVIEW, due: {} }, END]) },
  { code: 'sharesIncomplete', at: '/flow/steps/0/parts', document: flow([{ kind: 'pay', id: 'look', title: text('α'), stage: 'open', citizenText: text('α'), role: 'desk', amount: 'award', parts: [{ id: 'a', title: text('α'), sharePerMille: 400, due: { days: 1 } }], overdue: { escalateTo: 'supervisor' }, next: 'done' }, END], { computed: [{ id: 'award', title: text('α'), type: 'money', value: { var: 'income' } }] }) },
  { code: 'amountNotMoney', at: '/flow/steps/0/amount', document: flow([{ kind: 'pay', id: 'look', title: text('α'), stage: 'open', citizenText: text('α'), role: 'desk', amount: 'award', parts: [{ id: 'a', title: text('α'), sharePerMille: 1000, due: { days: 1 } }], overdue: { escalateTo: 'supervisor' }, next: 'done' }, END], { computed: [{ id: 'award', title: text('α'), type: 'number', value: { var: 'size' } }] }) },
  { code: 'deadlineOnHoliday', at: '/opening/until', document: smallProgramme({ opening: { from: '2026-01-05', until: '2026-04-13' } }), options: { holidays: ['2026-04-13'] } },
  { code: 'selectionNotRunnable', at: '/selection', document: batch() },
  { code: 'selectionMissing', at: '/mode', document: smallProgramme({ mode: 'batch' }) },
  { code: 'selectionStray', at: '/selection', document: batch({}, { mode: 'rolling' }) },
  { code: 'selectionWithoutDraw', at: '/selection/priority/0', document: batch({ priority: [{ id: 'points', title: text('Μόρια'), by: 'total' }] }) },
  { code: 'factNotRunnable', at: '/facts/0', document: withFact({}) },
  { code: 'factNotRunnable', at: '/facts/0/lookup', document: withFact({ lookup: { kind: 'rounds', outcome: 'selected', rounds: 2, of: 'applicant' } }) },
  { code: 'factTypeUntold', at: '/facts/0/type', document: withFact({ type: 'date', lookup: { kind: 'history', programmes: ['small'], anyMunicipality: false, of: 'applicant', outcome: 'applied' } }) },
  { code: 'factUnfindable', at: '/facts/0/lookup', document: withFact({ lookup: { kind: 'activeIn', programmes: ['small'], anyMunicipality: true, of: 'household' } }) },
  { code: 'nameUnknown', at: '/facts/0/lookup/step', document: withFact({ lookup: { kind: 'call', step: 'look', output: 'found' } }) },
  ...PART_EXAMPLES,
  ...DOUBT_EXAMPLES,
  ...PRACTICE_EXAMPLES,
  { code: 'textEmpty', at: '/title/el', document: smallProgramme({ title: { el: ' ', en: 'x' } }) },
  { code: 'textMarkup', at: '/title/en', document: smallProgramme({ title: { el: 'α', en: '<img src=x onerror=alert(1)>' } }) },
  { code: 'textInvisible', at: '/title/en', document: smallProgramme({ title: { el: 'α', en: 'safe\u202Etxe.exe' } }) },
  { code: 'sentenceLong', at: '/summary/el', document: smallProgramme({ summary: { el: 'λέξη '.repeat(26), en: 'x' } }) },
  { code: 'translationMissing', at: '/summary', document: smallProgramme({ title: { ...text('α'), sq: 'a' } }) },
  { code: 'placeholderUnknown', at: '/title/el', document: smallProgramme({ title: { el: 'Δήμος {dimos}', en: 'x' } }) },
  { code: 'placeholderMalformed', at: '/title/el', document: smallProgramme({ title: { el: 'Δήμος {municipality', en: 'x' } }) },
  { code: 'municipalityNamed', at: '/title/el', document: smallProgramme({ title: { el: 'Γραφείο του Δήμου Ιλίου', en: 'x' } }), options: { municipalities: [{ code: '9999', names: ['Ιλίου', 'Ilio'] }] } },
  { code: 'questionUnused', at: NEW, document: smallProgramme({ form: { pages: [{ id: 'first', title: text('Πρώτη'), questions: [...QUESTIONS, { id: 'hobby', type: 'text', label: text('Χόμπι') }] }] } }) },
  { code: 'parameterUnused', at: '/parameters/0', document: smallProgramme({ parameters: [{ id: 'p', title: text('α'), unit: 'count', values: [{ from: '2020-01-01', value: 1 }] }] }) },
  { code: 'tableUnused', at: '/tables/0', document: smallProgramme({ tables: [{ id: 't', title: text('α'), bands: [{ value: 1 }] }] }) },
  { code: 'factUnused', at: '/facts/0', document: smallProgramme({ facts: [{ id: 'f', title: text('α'), type: 'boolean', source: 'x' }] }) },
  { code: 'computedUnused', at: '/computed/0', document: smallProgramme({ computed: [{ id: 'c', title: text('α'), type: 'number', value: 1 }] }) },
  { code: 'messageUnused', at: '/messages/0', document: smallProgramme({ messages: [{ id: 'hello', channels: ['email'], subject: text('α'), body: text('α') }] }) },
];

const ELSEWHERE = ['overlayBaseMismatch', 'overlayLocked', 'overlayTargetMissing', 'overlayOutOfBounds', 'overlayRepeated', 'overlayMunicipality', 'jsonSyntax', 'jsonRepeated', 'fileMissing'];

describe('a sound programme', () => {
  it('has no finding', () => {
    expect(checkProgramme(smallProgramme())).toEqual([]);
    expect(checkProgramme(smallProgramme({ documents: [paper], rules: [rule('one', { var: 'single' })] }))).toEqual([]);
  });
});

describe('what a municipality may set', () => {
  it.each([['values', 0], ['title', 0], ['invented', 0], ['valeus', 1], ['max', 1]])('the property %s of a parameter: %i findings', (property, found) => {
    const programme = smallProgramme({ parameters: [{ id: 'p', title: text('p'), unit: 'cents', values: [{ from: '2020-01-01', value: 1 }] }], overlayable: [{ target: { noun: 'parameter', id: 'p', property } }] });
    expect(checkProgramme(programme).filter(({ code }) => code === 'overlayableMissing')).toHaveLength(found);
  });
});

describe('every finding', () => {
  it('has an example', () => {
    expect([...new Set([...EXAMPLES.map(({ code }) => code), ...ELSEWHERE])].sort()).toEqual([...FINDING_CODES].sort());
  });

  it.each(EXAMPLES)('$code is found at $at', ({ code, at, document, options }) => {
    const found = checkProgramme(document, options);
    const finding = found.find((candidate) => candidate.code === code);
    expect(found.map((each) => `${each.code} ${each.pointer}`)).toContain(`${code} ${finding?.pointer ?? '?'}`);
    if (code.startsWith('cap')) expect(finding?.pointer.startsWith(at)).toBe(true);
    else expect(found.map((each) => `${each.code} ${each.pointer}`)).toContain(`${code} ${at}`);
    for (const words of [finding?.message.el, finding?.message.en, finding?.fix.el, finding?.fix.en]) expect(words).toMatch(/^[^{}]*(\{municipality\})?[^{}]*$/);
  });
});

describe('what the files call by an English name', () => {
  it.each([
    [withRule({ var: 'income' }), 'Βρέθηκε «ποσό»· εδώ χρειάζεται «ναι ή όχι».', 'Found “amount of money”; “yes or no” is needed here.'],
    [withRule({ '==': [{ var: 'income' }, { var: 'single' }] }), 'Συγκρίνονται ανόμοια: «ποσό» με «ναι ή όχι».', 'Unlike things are compared: “amount of money” with “yes or no”.'],
    [withRule({ '<=': [{ var: 'income' }, { param: 'limit' }] }), 'Δεν υπάρχει «παράμετρος» με id «limit».', 'There is no “parameter” with id “limit”.'],
    [{ ...smallProgramme(), rules: {} }, 'Βρέθηκε «αντικείμενο σε άγκιστρα»· εδώ χρειάζεται «κατάλογος σε αγκύλες».', 'Found “object in braces”; “list in brackets” is needed here.'],
  ])('is told in the reader’s words', (document, el, en) => {
    expect(checkProgramme(document)[0]?.message).toEqual({ el, en });
  });

  it('has words for every noun and kind that a finding names', () => {
    const told = EXAMPLES.flatMap(({ document, options }) => checkProgramme(document, options)).filter(({ code }) => ['nameUnknown', 'shapeType', 'typeMismatch', 'comparisonMixed', 'waysMixed', 'unitsMixed'].includes(code));
    expect(told.length).toBeGreaterThan(12);
    for (const { message } of told) expect(message.el.replace(/ με id .*| \(null\)/, '')).not.toMatch(/[a-z]/);
  });
});

describe('one run', () => {
  it('tells everything, also beside what is misshapen', () => {
    const found = checkProgramme(smallProgramme({ rules: [rule('one', { matches: 'x' } as never), rule('two', { var: 'nothing' }), { id: 'three' } as never], title: { el: '', en: 'x' } }));
    expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(['operatorUnknown', 'pathUnknown', 'shapeRequired', 'textEmpty']));
  });

  it('does not blame others for what was misshapen', () => {
    const found = checkProgramme(smallProgramme({ computed: [{ id: 'half', title: text('α'), type: 'wrong' as never, value: 1 }], rules: [rule('one', { '>': [{ computed: 'half' }, 1] })] }));
    expect(found.map(({ code }) => code)).toEqual(['shapeValue']);
  });

  it('tells the gap of a notice in cents', () => {
    const [finding] = checkProgramme(table({ bands: [{ from: 0, upTo: 350_000, value: 20 }, { from: 350_100, upTo: 500_000, value: 10 }, { value: 0 }] }));
    expect(finding).toMatchObject({ code: 'bandGap', severity: 'error', message: { en: 'The values from 350001 to 350099 are in no band.' } });
  });

  it('lets a table fall back on money, and then its figures are money', () => {
    const rest = { parameters: [{ id: 'p', title: text('Έως'), unit: 'cents' as const, legalBasis: 'ΚΥΑ 1/2026', values: [{ from: '2020-01-01', value: 5 }] }], tables: [{ id: 't', title: text('Πίνακας'), legalBasis: 'ΚΥΑ 1/2026', bands: [{ upTo: 5, value: 700 }], otherwise: { param: 'p' } }] };
    const against = (path: string): Programme => withRule({ '<=': [{ var: path }, { band: { table: 't', of: { var: 'size' } } }] }, rest);
    expect(codes(checkProgramme(against('income')))).toEqual([]);
    expect(codes(checkProgramme(against('size')))).toEqual(['comparisonMixed']);
  });

  it('finds a rule that the form itself settles, and a cap that no points reach', () => {
    expect(codes(checkProgramme(withRule({ '>': [{ var: 'size' }, 20] })))).toEqual(['ruleConstant']);
    expect(codes(checkProgramme(withRule({ '>': [{ var: 'size' }, 19] })))).toEqual([]);
    expect(codes(checkProgramme(points({ points: { '*': [{ count: { of: { var: 'household' }, as: 'm', where: true } }, 5] }, cap: 15 })))).toEqual([]);
    expect(codes(checkProgramme(points({ points: { if: [{ var: 'single' }, 10, 5] }, cap: 15 })))).toEqual(['pointsCapUnreachable']);
  });

  const members = { length: { var: 'household' } };
  const working = { count: { of: { var: 'household' }, as: 'm', where: { var: 'm.works' } } };
  const wages = { sum: { of: { var: 'household' }, as: 'm', value: { var: 'm.pay' } } };

  it.each<[string, Expression, 'ruleConstant' | undefined]>([
    ['more people than the form has room for', { '>=': [members, 21] }, 'ruleConstant'],
    ['as many as it has room for', { '>=': [members, 20] }, undefined],
    ['more that meet a condition than there may be', { '>': [working, 20] }, 'ruleConstant'],
    ['some that meet a condition', { '>': [working, 0] }, undefined],
    ['the applicant and the others', { '<=': [{ '+': [1, members] }, 21] }, 'ruleConstant'],
    ['what all earn together, above what they can', { '>': [wages, 2_000_000_000] }, 'ruleConstant'],
    ['what all earn together', { '>': [wages, 1_999_999_999] }, undefined],
    ['more choices than there are', { '==': [{ length: { var: 'tags' } }, 3] }, 'ruleConstant'],
    ['an age of 180', { '>=': [{ ageAt: [{ var: 'born' }, { asOf: true }] }, 180] }, 'ruleConstant'],
    ['an amount that is asked of some only, below what it may be', { '<=': [{ var: 'rent' }, 1_000_000] }, 'ruleConstant'],
    ['what is left out is no bound', { '>': [{ '+': [{ var: 'rent' }, 0] }, 1_000_000] }, 'ruleConstant'],
    ['an amount without a least', { '>=': [{ var: 'rent' }, 0] }, undefined],
  ])('a rule that the form settles: %s', (_, condition, code) => {
    expect(codes(checkProgramme(withRule(condition))).filter((each) => each !== 'ruleOfSome')).toEqual(code === undefined ? [] : [code]);
  });

  it('an element is not there yet: what is asked of each settles nothing', () => {
    expect(codes(checkProgramme(withRule({ all: { of: { var: 'household' }, as: 'm', where: { '<=': [{ var: 'm.age' }, 100] } } })))).toEqual([]);
  });
});

function codes(found: readonly CheckFinding[]): readonly string[] {
  return found.map(({ code }) => code);
}

describe('a batch programme', () => {
  it('is doubtful while it is written and refused when it is published, by name', () => {
    expect(checkProgramme(batch()).map(({ code, severity }) => [code, severity])).toEqual([['selectionNotRunnable', 'warning']]);
    const [refusal] = checkForPublication(batch());
    expect(refusal).toMatchObject({ code: 'selectionNotRunnable', severity: 'error' });
    expect(refusal?.message.en).toContain('not supported by this version');
    expect(checkForPublication(smallProgramme())).toEqual([]);
  });

  it('a fact that no version can find is a warning while it is written, and a refusal by its name when published', () => {
    const draft = withFact({ lookup: { kind: 'rounds', outcome: 'selected', rounds: 2, of: 'applicant' } });
    expect(checkProgramme(draft).find(({ code }) => code === 'factNotRunnable')).toMatchObject({ severity: 'warning', pointer: '/facts/0/lookup' });
    expect(checkForPublication(draft).find(({ code }) => code === 'factNotRunnable')).toMatchObject({ severity: 'error', message: { en: expect.stringContaining('known') as string } });
  });

  it('compares only by lines and values that it has, and has windows that end after they begin', () => {
    const found = checkProgramme(batch({
      priority: [{ id: 'a', title: text('α'), by: 'line', name: 'none' }, { id: 'b', title: text('β'), by: 'computed' }, DRAW],
      windows: [{ id: 'call', title: text('α'), kind: 'applications', from: '2026-05-02', until: '2026-05-01' }],
    }));
    expect(found.filter(({ severity }) => severity === 'error').map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(['nameUnknown /selection/priority/0', 'nameUnknown /selection/priority/1', 'boundsCrossed /selection/windows/0/until']);
  });
});

describe('an overlay', () => {
  const base = smallProgramme({
    parameters: [{ id: 'p', title: text('Όριο'), unit: 'cents', values: [{ from: '2020-01-01', value: 500 }] }],
    rules: [rule('one', { '<=': [{ var: 'income' }, { param: 'p' }] })],
    overlayable: [{ target: { noun: 'parameter', id: 'p', property: 'values' }, min: 100, max: 900 }, { target: { noun: 'contact', property: 'phone' } }],
  });
  const overlay = (set: unknown, rest: object = {}): unknown => ({ schemaVersion: '1', base: 'small', municipality: '9230', set, ...rest });
  const values = (value: number): unknown => [{ target: { noun: 'parameter', id: 'p', property: 'values' }, value: [{ from: '2020-01-01', value }] }];
  it.each([
    ['overlayBaseMismatch', '/base', overlay(values(500), { base: 'other' })],
    ['overlayLocked', '/set/0/target', overlay([{ target: { noun: 'programme', property: 'mode' }, value: 'x' }])],
    ['overlayTargetMissing', '/set/0/target', overlay([{ target: { noun: 'message', id: 'none', property: 'body' }, value: 'x' }])],
    ['overlayOutOfBounds', '/set/0/value', overlay(values(901))],
    ['overlayRepeated', '/set/1/target', overlay([...(values(500) as []), ...(values(600) as [])])],
    ['shapeRequired', '', { schemaVersion: '1' }],
  ])('%s at %s', (code, pointer, given) => {
    const against = code === 'overlayTargetMissing' ? { ...base, overlayable: [{ target: { noun: 'message' as const, id: 'none', property: 'body' } }] } : base;
    expect(checkOverlay(against, given).map((finding) => `${finding.code} ${finding.pointer}`)).toContain(`${code} ${pointer}`);
  });
  it('within its bounds is clean, and what it breaks in the whole is told', () => {
    expect(checkOverlay(base, overlay(values(900)))).toEqual([]);
    expect(codes(checkOverlay(base, overlay([{ target: { noun: 'contact', property: 'phone' }, value: '1'.repeat(60) }])))).toEqual(['shapeLength']);
  });
});

describe('a JSON file', () => {
  it.each([
    ['{"a":1,}', 1, '}'],
    ['{\n "a": 1\n "b": 2\n}', 3, '"b": 2'],
    ['[1,\n 2,,3]', 2, ',3]'],
    ['{"a": "x', 1, '"x'],
    ['{"a": [1, 2}', 1, '}'],
    ['{"a": 1', 1, '1'],
    ['{a: 1}', 1, 'a: 1}'],
    ['{"a": 01}', 1, '01}'],
    ['{"a": 1} x', 1, 'x'],
    ['', 1, '…'],
  ])('names the line of what is no JSON: %j', (source, line, near) => {
    expect(readJsonSource(source)).toMatchObject({ drafts: [{ code: 'jsonSyntax', params: { line, near } }] });
  });

  it.each([
    ['{"a":1,"a":2}', 'jsonRepeated', '/a'],
    ['{"b":[0,{"a":1,"\\u0061":2}]}', 'jsonRepeated', '/b/1/a'],
    ['{"a":1,}', 'jsonSyntax', ''],
    [`${'['.repeat(50_000)}`, 'capDepth', ''],
  ])('%.30s is refused as %s', (source, code, pointer) => {
    expect(readJsonSource(source)).toMatchObject({ drafts: [{ code, pointer }] });
  });
  it('with the same name in two objects is read', () => {
    expect(readJsonSource('[{"a":"}{,:\\""},{"a":2}]')).toEqual({ value: [{ a: '}{,:"' }, { a: 2 }] });
  });
});

describe('hostile definitions', () => {
  const names = ['__proto__', 'constructor', 'prototype'];
  it.each(names)('the name %s is refused at every depth of an expression', (name) => {
    for (let depth = 0; depth < 20; depth += 1) {
      let source = `{"${name}":{"x":1}}`;
      for (let level = 0; level < depth; level += 1) source = level % 2 === 0 ? `{"not":${source}}` : `{"and":[true,${source}]}`;
      expect(codes(checkProgramme(withRule(JSON.parse(source))))).toEqual(['nameForbidden']);
    }
  });
  it('five thousand fields, depth 500 and ten megabytes are refused at once and unread', () => {
    const many = smallProgramme({ form: { pages: [{ id: 'a', title: text('α'), questions: Array.from({ length: 5000 }, (_, at) => question(`q${at}`, 'text')) }] } });
    const wide = { ...smallProgramme(), x: 'α'.repeat(10_000_000) };
    for (const [document, code] of [[many, 'capBytes'], [withRule(deep(500)), 'capDepth'], [wide, 'capBytes']] as const) expect(codes(checkProgramme(document))).toEqual([code]);
  });
  it.each([[null], [5], ['x'], [[]], [{}], [{ form: null }], [{ ...smallProgramme(), form: { pages: [null] } }], [{ ...smallProgramme(), rules: 'x', flow: 7 }]])('%j is told, not thrown', (document) => {
    expect(checkProgramme(document).length).toBeGreaterThan(0);
  });
});

describe('the shape check and a schema compiler', () => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true, allErrors: false, schemas: Object.values(SCHEMAS) as object[] });
  const isValid = ajv.getSchema('programme.json');
  const sources = ['wildfire-aid', 'volunteer-registry'].map((name) => ['form', 'flow', 'rules'].map((file) => JSON.parse(readFileSync(join(import.meta.dirname, '../../definitions/programmes', name, `${file}.json`), 'utf8')) as unknown));
  const [form, steps, parts] = sources[0] as [Programme['form'], Programme['flow'], Pick<Programme, 'facts' | 'computed' | 'rules'>];
  const whole = smallProgramme({ form, flow: steps, ...parts });

  it('agree on a sound programme and on every mutant with a node deleted, retyped or renamed', () => {
    expect(isValid?.(whole)).toBe(true);
    const places: (readonly (string | number)[])[] = [];
    const visit = (value: unknown, path: readonly (string | number)[]): void => {
      if (path.length > 0) places.push(path);
      if (typeof value === 'object' && value !== null) for (const name of Object.keys(value)) visit((value as Record<string, unknown>)[name], [...path, name]);
    };
    visit(whole, []);
    let refused = 0;
    for (const path of places.filter((_, position) => position % 7 === 0)) {
      for (const mutate of [(owner: Record<string, unknown>, name: string) => Reflect.deleteProperty(owner, name), (owner: Record<string, unknown>, name: string) => (owner[name] = 7), (owner: Record<string, unknown>, name: string) => ((owner[`${name}x`] = owner[name]), Reflect.deleteProperty(owner, name))]) {
        const mutant = structuredClone(whole) as unknown as Record<string, unknown>;
        const owner = path.slice(0, -1).reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], mutant) as Record<string, unknown>;
        if (Array.isArray(owner)) owner.splice(Number(path.at(-1)), 1);
        else mutate(owner, String(path.at(-1)));
        const shape = checkProgramme(mutant).filter(({ code }) => /^(shape|operator|stepKind|capExpression|numberNotWhole)/.test(code));
        expect([path.join('/'), shape.length === 0]).toEqual([path.join('/'), isValid?.(mutant)]);
        if (shape.length > 0) refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(300);
  });
});
