import { dateOf } from '#engine/decide/calendar.js';

const HOUR_MS = 3_600_000;

let known = { hour: -1, day: '' };

/** The day in Athens (yyyy-mm-dd). Its clock is whole hours off UTC, so within an hour of UTC it is one day. */
export function todayInAthens(now = Date.now()): string {
  const hour = Math.floor(now / HOUR_MS);
  if (hour !== known.hour) known = { hour, day: dateOf(new Date(now).toISOString()) };
  return known.day;
}
