import type { Compiler, Node, Operator } from '../compiler.js';
import { compile, compileAll } from '../compiler.js';
import type { Result } from '../unknown.js';
import { NOT_APPLICABLE, Unknown, fault, hull, isNotApplicable, join, withBounds } from '../unknown.js';

/** A condition's result, or a fault when it is no condition. */
function truth(result: Result): boolean | Unknown {
  return typeof result === 'boolean' || result instanceof Unknown ? result : fault('conditionNotBoolean');
}

/**
 * Kleene's "and" and "or": `decisive` settles them whatever is unknown; what is not applicable is left out.
 * All operands not applicable: so is the whole.
 */
function compileJunction(argument: unknown, { compiler, decisive }: { compiler: Compiler; decisive: boolean }): Node {
  const nodes = compileAll(argument, compiler);
  return (run) => {
    let unknown: Unknown | undefined;
    let isApplicable = false;
    for (const node of nodes) {
      const result = truth(node(run));
      if (result === decisive) return decisive;
      if (typeof result === 'boolean') isApplicable = true;
      else if (result.because !== 'notApplicable') unknown = unknown === undefined ? result : join(unknown, result);
    }
    return unknown ?? (isApplicable ? !decisive : NOT_APPLICABLE);
  };
}

function compileNot(argument: unknown, compiler: Compiler): Node {
  const node = compile(argument, compiler);
  return (run) => {
    const result = truth(node(run));
    return typeof result === 'boolean' ? !result : result;
  };
}

/** A condition that is not applicable does not hold: "otherwise" applies. Unknown: what both ways have in common. */
function compileIf(argument: unknown, compiler: Compiler): Node {
  const [condition, then, otherwise] = compileAll(argument, compiler);
  if (condition === undefined || then === undefined || otherwise === undefined) return () => fault('expressionMalformed');
  return (run) => {
    const result = truth(condition(run));
    if (result === true) return then(run);
    if (result === false || result.because === 'notApplicable') return otherwise(run);
    return common(result, [then(run), otherwise(run)]);
  };
}

/** What is sure of a value that is one of two. */
export function common(unknown: Unknown, [left, right]: readonly [Result, Result]): Result {
  if (left === right) return left;
  let joined = unknown;
  for (const way of [left, right]) if (way instanceof Unknown && !isNotApplicable(way)) joined = join(joined, way);
  return withBounds(joined, hull([left, right]));
}

export const LOGIC_OPERATORS: readonly Operator[] = [
  { name: 'and', compile: (argument, compiler) => compileJunction(argument, { compiler, decisive: false }) },
  { name: 'or', compile: (argument, compiler) => compileJunction(argument, { compiler, decisive: true }) },
  { name: 'not', compile: compileNot },
  { name: 'if', compile: compileIf },
];
