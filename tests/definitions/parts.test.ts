import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BEHAVIOUR, compareProgrammes } from '#definitions/check/changes.js';
import { checkForPublication, checkOverlay, checkProgramme } from '#definitions/check/check.js';
import { placeInFolder } from '#definitions/folder/layout.js';
import { readProgrammeFolder, writeProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { explainProgramme } from '#definitions/language/explain.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import { evaluateExpression, prepareProgramme } from '#definitions/language/programme.js';
import type { Allotment, Overlay, OverlaySetting, Programme, Stock } from '#definitions/types/programme.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { MEETING, OFFICE, calendarOf, flowWith, stockOf, withCalendar, withFigure, withStock, withSubject } from './part-examples.js';
import { smallProgramme, text } from './small-programme.js';

const shipped = join(packageRoot(), 'definitions/programmes');
/** What is found in the parts themselves: a flow of two steps has doubts of its own. */
const inParts = <Finding extends { readonly pointer: string }>(found: readonly Finding[]): readonly Finding[] => found.filter(({ pointer }) => !pointer.startsWith('/flow'));
const told = (programme: Programme): readonly string[] => checkProgramme(programme).map(({ code, pointer }) => `${code} ${pointer}`);
const linesOf = (programme: Programme, id: string, language: 'el' | 'en'): readonly string[] => explainProgramme(programme).find((thing) => thing.id === id)?.lines[language] ?? [];

/** Calendar, stock, indicators and subject at once. */
function whole(changes: Partial<Programme> = {}): Programme {
  const figure = withFigure().indicators;
  const subject = withSubject().subject;
  return smallProgramme({ calendar: calendarOf(), stock: stockOf(), ...(figure === undefined ? {} : { indicators: figure }), ...(subject === undefined ? {} : { subject }), flow: flowWith({ appointment: 'meeting', handsOut: 'parcel' }), ...changes });
}

describe('a part that no version of the engine keeps', () => {
  it.each([
    ['calendarNotRunnable', '/calendar', withCalendar()],
    ['stockNotRunnable', '/stock', withStock()],
    ['indicatorsNotRunnable', '/indicators', withFigure()],
    ['subjectNotRunnable', '/subject/kind', smallProgramme({ subject: { kind: 'organisation', title: text('Σχολείο'), identifiedBy: ['home'] } })],
  ])('%s: is doubtful while it is written, and refused by its name when it is published', (code, pointer, programme) => {
    expect(inParts(checkProgramme(programme)).map((finding) => [finding.code, finding.pointer, finding.severity])).toEqual([[code, pointer, 'warning']]);
    const [refusal] = inParts(checkForPublication(programme));
    expect(refusal).toMatchObject({ code, pointer, severity: 'error' });
    expect(refusal?.message.en).toContain('not supported by this version');
    expect(refusal?.message.el).toMatch(/δεν υποστηρίζ(εται|ονται) από αυτή την έκδοση/);
  });

  it('is published when the staff are said to keep it, and that is told each time', () => {
    const programme = whole({ calendar: calendarOf({ keptBy: 'staff' }), stock: stockOf({ keptBy: 'staff' }), indicators: { ...(withFigure().indicators ?? { figures: [] }), keptBy: 'staff' } });
    expect(inParts(checkForPublication(programme)).map(({ code, pointer, severity }) => [code, pointer, severity])).toEqual([
      ['partKeptByStaff', '/calendar', 'warning'],
      ['partKeptByStaff', '/stock', 'warning'],
      ['partKeptByStaff', '/indicators', 'warning'],
    ]);
  });

  it('is kept by nobody else', () => {
    expect(told(withStock({ keptBy: 'volunteers' as never }))).toContain('shapeValue /stock/keptBy');
  });
});

describe('what may be said of a place, a band or a person', () => {
  it('a slot fits where everything that is needed is there together, and of conditional needs each with the others', () => {
    const room = { id: 'room', title: text('Αίθουσα'), kind: 'room' as const, places: ['office'], hours: [{ weekdays: [2], from: '12:30', until: '14:00' }] };
    const resources = [...(calendarOf().resources ?? []), room];
    const needing = (needs: typeof MEETING.needs, durationMinutes: number): readonly string[] => told(withCalendar({ resources, appointments: [{ ...MEETING, needs, durationMinutes }] })).filter((finding) => finding.startsWith('slot'));
    expect(needing([{ anyOf: ['psychologist'] }, { anyOf: ['room'] }], 30)).toEqual([]);
    expect(needing([{ anyOf: ['psychologist'] }, { anyOf: ['room'] }], 31)).toEqual(['slotFitsNoHours /calendar/appointments/0/durationMinutes']);
    expect(needing([{ anyOf: ['psychologist'], when: { var: 'single' } }, { anyOf: ['room'], when: { not: { var: 'single' } } }], 90)).toEqual([]);
  });

  it('a closure on a holiday means something only where it is open on holidays', () => {
    const closed = { ...OFFICE, closures: [{ title: text('Δευτέρα του Πάσχα'), from: '2026-04-13' }] };
    const found = (place: typeof OFFICE): readonly string[] => checkProgramme(withCalendar({ places: [place] }), { holidays: ['2026-04-13'] }).map(({ code }) => code);
    expect(found(closed)).toContain('closureWithoutEffect');
    expect(found({ ...closed, onHolidays: 'open' })).not.toContain('closureWithoutEffect');
  });

  it('a breakdown by special category shows nobody when small figures are hidden', () => {
    const figure = { breakdowns: [{ id: 'x', title: text('Κατά'), value: { var: 'housing' }, isSpecial: true }] };
    expect(told(withFigure(figure))).toContain('indicatorWithoutThreshold /indicators/figures/0');
    expect(told(withFigure({ ...figure, suppressBelow: 5 }))).not.toContain('indicatorWithoutThreshold /indicators/figures/0');
  });

  it('a figure of people reads each element of their group', () => {
    const of = (path: string): readonly string[] => told(withFigure({ counts: 'people', group: 'household', where: { '>=': [{ var: path }, 18] } } as never)).filter((finding) => finding.startsWith('path'));
    expect(of('item.age')).toEqual([]);
    expect(of('item.aeg')).toEqual(['pathIntoList /indicators/figures/0/where/>=/0/var']);
  });

  it('one mistake in a part hides no other, and a misshapen part is told by itself', () => {
    expect(told(withStock({ commodities: 'rice' as never, rounds: [] }, { rules: [{ id: 'one' } as never] }))).toEqual(expect.arrayContaining(['shapeType /stock/commodities', 'shapeRequired /rules/0']));
    expect(told(withCalendar({ places: [{ ...OFFICE, hours: [{ weekdays: [1], from: '8:00', until: '14:00' }, { weekdays: [2], from: '14:00', until: '08:00' }] }] }))).toEqual(expect.arrayContaining(['shapePattern /calendar/places/0/hours/0/from']));
  });
});

describe('the folder of a programme with parts', () => {
  it('has a file for each, and reads back as it was written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'diktyo-parts-'));
    try {
      const programme = whole();
      await writeProgrammeFolder(folder, { programme, overlays: [], cases: [] });
      expect((await readdir(folder)).filter((file) => ['calendar.json', 'stock.json', 'indicators.json'].includes(file))).toHaveLength(3);
      expect((await readProgrammeFolder(folder)).programme).toEqual(programme);
      const { stock: _stock, ...without } = programme;
      await writeProgrammeFolder(folder, { programme: { ...without, flow: flowWith({ appointment: 'meeting' }) }, overlays: [], cases: [] });
      expect((await readProgrammeFolder(folder)).programme).not.toHaveProperty('stock');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('tells the file in which a finding stands', () => {
    expect(placeInFolder('/calendar/places/0/hours')).toEqual({ file: 'calendar.json', pointer: '/places/0/hours' });
    expect(placeInFolder('/indicators/figures/1')).toEqual({ file: 'indicators.json', pointer: '/figures/1' });
    expect(placeInFolder('/subject/groups/0')).toEqual({ file: 'programme.json', pointer: '/subject/groups/0' });
  });
});

describe('what a municipality sets in a part', () => {
  const base = whole({ overlayable: [{ target: { noun: 'appointment', id: 'meeting', property: 'durationMinutes' }, min: 30, max: 60 }, { target: { noun: 'place', id: 'office', property: 'hours' } }, { target: { noun: 'commodity', id: 'rice', property: 'contentAmount' }, min: 100, max: 1000 }, { target: { noun: 'figure', id: 'wait', property: 'suppressBelow' }, min: 5, max: 20 }] });
  const overlay = (...set: readonly OverlaySetting[]): Overlay => ({ schemaVersion: '1', base: 'small', municipality: '9230', set: [...set] });
  const minutes = (value: number): OverlaySetting => ({ target: { noun: 'appointment', id: 'meeting', property: 'durationMinutes' }, value });

  it('is set by name, within the bounds of the base', () => {
    const applied = applyOverlay(base, overlay(minutes(45), { target: { noun: 'figure', id: 'wait', property: 'suppressBelow' }, value: 10 }));
    if (!('programme' in applied)) throw new Error(JSON.stringify(applied));
    expect([applied.programme.calendar?.appointments?.[0]?.durationMinutes, applied.programme.indicators?.figures[0]?.suppressBelow]).toEqual([45, 10]);
    expect(checkOverlay(base, overlay(minutes(61))).map(({ code }) => code)).toEqual(['overlayOutOfBounds']);
    expect(checkOverlay(base, overlay({ target: { noun: 'place', id: 'office', property: 'capacityPeople' }, value: 3 })).map(({ code }) => code)).toEqual(['overlayLocked']);
  });

  it('bounds reach every amount of an allotment', () => {
    const open = whole({ overlayable: [{ target: { noun: 'allotment', id: 'parcel', property: 'bands' }, min: 1, max: 10 }] });
    const bands = (amount: number): Overlay => overlay({ target: { noun: 'allotment', id: 'parcel', property: 'bands' }, value: [{ upTo: 3, contents: [{ item: 'rice', amount: 4 }] }, { contents: [{ item: 'rice', amount }, { item: 'sugar', amount: 1 }] }] });
    expect(checkOverlay(open, bands(10))).toEqual([]);
    expect(checkOverlay(open, bands(11)).map(({ code }) => code)).toEqual(['overlayOutOfBounds']);
  });

  it('is checked in the whole: hours that no longer hold the appointment are told', () => {
    const short = overlay({ target: { noun: 'place', id: 'office', property: 'hours' }, value: [{ weekdays: [2], from: '09:00', until: '09:30' }] });
    expect(checkOverlay(base, short).map(({ code }) => code)).toEqual(['slotFitsNoHours']);
  });

  it('may not name what the base does not have', () => {
    expect(told(whole({ overlayable: [{ target: { noun: 'kit', id: 'none', property: 'contents' } }] }))).toContain('overlayableMissing /overlayable/0/target');
  });
});

describe('a new version of a part', () => {
  const parcel = (change: (allotment: Allotment) => Allotment): Programme => whole({ stock: { ...stockOf(), allotments: (stockOf().allotments ?? []).map(change) } as Stock });
  const rice = (amount: number): Programme => parcel((allotment) => ({ ...allotment, bands: (allotment.bands ?? []).map((band, row) => (row === 0 ? { ...band, contents: [{ item: 'rice', amount }] } : band)) }));
  it.each([
    ['calendarChanged', 'place office', whole({ calendar: calendarOf({ places: [{ ...OFFICE, capacityPeople: 4 }] }) })],
    ['otherChanged', 'appointment meeting', whole({ calendar: calendarOf({ appointments: [{ ...MEETING, cancelUntilHours: 48 }] }) })],
    ['textOnly', 'place office', whole({ calendar: calendarOf({ places: [{ ...OFFICE, title: text('Νέο όνομα') }] }) })],
    ['otherChanged', 'calendar.keptBy', whole({ calendar: calendarOf({ keptBy: 'staff' }) })],
    ['loosened', 'allotment parcel', rice(7)],
    ['stockChanged', 'allotment parcel', rice(5)],
    ['indicatorChanged', 'figure wait', whole({ indicators: withFigure({ statistic: 'average' }).indicators ?? { figures: [] } })],
    ['otherChanged', 'subject', whole({ subject: { kind: 'person', title: text('Άτομο'), identifiedBy: ['home'] } })],
  ])('%s: %s', (kind, what, after) => {
    expect(compareProgrammes(whole(), after).map((change) => [change.class, change.what])).toEqual([[kind, what]]);
  });

  it('takes nothing from those who have filed: an allotment that shrank stays as it was for them', () => {
    expect(BEHAVIOUR.stockChanged).toMatchObject({ filed: 'pinned', inReview: 'pinned', benefitRunning: 'pinned' });
    expect(compareProgrammes(smallProgramme(), whole()).filter(({ class: kind }) => !['added', 'otherChanged', 'flowChanged'].includes(kind))).toEqual([]);
  });
});

describe('a part read aloud', () => {
  it('shows the matrix as a table, in Greek and English', () => {
    expect(linesOf(whole(), 'parcel', 'el').slice(2, 6)).toEqual(['           | Ρύζι | Ζάχαρη', '1–2        | 6    | –', '3–5        | 8    | –', '6 και πάνω | 10   | 1']);
    expect(linesOf(whole(), 'parcel', 'en').some((line) => /^6 and more \| 10 +\| 1$/.test(line))).toBe(true);
  });

  it('says hours, needs and terms of booking', () => {
    expect(linesOf(whole(), 'office', 'el')).toEqual(['Δευτέρα έως Παρασκευή, 08:00–14:30', 'Τις αργίες είναι κλειστό.']);
    expect(linesOf(whole(), 'meeting', 'en')).toEqual([`Where: ${OFFICE.title.en}`, `Needs: ${text('Ψυχολόγος').en}`, '50 minutes, and 10 minutes free after it.', 'Booked from 30 days before to 24 hours before; cancelled up to 24 hours before.', `In the step “${text('Έλεγχος').en}”.`]);
  });

  it('says who keeps it, in whose steps, and which single value is invented', () => {
    expect(linesOf(whole(), 'stock', 'en')).toEqual(['Kept by the engine; this version cannot yet.']);
    const invented = smallProgramme({ parameters: [{ id: 'p', title: text('Όριο'), unit: 'cents', values: [{ from: '2020-01-01', value: 500, invented: true }, { from: '2024-01-01', value: 700, legalBasis: 'ΚΥΑ 2/2024' }] }] });
    expect(linesOf(invented, 'p', 'el')).toEqual(['Από 01/01/2020: 5,00 € Τιμή επίδειξης, όχι νόμος.', 'Από 01/01/2024: 7,00 € [ΚΥΑ 2/2024]']);
  });
});

describe('the shipped programmes', () => {
  it('food parcels: the matrix of the stock and the tables that the citizen sees give the same, for every household', async () => {
    const { programme } = await readProgrammeFolder(join(shipped, 'food-parcels'));
    const prepared = prepareProgramme(programme);
    const [parcel] = programme.stock?.allotments ?? [];
    const shown = { rice: 'riceCount', pasta: 'pastaCount', lentils: 'lentilsCount', beans: 'beansCount', rusks: 'rusksCount', sugar: 'sugarKilos' } as const;
    for (let members = 1; members <= 20; members += 1) {
      const answers = { livesWithOthers: members > 1, ...(members > 1 ? { household: Array.from({ length: members - 1 }, () => ({ name: 'Δοκιμή' })) } : {}) };
      const band = parcel?.bands?.find(({ from = 0, upTo = Infinity }) => members >= from && members <= upTo);
      expect(band?.contents.map(({ item }) => item)).toEqual(Object.keys(shown));
      for (const { item, amount } of band?.contents ?? []) {
        const [given, seen] = [amount, { computed: shown[item as keyof typeof shown] }].map((expression) => evaluateExpression(prepared, expression, { asOf: '2020-01-01', answers }));
        expect([members, item, given]).toEqual([members, item, seen]);
      }
    }
  });

  it('food parcels: the round that the stock suffices for is the one that the rule refuses by', async () => {
    const { programme } = await readProgrammeFolder(join(shipped, 'food-parcels'));
    const [round] = programme.stock?.rounds ?? [];
    const inForce = (id: string): unknown => programme.parameters.find((parameter) => parameter.id === id)?.values.filter(({ from }) => from <= (round?.from ?? '')).at(-1);
    expect(inForce('roundMembersMin')).toMatchObject({ from: round?.from, value: round?.byFrom });
    expect(inForce('roundMembersMax')).toMatchObject({ from: round?.from, value: round?.byUpTo });
  });

  it('counselling: the appointment says what the parameters say', async () => {
    const { programme } = await readProgrammeFolder(join(shipped, 'counselling-appointments'));
    const valueOf = (id: string): unknown => programme.parameters.find((parameter) => parameter.id === id)?.values[0]?.value;
    const [session] = programme.calendar?.appointments ?? [];
    expect([session?.durationMinutes, session?.perCaseMax, session?.intervalDaysMin]).toEqual([valueOf('sessionMinutes'), valueOf('sessionsMax'), valueOf('weekDays')]);
  });
});
