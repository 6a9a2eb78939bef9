import type { Expression, Programme } from '#definitions/types/programme.js';
import { canonicalise } from './canonical.js';
import { JOINED, LEVEL, OPERAND_LEVEL, writeSentence } from './sentence.js';
import type { SentencePlace } from './sentence.js';
import { uninflect } from './sentences/inflection.js';
import { createLexicon } from './sentences/lexicon.js';
import type { Lexicon } from './sentences/lexicon.js';
import { readLiteral, readText } from './sentences/literals.js';
import { nameAmong, nameOption } from './sentences/names.js';
import { fitPattern, placesOf, splitList, unbracketed } from './sentences/phrases.js';
import { createSpeaker, optionsOf, withElement } from './sentences/speaker.js';
import type { Speaker, SpokenLanguage } from './sentences/speaker.js';

/** The rule of a sentence; or what could not be understood; or the rules between which the sentence does not choose. */
export type Reading = { readonly expression: Expression } | { readonly unknown: string } | { readonly ambiguous: readonly Expression[] };

const LENGTH_MAX = 10_000;

/**
 * The expression that a sentence says: the way back of `writeSentence`. Only names and words that the printer uses are
 * understood, so that nothing is ever guessed: of two rules for one sentence neither is taken.
 */
export function readSentence(programme: Programme, text: string, { language, ...place }: SentencePlace & { readonly language: SpokenLanguage }): Reading {
  const words = text.trim().replace(/\s+/g, ' ').replace(/\.$/, '');
  if (words.length > LENGTH_MAX) return { unknown: `${words.slice(0, 100)}…` };
  const speaker = createSpeaker(programme, { language, group: place.group ?? '' });
  const reader: Reader = { speaker, lexicon: createLexicon(speaker), seen: new Map() };
  const found = distinct([`${words.charAt(0).toLowerCase()}${words.slice(1)}`, words].flatMap((start) => read(start, reader)));
  const [first] = found;
  if (first === undefined) return { unknown: firstUnknown(words, reader) };
  if (found.length === 1) return { expression: first };
  const exact = found.filter((each) => writeSentence(programme, each, place)[language] === `${words}.`);
  return exact.length === 1 && exact[0] !== undefined ? { expression: exact[0] } : { ambiguous: found };
}

/** What reading a part of the sentence may look at. */
interface Reader {
  readonly speaker: Speaker;
  readonly lexicon: Lexicon;
  /** What has been read already, by its text. */
  readonly seen: Map<string, readonly Expression[]>;
}

function distinct(expressions: readonly Expression[]): readonly Expression[] {
  return [...new Map(expressions.map((expression) => [canonicalise(expression), expression])).values()];
}

/** The first name in quotes that nothing carries, or else the whole. */
function firstUnknown(words: string, { lexicon, speaker }: Reader): string {
  const known = [...lexicon.keys()].join('\n');
  const options = [...speaker.questions.values()].flatMap(({ question }) => question.options ?? []);
  const named = [...words.matchAll(/[«“][^»”]*[»”]/g)].map(([name]) => name);
  return named.find((name) => !known.includes(name) && !options.some((option) => nameOption(option.value, options, speaker) === name)) ?? words;
}

/** Every expression of a phrase, of any looseness: brackets that are not needed do no harm. */
function read(text: string, reader: Reader, levelMax: number = LEVEL.whole): readonly Expression[] {
  const place = `${levelMax} ${text}`;
  const before = reader.seen.get(place);
  if (before !== undefined) return before;
  const inside = unbracketed(text);
  const found = distinct([
    ...(inside === null ? [] : read(inside, reader)),
    ...(reader.lexicon.get(text) ?? []),
    ...readLiteral(text, reader.speaker),
    ...PHRASES.filter(({ level }) => level <= levelMax).flatMap(({ readPhrase }) => readPhrase(text, reader)),
  ]);
  reader.seen.set(place, found);
  return found;
}

type ReadPhrase = (text: string, reader: Reader) => readonly Expression[];

/** One expression for every choice of one of each. */
function combine(choices: readonly (readonly Expression[])[]): readonly (readonly Expression[])[] {
  return choices.reduce<readonly (readonly Expression[])[]>((sofar, choice) => sofar.flatMap((parts) => choice.map((part) => [...parts, part])), [[]]);
}

/** Operands of one operator: a label beside a choice is one of its options. */
function readParts(texts: readonly string[], reader: Reader, name: string): readonly (readonly Expression[])[] {
  const level = OPERAND_LEVEL.get(name) ?? LEVEL.name;
  const readings = texts.map((text) => read(text, reader, level));
  const options = readings.flat().map((part) => optionsOf(part, reader.speaker)).find((found) => found !== undefined);
  if (options === undefined) return combine(readings);
  return combine(readings.map((found, position) => {
    const labelled = options.filter((option) => nameOption(option.value, options, reader.speaker) === texts[position]);
    return labelled.length === 0 ? found : labelled.map(({ value }) => value);
  }));
}

