import type { Expression, Programme, Text } from '#definitions/types/programme.js';
import { explainCalendar } from './explain-calendar.js';
import { explainIndicators } from './explain-indicators.js';
import { explainStock } from './explain-stock.js';
import type { Language, PartSpeaker, PartThing } from './part-speaker.js';
import { phrase, questionTitle, titleOf } from './part-speaker.js';
import { writeSentence } from './sentence.js';
import { PART_WORDS } from './sentences/part-words.js';

export type PartNoun = PartThing['noun'];

/** The subject, the calendar, the stock and the indicators, one thing after the other. */
export function explainParts(programme: Programme): readonly PartThing[] {
  return [...explainSubject(programme), ...explainCalendar(programme, speakerOf), ...explainStock(programme, speakerOf), ...explainIndicators(programme, speakerOf)];
}

function speakerOf(programme: Programme, language: Language): PartSpeaker {
  return {
    programme,
    language,
    words: PART_WORDS[language],
    say: (expression: Expression, place = {}) => withinSentence(writeSentence(programme, expression, place)[language]),
    text: (text: Text) => text[language],
  };
}

function withinSentence(said: string): string {
  return `${said.charAt(0).toLowerCase()}${said.slice(1).replace(/\.$/, '')}`;
}

function explainSubject(programme: Programme): readonly PartThing[] {
  const { subject, selection } = programme;
  const unit = selection?.unit;
  const both = (lines: (speaker: PartSpeaker) => readonly string[]): PartThing['lines'] => ({ el: lines(speakerOf(programme, 'el')), en: lines(speakerOf(programme, 'en')) });
  const things: PartThing[] = [];
  if (subject !== undefined) things.push({ noun: 'subject', id: 'subject', title: { el: PART_WORDS.el.subject, en: PART_WORDS.en.subject }, lines: both((speaker) => subjectLines(subject, speaker)) });
  if (unit !== undefined) things.push({ noun: 'selection', id: 'unit', title: { el: PART_WORDS.el.unit, en: PART_WORDS.en.unit }, lines: both((speaker) => unitLines(unit, speaker)) });
  return things;
}

function subjectLines(subject: NonNullable<Programme['subject']>, speaker: PartSpeaker): readonly string[] {
  const { words, text } = speaker;
  const ask = (id: string): string => questionTitle(id, speaker);
  return [
    phrase(words.subjectKinds[subject.kind], { title: text(subject.title) }),
    phrase(words.identifiedBy, { list: subject.identifiedBy.map(ask).join(', ') }),
    ...(subject.members === undefined ? [] : [phrase(words.members, { members: ask(subject.members) })]),
    ...(subject.groups ?? []).map(({ title, question, within }) => phrase(words.subjectGroup, { title: text(title), question: ask(question) }) + (within === undefined ? '' : phrase(words.within, { group: titleOf(subject.groups, within, speaker) }))),
  ];
}

function unitLines(unit: NonNullable<NonNullable<Programme['selection']>['unit']>, speaker: PartSpeaker): readonly string[] {
  const { words, programme } = speaker;
  return [
    phrase(words.chosen, { group: titleOf(programme.subject?.groups, unit.group, speaker) }),
    words.capacityCounts[unit.capacityCounts],
    ...(unit.applicationsMin === undefined ? [] : [phrase(words.applicationsMin, { count: unit.applicationsMin })]),
    words.combine[unit.combine],
  ];
}
