import type { Calendar, CalendarAppointment, CalendarClosure, CalendarHours, Programme } from '#definitions/types/programme.js';
import type { PartSpeaker, PartThing, SpeakerOf } from './part-speaker.js';
import { keptThing, phrase, thingOf, titleOf } from './part-speaker.js';
import { writeValue } from './wording.js';

/** Places, resources, appointments and walk-ins, as an official would pin them to the door. */
export function explainCalendar(programme: Programme, speakerOf: SpeakerOf): readonly PartThing[] {
  const { calendar } = programme;
  if (calendar === undefined) return [];
  const given = { programme, speakerOf };
  return [
    keptThing('calendar', calendar, given),
    ...calendar.places.map((place) => thingOf(place, { ...given, noun: 'place', lines: (speaker) => placeLines(place, speaker) })),
    ...(calendar.resources ?? []).map((resource) => thingOf(resource, { ...given, noun: 'resource', lines: (speaker) => resourceLines(resource, { calendar, speaker }) })),
    ...(calendar.appointments ?? []).map((appointment) => thingOf(appointment, { ...given, noun: 'appointment', lines: (speaker) => appointmentLines(appointment, { calendar, speaker }) })),
    ...(calendar.walkIns ?? []).map((walkIn) =>
      thingOf(walkIn, {
        ...given,
        noun: 'walkIn',
        lines: (speaker) => [
          phrase(speaker.words.at, { list: titleOf(calendar.places, walkIn.place, speaker) }),
          ...(walkIn.hours ?? []).map((hours) => sayHours(hours, speaker)),
          ...(walkIn.ticketsPerDayMax === undefined ? [] : [phrase(speaker.words.tickets, { count: walkIn.ticketsPerDayMax })]),
          ...(walkIn.when === undefined ? [] : [phrase(speaker.words.whenOnly, { condition: speaker.say(walkIn.when) })]),
        ],
      }),
    ),
  ];
}

function placeLines(place: Calendar['places'][number], speaker: PartSpeaker): readonly string[] {
  const { words, text } = speaker;
  return [
    ...(place.address === undefined ? [] : [text(place.address)]),
    ...place.hours.map((hours) => sayHours(hours, speaker)),
    words.onHolidays[place.onHolidays ?? 'closed'],
    ...(place.closures ?? []).map((closure) => sayClosure(closure, speaker)),
    ...(place.capacityPeople === undefined ? [] : [phrase(words.capacity, { count: place.capacityPeople })]),
  ];
}

interface InCalendar {
  readonly calendar: Calendar;
  readonly speaker: PartSpeaker;
}

function resourceLines(resource: NonNullable<Calendar['resources']>[number], { calendar, speaker }: InCalendar): readonly string[] {
  const { words } = speaker;
  return [
    words.resourceKinds[resource.kind],
    phrase(words.at, { list: resource.places.map((id) => titleOf(calendar.places, id, speaker)).join(', ') }),
    ...(resource.hours ?? []).map((hours) => sayHours(hours, speaker)),
    ...(resource.closures ?? []).map((closure) => sayClosure(closure, speaker)),
    ...(resource.capacityPeople === undefined ? [] : [phrase(words.capacity, { count: resource.capacityPeople })]),
  ];
}

function appointmentLines(appointment: CalendarAppointment, { calendar, speaker }: InCalendar): readonly string[] {
  const { words } = speaker;
  const steps = speaker.programme.flow.steps.filter((step) => 'appointment' in step && step.appointment === appointment.id);
  const needs = appointment.needs.map(({ anyOf, when }) => anyOf.map((id) => titleOf(calendar.resources, id, speaker)).join(words.or) + (when === undefined ? '' : ` (${speaker.say(when)})`));
  const { durationMinutes, coolOffMinutes = 0, bookFromDays, bookUntilHours, cancelUntilHours, perCaseMax, intervalDaysMin, capacityPeople } = appointment;
  return [
    ...(appointment.when === undefined ? [] : [phrase(words.whenOnly, { condition: speaker.say(appointment.when) })]),
    phrase(words.at, { list: appointment.places.map((id) => titleOf(calendar.places, id, speaker)).join(', ') }),
    phrase(words.needs, { list: needs.join(' + ') }),
    phrase(words.slot, { minutes: durationMinutes, coolOff: coolOffMinutes }),
    phrase(words.booking, { days: bookFromDays, hours: bookUntilHours, cancel: cancelUntilHours }),
    ...(capacityPeople === undefined ? [] : [phrase(words.capacity, { count: capacityPeople })]),
    ...(perCaseMax === undefined ? [] : [phrase(words.perCase, { count: perCaseMax })]),
    ...(intervalDaysMin === undefined ? [] : [phrase(words.interval, { days: intervalDaysMin })]),
    ...steps.map((step) => phrase(words.step, { step: speaker.text(step.title) })),
  ];
}

/** Days in a row are said as a span: Monday to Friday. */
function sayHours({ weekdays, from, until }: CalendarHours, { words }: PartSpeaker): string {
  const days = [...weekdays].sort((left, right) => left - right);
  const [first = 1, last = 1] = [days[0], days.at(-1)];
  const name = (day: number): string => words.weekdays[day - 1] ?? String(day);
  const isSpan = days.length > 2 && days.every((day, position) => day === first + position);
  return phrase(words.hours, { days: isSpan ? phrase(words.span, { first: name(first), last: name(last) }) : days.map(name).join(', '), from, until });
}

function sayClosure({ title, from, until }: CalendarClosure, { words, language, text }: PartSpeaker): string {
  const date = (day: string): string => writeValue(day, { kind: 'date', language });
  return phrase(until === undefined ? words.closed : words.closedSpan, { from: date(from), until: date(until ?? from), title: text(title) });
}
