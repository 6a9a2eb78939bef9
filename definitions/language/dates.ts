/** Civil dates, proleptic Gregorian: read, and how far apart they are. No clock, no time zone. */

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
