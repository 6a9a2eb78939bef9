import { parseDate } from '#definitions/language/dates.js';
import { dateOfDayNumber, dayNumber, formatDate } from '#definitions/language/day-numbers.js';
import type { Calendar, CalendarAppointment, CalendarClosure, CalendarHours, CalendarPlace, Programme } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import { keptDrafts, nameDrafts, namesDrafts } from './parts.js';

interface Context {
  readonly programme: Programme;
  readonly calendar: Calendar;
  readonly damaged: ReadonlySet<string>;
  readonly holidays: ReadonlySet<string>;
}

/** Hours that open before they close, slots that fit into them, names that exist; and that no version keeps a calendar yet. */
export function findUnsoundCalendar(programme: Programme, { damaged, holidays }: { damaged: ReadonlySet<string>; holidays: ReadonlySet<string> }): readonly Draft[] {
  const { calendar } = programme;
  if (calendar === undefined) return [];
  const context: Context = { programme, calendar, damaged, holidays };
  return [
    ...keptDrafts(calendar, { part: 'calendar', code: 'calendarNotRunnable' }),
    ...calendar.places.flatMap((place, position) => placeDrafts(place, `/calendar/places/${position}`, context)),
    ...(calendar.resources ?? []).flatMap((resource, position) => resourceDrafts(resource, `/calendar/resources/${position}`, context)),
    ...(calendar.appointments ?? []).flatMap((appointment, position) => appointmentDrafts(appointment, `/calendar/appointments/${position}`, context)),
    ...(calendar.walkIns ?? []).flatMap((walkIn, position) => walkInDrafts(walkIn, `/calendar/walkIns/${position}`, context)),
    ...unusedDrafts(context),
  ];
}

function placeDrafts(place: CalendarPlace, pointer: string, context: Context): readonly Draft[] {
  return [...hoursDrafts(place.hours, below(pointer, 'hours')), ...capacityDrafts(place, { name: 'capacityPeople', pointer }), ...closuresDrafts(place.closures, { pointer, place, context })];
}

function resourceDrafts(resource: NonNullable<Calendar['resources']>[number], pointer: string, context: Context): readonly Draft[] {
  return [
    ...namesDrafts(resource.places, { noun: 'place', pointer: below(pointer, 'places'), list: context.calendar.places, damaged: context.damaged }),
    ...hoursDrafts(resource.hours ?? [], below(pointer, 'hours')),
    ...capacityDrafts(resource, { name: 'capacityPeople', pointer }),
    ...closuresDrafts(resource.closures, { pointer, context }),
  ];
}

function walkInDrafts(walkIn: NonNullable<Calendar['walkIns']>[number], pointer: string, { calendar, damaged }: Context): readonly Draft[] {
  return [
    ...nameDrafts(walkIn.place, { noun: 'place', pointer: below(pointer, 'place'), list: calendar.places, damaged }),
    ...hoursDrafts(walkIn.hours ?? [], below(pointer, 'hours')),
    ...capacityDrafts(walkIn, { name: 'ticketsPerDayMax', pointer }),
  ];
}

function capacityDrafts(thing: { readonly id: string }, { name, pointer }: { readonly name: string; readonly pointer: string }): readonly Draft[] {
  return (thing as unknown as Record<string, unknown>)[name] === 0 ? [{ code: 'capacityNothing', pointer: below(pointer, name), params: { name: thing.id } }] : [];
}

/** A span of one weekday, in minutes from midnight. */
interface Span {
  readonly weekday: number;
  readonly from: number;
  readonly until: number;
}

function spansOf(hours: readonly CalendarHours[]): readonly Span[] {
  return hours.flatMap(({ weekdays, from, until }) => weekdays.map((weekday) => ({ weekday, from: minutesOf(from), until: minutesOf(until) })));
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function common(left: readonly Span[], right: readonly Span[]): readonly Span[] {
  return left
    .flatMap((a) => right.filter(({ weekday }) => weekday === a.weekday).map((b) => ({ weekday: a.weekday, from: Math.max(a.from, b.from), until: Math.min(a.until, b.until) })))
    .filter(({ from, until }) => from < until);
}

function hoursDrafts(hours: readonly CalendarHours[], pointer: string): readonly Draft[] {
  const drafts: Draft[] = [];
  hours.forEach((own, position) => {
    if (own.until <= own.from) drafts.push({ code: 'hoursCrossed', pointer: below(pointer, position, 'until'), params: { from: own.from, until: own.until } });
    const clash = common(spansOf([own]), spansOf(hours.slice(0, position)))[0];
    if (clash !== undefined) drafts.push({ code: 'hoursOverlap', pointer: below(pointer, position), params: { weekday: clash.weekday } });
  });
  return drafts;
}

function closuresDrafts(closures: readonly CalendarClosure[] | undefined, { pointer, place, context }: { readonly pointer: string; readonly place?: CalendarPlace; readonly context: Context }): readonly Draft[] {
  return (closures ?? []).flatMap((closure, position): readonly Draft[] => {
    const at = below(pointer, 'closures', position);
    const { from, until = from } = closure;
    for (const [name, date] of [['from', from], ['until', until]] as const) if (parseDate(date) === null) return [{ code: 'dateImpossible', pointer: below(at, name), params: { date } }];
    if (until < from) return [{ code: 'boundsCrossed', pointer: below(at, 'until'), params: { min: from, max: until } }];
    return place !== undefined && isClosedAnyway({ from, until }, place, context) ? [{ code: 'closureWithoutEffect', pointer: at, params: { from, until } }] : [];
  });
}

/** Is the place closed on each of these days without being told so? Long closures always cover some day of work. */
function isClosedAnyway({ from, until }: { readonly from: string; readonly until: string }, { hours, onHolidays }: CalendarPlace, { programme, holidays }: Context): boolean {
  const [first, last] = [parseDate(from), parseDate(until)].map((date) => (date === null ? 0 : dayNumber(date))) as [number, number];
  if (last - first > 6) return false;
  const open = new Set(hours.flatMap(({ weekdays }) => weekdays));
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset).every((day) => {
    const { month, day: dayOfMonth, ...rest } = dateOfDayNumber(day);
    const isHoliday = holidays.has(formatDate({ month, day: dayOfMonth, ...rest })) || programme.holidays.some((holiday) => holiday.month === month && holiday.day === dayOfMonth);
    return !open.has(weekdayOf(day)) || (isHoliday && onHolidays !== 'open');
  });
}

