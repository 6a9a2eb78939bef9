import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Programme, Question } from '#definitions/types/programme.js';
import type { Localised } from '#definitions/types/wire.js';
import { IDENTITY_KINDS } from '#forms/fields/identity.js';
import { LONG_TEXT_LENGTH_MAX } from '#forms/fields/long-text.js';
import { TEXT_LENGTH_MAX } from '#forms/fields/text.js';
import { packageRoot } from '#engine/settings/package-root.js';

type Texts = Readonly<Record<string, string>>;
type Params = Readonly<Record<string, string>>;

const [el, en] = (['el', 'en'] as const).map((language) => JSON.parse(readFileSync(join(packageRoot(), 'engine/api/problems/expected', `${language}.json`), 'utf8')) as Texts) as [Texts, Texts];

const LIST_LENGTH_MAX = 600;
const TEXT_LENGTHS = { text: TEXT_LENGTH_MAX, longText: LONG_TEXT_LENGTH_MAX } as const;
/** They stand in the form and hold no answer. */
const UNANSWERED: readonly Question['type'][] = ['information', 'computed'];

export interface ExpectedAnswer {
  readonly expected: Localised;
  readonly fix: Localised;
}

/**
 * What the API takes at this place: the form in which an answer is kept, for whoever writes a client. The sentences of
 * the form tell people how to type it, which here would be wrong: the API coerces nothing.
 */
export function expectedAnswer(programme: Programme, pointer: string): ExpectedAnswer {
  const segments = pointer.split('/').slice(1).map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  const { key, params } = placeOf(programme.form.pages.flatMap(({ questions }) => questions), segments);
  const expected = both(key, (texts) => Object.fromEntries(Object.entries(params).map(([name, value]) => [name, name === 'range' ? fill(texts[`range.${value}`] ?? '', params) : value])));
  const fix = both(key === 'fields' ? 'fix.remove' : 'fix.send', (texts) => ({ expected: texts === el ? expected.el : expected.en }));
  return { expected, fix };
}

interface Place {
  readonly key: string;
  readonly params: Params;
}

function placeOf(questions: readonly Question[], [id, ...rest]: readonly string[]): Place {
  if (id === undefined) return { key: 'answers', params: {} };
  const question = questions.find((candidate) => candidate.id === id && !UNANSWERED.includes(candidate.type));
  if (!question) return { key: 'fields', params: { names: namesOf(questions) } };
  const [part, ...deeper] = rest;
  if (question.type === 'repeat') return deeper.length > 0 ? placeOf(question.items ?? [], deeper) : { key: 'repeat', params: { names: namesOf(question.items ?? []) } };
  if (question.type === 'address' && part !== undefined && Object.hasOwn(en, `address.${part}`)) return { key: `address.${part}`, params: {} };
  return { key: question.type, params: paramsOf(question) };
}

function paramsOf({ type, options = [], min, max, lengthMax }: Question): Params {
  switch (type) {
    case 'text':
    case 'longText':
      return { length: String(lengthMax ?? TEXT_LENGTHS[type]) };
    case 'choice':
    case 'choices':
      return { values: list(options.map(({ value }) => value)) };
    case 'identity':
      return { kinds: list(IDENTITY_KINDS) };
    case 'number':
    case 'money': {
      const range = min !== undefined && max !== undefined ? 'both' : min !== undefined ? 'min' : max !== undefined ? 'max' : '';
      return { range, ...(min === undefined ? {} : { min: String(min) }), ...(max === undefined ? {} : { max: String(max) }) };
    }
    default:
      return {};
  }
}

function namesOf(questions: readonly Question[]): string {
  return list(questions.filter(({ type }) => !UNANSWERED.includes(type)).map(({ id }) => id));
}

function list(values: readonly string[]): string {
  const text = values.join(', ');
  return text.length <= LIST_LENGTH_MAX ? text : `${text.slice(0, text.lastIndexOf(',', LIST_LENGTH_MAX))}, …`;
}

function both(key: string, paramsIn: (texts: Texts) => Params): Localised {
  return { el: fill(el[key] ?? '', paramsIn(el)), en: fill(en[key] ?? '', paramsIn(en)) };
}

function fill(text: string, params: Params): string {
  return text.replace(/\{([a-z]+)\}/g, (_whole, name: string) => params[name] ?? '');
}
