import type { Compiler, Node, Operators } from '#definitions/language/compiler.js';
import { compile } from '#definitions/language/compiler.js';
import { OPERATORS } from '#definitions/language/operators/operators.js';
import { findQuestion } from '#definitions/language/question-index.js';
import { readOwn } from '#definitions/language/reading.js';
import { Unknown, boundsOf, isNotApplicable, withBounds } from '#definitions/language/unknown.js';
import type { Question } from '#definitions/types/programme.js';

interface Range {
  readonly least: number;
  readonly most: number;
}

type Narrow = (argument: unknown, compiler: Compiler) => Range | undefined;

/** Nobody who applies is older. */
const AGE_MAX = 130;

const NARROWING: { readonly [operator: string]: Narrow | undefined } = {
  var: (argument, compiler) => boundsOfAnswer(questionAt(argument, compiler)),
  length: (argument, compiler) => sizeOf(questionAt(readOwn(argument, 'var'), compiler)),
  count: (argument, compiler) => fromNone(sizeOf(questionAt(readOwn(readOwn(argument, 'of'), 'var'), compiler))),
  sum: boundsOfSum,
  ageAt: () => ({ least: -Infinity, most: AGE_MAX }),
};

/**
 * The language as the check reads it before anybody answers: an answer lies within its question's bounds, as every valid
 * one will, and a list has as many elements as the form lets it have. Only here: whoever decides reads what is there.
 */
export const BOUNDED_OPERATORS: Operators = Object.fromEntries(
  Object.entries(OPERATORS).map(([name, operator]) => {
    const narrow = NARROWING[name];
    return [name, narrow === undefined ? operator : (argument, compiler) => narrowed(operator(argument, compiler), narrow(argument, compiler))];
  }),
);

/** What is not known yet is at least known to lie there. */
function narrowed(node: Node, range: Range | undefined): Node {
  if (range === undefined) return node;
  return (run) => {
    const result = node(run);
    if (!(result instanceof Unknown) || isNotApplicable(result) || result.because === 'fault') return result;
    return withBounds(result, { least: Math.max(result.least, range.least), most: Math.min(result.most, range.most), mayVanish: result.mayVanish });
  };
}

/** The question of a path that is no element's: elements are not there before anybody answers. */
function questionAt(path: unknown, { index, scope }: Compiler): Question | undefined {
  if (typeof path !== 'string') return undefined;
  const [head = '', ...rest] = path.split('.');
  if (scope.has(head)) return undefined;
  const findings = index.findings.get(head);
  return (findings === undefined ? findQuestion(index.questions, path) : findQuestion(findings, rest.join('.')))?.question;
}

function boundsOfAnswer(question: Question | undefined): Range | undefined {
  return question === undefined || (question.type !== 'number' && question.type !== 'money') ? undefined : { least: question.min ?? -Infinity, most: question.max ?? Infinity };
}

function sizeOf(question: Question | undefined): Range | undefined {
  if (question?.type !== 'repeat' && question?.type !== 'choices') return undefined;
  return { least: question.itemsMin ?? 0, most: question.itemsMax ?? question.options?.length ?? Infinity };
}

/** A condition may leave every element out. */
function fromNone(size: Range | undefined): Range | undefined {
  return size === undefined ? undefined : { ...size, least: 0 };
}

/** Of amounts that are written down, or asked of each element within bounds. */
function boundsOfSum(argument: unknown, compiler: Compiler): Range | undefined {
  const list = readOwn(readOwn(argument, 'of'), 'var');
  const size = sizeOf(questionAt(list, compiler));
  const value = readOwn(argument, 'value');
  const path = readOwn(value, 'var');
  const element = typeof path === 'string' && typeof list === 'string' ? questionAt([list, ...path.split('.').slice(1)].join('.'), compiler) : undefined;
  const each = typeof value === 'number' ? { least: value, most: value } : boundsOfAnswer(element);
  if (size === undefined || each === undefined) return undefined;
  return { least: each.least < 0 ? size.most * each.least : 0, most: each.most > 0 ? size.most * each.most : 0 };
}

/** Which way a comparison of numbers comes out whenever it is asked, or undefined. */
export function settledComparison(expression: unknown, compiler: Compiler): Node | undefined {
  const [name = '', argument] = typeof expression === 'object' && expression !== null ? (Object.entries(expression)[0] ?? []) : [];
  const settles = SETTLES[name];
  if (settles === undefined || !Array.isArray(argument)) return undefined;
  const [left, right] = argument.map((each: unknown) => compile(each, compiler));
  const node = compile(expression, compiler);
  return (run) => {
    const result = node(run);
    if (!(result instanceof Unknown) || result.because === 'fault' || isNotApplicable(result) || left === undefined || right === undefined) return result;
    return settles(boundsOf(left(run)), boundsOf(right(run))) ?? result;
  };
}

const SETTLES: { readonly [name: string]: (left: Range, right: Range) => boolean | undefined } = {
  '<': (left, right) => (left.most < right.least ? true : left.least >= right.most ? false : undefined),
  '<=': (left, right) => (left.most <= right.least ? true : left.least > right.most ? false : undefined),
  '>': (left, right) => (right.most < left.least ? true : right.least >= left.most ? false : undefined),
  '>=': (left, right) => (right.most <= left.least ? true : right.least > left.most ? false : undefined),
  '==': (left, right) => (left.most < right.least || left.least > right.most ? false : undefined),
  '!=': (left, right) => (left.most < right.least || left.least > right.most ? true : undefined),
};
