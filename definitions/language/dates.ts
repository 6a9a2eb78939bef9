/** Civil dates as whole days since 1970-01-01, proleptic Gregorian. No clock, no time zone. */

const SHORT_MONTHS: readonly number[] = [4, 6, 9, 11];

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return SHORT_MONTHS.includes(month) ? 30 : 31;
}

/** `yyyy-mm-dd` of the years 0001 to 9999, or null. */
export function parseDate(text: unknown): CivilDate | null {
  if (typeof text !== 'string' || text.length !== 10 || text[4] !== '-' || text[7] !== '-') return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) ? { year, month, day } : null;
}

function digits(text: string, from: number, until: number): number {
  let number = 0;
  for (let index = from; index < until; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

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

/**
 * Whole months from one date to another; negative when `to` is earlier. A month is full on the same day, or on the month's
 * last: a birthday of 29 February is 28 February in other years, as for Greek offices; 31 March plus a month is 30 April.
 */
export function monthsBetween(from: CivilDate, to: CivilDate): number {
  const months = (to.year - from.year) * 12 + to.month - from.month;
  if (months < 0 || (months === 0 && to.day < from.day)) return -monthsBetween(to, from) || 0;
  return to.day >= Math.min(from.day, daysInMonth(to.year, to.month)) ? months : months - 1;
}

export function yearsBetween(from: CivilDate, to: CivilDate): number {
  return Math.trunc(monthsBetween(from, to) / 12);
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
