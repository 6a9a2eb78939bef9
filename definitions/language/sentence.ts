import type { Programme, Text } from '#definitions/types/programme.js';
import { canonicalise } from './canonical.js';
import { inflect } from './sentences/inflection.js';
import { asksDirectly, currencyOf, nameAmong, nameDeclared, nameOption, nameParameter, namePath, nameText, quote } from './sentences/names.js';
import { createSpeaker, fill, operatorOf, optionsOf, own, questionOf, withElement } from './sentences/speaker.js';
import type { Speaker, SpokenLanguage } from './sentences/speaker.js';
import type { Value } from './situation.js';
import { isMoneyIn } from './units.js';
import { sentence, writeValue } from './wording.js';
import type { ValueKind } from './wording.js';

/** Where an expression stands: in the element of which repeated group, and whether amounts written there are money. */
export interface SentencePlace {
  readonly group?: string;
  readonly kind?: 'money' | 'number';
}

/** Any expression as a Greek and an English sentence that an official can compare with the notice, and `readSentence` reads back. */
export function writeSentence(programme: Programme, expression: unknown, place: SentencePlace = {}): Pick<Text, 'el' | 'en'> {
  const write = (language: SpokenLanguage): string => capitalised(say(expression, { speaker: createSpeaker(programme, { language, group: place.group ?? '' }), kind: place.kind ?? 'number', level: LEVEL.whole }));
  return { el: write('el'), en: write('en') };
}