/** What stands in the holes of a pattern, as it is said by itself. */
function fit(form: string, { text, reader: { speaker } }: { readonly text: string; readonly reader: Reader }): readonly Readonly<Record<string, string>>[] {
  return fitPattern(speaker.words[form] ?? '', text).map((holes) => uninflect(holes, speaker.language));
}

function readOperands(name: string, form = name): ReadPhrase {
  return (text, reader) =>
    fit(form, { text, reader }).flatMap((holes) => {
      const texts = holes['list'] === undefined ? Object.keys(holes).sort().map((hole) => holes[hole] ?? '') : splitList(holes['list']);
      return readParts(texts, reader, name).map((parts) => ({ [name]: name === 'not' || name === 'length' ? parts[0] : parts }) as unknown as Expression);
    });
}

/** "From this up to and including that": both conditions of it, in their order. */
function readRange(text: string, reader: Reader): readonly (readonly Expression[])[] {
  return fit('between', { text, reader }).flatMap(({ 1: what = '', 2: least = '', 3: most = '' }) =>
    readParts([what, least], reader, '>=').flatMap(([one, from]) =>
      readParts([what, most], reader, '<=')
        .filter(([other]) => canonicalise(one) === canonicalise(other))
        .map(([other, upTo]) => [{ '>=': [one, from] }, { '<=': [other, upTo] }] as unknown as readonly Expression[]),
    ),
  );
}

/** Parts joined by one word; one of them may contain that word in a meaning of its own. */
function readJoined(name: string): ReadPhrase {
  return (text, reader) => {
    const word = reader.speaker.words[name] ?? '';
    const piece = (words: string): readonly (readonly Expression[])[] => [...read(words, reader, OPERAND_LEVEL.get(name) ?? LEVEL.name).map((part) => [part]), ...(name === 'and' ? readRange(words, reader) : [])];
    const split = (rest: string): readonly (readonly Expression[])[] =>
      placesOf(word, rest).flatMap((at) => {
        const firsts = piece(rest.slice(0, at));
        if (firsts.length === 0) return [];
        const after = rest.slice(at + word.length);
        const others = [...piece(after), ...split(after)];
        return firsts.flatMap((first) => others.map((each) => [...first, ...each]));
      });
    return split(text).map((parts) => ({ [name]: parts }) as unknown as Expression);
  };
}

const readContents: ReadPhrase = (text, reader) =>
  fit('inList', { text, reader }).flatMap(({ 1: item = '', 2: contents = '' }) =>
    read(item, reader, LEVEL.phrase).flatMap((each) => {
      const values = readValues(contents, each, reader);
      return values === null ? [] : [{ in: [each, { list: values }] } as unknown as Expression];
    }),
  );

const readListed: ReadPhrase = (text, reader) =>
  fit('list', { text, reader }).flatMap(({ 1: contents = '' }) => {
    const values = readValues(contents, null, reader);
    return values === null ? [] : [{ list: values } as unknown as Expression];
  });

/** Values of a list, or null. Beside a choice they are its options. */
function readValues(text: string, beside: Expression | null, { speaker }: Reader): readonly Expression[] | null {
  if (text === speaker.words['nothing']) return [];
  const options = optionsOf(beside, speaker);
  const values = splitList(text).map((piece): Expression | undefined => {
    const option = options?.find(({ value }) => nameOption(value, options, speaker) === piece);
    return option?.value ?? (options === undefined ? readText(piece, speaker) : undefined) ?? readLiteral(piece, speaker).find((value) => typeof value !== 'object');
  });
  return values.every((value) => value !== undefined) ? (values as readonly Expression[]) : null;
}

function readWalk(name: string, form = name): ReadPhrase {
  return (text, reader) => readElements(text, { reader, name, form });
}

function readElements(text: string, { reader, name, form }: { readonly reader: Reader; readonly name: string; readonly form: string }): readonly Expression[] {
  return fit(form, { text, reader }).flatMap((holes) =>
    read(holes['1'] ?? '', reader, LEVEL.name).flatMap((of) => {
      const element = holes['name'] ?? '';
      if (!/^[A-Za-z][A-Za-z0-9]*$/.test(element)) return [];
      const speaker = withElement(reader.speaker, { name: element, of });
      const inner: Reader = { speaker, lexicon: createLexicon(speaker), seen: new Map() };
      const wheres = holes['where'] === undefined ? [undefined] : read(holes['where'], inner, OPERAND_LEVEL.get(name) ?? LEVEL.name);
      const values = holes['value'] === undefined ? [undefined] : read(holes['value'], inner, LEVEL.name);
      return wheres.flatMap((where) =>
        values.map((value) => ({ [name]: { of, as: element, ...(value === undefined ? {} : { value }), ...(where === undefined ? {} : { where }) } }) as unknown as Expression),
      );
    }),
  );
}

