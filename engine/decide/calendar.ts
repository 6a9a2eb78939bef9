import { parseDate } from '#definitions/language/dates.js';
import { dateOfDayNumber, dayNumber, formatDate } from '#definitions/language/day-numbers.js';
import type { Due, Holiday } from '#definitions/types/programme.js';

/** National days off, as `definitions/reference/holidays.json` holds them; the caller reads the file. */
export interface NationalDays {
  /** ISO weekdays, 1 Monday … 7 Sunday. */
  readonly weekend: readonly number[];
  readonly fixed: readonly { readonly month: number; readonly day: number }[];
  /** Days from Orthodox Easter Sunday. */
  readonly easter: readonly { readonly offsetDays: number }[];
}

/** What a due instant is counted with. */
export interface WorkingCalendar {
  readonly days: NationalDays;
  /** The municipality's own, every year. */
  readonly municipal: readonly Pick<Holiday, 'month' | 'day'>[];
}

/** Deadlines of Greek municipalities are local; a deadline is an instant, never a date. */
export const TIME_ZONE = 'Europe/Athens';
const END_OF_DAY = '23:59:59';
/** A working day is never further away than this many days. */
const SEARCH_DAYS_MAX = 60;
const HOUR_MS = 3_600_000;

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** `yyyy-mm-ddThh:mm:ss` on the municipality's wall. */
function localTimeOf(milliseconds: number): string {
  const parts = new Map(CLOCK.formatToParts(milliseconds).map((part) => [part.type, part.value]));
  const [year, month, day, hour, minute, second] = (['year', 'month', 'day', 'hour', 'minute', 'second'] as const).map((type) => parts.get(type) ?? '00');
  return `${(year ?? '').padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}`;
}

/** The date, yyyy-mm-dd, on which an instant falls in the municipality. */
export function dateOf(instant: string): string {
  return localTimeOf(Date.parse(instant)).slice(0, 10);
}

/**
 * The instant of a local date and time. An hour that comes twice (autumn) means its second coming, so that nobody loses an
 * hour of a deadline; a time that never comes (spring) means as much later as the clock is put forward.
 */
export function instantOf(date: string, time: string): string {
  const wanted = `${date}T${time.length === 5 ? `${time}:00` : time}`;
  const asUtc = Date.parse(`${wanted}Z`);
  const candidates = [2, 3].map((hours) => asUtc - hours * HOUR_MS);
  const exact = candidates.filter((candidate) => localTimeOf(candidate) === wanted);
  const chosen = exact.length > 0 ? Math.max(...exact) : asUtc - 2 * HOUR_MS;
  return new Date(chosen).toISOString();
}

export function addDays(date: string, days: number): string {
  return formatDate(dateOfDayNumber(numberOf(date) + days));
}

/** Orthodox Easter Sunday in the Gregorian calendar: the Julian computus, then the distance of the calendars. */
export function orthodoxEaster(year: number): string {
  const moon = (19 * (year % 19) + 15) % 30;
  const weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
  const day = moon + weekday + 114;
  const distanceDays = Math.floor(year / 100) - Math.floor(year / 400) - 2;
  const julian = { year, month: Math.floor(day / 31), day: (day % 31) + 1 };
  return formatDate(dateOfDayNumber(dayNumber(julian) + distanceDays));
}

export function isWorkingDay(date: string, { days, municipal }: WorkingCalendar): boolean {
  const number = numberOf(date);
  const weekday = ((((number + 3) % 7) + 7) % 7) + 1;
  if (days.weekend.includes(weekday)) return false;
  const [year, month, day] = date.split('-').map(Number);
  if ([...days.fixed, ...municipal].some((holiday) => holiday.month === month && holiday.day === day)) return false;
  const easter = numberOf(orthodoxEaster(year ?? 0));
  return !days.easter.some(({ offsetDays }) => easter + offsetDays === number);
}

/** `0` working days after a day off is the next working day. */
export function addWorkingDays(date: string, { count, calendar }: { readonly count: number; readonly calendar: WorkingCalendar }): string {
  let reached = nextWorkingDay(date, calendar);
  let left = reached === date || count === 0 ? count : count - 1;
  while (left > 0) {
    reached = nextWorkingDay(addDays(reached, 1), calendar);
    left -= 1;
  }
  return reached;
}

function nextWorkingDay(date: string, calendar: WorkingCalendar): string {
  for (let ahead = 0; ahead < SEARCH_DAYS_MAX; ahead += 1) {
    const candidate = addDays(date, ahead);
    if (isWorkingDay(candidate, calendar)) return candidate;
  }
  return date;
}

/**
 * The instant that a `due` means.
 *
 * @param date value of `due.date`, when it has one: the days are then counted from it; `null` when it is not known
 * @returns null when it hangs on a date that is not known
 */
export function dueInstant(due: Due, given: { readonly from: { readonly entered: string; readonly filed: string }; readonly date?: string | null; readonly calendar: WorkingCalendar }): string | null {
  if (given.date !== undefined && (given.date === null || parseDate(given.date) === null)) return null;
  const start = given.date ?? dateOf(given.from[due.from ?? 'entered']);
  const count = due.days ?? 0;
  const date = due.kind === 'working' ? addWorkingDays(start, { count, calendar: given.calendar }) : addDays(start, count);
  return instantOf(date, due.time ?? END_OF_DAY);
}

function numberOf(date: string): number {
  const parsed = parseDate(date);
  return parsed === null ? 0 : dayNumber(parsed);
}
