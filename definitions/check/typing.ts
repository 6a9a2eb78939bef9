import type { Programme } from '#definitions/types/programme.js';
import { findQuestion, indexFindings, indexForm } from '#definitions/language/question-index.js';
import type { QuestionEntry, QuestionIndex } from '#definitions/language/question-index.js';
import type { Draft } from './finding.js';
import { ANY, BOOLEAN, DATE, MONEY, NUMBER, TEXT, WHOLE, fits, typeOfQuestion } from './type.js';
import type { Type } from './type.js';

/** The type of one operator's result, after typing its operands. */
export type OperatorType = (argument: unknown, typing: Typing, pointer: string) => Type;

/** What typing one expression may look at, and where it writes what it found. */
export interface Typing {
  readonly programme: Programme;
  readonly questions: QuestionIndex;
  readonly findings: ReadonlyMap<string, QuestionIndex>;
  readonly scope: ReadonlyMap<string, Type>;
  /** `question:<shape>`, `finding:<step>.<shape>`, `param:<id>`, … of all that any expression reads. */
  readonly reads: Set<string>;
  readonly found: Draft[];
  /** Names that pruning took out for their own findings: nobody is told that they are missing. */
  readonly damaged: ReadonlySet<string>;
  readonly openQuestions: ReadonlySet<string>;
  readonly operators: ReadonlyMap<string, OperatorType>;
}

export function createTyping(programme: Programme, { damaged, operators }: { damaged: ReadonlySet<string>; operators: ReadonlyMap<string, OperatorType> }): Typing {
  const open = programme.overlayable.filter(({ target }) => target.noun === 'question' && target.property === 'options').map(({ target }) => target.id ?? '');
  return {
    programme,
    questions: indexForm(programme),
    findings: indexFindings(programme),
    scope: new Map(),
    reads: new Set(),
    found: [],
    damaged,
    openQuestions: new Set(open),
    operators,
  };
}

/** The type that an expression gives; whatever is wrong inside is reported once and counts as any type outside. */
export function typeOf(expression: unknown, typing: Typing, pointer: string): Type {
  if (typeof expression === 'boolean') return BOOLEAN;
  if (typeof expression === 'number') return WHOLE;
  if (typeof expression === 'string') return { kind: 'literal', value: expression };
  if (typeof expression !== 'object' || expression === null) return ANY;
  const [name] = Object.keys(expression);
  const operator = name === undefined ? undefined : typing.operators.get(name);
  return name === undefined || operator === undefined ? ANY : operator((expression as Record<string, unknown>)[name], typing, `${pointer}/${name.replaceAll('/', '~1')}`);
}

/** Types an expression and reports when it does not fit. */
export function expect(expression: unknown, wanted: Type, { typing, pointer }: { typing: Typing; pointer: string }): Type {
  const found = typeOf(expression, typing, pointer);
  if (!fits(found, wanted)) report(typing, { code: 'typeMismatch', pointer, params: { found: found.kind, expected: wanted.kind } });
  return found;
}

export function report(typing: Typing, draft: Draft): void {
  typing.found.push(draft);
}

/** The type at the end of a `var` path. */
export function typeOfPath(path: string, typing: Typing, pointer: string): Type {
  const [head = '', ...rest] = path.split('.');
  const named = typing.scope.get(head);
  if (named !== undefined) return rest.length === 0 ? named : typeInside(named, { rest, typing, pointer, path });
  const findings = typing.findings.get(head);
  if (findings !== undefined) {
    typing.reads.add(`finding:${path}`);
    return isIntoList(findings, rest.join('.'), { typing, pointer, path }) ? ANY : typeAt(findings, { shape: rest.join('.'), typing, pointer, path });
  }
  return isIntoList(typing.questions, path, { typing, pointer, path }) ? ANY : typeAt(typing.questions, { shape: path, typing, pointer, path });
}

