import { placeholdersOf } from '#definitions/language/wording.js';
import type { Programme } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';

const WORDS_MAX = 25;
const MARKUP = /<\s*[a-z!/]|&[a-z]+;|javascript:/i;
/** Controls that turn the direction of writing, and other invisible ones. */
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u2028-\u202e\u2060-\u2069\ufeff]/;

/** What the engine fills into texts and messages; a definition may also name its computed values and parameters. */
export const PLACEHOLDERS = ['municipality', 'protocolNumber', 'amount', 'part', 'due', 'appealUntil', 'missing', 'reason', 'date', 'programme'] as const;

export interface Neighbour {
  readonly code: string;
  /** Names as texts would write them, in Greek and English. */
  readonly names: readonly string[];
}

interface Place {
  readonly text: Record<string, unknown>;
  readonly pointer: string;
}

/** Texts for people: complete, plain, without code, and of no municipality in particular. */
export function findPoorTexts(programme: Programme, municipalities: readonly Neighbour[]): readonly Draft[] {
  const places = listTexts(programme);
  const names = new Set<string>([...PLACEHOLDERS, ...programme.computed.map(({ id }) => id), ...programme.parameters.map(({ id }) => id)]);
  return [...places.flatMap((place) => textDrafts(place, { names, municipalities, own: programme.municipality })), ...translationDrafts(places)];
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

function textDrafts({ text, pointer }: Place, { names, municipalities, own }: { names: ReadonlySet<string>; municipalities: readonly Neighbour[]; own: string | undefined }): readonly Draft[] {
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
    const longest = Math.max(...words.split(/[.!;·?:\n]+(?:\s|$)/).map(countWords));
    if (longest > WORDS_MAX) drafts.push({ code: 'sentenceLong', pointer: place, params: { found: longest, limit: WORDS_MAX } });
    const named = municipalities.find((municipality) => municipality.code !== own && municipality.names.some((name) => names.size > 0 && containsName(words, name)));
    if (named !== undefined) drafts.push({ code: 'municipalityNamed', pointer: place, params: { code: named.code } });
  }
  return drafts;
}

function hasStrayBrace(words: string): boolean {
  return /[{}]/.test(words.replace(/\{[A-Za-z][A-Za-z0-9.-]*\}/g, ''));
}

function countWords(sentence: string): number {
  return sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** The name as a phrase of its own, after "municipality of": a river or a street may bear the same name. */
function containsName(words: string, name: string): boolean {
  const at = words.indexOf(name);
  if (at < 0) return false;
  const before = words.slice(Math.max(0, at - 25), at);
  const after = words[at + name.length] ?? ' ';
  return /(Δήμ\p{L}+|Municipality of)\s+$/u.test(before) && !/\p{L}/u.test(after);
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
