import type { Programme } from '#definitions/types/programme.js';
import type { QuestionEntry, QuestionIndex } from './question-index.js';
import { findQuestion, indexForm } from './question-index.js';
import { isRecord, readOwn } from './reading.js';
import type { Cell, Node } from './run.js';
import type { Result } from './unknown.js';
import { fault } from './unknown.js';

export type { Node } from './run.js';

/** A word of the language: what it means with this argument. Total: where it means nothing, the node is a fault. */
export type Operator = (argument: unknown, compiler: Compiler) => Node;

/** A vocabulary, or a family of it: a word a line. */
export interface Operators {
  readonly [name: string]: Operator;
}

/** A name that an expression may use for an element: its cell, and the shape path of its list when known. */
export interface ScopeName {
  readonly cell: Cell;
  readonly shape: string | undefined;
}

/** What compiling needs to know of the programme; built once per version. */
export interface ProgrammeIndex {
  readonly programme: Programme;
  readonly operators: Operators;
  readonly questions: QuestionIndex;
  /** Of each step that assesses; none where a form is filled in. */
  readonly findings: ReadonlyMap<string, QuestionIndex>;
  /** By id; filled after compiling, because computed values may be read before they are compiled. */
  readonly computed: Map<string, Node>;
}

export interface Compiler {
  readonly index: ProgrammeIndex;
  readonly scope: ReadonlyMap<string, ScopeName>;
  readonly depth: number;
}

/** Expressions nested deeper are refused by the check; here they are a fault, so that compiling always ends. */
export const EXPRESSION_DEPTH_MAX = 32;

export const MALFORMED = faulty('expressionMalformed');

export function compile(expression: unknown, compiler: Compiler): Node {
  if (typeof expression === 'boolean' || typeof expression === 'string') return () => expression;
  if (typeof expression === 'number') return Number.isSafeInteger(expression) ? () => expression : faulty('numberNotWhole');
  if (!isRecord(expression)) return MALFORMED;
  if (compiler.depth >= EXPRESSION_DEPTH_MAX) return faulty('expressionTooDeep');
  // Of several names together none is an operator.
  const name = Object.keys(expression).join();
  const operator = readOwn(compiler.index.operators, name) as Operator | undefined;
  return operator === undefined ? faulty('operatorUnknown') : operator(expression[name], { ...compiler, depth: compiler.depth + 1 });
}

export function compileAll(argument: unknown, compiler: Compiler): readonly Node[] {
  return Array.isArray(argument) ? argument.map((part) => compile(part, compiler)) : [MALFORMED];
}

/** A word with one operand. */
export function ofOne(work: (operand: Result) => Result): Operator {
  return (argument, compiler) => {
    const operand = compile(argument, compiler);
    return (run) => work(operand(run));
  };
}

export function compilePair(argument: unknown, compiler: Compiler): readonly [Node, Node] {
  const nodes = compileAll(argument, compiler);
  return nodes.length === 2 ? (nodes as [Node, Node]) : [MALFORMED, MALFORMED];
}

/** A word with two operands. */
export function ofTwo(work: (left: Result, right: Result) => Result): Operator {
  return (argument, compiler) => {
    const [left, right] = compilePair(argument, compiler);
    return (run) => work(left(run), right(run));
  };
}

export function faulty(code: string): Node {
  const result = fault(code);
  return () => result;
}

export function withScope(compiler: Compiler, name: string, { shape, list = '' }: { readonly shape: string | undefined; readonly list?: string | undefined }): { readonly compiler: Compiler; readonly cell: Cell } {
  const cell: Cell = { value: undefined, list, isFixed: list !== '', position: 0 };
  return { cell, compiler: { ...compiler, scope: new Map([...compiler.scope, [name, { cell, shape }]]) } };
}

/** Where a path leads: from an element that stands in a cell, or from the top. */
export interface Target {
  readonly cell: Cell | undefined;
  /** What is followed from there. */
  readonly names: readonly string[];
  readonly shape: string | undefined;
  readonly entry: QuestionEntry | undefined;
  readonly isFinding: boolean;
  /** The path as it stands in this run: the name of an element becomes that element's path. */
  readonly path: () => string;
}

export function targetOf(written: string, { index, scope }: Compiler): Target {
  const [head = '', ...rest] = written.split('.');
  const named = scope.get(head);
  const findings = named === undefined ? index.findings.get(head) : undefined;
  const shape = named === undefined ? written : named.shape && [named.shape, ...rest].join('.');
  const entry = findings === undefined ? findQuestion(index.questions, shape ?? '') : findQuestion(findings, rest.join('.'));
  const cell = named?.cell;
  const path = (): string => (cell === undefined ? written : `${cell.list}.${cell.position}${written.slice(head.length)}`);
  return { cell, names: named === undefined ? [head, ...rest] : rest, shape, entry, isFinding: findings !== undefined, path };
}

export function createIndex(programme: Programme, operators: Operators, findings: ProgrammeIndex['findings']): ProgrammeIndex {
  return { programme, operators, questions: indexForm(programme), findings, computed: new Map() };
}
