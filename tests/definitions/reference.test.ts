import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addDays, isWorkingDay, orthodoxEaster } from '#engine/decide/calendar.js';

interface Named {
  readonly code: string;
  readonly name: { readonly el: string; readonly en: string };
  readonly displayName: { readonly el: string; readonly en: string };
  readonly title: { readonly el: string; readonly en: string };
  readonly populationCount: number;
}
interface Municipality extends Named {
  readonly elstatCode: string;
  readonly unit: string;
}
interface Holidays {
  readonly weekend: readonly number[];
  readonly fixed: readonly { readonly id: string; readonly month: number; readonly day: number; readonly title: { readonly el: string; readonly en: string } }[];
  readonly easter: readonly { readonly id: string; readonly offsetDays: number; readonly title: { readonly el: string; readonly en: string } }[];
}

const { municipalities } = readTable<{ municipalities: readonly Municipality[] }>('municipalities');
const { units } = readTable<{ units: readonly Named[] }>('units');
const holidays = readTable<Holidays>('holidays');

describe('the municipalities of Attica', () => {
  it('are 66, with codes from 9167 to 9232 without a hole', () => {
    expect(municipalities.map(({ code }) => code)).toEqual(Array.from({ length: 66 }, (_, position) => String(9167 + position)));
  });

  it('have 3,792,469 people together', () => {
    expect(municipalities.reduce((sum, { populationCount }) => sum + populationCount, 0)).toBe(3_792_469);
  });

  it('each belong to one of the eight units, whose people they add up to', () => {
    expect(units.map(({ code }) => code)).toEqual(['0901', '0902', '0903', '0904', '0905', '0906', '0907', '0908']);
    for (const unit of units) {
      const members = municipalities.filter((municipality) => municipality.unit === unit.code);
      expect(members.length, unit.code).toBeGreaterThan(0);
      expect(members.reduce((sum, { populationCount }) => sum + populationCount, 0), unit.code).toBe(unit.populationCount);
    }
    expect(new Set(municipalities.map(({ unit }) => unit))).toEqual(new Set(units.map(({ code }) => code)));
  });

  it('have a code of the statistical authority each, whose first two digits are the unit', () => {
    expect(new Set(municipalities.map(({ elstatCode }) => elstatCode)).size).toBe(66);
    const prefixes = new Map<string, Set<string>>();
    for (const { unit, elstatCode } of municipalities) prefixes.set(unit, (prefixes.get(unit) ?? new Set()).add(elstatCode.slice(0, 2)));
    expect([...prefixes.values()].map((set) => set.size)).toEqual(Array.from({ length: 8 }, () => 1));
  });

  it('bear a title that is «Δήμος» and the genitive', () => {
    for (const { name, title, displayName } of municipalities) {
      expect(title.el).toBe(`Δήμος ${name.el}`);
      expect(title.en).toBe(`Municipality of ${name.en}`);
      expect(displayName.en).toBe(name.en);
      for (const text of [name.el, displayName.el]) {
        expect(text, text).toBe(text.normalize('NFC'));
        expect(text, 'no Latin look-alike in a Greek name').toMatch(/^[Ά-ώ.\- ]+$/u);
      }
    }
  });

  it('are accented in Greek and transcribed by ELOT 743', () => {
    for (const { displayName } of municipalities) {
      for (const word of displayName.el.split(/[ -]+/)) if (!word.endsWith('.')) expect(word, `accent in ${displayName.el}`).toMatch(/[ΆΈΉΊΌΎΏάέήίόύώΐΰ]/u);
      expect(transcribe(displayName.el)).toBe(displayName.en);
    }
  });

  it.each([
    ['Άγιος', 'Agios'], ['Εύβοια', 'Evvoia'], ['Λαυρεωτική', 'Lavreotiki'], ['Αγκίστρι', 'Agkistri'], ['Χαϊδάρι', 'Chaidari'], ['Μπενάκη', 'Benaki'], ['Βουλιαγμένη', 'Vouliagmeni'],
    ['Ευζώνων', 'Evzonon'], ['Εύκαρπος', 'Efkarpos'], ['Λάμπρος', 'Lampros'], ['Άγγελος', 'Angelos'], ['Σφιγξ', 'Sfinx'], ['Μελίγχης', 'Melinchis'], ['Ψυχικό', 'Psychiko'], ['Ύδρα', 'Ydra'],
  ])('«%s» is transcribed %s', (greek, latin) => {
    expect(transcribe(greek)).toBe(latin);
  });
});

