import type { DocumentKind, Expression, Message, Parameter, Programme, Question, Step } from '#definitions/types/programme.js';
import { QUESTIONS, question, rule, smallProgramme, text } from './small-programme.js';

interface DoubtExample {
  readonly code: string;
  readonly at: string;
  readonly document: unknown;
}

const BASIS = 'ΚΥΑ 1/2026';
const LAST = `/form/pages/0/questions/${QUESTIONS.length}`;
export const withQuestions = (...asked: readonly Question[]): Programme => smallProgramme({ form: { pages: [{ id: 'first', title: text('Πρώτη'), questions: [...QUESTIONS, ...asked] }] } });
export const PAPER: DocumentKind = { id: 'paper', title: text('Χαρτί'), acceptedTypes: ['application/pdf', 'image/jpeg', 'image/png'], sizeBytesMax: 1000, filesMax: 1, mayBeMissingAtFiling: true, legalBasis: BASIS };
const withPaper = (paper: Partial<DocumentKind>, asked: Partial<Question>): Programme => ({ ...withQuestions(question('upload', 'file', { document: 'paper', ...asked })), documents: [{ ...PAPER, ...paper }] });
export const LIMIT: Parameter = { id: 'limit', title: text('Όριο'), unit: 'cents', legalBasis: BASIS, values: [{ from: '2020-01-01', value: 500_000 }] };
export const withLimit = (limit: Partial<Parameter>, condition: Expression = { '<=': [{ var: 'income' }, { param: 'limit' }] }): Programme => smallProgramme({ parameters: [{ ...LIMIT, ...limit }], rules: [rule('one', condition)] });
export const MESSAGE: Message = { id: 'received', channels: ['email', 'sms'], subject: text('Λάβαμε'), body: text('Λάβαμε την αίτηση.'), sms: text('Λάβαμε.') };
const withMessage = (message: Partial<Message>, ...asked: readonly Question[]): Programme => ({ ...withQuestions(...asked), messages: [{ ...MESSAGE, ...message }] });
const person = (id: string, type: Question['type'], role: NonNullable<Question['role']>, rest: Partial<Question> = {}): Question => question(id, type, { role, sensitivity: 'identity', ...rest });
export const NAMES: readonly Question[] = [person('givenName', 'text', 'applicantGivenName', { lengthMax: 100 }), person('familyName', 'text', 'applicantFamilyName', { lengthMax: 100 })];
const PHONE = person('mobile', 'phone', 'applicantPhone', { optional: true });
const EMAIL = person('mail', 'email', 'applicantEmail', { optional: true });

export const STAGES = [{ id: 'open', title: text('Ανοικτή') }, { id: 'shut', title: text('Κλειστή') }];
export const DONE: Step = { kind: 'end', id: 'done', title: text('Τέλος'), stage: 'shut', citizenText: text('Τέλος.'), outcome: 'completed' };
export const TURNED_DOWN: Step = { ...DONE, id: 'turnedDown', outcome: 'refused' };
export const LOOK = { kind: 'review', id: 'look', title: text('Έλεγχος'), stage: 'open', citizenText: text('Ελέγχουμε.'), role: 'desk', due: { days: 3, kind: 'working' }, overdue: { escalateTo: 'supervisor' }, outcomes: [{ id: 'ok', title: text('Εντάξει'), next: 'done' }] } as const satisfies Step;
export const DECIDE: Step = {
  kind: 'decide', id: 'decision', title: text('Απόφαση'), stage: 'open', citizenText: text('Αποφασίζουμε.'), role: 'decider', due: { days: 3 }, overdue: { escalateTo: 'supervisor' },
  appeal: { text: text('Ένσταση.'), days: 15, kind: 'calendar', authority: text('Αρχή') }, legalBasis: BASIS, next: { approved: 'done', refused: 'turnedDown' },
};
export const CHECK = { kind: 'check', id: 'check', title: text('Έλεγχος'), stage: 'open', citizenText: text('Ελέγχουμε.'), next: { eligible: 'done', ineligible: 'turnedDown', undecided: 'look' } } as const satisfies Step;
export const flowOf = (steps: readonly unknown[], rest: Partial<Programme['flow']> = {}): Programme => smallProgramme({ flow: { start: (steps[0] as Step).id, stages: STAGES, steps: steps as Step[], ...rest } });

const band = (...values: readonly number[]): Programme =>
  smallProgramme({
    tables: [{ id: 't', title: text('Πίνακας'), legalBasis: BASIS, bands: values.map((value, row) => (row === values.length - 1 ? { value } : { upTo: (row + 1) * 100_000, value })) }],
    rules: [rule('one', { '>=': [{ band: { table: 't', of: { var: 'income' } } }, 2] })],
  });

