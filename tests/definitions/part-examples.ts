import type { Allotment, Calendar, CalendarAppointment, CalendarPlace, Commodity, Indicator, Parameter, Programme, Stock, StockRound, Subject } from '#definitions/types/programme.js';
import { QUESTIONS, question, smallProgramme, text } from './small-programme.js';

/** Places, stock and figures that check without a finding but that no version keeps them; for tests to change one thing in. */
export const OFFICE: CalendarPlace = { id: 'office', title: text('Γραφείο'), hours: [{ weekdays: [1, 2, 3, 4, 5], from: '08:00', until: '14:30' }] };
export const MEETING: CalendarAppointment = {
  id: 'meeting',
  title: text('Συνάντηση'),
  places: ['office'],
  needs: [{ anyOf: ['psychologist'] }],
  durationMinutes: 50,
  coolOffMinutes: 10,
  bookFromDays: 30,
  bookUntilHours: 24,
  cancelUntilHours: 24,
};

export function calendarOf(changes: Partial<Calendar> = {}): Calendar {
  return {
    places: [OFFICE],
    resources: [{ id: 'psychologist', title: text('Ψυχολόγος'), kind: 'professional', places: ['office'], hours: [{ weekdays: [2, 4], from: '09:00', until: '13:00' }] }],
    appointments: [MEETING],
    ...changes,
  };
}

/** A flow with a task in which the appointment is kept and the allotment is handed out. */
export function flowWith(step: Record<string, unknown>): Programme['flow'] {
  const task = { kind: 'review', id: 'look', title: text('Έλεγχος'), stage: 'open', citizenText: text('Ελέγχουμε.'), role: 'desk', due: { days: 3, kind: 'working', from: 'entered' }, overdue: { escalateTo: 'supervisor' }, outcomes: [{ id: 'ok', title: text('Εντάξει'), next: 'done' }], ...step };
  return { start: 'look', stages: [{ id: 'open', title: text('Ανοικτή') }], steps: [task as unknown as Programme['flow']['steps'][number], { kind: 'end', id: 'done', stage: 'open', title: text('Τέλος'), citizenText: text('Τέλος.'), outcome: 'completed' }] };
}

export function withCalendar(changes: Partial<Calendar> = {}, rest: Partial<Programme> = {}): Programme {
  return smallProgramme({ calendar: calendarOf(changes), flow: flowWith({ appointment: 'meeting' }), ...rest });
}

const RICE: Commodity = { id: 'rice', title: text('Ρύζι'), kind: 'goods', unit: 'pack', contentAmount: 500, contentUnit: 'gram' };
const SUGAR: Commodity = { id: 'sugar', title: text('Ζάχαρη'), kind: 'goods', unit: 'kilogram' };
const POINTS: Commodity = { id: 'credit', title: text('Μονάδες'), kind: 'points', unit: 'point' };
const PARCEL: Allotment = {
  id: 'parcel',
  title: text('Δέμα'),
  every: 'month',
  by: { '+': [1, { length: { var: 'household' } }] },
  bands: [{ upTo: 2, contents: [{ item: 'rice', amount: 6 }] }, { from: 3, upTo: 5, contents: [{ item: 'rice', amount: 8 }] }, { contents: [{ item: 'rice', amount: 10 }, { item: 'sugar', amount: 1 }] }],
  shortage: { rule: 'firstCome', missed: 'firstNextTime', reason: text('Το απόθεμα τελείωσε.') },
};

export function stockOf(changes: Partial<Stock> = {}): Stock {
  return { commodities: [RICE, SUGAR], allotments: [PARCEL], ...changes };
}

export function withStock(changes: Partial<Stock> = {}, rest: Partial<Programme> = {}): Programme {
  return smallProgramme({ stock: stockOf(changes), flow: flowWith({ handsOut: 'parcel' }), ...rest });
}

const DAYS: Indicator = { id: 'wait', title: text('Ημέρες αναμονής'), counts: 'days', from: { event: 'filed' }, until: { event: 'stepDone', step: 'look' }, statistic: 'median', asAt: 'entry', period: 'quarter' };

export function withFigure(changes: Partial<Indicator> = {}, rest: Partial<Programme> = {}): Programme {
  return smallProgramme({ indicators: { figures: [{ ...DAYS, ...changes }] }, ...rest });
}

const HOUSEHOLD: Subject = { kind: 'household', title: text('Νοικοκυριό'), identifiedBy: ['home'], members: 'household' };

export function withSubject(changes: Partial<Subject> = {}, rest: Partial<Programme> = {}): Programme {
  return smallProgramme({ subject: { ...HOUSEHOLD, ...changes }, ...rest });
}