describe('the days off', () => {
  it.each([
    [2024, '2024-05-05'], [2025, '2025-04-20'], [2026, '2026-04-12'], [2027, '2027-05-02'], [2028, '2028-04-16'], [2029, '2029-04-08'],
    [2030, '2030-04-28'], [2031, '2031-04-13'], [2032, '2032-05-02'], [2033, '2033-04-24'], [2034, '2034-04-09'], [2035, '2035-04-29'],
  ])('Orthodox Easter of %i is %s', (year, date) => {
    expect(orthodoxEaster(year)).toBe(date);
  });

  it('that move with Easter fall on their weekday in every year', () => {
    const weekdays: Record<string, number> = { 'clean-monday': 1, 'good-friday': 5, 'easter-sunday': 7, 'easter-monday': 1, 'whit-monday': 1 };
    expect(Object.keys(weekdays).sort()).toEqual(holidays.easter.map(({ id }) => id).sort());
    for (let year = 2024; year <= 2050; year += 1) {
      for (const { id, offsetDays } of holidays.easter) expect(weekdayOf(addDays(orthodoxEaster(year), offsetDays)), `${id} ${year}`).toBe(weekdays[id]);
    }
  });

  it.each([
    ['2026-03-25', 'the national day'], ['2026-02-23', 'Clean Monday'], ['2026-04-10', 'Good Friday'], ['2026-04-13', 'Easter Monday'], ['2026-06-01', 'Whit Monday'],
    ['2026-08-15', 'the Dormition, a Saturday'], ['2026-10-28', 'the Ochi day'], ['2026-12-26', 'the second day of Christmas'], ['2026-11-22', 'a Sunday'],
  ])('%s is not a working day: %s', (date) => {
    expect(isWorkingDay(date, { days: holidays, municipal: [] })).toBe(false);
  });

  it.each(['2026-02-24', '2026-04-09', '2026-11-17', '2026-12-24', '2026-01-05'])('%s is a working day', (date) => {
    expect(isWorkingDay(date, { days: holidays, municipal: [] })).toBe(true);
  });

  it('are real dates, named in both languages', () => {
    for (const { month, day } of holidays.fixed) expect(new Date(Date.UTC(2024, month - 1, day)).getUTCDate()).toBe(day);
    for (const { title } of [...holidays.fixed, ...holidays.easter]) {
      expect(title.el.length).toBeGreaterThan(3);
      expect(title.en.length).toBeGreaterThan(3);
    }
  });
});

function readTable<Table>(name: string): Table {
  return JSON.parse(readFileSync(new URL(`../../definitions/reference/${name}.json`, import.meta.url), 'utf8')) as Table;
}

function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** ELOT 743, transcription: digraphs first, then letters. Written apart from whatever made the table. */
function transcribe(text: string): string {
  return text.replace(/[\p{Script=Greek}]+/gu, (word) => {
    const plain = word.normalize('NFD').toLowerCase().replace(/ς/g, 'σ');
    // A diaeresis keeps letters apart; an accent on the first vowel of αι, ευ… does too, and no name here has one.
    const marked = plain.replace(/([ιυ])(\u0301?)\u0308(\u0301?)/g, (_, letter: string) => (letter === 'ι' ? 'I' : 'Y')).replace(/[\u0300-\u036f]/g, '');
    const latin = marked
      .replace(/^μπ/, 'b')
      .replace(/γγ/g, 'ng').replace(/γξ/g, 'nx').replace(/γχ/g, 'nch')
      .replace(/ου/g, 'ou')
      .replace(/([αεη])υ(?=[αεηιουωβγδζλμνρ]|[a-zIY])/g, (_, vowel: string) => `${vowel}v`)
      .replace(/([αεη])υ/g, (_, vowel: string) => `${vowel}f`)
      .replace(/\p{Script=Greek}/gu, (letter) => LETTERS[letter] ?? letter)
      .toLowerCase();
    return word[0] === word[0]?.toLowerCase() ? latin : latin.charAt(0).toUpperCase() + latin.slice(1);
  });
}

const LETTERS: Readonly<Record<string, string>> = {
  α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o',
};
