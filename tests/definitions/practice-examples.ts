import type { Expression, Message, Parameter, Programme, Step } from '#definitions/types/programme.js';
import { DECIDE, DONE, LIMIT, LOOK, MESSAGE, NAMES, PAPER, TURNED_DOWN, batchOf, flowOf, withLimit, withQuestions } from './doubt-examples.js';
import { QUESTIONS, question, rule, smallProgramme, text } from './small-programme.js';

const BASIS = 'ΚΥΑ 1/2026';
const LAST = `/form/pages/0/questions/${QUESTIONS.length}`;
const INCOME: Expression = { var: 'income' };
const withRules = (...conditions: readonly Expression[]): Programme => smallProgramme({ rules: conditions.map((condition, position) => rule(`r${position}`, condition)) });
const withParameters = (...parameters: readonly (Partial<Parameter> & { readonly id: string })[]): Programme =>
  smallProgramme({ parameters: parameters.map((parameter) => ({ ...LIMIT, title: text(parameter.id), ...parameter })) });
const at = (value: string | number): Parameter['values'] => [{ from: '2026-01-05', value }];
const percent: Parameter = { ...LIMIT, id: 'share', unit: 'percent', values: at(20) };
const PAPERS: Step = { kind: 'documents', id: 'papers', title: text('Χαρτιά'), stage: 'open', citizenText: text('Περιμένουμε.'), due: { days: 10, kind: 'calendar' }, giveUp: { after: { days: 30, kind: 'calendar' }, next: 'done' }, next: 'done' };
const tell = (message: Partial<Message>): Programme => ({ ...flowOf([{ kind: 'notify', id: 'tell', title: text('Μήνυμα'), stage: 'open', citizenText: text('Σας γράψαμε.'), message: 'received', next: 'done' }, DONE]), messages: [{ ...MESSAGE, ...message }] });
const pointsOf = (points: Programme['points']): Programme => smallProgramme({ ...(points === undefined ? {} : { points }) });
const line = (rest: object): NonNullable<Programme['points']>['lines'][number] => ({ id: 'one', title: text('Γραμμή'), points: 10, legalBasis: BASIS, ...rest });
const CALL = { id: 'call', title: text('Αιτήσεις'), kind: 'applications', from: '2026-05-01', until: '2026-06-01' } as const;
const withSelection = (changes: object, from: Programme = batchOf([CALL])): Programme => ({ ...from, selection: { ...from.selection, ...changes } as NonNullable<Programme['selection']> });
const rising: Programme = {
  ...pointsOf({ lines: [line({ points: { band: { table: 't', of: INCOME } } })] }),
  tables: [{ id: 't', title: text('Μόρια'), legalBasis: BASIS, bands: [{ upTo: 1_000_000, value: 10 }, { value: 30 }] }],
};