const without = <T extends object>(thing: T, ...names: readonly (keyof T)[]): T => Object.fromEntries(Object.entries(thing).filter(([name]) => !names.includes(name as keyof T))) as T;
const place = (changes: Partial<CalendarPlace>): Programme => withCalendar({ places: [{ ...OFFICE, ...changes }] });
const meeting = (changes: Partial<CalendarAppointment>): Programme => withCalendar({ appointments: [{ ...MEETING, ...changes }] });
const commodity = (changes: Partial<Commodity>): Programme => withStock({ commodities: [{ ...RICE, ...changes }, SUGAR] });
const parcel = (changes: Partial<Allotment>, stock: Partial<Stock> = {}): Programme => withStock({ allotments: [{ ...PARCEL, ...changes }], ...stock });
const budget = (amount: number, commodities: readonly Commodity[]): Programme => parcel({ budget: { commodity: commodities.at(-1)?.id ?? '', amount, unspent: 'lapses' } }, { commodities: [...commodities] });
const ROUND: StockRound = { id: 'april', title: text('Απρίλιος'), allotment: 'parcel', from: '2026-04-06', until: '2026-04-10', byFrom: 4, byUpTo: 7, reason: text('Φτάνει μόνο για 4 έως 7 μέλη.') };
const breakdown = (value: unknown, changes: object = {}, figure: Partial<Indicator> = {}): Programme => withFigure({ breakdowns: [{ id: 'by', title: text('Κατά'), value: value as never, ...changes }], ...figure });
const ILL = question('ill', 'yesNo', { sensitivity: 'special', legalBasis: 'ΓΚΠΔ, άρθρο 9' });
const withIll: Partial<Programme> = { form: { pages: [{ id: 'first', title: text('Πρώτη'), questions: [...QUESTIONS, ILL] }] } };
const parameter: Parameter = { id: 'p', title: text('Όριο'), unit: 'cents', invented: true, values: [{ from: '2020-01-01', value: 5, invented: true }] };

export interface PartExample {
  readonly code: string;
  readonly at: string;
  readonly document: unknown;
  readonly options?: { readonly holidays: readonly string[] };
}

