import type { Compiler, Operator, Operators } from '../compiler.js';
import { MALFORMED, compileAll, ofOne } from '../compiler.js';
import type { Node } from '../run.js';
import type { Result } from '../unknown.js';
import { NOT_APPLICABLE, Unknown, hull, isNotApplicable, join, truth, withBounds } from '../unknown.js';

/**
 * Kleene's "and" and "or": `decisive` settles them whatever is unknown; what is not applicable is left out.
 * All operands not applicable: so is the whole.
 */
function junction(decisive: boolean): Operator {
  return (argument, compiler) => {
    const nodes = compileAll(argument, compiler);
    return (run) => {
      let unknown: Unknown | undefined;
      let isApplicable = false;
      for (const node of nodes) {
        const result = truth(node(run));
        if (result === decisive) return decisive;
        if (typeof result === 'boolean') isApplicable = true;
        else if (!isNotApplicable(result)) unknown = join(unknown, result);
      }
      return unknown ?? (isApplicable ? !decisive : NOT_APPLICABLE);
    };
  };
}

/** A condition that is not applicable does not hold: "otherwise" applies. Unknown: what both ways have in common. */
function compileIf(argument: unknown, compiler: Compiler): Node {
  const [condition, then, otherwise] = compileAll(argument, compiler);
  if (condition === undefined || then === undefined || otherwise === undefined) return MALFORMED;
  return (run) => {
    const result = truth(condition(run));
    if (result === true) return then(run);
    return result === false || isNotApplicable(result) ? otherwise(run) : common(result, [then(run), otherwise(run)]);
  };
}

/** What is sure of a value that is one of two. */
function common(unknown: Unknown, ways: readonly [Result, Result]): Result {
  return ways[0] === ways[1] ? ways[0] : withBounds(ways.filter((way) => !isNotApplicable(way)).reduce<Unknown>(join, unknown), hull(ways));
}

export const LOGIC_OPERATORS: Operators = {
  and: junction(false),
  or: junction(true),
  not: ofOne((operand) => {
    const result = truth(operand);
    return result instanceof Unknown ? result : !result;
  }),
  if: compileIf,
};
