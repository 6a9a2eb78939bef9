import { placeholdersOf } from '#definitions/language/wording.js';
import type { Programme } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import type { FindNamed, Neighbour } from './municipality-names.js';
import { createNameFinder } from './municipality-names.js';
import { sentencesOf } from './sentences.js';

const WORDS_MAX = 25;
const MARKUP = /<\s*[a-z!/]|&[a-z]+;|javascript:/i;
/** Controls that turn the direction of writing, and other invisible ones. */
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u2028-\u202e\u2060-\u2069\ufeff]/;

/** What the engine fills into texts and messages; a definition may also name its computed values and parameters. */
export const PLACEHOLDERS = ['municipality', 'protocolNumber', 'amount', 'part', 'due', 'appealUntil', 'missing', 'reason', 'date', 'programme'] as const;

interface Place {
  readonly text: Record<string, unknown>;
  readonly pointer: string;
}

/** Texts for people: complete, plain, without code, and of no municipality in particular. */
export function findPoorTexts(programme: Programme, municipalities: readonly Neighbour[]): readonly Draft[] {
  const places = listTexts(programme);
  const names = new Set<string>([...PLACEHOLDERS, ...programme.computed.map(({ id }) => id), ...programme.parameters.map(({ id }) => id)]);
  const findNamed = createNameFinder(municipalities, programme.municipality);
  return [...places.flatMap((place) => [...textDrafts(place, { names, findNamed }), ...languageDrafts(place)]), ...translationDrafts(places)];
}

/** Every object with a Greek and an English text. */
function listTexts(programme: Programme): readonly Place[] {
  const places: Place[] = [];
  const visit = (value: unknown, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { el, en } = value as { readonly el?: unknown; readonly en?: unknown };
    if (typeof el === 'string' && typeof en === 'string') places.push({ text: value as Record<string, unknown>, pointer });
    else for (const [name, part] of Object.entries(value)) visit(part, below(pointer, name));
  };
  visit(programme, '');
  return places;
}

function textDrafts({ text, pointer }: Place, { names, findNamed }: { names: ReadonlySet<string>; findNamed: FindNamed }): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const [language, words] of Object.entries(text)) {
    if (typeof words !== 'string') continue;
    const place = below(pointer, language);
    if (words.trim() === '') drafts.push({ code: 'textEmpty', pointer: place });
    if (MARKUP.test(words)) drafts.push({ code: 'textMarkup', pointer: place });
    if (INVISIBLE.test(words)) drafts.push({ code: 'textInvisible', pointer: place });
    const unknown = placeholdersOf(words).find((name) => !names.has(name));
    if (unknown !== undefined) drafts.push({ code: 'placeholderUnknown', pointer: place, params: { name: unknown, expected: [...names].join(', ') } });
    else if (hasStrayBrace(words)) drafts.push({ code: 'placeholderMalformed', pointer: place });
    const longest = Math.max(...sentencesOf(words).map(countWords));
    if (longest > WORDS_MAX) drafts.push({ code: 'sentenceLong', pointer: place, params: { found: longest, limit: WORDS_MAX } });
    const named = findNamed(words);
    if (named !== undefined) drafts.push({ code: 'municipalityNamed', pointer: place, params: { code: named } });
  }
  return drafts;
}

function hasStrayBrace(words: string): boolean {
  return /[{}]/.test(words.replace(/\{[A-Za-z][A-Za-z0-9.-]*\}/g, ''));
}

function countWords(sentence: string): number {
  return sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

const GREEK = /\p{Script=Greek}/gu;
const LATIN = /\p{Script=Latin}/gu;

/** Greek words are Greek and English ones are not: languages that changed places, or a text that was never translated. */
function languageDrafts({ text, pointer }: Place): readonly Draft[] {
  const { el, en } = text as { readonly el: string; readonly en: string };
  const [greek, english] = [lettersOf(el), lettersOf(en)];
  const isPhrase = /\p{Script=Latin}{3,}[^\p{L}]+\p{Script=Latin}{3,}/u.test(withoutNames(el));
  if (greek.greek === 0 && (isPhrase || (greek.latin > 0 && el !== en && english.greek > 0))) return [{ code: 'textOtherLanguage', pointer: below(pointer, 'el'), params: { language: 'el' } }];
  return english.greek > english.latin ? [{ code: 'textOtherLanguage', pointer: below(pointer, 'en'), params: { language: 'en' } }] : [];
}

function lettersOf(words: string): { readonly greek: number; readonly latin: number } {
  const plain = withoutNames(words);
  return { greek: plain.match(GREEK)?.length ?? 0, latin: plain.match(LATIN)?.length ?? 0 };
}

/** Without placeholders, addresses of pages and of mail. */
function withoutNames(words: string): string {
  return words.replaceAll(/\{[^{}]*\}|\S+@\S+|https?:\S+|\S+\.(?:gr|eu|com|org)\S*/gu, '');
}

/** A language that some texts have, all should have. One finding a language: the list would be long. */
function translationDrafts(places: readonly Place[]): readonly Draft[] {
  const languages = new Set(places.flatMap(({ text }) => Object.keys(text)));
  return [...languages].flatMap((language): readonly Draft[] => {
    const lacking = places.filter(({ text }) => !Object.hasOwn(text, language));
    const [first] = lacking;
    return first === undefined ? [] : [{ code: 'translationMissing', pointer: first.pointer, params: { language, count: lacking.length } }];
  });
}