/** One example or more a code: what is wrong in a calendar, a stock, the indicators or the subject, and where it is found. */
export const PART_EXAMPLES: readonly PartExample[] = [
  { code: 'calendarNotRunnable', at: '/calendar', document: withCalendar() },
  { code: 'stockNotRunnable', at: '/stock', document: withStock() },
  { code: 'indicatorsNotRunnable', at: '/indicators', document: withFigure() },
  { code: 'subjectNotRunnable', at: '/subject/kind', document: smallProgramme({ subject: { kind: 'organisation', title: text('Σχολείο'), identifiedBy: ['home'] } }) },
  { code: 'partKeptByStaff', at: '/stock', document: withStock({ keptBy: 'staff' }) },
  { code: 'partIncomplete', at: '/stock/allotments/0', document: withStock({ allotments: [without(PARCEL, 'by')] }) },
  { code: 'partIncomplete', at: '/stock/commodities/0', document: withStock({ commodities: [without(RICE, 'contentUnit'), SUGAR] }) },
  { code: 'partIncomplete', at: '/stock/commodities/0', document: commodity({ issueOrder: 'earliestExpiry' }) },
  { code: 'partIncomplete', at: '/stock/allotments/0/shortage', document: parcel({ shortage: { ...PARCEL.shortage, rule: 'priority' } }) },
  { code: 'partIncomplete', at: '/indicators/figures/0', document: smallProgramme({ indicators: { figures: [without(DAYS, 'until')] } }) },
  { code: 'partIncomplete', at: '/indicators/figures/0/from', document: withFigure({ from: { event: 'stepReached' } }) },
  { code: 'partIncomplete', at: '/indicators/figures/0/breakdowns/0', document: breakdown({ var: 'size' }) },
  { code: 'hoursCrossed', at: '/calendar/places/0/hours/0/until', document: place({ hours: [{ weekdays: [1], from: '14:00', until: '08:00' }] }) },
  { code: 'hoursOverlap', at: '/calendar/places/0/hours/1', document: place({ hours: [{ weekdays: [1, 2, 4], from: '08:00', until: '14:00' }, { weekdays: [2], from: '13:00', until: '20:00' }] }) },
  { code: 'capacityNothing', at: '/calendar/places/0/capacityPeople', document: place({ capacityPeople: 0 }) },
  { code: 'capacityNothing', at: '/calendar/walkIns/0/ticketsPerDayMax', document: withCalendar({ walkIns: [{ id: 'queue', title: text('Ουρά'), place: 'office', ticketsPerDayMax: 0 }] }) },
  { code: 'closureWithoutEffect', at: '/calendar/places/0/closures/0', document: place({ closures: [{ title: text('Σάββατο'), from: '2026-05-02', until: '2026-05-03' }] }) },
  { code: 'closureWithoutEffect', at: '/calendar/places/0/closures/0', document: place({ closures: [{ title: text('Δευτέρα του Πάσχα'), from: '2026-04-13' }] }), options: { holidays: ['2026-04-13'] } },
  { code: 'boundsCrossed', at: '/calendar/places/0/closures/0/until', document: place({ closures: [{ title: text('Άδεια'), from: '2026-08-10', until: '2026-08-01' }] }) },
  { code: 'dateImpossible', at: '/calendar/places/0/closures/0/from', document: place({ closures: [{ title: text('Άδεια'), from: '2026-02-30' }] }) },
  { code: 'nameUnknown', at: '/calendar/appointments/0/needs/0/anyOf/0', document: meeting({ needs: [{ anyOf: ['nobody'] }] }) },
  { code: 'nameUnknown', at: '/flow/steps/0/appointment', document: withCalendar({}, { flow: flowWith({ appointment: 'none' }) }) },
  { code: 'nameUnknown', at: '/flow/steps/0/handsOut', document: withStock({}, { flow: flowWith({ handsOut: 'none' }) }) },
  { code: 'bookingNever', at: '/calendar/appointments/0/bookUntilHours', document: meeting({ bookFromDays: 1, bookUntilHours: 48 }) },
  { code: 'cancelNever', at: '/calendar/appointments/0/cancelUntilHours', document: meeting({ bookFromDays: 2, bookUntilHours: 1, cancelUntilHours: 72 }) },
  { code: 'slotFitsNoHours', at: '/calendar/appointments/0/durationMinutes', document: meeting({ durationMinutes: 241 }) },
  { code: 'calendarUnused', at: '/calendar/appointments/0', document: withCalendar({}, { flow: smallProgramme().flow }) },
  { code: 'commodityUnit', at: '/stock/commodities/0/unit', document: commodity({ unit: 'cent' }) },
  { code: 'commodityStray', at: '/stock/commodities/1/hasLots', document: withStock({ commodities: [RICE, { ...POINTS, hasLots: true }, SUGAR] }) },
  { code: 'priceUnspendable', at: '/stock/commodities/0/pricePoints', document: commodity({ pricePoints: 2 }) },
  { code: 'commodityUnknown', at: '/stock/allotments/0/bands/0/contents/0/item', document: withStock({ commodities: [SUGAR], allotments: [{ ...PARCEL, bands: [{ contents: [{ item: 'rcie', amount: 1 }, { item: 'sugar', amount: 1 }] }] }] }) },
  { code: 'contentRepeated', at: '/stock/allotments/0/bands/0/contents/1/item', document: parcel({ bands: [{ contents: [{ item: 'rice', amount: 1 }, { item: 'rice', amount: 2 }] }] }) },
  { code: 'amountNothing', at: '/stock/allotments/0/bands/0/contents/0/amount', document: parcel({ bands: [{ contents: [{ item: 'rice', amount: 0 }] }] }) },
  { code: 'kitCircular', at: '/stock/kits/0', document: withStock({ kits: [{ id: 'a', title: text('Α'), contents: [{ item: 'b', amount: 1 }] }, { id: 'b', title: text('Β'), contents: [{ item: 'a', amount: 1 }] }] }) },
  { code: 'idRepeated', at: '/stock/kits/0/id', document: withStock({ kits: [{ id: 'rice', title: text('Α'), contents: [{ item: 'sugar', amount: 1 }] }] }) },
  { code: 'bandGap', at: '/stock/allotments/0/bands/1', document: parcel({ bands: [{ upTo: 2, contents: [] }, { from: 4, contents: [{ item: 'rice', amount: 1 }] }] }) },
  { code: 'bandGap', at: '/stock/allotments/0/bands/0', document: parcel({ bands: [{ from: 2, contents: [{ item: 'rice', amount: 1 }] }] }) },
  { code: 'bandOverlap', at: '/stock/allotments/0/bands/1', document: parcel({ bands: [{ upTo: 3, contents: [] }, { from: 3, contents: [] }] }) },
  { code: 'bandUnreachable', at: '/stock/allotments/0/bands/1', document: parcel({ bands: [{ contents: [] }, { upTo: 5, contents: [] }] }) },
  { code: 'bandsEndOpen', at: '/stock/allotments/0/bands/0', document: parcel({ bands: [{ upTo: 5, contents: [{ item: 'rice', amount: 1 }] }] }) },
  { code: 'budgetOfGoods', at: '/stock/allotments/0/budget/commodity', document: budget(5, [SUGAR, RICE]) },
  { code: 'budgetWithoutPrices', at: '/stock/allotments/0/budget', document: budget(5, [SUGAR, RICE, POINTS]) },
  { code: 'shortageStray', at: '/stock/allotments/0/shortage/priority', document: parcel({ shortage: { ...PARCEL.shortage, priority: [{ id: 'small', title: text('α'), value: { var: 'size' }, order: 'lowest' }] } }) },
  { code: 'shortageIndivisible', at: '/stock/allotments/0/shortage/rule', document: parcel({ bands: [{ contents: [{ item: 'box', amount: 1 }] }], shortage: { ...PARCEL.shortage, rule: 'proRata' } }, { kits: [{ id: 'box', title: text('Κουτί'), contents: [{ item: 'rice', amount: 2 }, { item: 'sugar', amount: 1 }] }] }) },
  { code: 'roundForAll', at: '/stock/rounds/0', document: withStock({ rounds: [without(ROUND, 'byFrom', 'byUpTo')] }) },
  { code: 'roundsOverlap', at: '/stock/rounds/1/from', document: withStock({ rounds: [ROUND, { ...ROUND, id: 'again', from: '2026-04-10', until: '2026-04-11' }] }) },
  { code: 'stockUnused', at: '/stock/commodities/2', document: withStock({ commodities: [RICE, SUGAR, { ...SUGAR, id: 'salt' }] }) },
  { code: 'stockUnused', at: '/stock/allotments/0', document: withStock({}, { flow: smallProgramme().flow }) },
  { code: 'typeMismatch', at: '/stock/allotments/0/by', document: parcel({ by: { var: 'single' } }) },
  { code: 'pathUnknown', at: '/stock/allotments/0/bands/0/contents/0/amount/var', document: parcel({ bands: [{ contents: [{ item: 'rice', amount: { var: 'sieze' } }] }] }) },
  { code: 'indicatorStray', at: '/indicators/figures/0/amount', document: withFigure({ amount: 'award' }) },
  { code: 'indicatorStray', at: '/indicators/figures/0/from/step', document: withFigure({ from: { event: 'filed', step: 'look' } }) },
  { code: 'nameUnknown', at: '/indicators/figures/0/until/step', document: withFigure({ until: { event: 'stepDone', step: 'nowhere' } }) },
  { code: 'indicatorNever', at: '/indicators/figures/0/until', document: withFigure({ from: { event: 'ended' }, until: { event: 'decided' } }) },
  { code: 'indicatorIdentifies', at: '/indicators/figures/0/breakdowns/0/value', document: breakdown({ var: 'nick' }) },
  { code: 'indicatorIdentifies', at: '/indicators/figures/0/breakdowns/0/value', document: breakdown({ var: 'born' }) },
  { code: 'indicatorWithoutThreshold', at: '/indicators/figures/0', document: withFigure({ breakdowns: [{ id: 'ill', title: text('Υγεία'), value: { var: 'ill' } }] }, withIll) },
  { code: 'indicatorWithoutThreshold', at: '/indicators/figures/0', document: withFigure({ where: { not: { var: 'ill' } } }, withIll) },
  { code: 'indicatorWithoutThreshold', at: '/indicators/figures/0', document: breakdown({ var: 'housing' }, { isSpecial: true }) },
  { code: 'indicatorWithoutThreshold', at: '/indicators/figures/0', document: breakdown({ var: 'housing' }, {}, { isPublished: true }) },
  { code: 'subjectUnidentified', at: '/subject/identifiedBy/0', document: withSubject({ identifiedBy: ['nick'] }) },
  { code: 'subjectStray', at: '/subject/members', document: withSubject({ kind: 'person' }) },
  { code: 'nameUnknown', at: '/subject/members', document: withSubject({ members: 'home' }) },
  { code: 'groupCircular', at: '/subject/groups/0/within', document: withSubject({ groups: [{ id: 'a', title: text('Α'), question: 'housing', within: 'b' }, { id: 'b', title: text('Β'), question: 'nick', within: 'a' }] }) },
  { code: 'inventedTwice', at: '/parameters/0/values/0/invented', document: smallProgramme({ parameters: [parameter], rules: [] }) },
];
