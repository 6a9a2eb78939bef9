import type { Parameter, Programme, Table } from '#definitions/types/programme.js';
import { indexFindings, indexForm } from './question-index.js';
import type { QuestionIndex } from './question-index.js';
import type { Run } from './run.js';
import type { Value } from './situation.js';
import type { Result } from './unknown.js';
import { fault } from './unknown.js';

/** A compiled expression. Total: it returns a value or an Unknown, and never throws. */
export type Node = (run: Run) => Result;

/** One operator of the language: a line in a family's list. */
export interface Operator {
  readonly name: string;
  compile(argument: unknown, compiler: Compiler): Node;
}

/** Where an element stands while it is looked at. Emptied afterwards, so that nothing of a case stays in a programme. */
export interface Cell {
  value: Value | undefined;
  /** Path of the list, and the element's place in it. */
  list: string;
  position: number;
}

/** A name that an expression may use for an element: its cell, and the shape path of its list when known. */
export interface ScopeName {
  readonly cell: Cell;
  readonly shape: string | undefined;
  /** The list stands at one fixed path, so that paths of its elements may be kept by their position. */
  readonly isFixed: boolean;
}

/** What compiling needs to know of the programme; built once per version. */
export interface ProgrammeIndex {
  readonly questions: QuestionIndex;
  readonly findings: ReadonlyMap<string, QuestionIndex>;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly tables: ReadonlyMap<string, Table>;
  readonly facts: ReadonlySet<string>;
  readonly documents: ReadonlySet<string>;
  readonly computed: ReadonlyMap<string, number>;
  readonly operators: ReadonlyMap<string, Operator>;
  /** Filled after compiling, because computed values and conditions may be read before they are compiled. */
  readonly computedNodes: Node[];
  readonly conditionNodes: Map<string, Node>;
  readonly conditionCells: Map<string, Cell>;
}

export interface Compiler {
  readonly index: ProgrammeIndex;
  readonly scope: ReadonlyMap<string, ScopeName>;
  readonly depth: number;
}

/** Expressions nested deeper are refused by the check; here they are a fault, so that compiling always ends. */
export const EXPRESSION_DEPTH_MAX = 32;

export function compile(expression: unknown, compiler: Compiler): Node {
  if (typeof expression === 'boolean' || typeof expression === 'string') return () => expression;
  if (typeof expression === 'number') return Number.isSafeInteger(expression) ? () => expression : faulty('numberNotWhole');
  if (typeof expression !== 'object' || expression === null || Array.isArray(expression)) return faulty('expressionMalformed');
  if (compiler.depth >= EXPRESSION_DEPTH_MAX) return faulty('expressionTooDeep');
  const names = Object.keys(expression);
  const [name] = names;
  const operator = name === undefined || names.length > 1 ? undefined : compiler.index.operators.get(name);
  if (name === undefined || operator === undefined) return faulty('operatorUnknown');
  return operator.compile((expression as Record<string, unknown>)[name], { ...compiler, depth: compiler.depth + 1 });
}

export function compileAll(argument: unknown, compiler: Compiler): readonly Node[] {
  return Array.isArray(argument) ? argument.map((part) => compile(part, compiler)) : [faulty('expressionMalformed')];
}

/** The two operands of a binary operator. */
export function compilePair(argument: unknown, compiler: Compiler): readonly [Node, Node] {
  if (!Array.isArray(argument) || argument.length !== 2) return [faulty('expressionMalformed'), faulty('expressionMalformed')];
  return [compile(argument[0], compiler), compile(argument[1], compiler)];
}

export function withScope(compiler: Compiler, name: string, given: Omit<ScopeName, 'cell'>): { compiler: Compiler; cell: Cell } {
  const cell: Cell = { value: undefined, list: '', position: 0 };
  return { cell, compiler: { ...compiler, scope: new Map([...compiler.scope, [name, { ...given, cell }]]) } };
}

/** Puts the element at a path (`household.2`) into a cell. */
export function enterElement(cell: Cell, path: string, value: Value | undefined): void {
  const dot = path.lastIndexOf('.');
  cell.value = value;
  cell.list = path.slice(0, Math.max(0, dot));
  cell.position = Number(path.slice(dot + 1));
}

export function pathOfElement({ list, position }: Cell): string {
  return `${list}.${position}`;
}

export function faulty(code: string): Node {
  const result = fault(code);
  return () => result;
}

/** An argument's own property; prototypes are never reached. */
export function part(argument: unknown, name: string): unknown {
  return typeof argument === 'object' && argument !== null && Object.hasOwn(argument, name) ? (argument as Record<string, unknown>)[name] : undefined;
}

export function createIndex(programme: Programme, operators: readonly Operator[]): ProgrammeIndex {
  return {
    questions: indexForm(programme),
    findings: indexFindings(programme),
    parameters: new Map(programme.parameters.map((parameter) => [parameter.id, parameter])),
    tables: new Map(programme.tables.map((table) => [table.id, table])),
    facts: new Set(programme.facts.map((fact) => fact.id)),
    documents: new Set(programme.documents.map((document) => document.id)),
    computed: new Map(programme.computed.map((computed, position) => [computed.id, position])),
    operators: new Map(operators.map((operator) => [operator.name, operator])),
    computedNodes: [],
    conditionNodes: new Map(),
    conditionCells: new Map(),
  };
}
