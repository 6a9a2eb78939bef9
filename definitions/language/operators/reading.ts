import type { Operators } from '../compiler.js';
import { MALFORMED, faulty, ofOne, targetOf } from '../compiler.js';
import type { Compiler, ProgrammeIndex } from '../compiler.js';
import { parseDate } from '../dates.js';
import { isUnanswered, readOwn } from '../reading.js';
import type { Node, Run } from '../run.js';
import { once, tellRead } from '../run.js';
import type { Value } from '../situation.js';
import type { Result } from '../unknown.js';
import { NOT_APPLICABLE, UNBOUNDED, Unknown, VANISHING, fault } from '../unknown.js';
import { whyUnasked } from '../visibility.js';

function compileVar(argument: unknown, compiler: Compiler): Node {
  if (typeof argument !== 'string' || argument === '') return MALFORMED;
  const { cell, names, entry, isFinding, path } = targetOf(argument, compiler);
  const isConditional = entry !== undefined && entry.conditions.length > 0;
  const isOptional = entry?.question.optional === true;
  const [name = ''] = names;
  // A name that no prototype has needs no question whose property it is.
  const isFixed = cell?.isFixed;
  const paths: string[] = [];
  const isPlain = names.length === 1 && !(name in []);
  const whyUnusable = (run: Run, value: Value | undefined): Unknown | undefined => {
    if (!isUnanswered(value)) return readOwn(value, 'refused') === true ? new Unknown('refused', [path()], VANISHING) : undefined;
    if (isOptional && run.situation.isFiled === true && !isFinding) return NOT_APPLICABLE;
    return new Unknown('missing', [path()], isOptional || isConditional || (entry !== undefined && run.hidden !== undefined) ? VANISHING : UNBOUNDED);
  };
  return (run) => {
    if ((isConditional || run.hidden !== undefined) && !isFinding) {
      const unasked = whyUnasked(run, entry, path());
      if (unasked !== undefined) return unasked;
    }
    const root: unknown = cell !== undefined ? cell.value : isFinding ? run.situation.findings : run.situation.answers;
    const value = (isPlain ? (typeof root === 'object' && root !== null ? (root as { readonly [name: string]: Value })[name] : undefined) : names.reduce(readOwn, root)) as Value;
    let told = value;
    // Most answers are plain and there.
    if (typeof value !== 'number' && typeof value !== 'boolean' && (typeof value !== 'string' || value === '')) {
      const unusable = whyUnusable(run, value);
      if (unusable !== undefined) return unusable;
      // Of a repeated group only its size is told; its elements tell themselves when read.
      if (Array.isArray(value) && value.some((element) => typeof element === 'object')) told = value.length;
    }
    tellRead(run, cell === undefined ? argument : isFixed ? (paths[cell.position] ??= path()) : path(), told);
    return value;
  };
}

/** The value in force: of the latest date that is not after `asOf`. */
function compileParam(argument: unknown, { index: { programme } }: Compiler): Node {
  const parameter = programme.parameters.find(({ id }) => id === argument);
  if (parameter === undefined) return faulty('parameterUnknown');
  const values = parameter.values.map(({ from, value }) => ({ from, value, source: { param: parameter.id, from } })).sort((left, right) => (left.from < right.from ? 1 : -1));
  return (run) => {
    const inForce = values.find(({ from }) => from <= run.situation.asOf);
    if (inForce === undefined) return fault('parameterNotInForce');
    tellRead(run, inForce.source, inForce.value);
    return inForce.value;
  };
}

function compileComputed(argument: unknown, { index }: Compiler): Node {
  const source = { computed: argument as string };
  return (run) => {
    const result = computedAt(run, index, source.computed);
    if (!(result instanceof Unknown)) tellRead(run, source, result);
    return result;
  };
}

/** Each computed value once a run; whoever reads it also inherits what it read. */
export function computedAt(run: Run, { computed }: ProgrammeIndex, id: string): Result {
  const node = computed.get(id);
  if (node === undefined) return fault('computedUnknown');
  const settled = once(run, node, node);
  if (settled === undefined) return fault('computedCircular');
  for (const read of settled.reads) run.reads[run.readCount++] = read;
  return settled.result;
}

/** True when answered; false when it will never be (hidden, refused, left empty in a filed application); else unknown. */
const isKnown = ofOne((result) => !(result instanceof Unknown) || (result.because === 'notApplicable' || result.because === 'refused' ? false : result));

export const READING_OPERATORS: Operators = {
  var: compileVar,
  known: (argument, compiler) => isKnown({ var: argument }, compiler),
  computed: compileComputed,
  param: compileParam,
  asOf: (argument) => (argument === true ? (run) => run.situation.asOf : MALFORMED),
  date: (argument) => (parseDate(argument) === null ? faulty('dateMalformed') : () => argument as string),
  list: (argument) => (Array.isArray(argument) ? () => argument as readonly Value[] : MALFORMED),
};