/** Only an element's name leads to what stands inside a repeated group. */
function isIntoList(index: QuestionIndex, shape: string, { typing, pointer, path }: { typing: Typing; pointer: string; path: string }): boolean {
  const group = findQuestion(index, shape)?.group ?? '';
  if (group !== '') report(typing, { code: 'pathIntoList', pointer, params: { path, list: group } });
  return group !== '';
}

function typeInside(named: Type, { rest, typing, pointer, path }: { rest: readonly string[]; typing: Typing; pointer: string; path: string }): Type {
  if (named.kind === 'element') return typeAt(named.index, { shape: [named.shape, ...rest].join('.'), typing, pointer, path });
  if (named.kind !== 'any') report(typing, { code: 'pathUnknown', pointer, params: { path } });
  return ANY;
}

function typeAt(index: QuestionIndex, { shape, typing, pointer, path }: { shape: string; typing: Typing; pointer: string; path: string }): Type {
  const entry = findQuestion(index, shape);
  if (entry === undefined || entry.question.type === 'information') return unknownPath(typing, { path, pointer });
  if (index === typing.questions) typing.reads.add(`question:${entry.shape}`);
  if (entry.shape === shape) return typeOfQuestion(entry, { index, isOpen: typing.openQuestions.has(entry.question.id) });
  return typeOfPart(entry, { shape, typing, pointer, path });
}

const ADDRESS_PARTS: readonly string[] = ['street', 'number', 'town', 'postcode'];

/** Parts of an address are texts; elements of a list are reached only by a quantifier. */
function typeOfPart(entry: QuestionEntry, { shape, typing, pointer, path }: { shape: string; typing: Typing; pointer: string; path: string }): Type {
  if (entry.question.type === 'repeat' || entry.question.type === 'identity') {
    report(typing, { code: 'pathIntoList', pointer, params: { path, list: entry.shape } });
    return ANY;
  }
  const part = shape.slice(entry.shape.length + 1);
  return entry.question.type === 'address' && ADDRESS_PARTS.includes(part) ? TEXT : unknownPath(typing, { path, pointer });
}

function unknownPath(typing: Typing, { path, pointer }: { path: string; pointer: string }): Type {
  const [head = ''] = path.split('.');
  if (!typing.damaged.has(head)) report(typing, { code: 'pathUnknown', pointer, params: { path } });
  return ANY;
}

const DECLARED: { readonly [type: string]: Type } = { money: MONEY, number: NUMBER, boolean: BOOLEAN, date: DATE, text: TEXT };

export function declaredType(type: string): Type {
  return DECLARED[type] ?? ANY;
}

export function typeOfParameter(id: string, { programme }: Typing): Type | undefined {
  const parameter = programme.parameters.find((candidate) => candidate.id === id);
  if (parameter === undefined) return undefined;
  const units = { cents: MONEY, count: NUMBER, percent: NUMBER, date: DATE, text: TEXT } as const;
  if (parameter.unit !== 'list') return units[parameter.unit];
  const first = parameter.values.map(({ value }) => (Array.isArray(value) ? value[0] : undefined)).find((value) => value !== undefined);
  return { kind: 'list', of: first === undefined ? ANY : typeof first === 'number' ? NUMBER : TEXT };
}

/** The named thing, or undefined after reporting that it is not declared. */
export function findDeclared<T extends { readonly id: string }>(list: readonly T[], id: unknown, { typing, pointer, noun }: { typing: Typing; pointer: string; noun: string }): T | undefined {
  const declared = list.find((candidate) => candidate.id === id);
  typing.reads.add(`${noun}:${String(id)}`);
  if (declared === undefined && typeof id === 'string' && !typing.damaged.has(id)) report(typing, { code: 'nameUnknown', pointer, params: { noun, name: id } });
  return declared;
}

export function withName(typing: Typing, name: unknown, { type, pointer }: { type: Type; pointer: string }): Typing {
  if (typeof name !== 'string') return typing;
  if (typing.scope.has(name) || typing.findings.has(name) || typing.questions.has(name)) report(typing, { code: 'nameTaken', pointer, params: { name } });
  return { ...typing, scope: new Map([...typing.scope, [name, type]]) };
}