/** One example for each slip of an official that passes every rule of the language and was hardly meant. */
export const PRACTICE_EXAMPLES: readonly { readonly code: string; readonly at: string; readonly document: unknown }[] = [
  { code: 'partsContrary', at: '/rules/0/condition/and', document: withRules({ and: [{ '==': [{ var: 'housing' }, 'own'] }, { '==': [{ var: 'housing' }, 'rent'] }] }) },
  { code: 'partsContrary', at: '/rules/0/condition/and', document: withRules({ and: [{ var: 'single' }, { and: [{ '>': [INCOME, 5] }, { not: { var: 'single' } }] }] }) },
  { code: 'partsContrary', at: '/rules/0/condition/and', document: withRules({ and: [{ '>=': [{ ageAt: [{ var: 'born' }, { asOf: true }] }, 65] }, { '<=': [{ ageAt: [{ var: 'born' }, { asOf: true }] }, 18] }] }) },
  { code: 'whenSettles', at: '/rules/0', document: smallProgramme({ rules: [rule('one', { var: 'single' }, { when: { and: [{ var: 'single' }, { '>': [INCOME, 5] }] } })] }) },
  { code: 'whenSettles', at: '/rules/0', document: smallProgramme({ rules: [rule('one', { not: { var: 'single' } }, { when: { var: 'single' } })] }) },
  { code: 'ruleRepeated', at: '/rules/1', document: withRules({ '<=': [INCOME, 500_000] }, { '<=': [INCOME, 500_000] }) },
  { code: 'ruleOfSome', at: '/rules/0', document: withRules({ '<=': [{ var: 'rent' }, 50_000] }) },
  { code: 'knownAlways', at: '/rules/0/condition/known', document: withRules({ known: 'income' }) },
  { code: 'percentBeyond', at: '/parameters/0/values/0/value', document: withParameters({ id: 'share', unit: 'percent', values: at(2000) }) },
  { code: 'percentUndivided', at: '/computed/0/value/*', document: smallProgramme({ parameters: [percent], computed: [{ id: 'part', title: text('Μέρος'), type: 'money', legalBasis: BASIS, value: { '*': [INCOME, { param: 'share' }] } }] }) },
  { code: 'amountNegative', at: '/parameters/0/values/0/value', document: withParameters({ id: 'limit', values: at(-5) }) },
  { code: 'dateFar', at: '/parameters/0/values/0/value', document: withParameters({ id: 'day', unit: 'date', values: at('2062-07-23') }) },
  { code: 'dateFar', at: '/parameters/0/values/1/from', document: withParameters({ id: 'limit', values: [...at(5), { from: '2206-01-01', value: 6 }] }) },
  { code: 'pairCrossed', at: '/parameters/0', document: withParameters({ id: 'ageYearsMin', unit: 'count', values: at(15) }, { id: 'ageYearsMax', unit: 'count', values: at(6) }) },
  { code: 'pairCrossed', at: '/parameters/1', document: withParameters({ id: 'incomeBaseCents', values: at(150_000) }, { id: 'incomeStepCents', values: at(600_000) }) },
  { code: 'centsLikelyEuros', at: '/rules/0/condition/<=', document: withLimit({ values: at(6_000) }) },
  { code: 'timeUnitsMixed', at: '/rules/0/condition/>=', document: { ...withParameters({ id: 'ageYearsMin', unit: 'count', values: at(18) }), rules: [rule('one', { '>=': [{ monthsBetween: [{ var: 'born' }, { asOf: true }] }, { param: 'ageYearsMin' }] })] } },
  { code: 'edgeExcluded', at: '/rules/0/condition/<', document: withLimit({ title: text('Εισόδημα έως') }, { '<': [INCOME, { param: 'limit' }] }) },
  { code: 'pointsRise', at: '/points/lines/0/points', document: rising },
  { code: 'capBelow', at: '/points/lines/0/cap', document: pointsOf({ lines: [line({ cap: 3 })] }) },
  { code: 'capBelow', at: '/points/cap', document: pointsOf({ lines: [line({})], cap: 5 }) },
  { code: 'capacityNone', at: '/selection/capacity', document: withSelection({ capacity: 0 }) },
  { code: 'reservesExceed', at: '/selection/reserves', document: withSelection({ reserves: [{ id: 'kept', title: text('Κρατημένες'), when: { var: 'single' }, places: 9, kind: 'soft' }] }) },
  { code: 'escalatesToSame', at: '/flow/steps/0/overdue/escalateTo', document: flowOf([{ ...LOOK, overdue: { escalateTo: 'desk' } }, DONE]) },
  { code: 'dueUnlikely', at: '/flow/steps/0/due/days', document: flowOf([{ ...LOOK, due: { days: 500, kind: 'working' } }, DONE]) },
  { code: 'dueUnlikely', at: '/flow/steps/0/appeal/days', document: flowOf([{ ...DECIDE, appeal: { text: text('Ένσταση.'), days: 0, kind: 'calendar', authority: text('Αρχή') } }, DONE, TURNED_DOWN]) },
  { code: 'dueDiffers', at: '/flow/steps/0/appeal/text/el', document: flowOf([{ ...DECIDE, appeal: { text: text('Ένσταση σε 30 ημέρες.'), days: 15, kind: 'calendar', authority: text('Αρχή') } }, DONE, TURNED_DOWN]) },
  { code: 'givesUpEarly', at: '/flow/steps/0/giveUp/after', document: flowOf([{ ...PAPERS, giveUp: { after: { days: 5, kind: 'calendar' }, next: 'done' } }, DONE]) },
  { code: 'remindsLate', at: '/flow/steps/0/remind/0/after', document: { ...flowOf([{ ...PAPERS, remind: [{ after: { days: 25, kind: 'working' }, message: 'received' }] }, DONE]), messages: [MESSAGE] } },
  { code: 'placeholderEmpty', at: '/flow/steps/0/message', document: tell({ body: { el: 'Ως {due}.', en: 'By {due}.' } }) },
  { code: 'paperImpossible', at: '/documents/0/sizeBytesMax', document: smallProgramme({ documents: [{ ...PAPER, sizeBytesMax: 10 }] }) },
  { code: 'paperImpossible', at: '/documents/0/filesMax', document: smallProgramme({ documents: [{ ...PAPER, filesMax: 0 }] }) },
  { code: 'nameShort', at: `${LAST}/lengthMax`, document: withQuestions({ ...(NAMES[0] ?? question('n', 'text')), lengthMax: 2 }) },
  { code: 'boundsCrossed', at: `${LAST}/dateMax`, document: withQuestions(question('day', 'date', { dateMin: { date: '2030-01-01' }, dateMax: { date: '2020-01-01' } })) },
  { code: 'contactUnlikely', at: '/contact/phone', document: smallProgramme({ contact: { phone: '210 000' } }) },
  { code: 'contactUnlikely', at: '/contact/email', document: smallProgramme({ contact: { phone: '15195', email: 'dimos.gr' } }) },
  { code: 'textUnfinished', at: '/rules/0/legalBasis', document: smallProgramme({ rules: [rule('one', { '<=': [INCOME, 500_000] }, { legalBasis: 'TODO' })] }) },
  { code: 'textUnfinished', at: '/nextSteps/el', document: smallProgramme({ nextSteps: { el: '…', en: 'We answer.' } }) },
  { code: 'snapshotEarly', at: '/selection/snapshotAt', document: withSelection({ snapshotAt: '2026-05-20' }) },
  { code: 'objectionsEarly', at: '/selection/windows/1/from', document: batchOf([CALL, { ...CALL, id: 'objections', kind: 'objections', from: '2026-05-20', until: '2026-06-10' }]) },
  { code: 'refusesNobody', at: '/rules', document: smallProgramme({ rules: [rule('one', { '<=': [INCOME, 500_000] }, { severity: 'advisory' })] }) },
  { code: 'reasonFigure', at: '/rules/0/reason/false/el', document: smallProgramme({ rules: [rule('one', { '>=': [{ ageAt: [{ var: 'born' }, { asOf: true }] }, 18] }, { reason: { false: { el: 'Πρέπει να είστε 21 ετών.', en: 'You must be 18.' } } })] }) },
];
