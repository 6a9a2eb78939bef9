import type { CivilDate } from './dates.js';
import { daysInMonth } from './dates.js';

/** Civil dates as whole days since 1970-01-01: counted, moved, written. Apart from `dates.ts`, because forms seldom need it. */

export function formatDate({ year, month, day }: CivilDate): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function dayNumber({ year, month, day }: CivilDate): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function dateOfDayNumber(number: number): CivilDate {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthIndex + (monthIndex < 10 ? 3 : -9);
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1 };
}

/** The date moved, its day cut to the length of the month; null outside the years 0001 to 9999. */
export function moveDate(date: CivilDate, { amount, unit }: { amount: number; unit: 'days' | 'months' | 'years' }): CivilDate | null {
  if (Math.abs(amount) > 4_000_000) return null;
  const moved = unit === 'days' ? dateOfDayNumber(dayNumber(date) + amount) : moveMonths(date, unit === 'years' ? amount * 12 : amount);
  return moved.year >= 1 && moved.year <= 9999 ? moved : null;
}

function moveMonths(date: CivilDate, amount: number): CivilDate {
  const months = date.year * 12 + date.month - 1 + amount;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  return { year, month, day: Math.min(date.day, daysInMonth(year, month)) };
}
