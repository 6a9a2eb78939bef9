import type { ParameterValue } from '#definitions/types/programme.js';
import type { Cell, Compiler, Node, Operator, ScopeName } from '../compiler.js';
import { faulty, pathOfElement } from '../compiler.js';
import { parseDate } from '../dates.js';
import type { QuestionEntry } from '../question-index.js';
import { findQuestion } from '../question-index.js';
import { isRefused, isUnanswered, readOwn } from '../reading.js';
import type { ReadSource, Run } from '../run.js';
import { tellRead } from '../run.js';
import type { Value } from '../situation.js';
import type { Result } from '../unknown.js';
import { NOT_APPLICABLE, Unknown, VANISHING, fault } from '../unknown.js';
import { whyUnasked } from '../visibility.js';

/** Where a `var` path leads. */
interface Target {
  readonly find: (run: Run) => Value | undefined;
  readonly path: (run: Run) => string;
  readonly entry: QuestionEntry | undefined;
  readonly isFinding: boolean;
}

function targetOf(path: string, { index, scope }: Compiler): Target {
  const [head = '', ...rest] = path.split('.');
  const named = scope.get(head);
  if (named !== undefined) return elementTarget(named, { rest, index });
  const findings = index.findings.get(head);
  const root = findings === undefined ? (run: Run) => run.answers : (run: Run) => run.findings;
  const entry = findings === undefined ? findQuestion(index.questions, path) : findQuestion(findings, rest.join('.'));
  const find = findings === undefined && rest.length === 0 && isPlain([path]) ? (run: Run) => run.answers[path] : finder(root, [head, ...rest]);
  return { find, path: () => path, entry, isFinding: findings !== undefined };
}

function elementTarget({ cell, shape, isFixed }: ScopeName, { rest, index }: { rest: readonly string[]; index: Compiler['index'] }): Target {
  const entry = shape === undefined ? undefined : findQuestion(index.questions, [shape, ...rest].join('.'));
  const tail = rest.length === 0 ? '' : `.${rest.join('.')}`;
  const paths: string[] = [];
  const write = (): string => pathOfElement(cell) + tail;
  const [name = ''] = rest;
  const find = isPlain(rest) ? () => (typeof cell.value === 'object' && cell.value !== null ? (cell.value as { readonly [name: string]: Value })[name] : undefined) : finder(() => cell.value, rest);
  return { find, path: isFixed ? () => (paths[cell.position] ??= write()) : write, entry, isFinding: false };
}

/** A name that no prototype has needs no question whose property it is. */
function isPlain(names: readonly string[]): boolean {
  return names.length === 1 && names.every((name) => !(name in Object.prototype) && !(name in Array.prototype));
}

/** Follows own properties. */
function finder(root: (run: Run) => Value | undefined, names: readonly string[]): (run: Run) => Value | undefined {
  return (run) => {
    let value = root(run);
    for (const each of names) value = readOwn(value, each);
    return value;
  };
}

/** Why this target has no usable answer, or undefined when `value` is one. */
function whyUnanswered(run: Run, { target, value }: { target: Target; value: Value | undefined }): Unknown | undefined {
  if (!isUnanswered(value)) return isRefused(value) ? new Unknown('refused', [target.path(run)], VANISHING) : undefined;
  const { entry, isFinding } = target;
  if (run.isFiled && !isFinding && entry?.isOptional === true) return NOT_APPLICABLE;
  const mayVanish = entry !== undefined && (entry.isOptional || entry.conditions.length > 0 || run.hidden !== undefined);
  const { min = -Infinity, max = Infinity } = (run.assumesBounds && entry?.question) || {};
  return new Unknown('missing', [target.path(run)], { least: min, most: max, mayVanish });
}

function compileVar(argument: unknown, compiler: Compiler): Node {
  if (typeof argument !== 'string' || argument === '') return faulty('expressionMalformed');
  const target = targetOf(argument, compiler);
  const { entry, find, path, isFinding } = target;
  const { index } = compiler;
  const isConditional = entry !== undefined && entry.conditions.length > 0;
  const read: Node = (run) => {
    if (!isFinding && (isConditional || run.hidden !== undefined)) {
      const unasked = whyUnasked(run, { index, entry, path: path(run) });
      if (unasked !== null) return unasked;
    }
    const value = find(run);
    const unanswered = whyUnanswered(run, { target, value });
    if (unanswered !== undefined) return unanswered;
    tellRead(run, path(run), readable(value as Value));
    return value as Value;
  };
  if (isConditional) return read;
  const [head = '', name = '', ...more] = argument.split('.');
  const named = compiler.scope.get(head);
  return named?.isFixed === true && more.length === 0 && isPlain([name]) ? quicklyOfElement(named.cell, { name, read, path }) : quickly(target, read);
}

