import type { Programme, Question, Text } from '#definitions/types/programme.js';
import { parseDate } from './dates.js';
import { ITEM_NAME, findQuestion, indexFindings, indexForm } from './question-index.js';
import type { QuestionIndex } from './question-index.js';
import { EL_WORDS, EN_WORDS } from './sentences/words.js';
import type { Words } from './sentences/words.js';
import type { Value } from './situation.js';
import { isMoneyIn } from './units.js';
import { sentence, writeValue } from './wording.js';
import type { ValueKind } from './wording.js';

interface Speaker {
  readonly programme: Programme;
  readonly language: 'el' | 'en';
  readonly words: Words;
  readonly questions: QuestionIndex;
  readonly findings: ReadonlyMap<string, QuestionIndex>;
  /** Element names and the shape path of their list. */
  readonly scope: ReadonlyMap<string, string>;
}

/** Any expression as a Greek and an English sentence that an official can compare with the notice. */
export function writeSentence(programme: Programme, expression: unknown): Pick<Text, 'el' | 'en'> {
  const questions = indexForm(programme);
  const findings = indexFindings(programme);
  const say = (language: 'el' | 'en'): string =>
    capitalised(speak(expression, { programme, language, words: language === 'el' ? EL_WORDS : EN_WORDS, questions, findings, scope: new Map() }));
  return { el: say('el'), en: say('en') };
}

