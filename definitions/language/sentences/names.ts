import type { Parameter, ParameterValue, Programme, Question, Text } from '#definitions/types/programme.js';
import type { Value } from '../situation.js';
import { sentence, writeValue } from '../wording.js';
import { fill, questionOf } from './speaker.js';
import type { Speaker, SpokenLanguage } from './speaker.js';

/** In the quotes of the language; quotes inside become inner ones, so that a reader sees where the name ends. */
export function quote(text: string, { words }: Pick<Speaker, 'words'>): string {
  const inner = text.replaceAll(/[«“]/g, '‘').replaceAll(/[»”]/g, '’');
  return fill(words['quoted'], { 1: inner });
}

/** An answer by its label; two things of one name are told apart by their id, which `isFull` shows in any case. */
export function namePath(path: string, speaker: Speaker, isFull = false): string {
  const question = questionOf(path, speaker);
  if (question === undefined) return quote(path, speaker);
  const [head = '', ...rest] = path.split('.');
  // An element that is no group of answers has only the name that it was given.
  if (speaker.scope.has(head) && rest.length === 0) return quote(isFull || isSharedName(head, speaker) ? `${head} [${head}]` : head, speaker);
  const label = labelOf(question, speaker);
  const end = rest.at(-1) ?? head;
  const part = end === question.id ? '' : ` (${speaker.words[`part.${end}`] ?? end})`;
  if (speaker.scope.has(head) && rest.length > 0) {
    const siblings = [...speaker.questions.values()].filter(({ group }) => group === speaker.scope.get(head));
    const same = siblings.filter(({ question: sibling }) => labelOf(sibling, speaker) === label).length;
    return quote(`${head === 'item' ? (speaker.words['item'] ?? head) : head}: ${label}${part}${isFull || same > 1 ? ` [${rest.join('.')}]` : ''}`, speaker);
  }
  return quote(`${label}${part}${isFull || isSharedName(label, speaker) ? ` [${path}]` : ''}`, speaker);
}

/** A declared thing by its title; an answer, a parameter and a computed value may share even their id. */
export function nameDeclared(thing: Programme['parameters'][number] | Programme['computed'][number], speaker: Speaker, isFull = false): string {
  const words = sentence(thing.title, speaker.language);
  return quote(isFull || isSharedName(words, speaker) ? `${words} [${speaker.words['unit' in thing ? 'noun.parameter' : 'noun.computed'] ?? ''} ${thing.id}]` : words, speaker);
}

/** Where only things of one kind are named: facts, papers, tables. */
export function nameAmong(list: readonly { readonly id: string; readonly title: Text }[], id: unknown, speaker: Speaker): string {
  const found = list.find((thing) => thing.id === id);
  if (found === undefined) return quote(String(id), speaker);
  const words = sentence(found.title, speaker.language);
  return quote(list.some((thing) => thing !== found && sentence(thing.title, speaker.language) === words) ? `${words} [${found.id}]` : words, speaker);
}

export function nameOption(value: unknown, options: NonNullable<Question['options']>, speaker: Speaker): string {
  const option = options.find((candidate) => candidate.value === value);
  if (option === undefined) return nameText(String(value), speaker);
  const label = sentence(option.label, speaker.language);
  return quote(options.some((other) => other !== option && sentence(other.label, speaker.language) === label) ? `${label} [${option.value}]` : label, speaker);
}

/** Words that are compared as they stand. */
export function nameText(text: string, speaker: Speaker): string {
  return fill(speaker.words['text'], { 1: quote(text, speaker) });
}

/** A parameter with its latest value, so that it can be compared with the notice. Beside a choice its values are options. */
export function nameParameter(id: unknown, speaker: Speaker, options?: Question['options']): string {
  const parameter = speaker.programme.parameters.find((candidate) => candidate.id === id);
  if (parameter === undefined) return quote(String(id), speaker);
  const title = nameDeclared(parameter, speaker);
  const value = parameter.values.at(-1)?.value;
  if (value === undefined || (Array.isArray(value) && (value.length === 0 || value.length > 12))) return title;
  const labels = namesOfOptions(value, options, speaker);
  return fill(speaker.words['valued'], { 1: title, 2: labels ?? writeParameter(value, { unit: parameter.unit, language: speaker.language, ...currencyOf(speaker) }) });
}

/** The labels of a list of options, when every one is an option of this choice. */
function namesOfOptions(values: ParameterValue['value'], options: Question['options'], speaker: Speaker): string | undefined {
  if (!Array.isArray(values) || values.length === 0 || options === undefined || !values.every((value) => options.some((option) => option.value === value))) return undefined;
  return values.map((value) => nameOption(value, options, speaker)).join(', ');
}

/** The same of the first choice of the form that offers all of them. */
export function namesOfAnyOptions(values: ParameterValue['value'], speaker: Speaker): string | undefined {
  return optionsAsked(speaker).map((options) => namesOfOptions(values, options, speaker)).find((found) => found !== undefined);
}

/** The options of every choice that is asked, in the form and in findings. */
export function optionsAsked({ questions, findings }: Pick<Speaker, 'questions' | 'findings'>): readonly Question['options'][] {
  return [questions, ...findings.values()].flatMap((index) => [...index.values()].map(({ question }) => question.options)).filter((options) => options !== undefined);
}

const KINDS = { cents: 'money', count: 'number', percent: 'percent', date: 'date', text: 'text', list: 'list' } as const;

/** A number of four digits may be a year: it is written without a point. */
export function writeParameter(value: ParameterValue['value'], { unit, language, currency }: { readonly unit: Parameter['unit']; readonly language: SpokenLanguage; readonly currency?: string }): string {
  if (unit === 'count' && typeof value === 'number' && value >= 1000 && value < 10_000) return String(value);
  return writeValue(value as Value, { kind: KINDS[unit], language, ...(currency === undefined ? {} : { currency }) });
}

export function currencyOf({ programme }: Pick<Speaker, 'programme'>): { readonly currency?: string } {
  return programme.currency === undefined ? {} : { currency: programme.currency };
}

function labelOf(question: Question, { language }: Speaker): string {
  return sentence(question.label, language);
}

/** Is it asked as a question, with its mark? Then its label is not the name of a thing. */
export function asksDirectly(path: string, speaker: Speaker): boolean {
  const question = questionOf(path, speaker);
  return question !== undefined && /[;?]$/.test(labelOf(question, speaker));
}

/** Is this the name of more than one answer, finding, parameter or computed value? */
function isSharedName(name: string, speaker: Speaker): boolean {
  const { programme, questions, findings, language } = speaker;
  const labels = [...questions.values(), ...[...findings.values()].flatMap((index) => [...index.values()])].filter(({ group }) => group === '').map(({ question }) => labelOf(question, speaker));
  const titles = [...programme.parameters, ...programme.computed].map(({ title }) => sentence(title, language));
  return [...labels, ...titles].filter((each) => each === name).length > 1;
}