/** The same for a field of an element, which is what most readings of a household are. */
function quicklyOfElement(cell: Cell, { name, read, path }: { name: string; read: Node; path: (run: Run) => string }): Node {
  const paths: string[] = [];
  return (run) => {
    const element = cell.value;
    if (run.hidden !== undefined || typeof element !== 'object' || element === null) return read(run);
    const value = (element as { readonly [name: string]: Value })[name];
    if (typeof value !== 'number' && typeof value !== 'boolean' && (typeof value !== 'string' || value === '')) return read(run);
    run.reads[run.readCount] = paths[cell.position] ??= path(run);
    run.reads[run.readCount + 1] = value;
    run.readCount += 2;
    return value;
  };
}

/** Most readings are of a plain answer that is there. */
function quickly({ find, path }: Target, read: Node): Node {
  return (run) => {
    if (run.hidden !== undefined) return read(run);
    const value = find(run);
    const isGroup = typeof value === 'object' && Array.isArray(value) && typeof value[0] === 'object';
    if (!isGroup && typeof value !== 'number' && typeof value !== 'boolean' && (typeof value !== 'string' || value === '')) return read(run);
    run.reads[run.readCount] = path(run);
    run.reads[run.readCount + 1] = isGroup ? value.length : value;
    run.readCount += 2;
    return value;
  };
}

/** Of a repeated group only its size is told; its elements tell themselves when read. */
function readable(value: Value): Value {
  return Array.isArray(value) && value.some((element) => typeof element === 'object') ? value.length : value;
}

/** True when answered; false when it will never be (hidden, refused, left empty in a filed application); else unknown. */
function compileKnown(argument: unknown, compiler: Compiler): Node {
  const read = compileVar(argument, compiler);
  return (run) => {
    const result = read(run);
    if (!(result instanceof Unknown)) return true;
    return result.because === 'notApplicable' || result.because === 'refused' ? false : result;
  };
}

/** The value in force: of the latest date that is not after `asOf`. */
function compileParam(argument: unknown, { index }: Compiler): Node {
  const parameter = typeof argument === 'string' ? index.parameters.get(argument) : undefined;
  if (parameter === undefined) return faulty('parameterUnknown');
  const values = [...parameter.values].sort((left, right) => (left.from < right.from ? -1 : 1));
  const sources = values.map((value) => ({ param: parameter.id, from: value.from }));
  return (run) => {
    const position = positionInForce(values, run.asOf);
    const value = values[position]?.value;
    if (value === undefined) return fault('parameterNotInForce');
    tellRead(run, sources[position] as ReadSource, value);
    return value;
  };
}

function positionInForce(values: readonly ParameterValue[], asOf: string): number {
  let position = values.length - 1;
  while (position >= 0 && (values[position]?.from ?? '') > asOf) position -= 1;
  return position;
}

function compileComputed(argument: unknown, { index }: Compiler): Node {
  const position = typeof argument === 'string' ? index.computed.get(argument) : undefined;
  if (position === undefined) return faulty('computedUnknown');
  const source = { computed: argument as string };
  return (run) => {
    const result = computedAt(run, { nodes: index.computedNodes, position });
    if (!(result instanceof Unknown)) tellRead(run, source, result);
    return result;
  };
}

/** Each computed value once a run; whoever reads it also inherits what it read. */
export function computedAt(run: Run, { nodes, position }: { nodes: readonly Node[]; position: number }): Result {
  const done = run.computed[position];
  if (done === null) return fault('computedCircular');
  if (done !== undefined) {
    const inherited = run.computedReads[position];
    for (const read of inherited ?? []) run.reads[run.readCount++] = read;
    return done;
  }
  run.computed[position] = null;
  const start = run.readCount;
  const result = nodes[position]?.(run) ?? fault('computedUnknown');
  run.computed[position] = result;
  run.computedReads[position] = run.reads.slice(start, run.readCount);
  return result;
}

function compileAsOf(argument: unknown): Node {
  return argument === true ? (run) => run.asOf : faulty('expressionMalformed');
}

function compileDate(argument: unknown): Node {
  return typeof argument === 'string' && parseDate(argument) !== null ? () => argument : faulty('dateMalformed');
}

function compileList(argument: unknown): Node {
  if (!Array.isArray(argument)) return faulty('expressionMalformed');
  const list = argument as readonly Value[];
  return () => list;
}

export const READING_OPERATORS: readonly Operator[] = [
  { name: 'var', compile: compileVar },
  { name: 'known', compile: compileKnown },
  { name: 'computed', compile: compileComputed },
  { name: 'param', compile: compileParam },
  { name: 'asOf', compile: compileAsOf },
  { name: 'date', compile: compileDate },
  { name: 'list', compile: compileList },
];