function capitalised(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

type Say = (argument: unknown, speaker: Speaker) => string;

function speak(expression: unknown, speaker: Speaker, kind: ValueKind = 'number'): string {
  if (typeof expression !== 'object' || expression === null) return sayLiteral(expression as Value, speaker, kind);
  const [name = ''] = Object.keys(expression);
  const argument = (expression as Record<string, unknown>)[name];
  return (SAYINGS.get(name) ?? sayOperands(name))(argument, speaker);
}

function sayLiteral(value: Value, { language, words }: Speaker, kind: ValueKind): string {
  return typeof value === 'string' && parseDate(value) === null ? quote(value, words) : writeValue(value, { kind, language });
}

/** Words with `{1}` and the like filled in. */
function fill(words: string | undefined, parts: { readonly [name: string]: string }): string {
  return (words ?? '').replace(/\{([a-z0-9]+)\}/g, (whole, name: string) => parts[name] ?? whole);
}

/** Literals beside money are money, literals beside a choice are its options' labels. */
function sayParts(argument: unknown, speaker: Speaker): readonly string[] {
  const parts = Array.isArray(argument) ? argument : [argument];
  const kind = isMoneyIn(parts, speaker.programme) ? 'money' : 'number';
  const options = parts.map((part) => optionsOf(part, speaker)).find((found) => found !== undefined);
  return parts.map((part: unknown) => {
    const label = typeof part === 'string' ? options?.find((option) => option.value === part) : undefined;
    if (label !== undefined) return quote(sentence(label.label, speaker.language), speaker.words);
    const list = own(part, 'list');
    if (Array.isArray(list) && options !== undefined) return list.map((value: unknown) => quote(labelOf(value, options, speaker), speaker.words)).join(', ');
    return bracketed(part, speaker, kind);
  });
}

function labelOf(value: unknown, options: NonNullable<Question['options']>, speaker: Speaker): string {
  const option = options.find((candidate) => candidate.value === value);
  return option === undefined ? String(value) : sentence(option.label, speaker.language);
}

function optionsOf(expression: unknown, speaker: Speaker): Question['options'] {
  const path = own(expression, 'var');
  return typeof path === 'string' ? questionOf(path, speaker)?.options : undefined;
}

/** Brackets around what would otherwise be read wrongly. */
function bracketed(expression: unknown, speaker: Speaker, kind: ValueKind): string {
  const said = speak(expression, speaker, kind);
  const [name = ''] = typeof expression === 'object' && expression !== null ? Object.keys(expression) : [];
  if (name === 'not' && own(own(expression, 'not'), 'var') !== undefined) return said;
  return ['and', 'or', 'if', '+', '-', '*', 'not', 'divRound'].includes(name) ? `(${said})` : said;
}

function sayOperands(name: string): Say {
  return (argument, speaker) => {
    const parts = sayParts(argument, speaker);
    const numbered = Object.fromEntries(parts.map((part, position) => [String(position + 1), part]));
    const isDated = Array.isArray(argument) && argument.some((part) => isDate(part, speaker));
    return fill(isDated ? (speaker.words[`date${name}`] ?? speaker.words[name]) : speaker.words[name], { ...numbered, list: parts.join(', ') });
  };
}

function sayJoined(name: string): Say {
  return (argument, speaker) => sayParts(argument, speaker).join(speaker.words[name]);
}

const sayPath: Say = (argument, speaker) => {
  const path = String(argument);
  const question = questionOf(path, speaker);
  const [head = '', ...rest] = path.split('.');
  const label = question === undefined ? path : sentence(question.label, speaker.language).replace(/[;?]$/, '');
  const named = quote(speaker.scope.has(head) && rest.length > 0 ? `${head}: ${label}` : label, speaker.words);
  return question?.type === 'yesNo' || question?.type === 'declaration' ? fill(speaker.words['yes'], { 1: named }) : named;
};

/** The opposite of a yes is a no. */
const sayNot: Say = (argument, speaker) => {
  const path = own(argument, 'var');
  const question = typeof path === 'string' ? questionOf(path, speaker) : undefined;
  if (question?.type !== 'yesNo' && question?.type !== 'declaration') return sayOperands('not')(argument, speaker);
  return fill(speaker.words['no'], { 1: sayPath(path, { ...speaker, words: { ...speaker.words, yes: '{1}' } }) });
};

/** Is this a date, as far as it can be seen here? Words for dates differ from words for amounts. */
function isDate(expression: unknown, speaker: Speaker): boolean {
  if (typeof expression !== 'object' || expression === null) return false;
  const [name = ''] = Object.keys(expression);
  const argument = (expression as Record<string, unknown>)[name];
  if (name === 'asOf' || name === 'date' || name === 'dateAdd') return true;
  if (name === 'var') return typeof argument === 'string' && questionOf(argument, speaker)?.type === 'date';
  if (name === 'param') return speaker.programme.parameters.some(({ id, unit }) => id === argument && unit === 'date');
  return name === 'computed' && speaker.programme.computed.some(({ id, type }) => id === argument && type === 'date');
}

function quote(text: string, words: Words): string {
  return fill(words['quoted'], { 1: text });
}

/** A parameter with its latest value, so that it can be compared with the notice. */
const sayParameter: Say = (argument, speaker) => {
  const parameter = speaker.programme.parameters.find(({ id }) => id === argument);
  if (parameter === undefined) return quote(String(argument), speaker.words);
  const title = quote(sentence(parameter.title, speaker.language), speaker.words);
  const value = parameter.values.at(-1)?.value;
  const kinds = { cents: 'money', count: 'number', percent: 'percent', date: 'date', text: 'text', list: 'list' } as const;
  if (value === undefined || (Array.isArray(value) && (value.length === 0 || value.length > 12))) return title;
  return fill(speaker.words['valued'], { 1: title, 2: writeValue(value, { kind: kinds[parameter.unit], language: speaker.language }) });
};

function questionOf(path: string, { scope, findings, questions }: Speaker): Question | undefined {
  const [head = '', ...rest] = path.split('.');
  const shape = scope.get(head) ?? (head === ITEM_NAME ? undefined : head);
  const index = findings.get(head);
  if (index !== undefined) return findQuestion(index, rest.join('.'))?.question;
  return shape === undefined ? undefined : findQuestion(questions, [shape, ...rest].join('.'))?.question;
}

function sayTitle(list: (programme: Programme) => readonly { readonly id: string; readonly title: Text }[]): Say {
  return (argument, { programme, language, words }) => {
    const found = list(programme).find(({ id }) => id === argument);
    return quote(found === undefined ? String(argument) : sentence(found.title, language), words);
  };
}

function sayWrapped(name: string, say: Say): Say {
  return (argument, speaker) => fill(speaker.words[name], { 1: say(argument, speaker), source: sourceOf(argument, speaker) });
}

function sourceOf(argument: unknown, { programme }: Speaker): string {
  return programme.facts.find(({ id }) => id === argument)?.source ?? '';
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function sayWalk(name: string): Say {
  return (argument, speaker) => {
    const element = String(own(argument, 'as'));
    const path = own(own(argument, 'of'), 'var');
    const [head = '', ...rest] = typeof path === 'string' ? path.split('.') : [];
    const shape = [speaker.scope.get(head) ?? head, ...rest].join('.');
    const inner = { ...speaker, scope: new Map([...speaker.scope, [element, shape]]) };
    const where = own(argument, 'where');
    const words = name === 'sum' && where !== undefined ? 'sumWhere' : name;
    return fill(speaker.words[words], { name: element, of: speak(own(argument, 'of'), speaker), where: where === undefined ? '' : speak(where, inner), value: speak(own(argument, 'value') ?? '', inner) });
  };
}

const sayList: Say = (argument, speaker) => (Array.isArray(argument) && argument.length > 0 ? argument.map((value: Value) => sayLiteral(value, speaker, 'number')).join(', ') : (speaker.words['nothing'] ?? ''));

const sayDivision: Say = (argument, speaker) => {
  const [of = '', by = ''] = sayParts([own(argument, 'of'), own(argument, 'by')], speaker);
  return fill(speaker.words['divRound'], { 1: of, 2: by, rounding: speaker.words[String(own(argument, 'rounding'))] ?? '' });
};

const sayDateAdd: Say = (argument, speaker) =>
  fill(speaker.words['dateAdd'], { 1: speak(own(argument, 'to'), speaker), 2: speak(own(argument, 'amount'), speaker), unit: speaker.words[String(own(argument, 'unit'))] ?? '' });

const sayLookup: Say = (argument, speaker) => {
  const key = own(argument, 'key');
  const columns = typeof key === 'object' && key !== null ? Object.values(key) : [];
  return fill(speaker.words['lookup'], { table: tableTitle(argument, speaker), key: columns.map((part: unknown) => speak(part, speaker)).join(', ') });
};

const sayBand: Say = (argument, speaker) => fill(speaker.words['band'], { table: tableTitle(argument, speaker), 1: speak(own(argument, 'of'), speaker) });

function tableTitle(argument: unknown, { programme, language }: Speaker): string {
  const table = programme.tables.find(({ id }) => id === own(argument, 'table'));
  return table === undefined ? String(own(argument, 'table')) : sentence(table.title, language);
}

/** Operators that are more than their words around their operands. */
const SAYINGS: ReadonlyMap<string, Say> = new Map<string, Say>([
  ['var', sayPath],
  ['known', sayWrapped('known', (argument, speaker) => sayPath(argument, { ...speaker, words: { ...speaker.words, yes: '{1}' } }))],
  ['param', sayParameter],
  ['not', sayNot],
  ['computed', sayTitle(({ computed }) => computed)],
  ['fact', sayWrapped('fact', sayTitle(({ facts }) => facts))],
  ['document', sayWrapped('document', sayTitle(({ documents }) => documents))],
  ['date', (argument, speaker) => sayLiteral(argument as Value, speaker, 'date')],
  ['asOf', (_, { words }) => words['asOf'] ?? ''],
  ['list', sayList],
  ['and', sayJoined('and')],
  ['or', sayJoined('or')],
  ['+', sayJoined('+')],
  ['*', sayJoined('*')],
  ['divRound', sayDivision],
  ['dateAdd', sayDateAdd],
  ['lookup', sayLookup],
  ['band', sayBand],
  ...['some', 'all', 'none', 'count', 'sum'].map((name): [string, Say] => [name, sayWalk(name)]),
]);
