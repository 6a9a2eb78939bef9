import type { Programme, Question } from '#definitions/types/programme.js';
import { ITEM_NAME, findQuestion, indexFindings, indexForm } from '../question-index.js';
import type { QuestionIndex } from '../question-index.js';
import { EL_WORDS, EN_WORDS } from './words.js';
import type { Words } from './words.js';

/** The languages in which a rule is printed and read. */
export type SpokenLanguage = 'el' | 'en';

/** What saying or reading one expression may look at. */
export interface Speaker {
  readonly programme: Programme;
  readonly language: SpokenLanguage;
  readonly words: Words;
  readonly questions: QuestionIndex;
  readonly findings: ReadonlyMap<string, QuestionIndex>;
  /** Element names and the shape path of their list. */
  readonly scope: ReadonlyMap<string, string>;
}

/** `group`: shape path of the repeated group in whose element the expression stands, or "". */
export function createSpeaker(programme: Programme, { language, group = '' }: { readonly language: SpokenLanguage; readonly group?: string }): Speaker {
  const words = language === 'el' ? EL_WORDS : EN_WORDS;
  const scope = new Map(group === '' ? [] : [[ITEM_NAME, group]]);
  return { programme, language, words, questions: indexForm(programme), findings: indexFindings(programme), scope };
}

/** The speaker inside a quantifier that names each element of the list `of`. */
export function withElement(speaker: Speaker, { name, of }: { readonly name: string; readonly of: unknown }): Speaker {
  const path = own(of, 'var');
  const [head = '', ...rest] = typeof path === 'string' ? path.split('.') : [];
  return { ...speaker, scope: new Map([...speaker.scope, [name, [speaker.scope.get(head) ?? head, ...rest].join('.')]]) };
}

export function questionOf(path: string, { scope, findings, questions }: Speaker): Question | undefined {
  const [head = '', ...rest] = path.split('.');
  const index = findings.get(head);
  if (index !== undefined) return findQuestion(index, rest.join('.'))?.question;
  const shape = scope.get(head) ?? (head === ITEM_NAME ? undefined : head);
  return shape === undefined ? undefined : findQuestion(questions, [shape, ...rest].join('.'))?.question;
}

export function optionsOf(expression: unknown, speaker: Speaker): Question['options'] {
  const path = own(expression, 'var');
  return typeof path === 'string' ? questionOf(path, speaker)?.options : undefined;
}

export function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

/** The operator of an expression and its argument; a literal has none. */
export function operatorOf(expression: unknown): readonly [string, unknown] | null {
  if (typeof expression !== 'object' || expression === null) return null;
  return Object.entries(expression)[0] ?? null;
}

/** Words with `{1}` and the like filled in. */
export function fill(words: string | undefined, parts: { readonly [name: string]: string }): string {
  return (words ?? '').replace(/\{([a-z0-9]+)\}/g, (whole, name: string) => parts[name] ?? whole);
}
