import { describe, expect, it } from 'vitest';
import { addDays, addWorkingDays, dateOf, dueInstant, instantOf, isWorkingDay, orthodoxEaster } from '#engine/decide/calendar.js';
import { examples, fc } from '#tests/support/properties.js';
import { NATIONAL_DAYS } from './story.js';

const CALENDAR = { days: NATIONAL_DAYS, municipal: [{ month: 5, day: 21 }] };

describe('The working calendar of a municipality', () => {
  it.each([
    [2018, '2018-04-08'], [2020, '2020-04-19'], [2021, '2021-05-02'], [2022, '2022-04-24'], [2023, '2023-04-16'], [2024, '2024-05-05'],
    [2025, '2025-04-20'], [2026, '2026-04-12'], [2027, '2027-05-02'], [2038, '2038-04-25'],
  ])('finds the Orthodox Easter of %i on %s', (year, date) => {
    expect(orthodoxEaster(year)).toBe(date);
  });

  it.each([
    ['2026-02-23', 'Clean Monday'], ['2026-03-25', 'the national day of March'], ['2026-04-10', 'Good Friday'], ['2026-04-13', 'Easter Monday'],
    ['2026-06-01', 'Whit Monday'], ['2026-10-28', 'the national day of October'], ['2026-05-21', 'the municipality’s own day'], ['2026-03-07', 'a Saturday'],
    ['2026-03-08', 'a Sunday'],
  ])('rests on %s, %s', (date) => {
    expect(isWorkingDay(date, CALENDAR)).toBe(false);
  });

  it('works on an ordinary Monday, and on another municipality’s day', () => {
    expect(isWorkingDay('2026-03-02', CALENDAR)).toBe(true);
    expect(isWorkingDay('2026-05-21', { ...CALENDAR, municipal: [] })).toBe(true);
  });

  it.each([
    ['2026-03-02', 0, '2026-03-02'], ['2026-03-02', 5, '2026-03-09'], ['2026-03-07', 0, '2026-03-09'], ['2026-03-07', 1, '2026-03-09'],
    ['2026-04-09', 1, '2026-04-14'], ['2026-05-20', 1, '2026-05-22'], ['2025-12-24', 2, '2025-12-30'],
  ])('counts from %s %i working days to %s', (from, count, reached) => {
    expect(addWorkingDays(from, { count, calendar: CALENDAR })).toBe(reached);
  });

  it.each([
    ['2026-01-15', '23:59:59', '2026-01-15T21:59:59.000Z', 'winter'],
    ['2026-07-15', '23:59:59', '2026-07-15T20:59:59.000Z', 'summer'],
    ['2026-07-15', '14:30', '2026-07-15T11:30:00.000Z', 'a time of day'],
    ['2026-10-25', '03:30', '2026-10-25T01:30:00.000Z', 'the second coming of an hour that comes twice'],
    ['2026-03-29', '03:30', '2026-03-29T01:30:00.000Z', 'an hour that never comes, put forward'],
  ])('puts %s %s at %s: %s', (date, time, instant) => {
    expect(instantOf(date, time)).toBe(instant);
  });

  it('ends a deadline at the end of its local day, however late in the evening it began', () => {
    const due = dueInstant({ days: 1 }, { from: { entered: '2026-03-02T22:30:00.000Z', filed: '2026-03-02T08:00:00.000Z' }, calendar: CALENDAR });
    expect(due).toBe('2026-03-04T21:59:59.000Z');
  });

  it('counts from filing when the definition says so, and from a date of the case when it names one', () => {
    const from = { entered: '2026-03-10T08:00:00.000Z', filed: '2026-03-02T08:00:00.000Z' };
    expect(dueInstant({ days: 2, from: 'filed' }, { from, calendar: CALENDAR })).toBe('2026-03-04T21:59:59.000Z');
    expect(dueInstant({ days: 2, time: '10:00' }, { from, date: '2026-06-01', calendar: CALENDAR })).toBe('2026-06-03T07:00:00.000Z');
    expect(dueInstant({ days: 2 }, { from, date: null, calendar: CALENDAR })).toBeNull();
  });

  it('never ends before it began, falls on a working day, and reads back as the same local date', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 300 }), (day, count) => {
        const date = addDays('1990-01-01', day);
        const reached = addWorkingDays(date, { count, calendar: CALENDAR });
        expect(reached >= date).toBe(true);
        expect(isWorkingDay(reached, CALENDAR)).toBe(true);
        expect(dateOf(instantOf(reached, '23:59:59'))).toBe(reached);
        expect(dateOf(instantOf(reached, '00:00'))).toBe(reached);
      }),
      examples(300),
    );
  });
});