const readDivision: ReadPhrase = (text, reader) =>
  fit('divRound', { text, reader }).flatMap(({ 1: of = '', 2: by = '', rounding: words = '' }) => {
    const rounding = (['truncate', 'halfUp', 'halfEven', 'up'] as const).find((name) => reader.speaker.words[name] === words);
    if (rounding === undefined) return [];
    return combine([read(of, reader, LEVEL.name), read(by, reader, LEVEL.name)]).map(([dividend, divisor]) => ({ divRound: { of: dividend, by: divisor, rounding } }) as Expression);
  });

function readDateAdd(form: 'dateAdd' | 'dateSubtract'): ReadPhrase {
  return (text, reader) =>
    fit(form, { text, reader }).flatMap(({ 1: date = '', 2: amount = '', unit: words = '' }) => {
      const unit = (['days', 'months', 'years'] as const).find((name) => [name, `one.${name}`].some((each) => reader.speaker.words[each] === words));
      if (unit === undefined) return [];
      return combine([read(date, reader, LEVEL.name), read(amount, reader, LEVEL.name)]).flatMap(([to, many]) => {
        if (form === 'dateAdd') return [{ dateAdd: { to, amount: many, unit } } as Expression];
        return typeof many === 'number' ? [{ dateAdd: { to, amount: -many, unit } } as Expression] : [];
      });
    });
}

function tablesNamed(words: string, { speaker }: Reader): Programme['tables'] {
  const { tables } = speaker.programme;
  return tables.filter(({ id }) => nameAmong(tables, id, speaker) === words);
}

const readLookup: ReadPhrase = (text, reader) =>
  fit('lookup', { text, reader }).flatMap(({ table: title = '', key = '' }) =>
    tablesNamed(title, reader).flatMap(({ id, columns = [] }) => {
      const pieces = splitList(key);
      if (pieces.length !== columns.length) return [];
      return combine(pieces.map((piece) => read(piece, reader, LEVEL.name))).map((parts) => ({ lookup: { table: id, key: Object.fromEntries(columns.map((column, position) => [column, parts[position]])) } }) as unknown as Expression);
    }),
  );

const readBand: ReadPhrase = (text, reader) =>
  fit('band', { text, reader }).flatMap(({ table: title = '', 1: of = '' }) =>
    tablesNamed(title, reader).flatMap(({ id }) => read(of, reader, LEVEL.name).map((each): Expression => ({ band: { table: id, of: each } }))),
  );

/** Every operator with the looseness of its phrase, as the printer has it. */
const PHRASES: readonly { readonly level: number; readonly readPhrase: ReadPhrase }[] = [
  { level: LEVEL.name, readPhrase: readOperands('length') },
  { level: LEVEL.name, readPhrase: readListed },
  ...['min', 'max', 'ageAt', 'monthsBetween', 'daysBetween'].map((name) => ({ level: LEVEL.phrase, readPhrase: readOperands(name) })),
  { level: LEVEL.phrase, readPhrase: readLookup },
  { level: LEVEL.phrase, readPhrase: readBand },
  ...[readWalk('count'), readWalk('sum'), readWalk('sum', 'sumWhere')].map((readPhrase) => ({ level: LEVEL.phrase, readPhrase })),
  ...[readDateAdd('dateAdd'), readDateAdd('dateSubtract')].map((readPhrase) => ({ level: LEVEL.phrase, readPhrase })),
  ...[readOperands('-'), readDivision].map((readPhrase) => ({ level: LEVEL.sum, readPhrase })),
  ...['==', '!=', '<', '<=', '>', '>=', 'in'].map((name) => ({ level: LEVEL.comparison, readPhrase: readOperands(name) })),
  ...['<', '<=', '>', '>='].map((name) => ({ level: LEVEL.comparison, readPhrase: readOperands(name, `date${name}`) })),
  { level: LEVEL.comparison, readPhrase: readContents },
  { level: LEVEL.quantity, readPhrase: (text, reader) => readRange(text, reader).map((parts) => ({ and: parts }) as unknown as Expression) },
  ...['some', 'all', 'none'].map((name) => ({ level: LEVEL.quantity, readPhrase: readWalk(name) })),
  ...['not', 'if'].map((name) => ({ level: LEVEL.whole, readPhrase: readOperands(name) })),
  ...JOINED.map((name) => ({ level: name === '+' || name === '*' ? LEVEL.sum : LEVEL.whole, readPhrase: readJoined(name) })),
];
