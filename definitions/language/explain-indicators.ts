import type { Indicator, IndicatorBreakdown, IndicatorInstant, Programme } from '#definitions/types/programme.js';
import type { PartSpeaker, PartThing, SpeakerOf } from './part-speaker.js';
import { keptThing, phrase, questionTitle, thingOf, titleOf } from './part-speaker.js';

/** What is counted, of whom, broken down how, and from how many on it is shown. */
export function explainIndicators(programme: Programme, speakerOf: SpeakerOf): readonly PartThing[] {
  const { indicators } = programme;
  if (indicators === undefined) return [];
  const given = { programme, speakerOf };
  return [keptThing('indicators', indicators, given), ...indicators.figures.map((figure) => thingOf(figure, { ...given, noun: 'figure', lines: (speaker) => figureLines(figure, speaker) }))];
}

function figureLines(figure: Indicator, speaker: PartSpeaker): readonly string[] {
  const { words, say, programme } = speaker;
  const { counts, group, outcomes, where, from, until, amount, statistic, code } = figure;
  const place = group === undefined ? {} : { group };
  return [
    words.counts[counts],
    ...(group === undefined ? [] : [phrase(words.group, { group: questionTitle(group, speaker) })]),
    ...(outcomes === undefined ? [] : [phrase(words.ended, { list: outcomes.map((outcome) => words.outcomes[outcome]).join(', ') })]),
    ...(where === undefined ? [] : [phrase(words.whenOnly, { condition: say(where, place) })]),
    ...(from === undefined || until === undefined ? [] : [phrase(words.fromUntil, { from: sayInstant(from, speaker), until: sayInstant(until, speaker) })]),
    ...(amount === undefined ? [] : [phrase(words.amount, { amount: titleOf(programme.computed, amount, speaker) })]),
    ...(statistic === undefined ? [] : [words.statistic[statistic]]),
    ...(figure.breakdowns ?? []).flatMap((breakdown) => breakdownLines(breakdown, { speaker, place })),
    words.asAt[figure.asAt],
    words.period[figure.period],
    ...(figure.suppressBelow === undefined ? [] : [phrase(words.suppressBelow, { count: figure.suppressBelow })]),
    ...(figure.isPublished === true ? [words.published] : []),
    ...(code === undefined ? [] : [phrase(words.code, { code })]),
  ];
}

function sayInstant({ event, step }: IndicatorInstant, speaker: PartSpeaker): string {
  return phrase(speaker.words.events[event], { step: step === undefined ? '' : titleOf(speaker.programme.flow.steps, step, speaker) });
}

function breakdownLines({ title, value, bands = [] }: IndicatorBreakdown, { speaker, place }: { readonly speaker: PartSpeaker; readonly place: { readonly group?: string } }): readonly string[] {
  const { words, say, text } = speaker;
  return [
    phrase(words.breakdown, { title: text(title), value: say(value, place) }),
    ...bands.map((band) => `  ${phrase(band.upTo === undefined ? words.bandAbove : words.bandUpTo, { title: text(band.title), upTo: band.upTo ?? '' })}`),
  ];
}