function capitalised(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** How tightly a phrase holds together. One that is looser than its place allows stands in brackets. */
export const LEVEL = { name: 0, phrase: 1, sum: 2, comparison: 3, quantity: 4, whole: 5 } as const;

/** What an operand's place asks of it: the unit of amounts written there, and the loosest phrase that needs no brackets. */
interface Place {
  readonly speaker: Speaker;
  readonly kind: ValueKind;
  readonly level: number;
}

const LEVELS: readonly (readonly [number, readonly string[]])[] = [
  [LEVEL.phrase, ['min', 'max', 'lookup', 'band', 'count', 'sum', 'ageAt', 'monthsBetween', 'daysBetween', 'dateAdd']],
  [LEVEL.sum, ['+', '-', '*', 'divRound']],
  [LEVEL.comparison, ['==', '!=', '<', '<=', '>', '>=', 'in']],
  [LEVEL.quantity, ['some', 'all', 'none']],
  [LEVEL.whole, ['and', 'or', 'not', 'if']],
];

/** The loosest phrase that each operator lets stand without brackets as its operand; of the others, names only. */
export const OPERAND_LEVEL: ReadonlyMap<string, number> = new Map([
  ...['==', '!=', '<', '<=', '>', '>=', 'in'].map((name): [string, number] => [name, LEVEL.phrase]),
  ...['and', 'or'].map((name): [string, number] => [name, LEVEL.comparison]),
  ...['not', 'if', 'some', 'all', 'none'].map((name): [string, number] => [name, LEVEL.quantity]),
]);

function levelOf(expression: unknown, speaker: Speaker): number {
  const [name = '', argument] = operatorOf(expression) ?? [];
  if (isTold(name === 'not' ? argument : expression, speaker)) return LEVEL.comparison;
  if (name === 'and' && Array.isArray(argument) && argument.length === 2 && isRange(argument[0], argument[1])) return LEVEL.quantity;
  if (JOINED.includes(name) && Array.isArray(argument) && argument.length === 1) return levelOf(argument[0], speaker);
  return LEVELS.find(([, names]) => names.includes(name))?.[0] ?? LEVEL.name;
}

function say(expression: unknown, place: Place): string {
  const [name, argument] = operatorOf(expression) ?? [];
  if (name === undefined) return sayLiteral(expression as Value, place);
  const said = (SAYINGS.get(name) ?? sayOperands(name))(argument, place);
  return levelOf(expression, place.speaker) > place.level ? `(${said})` : said;
}

type Say = (argument: unknown, place: Place) => string;

function sayLiteral(value: Value, { speaker, kind }: Pick<Place, 'speaker' | 'kind'>): string {
  return typeof value === 'string' ? nameText(value, speaker) : writeValue(value, { kind, language: speaker.language, ...currencyOf(speaker) });
}

/** Amounts written beside money are money; in a product or a quotient only what is measured is. */
function kindOfParts(name: string, parts: readonly unknown[], { speaker, kind }: Place): (part: unknown) => ValueKind {
  const values = name === 'if' ? parts.slice(1) : parts;
  const hasMoney = isMoneyIn(values, speaker.programme);
  if (name === '*') {
    const hasTable = values.some(isFromTable);
    const isOnlyNumber = values.filter((value) => typeof value === 'number').length === 1;
    return (part) => (kind === 'money' && !hasMoney && (hasTable ? isFromTable(part) : typeof part !== 'number' || isOnlyNumber) ? 'money' : 'number');
  }
  const inherits = ['if', '+', '-', 'min', 'max'].includes(name);
  const common = hasMoney || (inherits && kind === 'money') ? 'money' : 'number';
  return (part) => (name === 'if' && part === parts[0] ? 'number' : common);
}

function isFromTable(expression: unknown): boolean {
  return own(expression, 'lookup') !== undefined || own(expression, 'band') !== undefined;
}

/** Literals beside a choice are its options' labels. */
function sayParts(name: string, argument: unknown, place: Place): readonly string[] {
  const parts = Array.isArray(argument) ? argument : [argument];
  const kind = kindOfParts(name, parts, place);
  const options = parts.map((part) => optionsOf(part, place.speaker)).find((found) => found !== undefined);
  return parts.map((part: unknown) => {
    const inside = { ...place, kind: kind(part), level: OPERAND_LEVEL.get(name) ?? LEVEL.name };
    if (options === undefined) return name === 'in' && part === parts[1] ? sayContents(part, inside) : say(part, inside);
    return sayBesideChoice(part, { options, place: inside, isContents: name === 'in' && part === parts[1] });
  });
}

function sayBesideChoice(part: unknown, { options, place, isContents }: { readonly options: NonNullable<ReturnType<typeof optionsOf>>; readonly place: Place; readonly isContents: boolean }): string {
  const { speaker } = place;
  const list = own(part, 'list');
  if (isContents && Array.isArray(list) && list.length > 0) return list.map((value: unknown) => nameOption(value, options, speaker)).join(', ');
  if (typeof part === 'string') return nameOption(part, options, speaker);
  const parameter = own(part, 'param');
  const said = parameter !== undefined ? nameParameter(parameter, speaker, isContents ? options : undefined) : isContents ? sayContents(part, place) : say(part, place);
  const isOption = options.some((option) => quote(sentence(option.label, speaker.language), speaker) === said);
  return isOption ? sayFully(part, place) : said;
}

/** The same name as one of the options of the choice beside it: with its id. */
function sayFully(part: unknown, { speaker }: Place): string {
  const [name, id] = operatorOf(part) ?? [];
  const declared = [...speaker.programme.computed, ...speaker.programme.parameters].find((thing) => thing.id === id);
  return name === 'var' || declared === undefined ? namePath(String(id), speaker, true) : nameDeclared(declared, speaker, true);
}

/** The second operand of `in`: a list written down is said without a word of its own. */
function sayContents(part: unknown, place: Place): string {
  const list = own(part, 'list');
  return Array.isArray(list) ? sayValues(list, place) : say(part, place);
}

function sayValues(list: readonly unknown[], { speaker, kind }: Place): string {
  if (list.length === 0) return speaker.words['nothing'] ?? '';
  return list.map((value) => (typeof value === 'string' ? quote(value, speaker) : sayLiteral(value as Value, { speaker, kind }))).join(', ');
}

/** Operands by the number of their hole, in every form that a hole may want. */
function numbered(parts: readonly string[], { speaker }: Place): { readonly [hole: string]: string } {
  return Object.assign({}, ...parts.map((part, position) => inflect(String(position + 1), part, speaker.language))) as { readonly [hole: string]: string };
}

function sayOperands(name: string): Say {
  return (argument, place) => {
    const { words } = place.speaker;
    const parts = sayParts(name, argument, place);
    const operands: readonly unknown[] = Array.isArray(argument) ? argument : [];
    const isDated = operands.some((part) => isDate(part, place.speaker));
    const form = name === 'in' && own(operands[1], 'list') !== undefined ? 'inList' : isDated && words[`date${name}`] !== undefined ? `date${name}` : name;
    return fill(words[form], { ...numbered(parts, place), list: parts.join(', ') });
  };
}

/** Operators that stand between all their operands. */
export const JOINED: readonly string[] = ['and', 'or', '+', '*'];

function sayJoined(name: string): Say {
  return (argument, place) => {
    if (Array.isArray(argument) && argument.length === 1) return say(argument[0], { ...place, level: LEVEL.whole });
    const parts: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
    const said = sayParts(name, argument, place);
    const phrases = parts.flatMap((part, position) => {
      if (name !== 'and' || !isRangeAt(parts, position)) return name === 'and' && isRangeAt(parts, position - 1) ? [] : [said[position]];
      return [sayRange(part, { upper: parts[position + 1], place })];
    });
    return phrases.join(place.speaker.words[name]);
  };
}

/** "At least this and at most that" of one and the same thing is a range. */
function isRange(lower: unknown, upper: unknown): boolean {
  const [least, most] = [own(lower, '>='), own(upper, '<=')];
  return Array.isArray(least) && Array.isArray(most) && least.length === 2 && most.length === 2 && canonicalise(least[0]) === canonicalise(most[0]);
}

/** Ranges are taken from the left: a part that ends one begins no other. */
function isRangeAt(parts: readonly unknown[], position: number): boolean {
  return isRange(parts[position], parts[position + 1]);
}

function sayRange(lower: unknown, { upper, place }: { readonly upper: unknown; readonly place: Place }): string {
  const [what = '', least = ''] = sayParts('>=', own(lower, '>='), place);
  const [, most = ''] = sayParts('<=', own(upper, '<='), place);
  return fill(place.speaker.words['between'], numbered([what, least, most], place));
}

/** A yes, or something declared that holds: it stands as a sentence, and its opposite has words of its own. */
function isTold(expression: unknown, speaker: Speaker): boolean {
  const path = own(expression, 'var');
  if (typeof path === 'string') return ['yesNo', 'declaration'].includes(questionOf(path, speaker)?.type ?? '');
  const { computed, facts } = speaker.programme;
  return computed.some(({ id, type }) => type === 'boolean' && id === own(expression, 'computed')) || facts.some(({ id, type }) => type === 'boolean' && id === own(expression, 'fact'));
}

/** Its bare name: where it is looked up, and inside the sentence that tells it. */
function nameTold(expression: unknown, place: Place): string {
  const { speaker } = place;
  const [name, argument] = operatorOf(expression) ?? [];
  if (name === 'var') return namePath(String(argument), speaker);
  return name === 'fact' ? sayFact(argument, place) : sayComputed(argument, place);
}

function sayTold(expression: unknown, { place, isTrue }: { readonly place: Place; readonly isTrue: boolean }): string {
  const [yes, no] = own(expression, 'var') === undefined ? ['holds', 'fails'] : ['yes', 'no'];
  return fill(place.speaker.words[isTrue ? (yes ?? '') : (no ?? '')], { 1: nameTold(expression, place) });
}

/** What is asked with a question mark is told by its answer. */
const sayPath: Say = (argument, { speaker }) => {
  const named = namePath(String(argument), speaker);
  return asksDirectly(String(argument), speaker) ? fill(speaker.words['answer'], { 1: named }) : named;
};

function tellOr(name: string, sayBare: Say): Say {
  return (argument, place) => (isTold({ [name]: argument }, place.speaker) ? sayTold({ [name]: argument }, { place, isTrue: true }) : sayBare(argument, place));
}

/** The opposite of a yes is a no. */
const sayNot: Say = (argument, place) => (isTold(argument, place.speaker) ? sayTold(argument, { place, isTrue: false }) : sayOperands('not')(argument, place));

/** Is this a date, as far as it can be seen here? Words for dates differ from words for amounts. */
function isDate(expression: unknown, speaker: Speaker): boolean {
  const [name, argument] = operatorOf(expression) ?? [];
  if (name === 'asOf' || name === 'date' || name === 'dateAdd') return true;
  if (name === 'var') return typeof argument === 'string' && questionOf(argument, speaker)?.type === 'date';
  if (name === 'param') return speaker.programme.parameters.some(({ id, unit }) => id === argument && unit === 'date');
  return name === 'computed' && speaker.programme.computed.some(({ id, type }) => id === argument && type === 'date');
}

const sayComputed: Say = (argument, { speaker }) => {
  const found = speaker.programme.computed.find(({ id }) => id === argument);
  return found === undefined ? quote(String(argument), speaker) : nameDeclared(found, speaker);
};

const sayFact: Say = (argument, { speaker }) => {
  const { facts } = speaker.programme;
  return fill(speaker.words['fact'], { 1: nameAmong(facts, argument, speaker), source: facts.find(({ id }) => id === argument)?.source ?? '' });
};

function sayWalk(name: string): Say {
  return (argument, { speaker, kind }) => {
    const element = String(own(argument, 'as'));
    const inner = withElement(speaker, { name: element, of: own(argument, 'of') });
    const where = own(argument, 'where');
    const words = name === 'sum' && where !== undefined ? 'sumWhere' : name;
    return fill(speaker.words[words], {
      name: element,
      ...inflect('1', say(own(argument, 'of'), { speaker, kind: 'number', level: LEVEL.name }), speaker.language),
      where: where === undefined ? '' : say(where, { speaker: inner, kind: 'number', level: OPERAND_LEVEL.get(name) ?? LEVEL.name }),
      value: say(own(argument, 'value') ?? '', { speaker: inner, kind, level: LEVEL.name }),
    });
  };
}

const sayDivision: Say = (argument, place) => {
  const { speaker } = place;
  const [of, by] = [own(argument, 'of'), own(argument, 'by')];
  const kind = place.kind === 'money' || isMoneyIn(by, speaker.programme) ? 'money' : 'number';
  return fill(speaker.words['divRound'], {
    1: say(of, { speaker, kind, level: LEVEL.name }),
    2: say(by, { speaker, kind: 'number', level: LEVEL.name }),
    rounding: speaker.words[String(own(argument, 'rounding'))] ?? '',
  });
};

/** A number of days before is said so, and one day is not "1 days". */
const sayDateAdd: Say = (argument, place) => {
  const { words } = place.speaker;
  const [to, amount, unit] = [own(argument, 'to'), own(argument, 'amount'), String(own(argument, 'unit'))];
  const isBefore = typeof amount === 'number' && amount < 0;
  const many = isBefore ? -amount : amount;
  const [date, number] = [say(to, { ...place, level: LEVEL.name }), say(many, { ...place, kind: 'number', level: LEVEL.name })];
  return fill(words[isBefore ? 'dateSubtract' : 'dateAdd'], { ...numbered([date, number], place), unit: words[many === 1 ? `one.${unit}` : unit] ?? '' });
};

/** Key columns in the table's own order, whatever the order in which they are written. */
const sayLookup: Say = (argument, place) => {
  const { speaker } = place;
  const key = own(argument, 'key');
  const columns = speaker.programme.tables.find(({ id }) => id === own(argument, 'table'))?.columns ?? Object.keys(key ?? {});
  const keys = columns.filter((column) => own(key, column) !== undefined).map((column) => sayKey(own(key, column), { ...place, kind: 'number', level: LEVEL.name }));
  return fill(speaker.words['lookup'], { table: nameAmong(speaker.programme.tables, own(argument, 'table'), speaker), key: keys.join(', ') });
};

/** What is looked up is told by its name alone. */
function sayKey(key: unknown, place: Place): string {
  return own(key, 'var') !== undefined || isTold(key, place.speaker) ? nameTold(key, place) : say(key, place);
}

const sayBand: Say = (argument, place) => {
  const { speaker } = place;
  const table = nameAmong(speaker.programme.tables, own(argument, 'table'), speaker);
  return fill(speaker.words['band'], { table, ...inflect('1', sayKey(own(argument, 'of'), { ...place, kind: 'number', level: LEVEL.name }), speaker.language) });
};

/** Operators that are more than their words around their operands. */
const SAYINGS: ReadonlyMap<string, Say> = new Map<string, Say>([
  ['var', tellOr('var', sayPath)],
  ['known', (argument, { speaker }) => fill(speaker.words['known'], { 1: namePath(String(argument), speaker) })],
  ['param', (argument, { speaker }) => nameParameter(argument, speaker)],
  ['not', sayNot],
  ['computed', tellOr('computed', sayComputed)],
  ['fact', tellOr('fact', sayFact)],
  ['document', (argument, { speaker }) => fill(speaker.words['document'], { 1: nameAmong(speaker.programme.documents, argument, speaker) })],
  ['date', (argument, { speaker }) => writeValue(argument as Value, { kind: 'date', language: speaker.language })],
  ['asOf', (_, { speaker }) => speaker.words['asOf'] ?? ''],
  ['list', (argument, place) => fill(place.speaker.words['list'], { 1: sayValues(Array.isArray(argument) ? argument : [], place) })],
  ...JOINED.map((name): [string, Say] => [name, sayJoined(name)]),
  ['divRound', sayDivision],
  ['dateAdd', sayDateAdd],
  ['lookup', sayLookup],
  ['band', sayBand],
  ...['some', 'all', 'none', 'count', 'sum'].map((name): [string, Say] => [name, sayWalk(name)]),
]);