const WINDOW = { id: 'call', title: text('Αιτήσεις'), kind: 'applications', from: '2026-05-01', until: '2026-06-01' } as const;
export const batchOf = (windows: NonNullable<Programme['selection']>['windows'], opening: Programme['opening'] = { from: '2026-05-01', until: '2026-06-01' }): Programme =>
  smallProgramme({
    mode: 'batch',
    opening,
    selection: { model: 'lottery', capacity: 5, windows, priority: [{ id: 'lot', title: text('Κλήρωση'), by: 'draw' }], draw: { entropy: [text('Κλήρωση')], commit: text('Την προηγούμενη ημέρα.') } },
  });
const OPEN_PHONE = { target: { noun: 'contact', property: 'phone' } } as const;
const OPEN_DAYS = { target: { noun: 'calendar', property: 'holidays' } } as const;

/** One example for each doubt: a definition that says one thing here and another there. */
export const DOUBT_EXAMPLES: readonly DoubtExample[] = [
  { code: 'purposeMissing', at: LAST, document: withQuestions({ id: 'why', type: 'declaration', label: text('Γιατί') }) },
  { code: 'sensitivityMissing', at: LAST, document: withQuestions(question('tax', 'afm', { role: 'applicantAfm' })) },
  { code: 'sensitivityDiffers', at: LAST, document: withPaper({ sensitivity: 'special' }, {}) },
  { code: 'numberOpen', at: LAST, document: withQuestions(question('children', 'number', { min: 0 })) },
  { code: 'textOpen', at: LAST, document: withQuestions(question('story', 'longText')) },
  { code: 'beforeMissing', at: '', document: (({ before: _before, ...rest }) => ({ ...rest, documents: [PAPER] }))(smallProgramme()) },
  { code: 'basisUneven', at: '/form/pages/0/questions/2', document: smallProgramme({ form: { pages: [{ id: 'first', title: text('Πρώτη'), questions: [question('a', 'yesNo', { legalBasis: BASIS }), question('b', 'yesNo', { legalBasis: BASIS }), question('c', 'yesNo')] }] } }) },
  { code: 'birthDateOpen', at: LAST, document: withQuestions(person('birth2', 'date', 'applicantBirthDate'), ...NAMES) },
  { code: 'contactRequired', at: LAST, document: withQuestions(person('mail', 'email', 'applicantEmail'), ...NAMES) },
  { code: 'roleMissing', at: LAST, document: withQuestions(question('mail', 'email', { sensitivity: 'identity', optional: true }), ...NAMES) },
  { code: 'applicantUnnamed', at: '/form', document: withQuestions(PHONE) },
  { code: 'paperHidden', at: LAST, document: withPaper({}, { visible: { var: 'single' } }) },
  { code: 'paperAskedOfAll', at: LAST, document: withPaper({ requiredWhen: { var: 'single' } }, {}) },
  { code: 'paperTypesFew', at: '/documents/0/acceptedTypes', document: smallProgramme({ documents: [{ ...PAPER, acceptedTypes: ['application/pdf'] }] }) },
  { code: 'askedTooLate', at: `${LAST}/visible`, document: withQuestions(question('first', 'yesNo', { visible: { var: 'second' } }), question('second', 'yesNo')) },
  { code: 'titleRepeated', at: '/flow/stages/1/title', document: flowOf([LOOK, DONE], { stages: STAGES.map(({ id }) => ({ id, title: text('Ανοικτή') })) }) },
  { code: 'messageShortMissing', at: '/messages/0', document: smallProgramme({ messages: [{ id: 'received', channels: ['email', 'sms'], subject: text('α'), body: text('α') }] }) },
  { code: 'messageShortStray', at: '/messages/0/sms', document: withMessage({ channels: ['email'] }) },
  { code: 'messageShortFirst', at: '/messages/0/channels', document: withMessage({ channels: ['sms', 'email'] }) },
  { code: 'messageUnreached', at: '/messages/0/channels', document: withMessage({ channels: ['sms'] }, PHONE, EMAIL, ...NAMES) },
  { code: 'stepSilent', at: '/flow/steps/0', document: flowOf([{ kind: 'notify', id: 'tell', title: text('Μήνυμα'), stage: 'open', message: 'received', next: 'done' }, DONE]) },
  { code: 'waysCrossed', at: '/flow/steps/0/next/approved', document: flowOf([{ ...DECIDE, next: { approved: 'turnedDown', refused: 'done' } }, DONE, TURNED_DOWN]) },
  { code: 'eligibleDetour', at: '/flow/steps/0/next/eligible', document: flowOf([{ ...CHECK, next: { ...CHECK.next, eligible: 'look', undecided: 'done' } }, LOOK, DONE, TURNED_DOWN]) },
  { code: 'noteMissing', at: '/flow/steps/0/outcomes/0', document: flowOf([{ ...LOOK, outcomes: [{ id: 'no', title: text('Όχι'), next: 'turnedDown' }] }, TURNED_DOWN]) },
  { code: 'declarationMissing', at: '/form', document: withQuestions(...NAMES) },
  { code: 'messageUnaddressed', at: '/messages/0/channels', document: withMessage({}, PHONE, ...NAMES) },
  { code: 'dueKindMissing', at: '/flow/steps/0/due', document: flowOf([{ ...LOOK, due: { days: 3 } }, DONE]) },
  { code: 'awardHidden', at: '/computed/0', document: { ...flowOf([{ ...DECIDE, award: 'award' }, DONE, TURNED_DOWN]), computed: [{ id: 'award', title: text('Ποσό'), type: 'money', legalBasis: BASIS, value: { var: 'income' } }] } },
  { code: 'stageUnused', at: '/flow/stages/2', document: flowOf([LOOK, DONE], { stages: [...STAGES, { id: 'never', title: text('Ποτέ') }] }) },
  { code: 'stageOrder', at: '/flow/stages/0', document: flowOf([LOOK, DONE], { stages: [...STAGES].reverse() }) },
  { code: 'conditionConstant', at: `${LAST}/visible/or/1`, document: withQuestions(question('more', 'yesNo', { visible: { or: [{ var: 'single' }, { '>': [{ var: 'size' }, 20] }] } })) },
  { code: 'basisMissing', at: '/documents/0', document: smallProgramme({ documents: [{ id: 'paper', title: text('Χαρτί'), acceptedTypes: ['application/pdf'], sizeBytesMax: 1000, filesMax: 1, mayBeMissingAtFiling: true }] }) },
  { code: 'inventedUnmarked', at: '/parameters/0', document: withLimit({ legalBasis: 'Τιμή επίδειξης, όχι νόμος' }) },
  { code: 'localLocked', at: '/holidays', document: smallProgramme({ overlayable: [OPEN_PHONE] }) },
  { code: 'inventedLocked', at: '/parameters/0', document: { ...withLimit({ invented: true }), overlayable: [OPEN_PHONE, OPEN_DAYS] } },
  { code: 'boundsHalf', at: '/overlayable/2', document: { ...withLimit({}), overlayable: [OPEN_PHONE, OPEN_DAYS, { target: { noun: 'parameter', id: 'limit', property: 'values' }, min: 5 }] } },
  { code: 'dueDiffers', at: '/flow/steps/0/citizenText/el', document: flowOf([{ ...LOOK, citizenText: { el: 'Απαντάμε σε δέκα εργάσιμες ημέρες.', en: 'We answer.' } }, DONE]) },
  { code: 'amountUnknown', at: '/rules/0/reason/false/el', document: { ...withLimit({}), rules: [rule('one', { '<=': [{ var: 'income' }, { param: 'limit' }] }, { reason: { false: { el: 'Πάνω από 3.500 €.', en: 'Above.' } } })] } },
  { code: 'textOtherLanguage', at: '/title/el', document: smallProgramme({ title: { el: 'Help with rent', en: 'Βοήθεια ενοικίου' } }) },
  { code: 'bandsZigzag', at: '/tables/0/bands/2', document: band(30, 10, 20, 0) },
  { code: 'bandsStartLate', at: '/tables/0/bands/0', document: smallProgramme({ tables: [{ id: 't', title: text('Πίνακας'), legalBasis: BASIS, bands: [{ from: 1, upTo: 5, value: 2 }, { value: 1 }] }], rules: [rule('one', { '>=': [{ band: { table: 't', of: { var: 'income' } } }, 2] })] }) },
  { code: 'ageBackwards', at: '/rules/0/condition/>=/0/ageAt', document: smallProgramme({ rules: [rule('one', { '>=': [{ ageAt: [{ asOf: true }, { var: 'born' }] }, 18] })] }) },
  { code: 'limitReversed', at: '/rules/0/condition', document: withLimit({ title: text('Ανώτατο εισόδημα') }, { '>=': [{ var: 'income' }, { param: 'limit' }] }) },
  { code: 'openingDiffers', at: '/opening', document: batchOf([WINDOW], { from: '2026-05-01' }) },
  { code: 'digitsUneven', at: '/selection/windows/0/afmLastDigits', document: batchOf([{ ...WINDOW, afmLastDigits: [0, 1, 2, 3, 4] }, { ...WINDOW, id: 'more', afmLastDigits: [5, 6, 7, 8] }]) },
  { code: 'windowsOrder', at: '/selection/windows/1/from', document: batchOf([WINDOW, { ...WINDOW, id: 'early', from: '2026-04-01', kind: 'objections' }]) },
];
