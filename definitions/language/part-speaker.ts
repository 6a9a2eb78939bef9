import type { Expression, Programme, Text } from '#definitions/types/programme.js';
import { findQuestion, indexForm } from './question-index.js';
import type { SentencePlace } from './sentence.js';
import type { PART_WORDS } from './sentences/part-words.js';

export type Language = 'el' | 'en';

/** One thing of a part as lines of text, in Greek and English. */
export interface PartThing {
  readonly noun: 'subject' | 'selection' | 'calendar' | 'place' | 'resource' | 'appointment' | 'walkIn' | 'stock' | 'commodity' | 'kit' | 'allotment' | 'round' | 'indicators' | 'figure';
  readonly id: string;
  readonly title: { readonly el: string; readonly en: string };
  readonly lines: { readonly el: readonly string[]; readonly en: readonly string[] };
}

export interface PartSpeaker {
  readonly programme: Programme;
  readonly language: Language;
  readonly words: (typeof PART_WORDS)[Language];
  /** An expression, as it goes on within a sentence: without its capital and its full stop. */
  say(this: void, expression: Expression, place?: SentencePlace): string;
  text(this: void, text: Text): string;
}

export type SpeakerOf = (programme: Programme, language: Language) => PartSpeaker;

/** Words with `{name}` filled in. */
export function phrase(words: string, parts: { readonly [name: string]: string | number }): string {
  return words.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => (Object.hasOwn(parts, name) ? String(parts[name]) : whole));
}

export function titleOf(list: readonly { readonly id: string; readonly title: Text }[] | undefined, id: string, { text }: PartSpeaker): string {
  const found = list?.find((thing) => thing.id === id);
  return found === undefined ? id : text(found.title);
}

/** A question as the citizen reads it. */
export function questionTitle(path: string, { programme, text }: PartSpeaker): string {
  const found = findQuestion(indexForm(programme), path);
  return found === undefined ? path : text(found.question.label).replace(/[;?]$/, '');
}

/** A thing with its lines in both languages; at the end whether it is invented, and its legal basis. */
export function thingOf(
  { id, title, invented, legalBasis }: { readonly id: string; readonly title: Text; readonly invented?: boolean; readonly legalBasis?: string },
  { noun, programme, speakerOf, lines }: { readonly noun: PartThing['noun']; readonly programme: Programme; readonly speakerOf: SpeakerOf; readonly lines: (speaker: PartSpeaker) => readonly string[] },
): PartThing {
  const both = (language: Language): readonly string[] => {
    const speaker = speakerOf(programme, language);
    return [...lines(speaker), ...(invented === true ? [speaker.words.invented] : []), ...(legalBasis === undefined ? [] : [`[${legalBasis}]`])];
  };
  return { noun, id, title: { el: title.el, en: title.en }, lines: { el: both('el'), en: both('en') } };
}

/** The part itself: who keeps it. */
export function keptThing(part: 'calendar' | 'stock' | 'indicators', { keptBy = 'engine' }: { readonly keptBy?: 'engine' | 'staff' }, { programme, speakerOf }: { readonly programme: Programme; readonly speakerOf: SpeakerOf }): PartThing {
  const [el, en] = [speakerOf(programme, 'el').words, speakerOf(programme, 'en').words];
  return { noun: part, id: part, title: { el: el[part], en: en[part] }, lines: { el: [el.keptBy[keptBy]], en: [en.keptBy[keptBy]] } };
}