/** 1 Monday to 7 Sunday; day 0 was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function appointmentDrafts(appointment: CalendarAppointment, pointer: string, { calendar, damaged }: Context): readonly Draft[] {
  const resources = calendar.resources ?? [];
  const names = [
    ...namesDrafts(appointment.places, { noun: 'place', pointer: below(pointer, 'places'), list: calendar.places, damaged }),
    ...appointment.needs.flatMap(({ anyOf }, position) => namesDrafts(anyOf, { noun: 'resource', pointer: below(pointer, 'needs', position, 'anyOf'), list: resources, damaged })),
  ];
  const { durationMinutes, bookFromDays, bookUntilHours, cancelUntilHours } = appointment;
  // On the first bookable day the last slot is a day and the hours of that day away.
  const reachHours = (bookFromDays + 1) * 24;
  return [
    ...names,
    ...capacityDrafts(appointment, { name: 'capacityPeople', pointer }),
    ...(bookUntilHours >= reachHours ? [{ code: 'bookingNever' as const, pointer: below(pointer, 'bookUntilHours'), params: { days: bookFromDays, hours: bookUntilHours } }] : []),
    ...(cancelUntilHours >= reachHours ? [{ code: 'cancelNever' as const, pointer: below(pointer, 'cancelUntilHours'), params: { days: bookFromDays, hours: cancelUntilHours } }] : []),
    ...(names.length === 0 && !fitsSomewhere(appointment, calendar) ? [{ code: 'slotFitsNoHours' as const, pointer: below(pointer, 'durationMinutes'), params: { name: appointment.id, minutes: durationMinutes } }] : []),
  ];
}

/** Is there a weekday on which, at one place, everything that is needed is there long enough at the same time? Of conditional needs, one at a time. */
function fitsSomewhere({ places, needs, durationMinutes }: CalendarAppointment, calendar: Calendar): boolean {
  const always = needs.filter(({ when }) => when === undefined);
  const sometimes = needs.filter(({ when }) => when !== undefined);
  const ways = sometimes.length === 0 ? [always] : sometimes.map((need) => [...always, need]);
  return ways.every((together) =>
    calendar.places.filter(({ id }) => places.includes(id)).some((place) => {
      const open = spansOf(place.hours);
      const there = together.reduce<readonly Span[]>((spans, { anyOf }) => {
        const present = (calendar.resources ?? []).filter((resource) => anyOf.includes(resource.id) && resource.places.includes(place.id));
        return present.flatMap(({ hours }) => common(spans, hours === undefined ? open : spansOf(hours)));
      }, open);
      return there.some(({ from, until }) => until - from >= durationMinutes);
    }),
  );
}

function unusedDrafts({ programme, calendar, damaged }: Context): readonly Draft[] {
  if (damaged.size > 0) return [];
  const { appointments = [], walkIns = [], resources = [] } = calendar;
  const places = new Set([...appointments.flatMap((each) => each.places), ...walkIns.map(({ place }) => place)]);
  const needed = new Set(appointments.flatMap(({ needs }) => needs.flatMap(({ anyOf }) => anyOf)));
  const kept = new Set(programme.flow.steps.flatMap((step) => ('appointment' in step ? [step.appointment] : [])));
  const unused = (list: readonly { readonly id: string }[], used: ReadonlySet<string | undefined>, noun: string): readonly Draft[] =>
    list.flatMap(({ id }, position): readonly Draft[] => (used.has(id) ? [] : [{ code: 'calendarUnused', pointer: `/calendar/${noun}/${position}`, params: { name: id } }]));
  return [...unused(calendar.places, places, 'places'), ...unused(resources, needed, 'resources'), ...unused(appointments, kept, 'appointments')];
}
