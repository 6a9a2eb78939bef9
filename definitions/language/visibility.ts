import type { Compiler } from './compiler.js';
import { compile, withScope } from './compiler.js';
import type { Asks, QuestionEntry, VisibilityCondition } from './question-index.js';
import { ITEM_NAME, parentOf } from './question-index.js';
import { readOwn } from './reading.js';
import type { Run } from './run.js';
import { once } from './run.js';
import type { Value } from './situation.js';
import type { Result } from './unknown.js';
import { NOT_APPLICABLE, Unknown, VANISHING, fault, isNotApplicable, truth, withBounds } from './unknown.js';

const CIRCULAR = fault('visibilityCircular');

/** Compiles the conditions of pages and questions; each stands in the scope of its element. */
export function compileConditions(compiler: Compiler): void {
  for (const { conditions } of compiler.index.questions.values()) for (const condition of conditions) condition.asks ??= compileCondition(condition, compiler);
}

function compileCondition({ id, expression, group }: VisibilityCondition, compiler: Compiler): Asks {
  if (group === '') {
    const node = compile(expression, compiler);
    return (run) => once(run, node, node)?.result ?? CIRCULAR;
  }
  const { cell, compiler: inner } = withScope(compiler, ITEM_NAME, { shape: group });
  const node = compile(expression, inner);
  const segmentsCount = group.split('.').length * 2;
  return (run, path) => {
    const element = path.split('.').slice(0, segmentsCount);
    const inElement = (): Result => {
      const outer = { ...cell };
      cell.value = element.reduce<unknown>(valueAt, run.situation.answers) as Value | undefined;
      cell.position = Number(element.pop());
      cell.list = element.join('.');
      const result = node(run);
      Object.assign(cell, outer);
      return result;
    };
    return once(run, `${id} ${element.join('.')}`, inElement)?.result ?? CIRCULAR;
  };
}

function valueAt(value: unknown, segment: string): unknown {
  return Array.isArray(value) ? (value[Number(segment)] as unknown) : readOwn(value, segment);
}

/**
 * Is the question at this path asked? undefined: yes. Otherwise the reason why its answer must not be used: not applicable,
 * or *not yet settled*, for an answer whose question may still disappear could decide too early.
 */
export function whyUnasked(run: Run, entry: QuestionEntry | undefined, path: string): Unknown | undefined {
  for (let part = path; run.hidden !== undefined && part !== ''; part = parentOf(part)) if (run.hidden.has(part)) return NOT_APPLICABLE;
  let unsettled: Unknown | undefined;
  for (const { asks } of entry?.conditions ?? []) {
    const result = truth(asks?.(run, path) ?? true);
    if (result === false || isNotApplicable(result)) return NOT_APPLICABLE;
    if (result !== true) unsettled ??= withBounds(result, VANISHING);
  }
  return unsettled;
}

/** Does one of the question's conditions wait for an answer that has not been given? */
export function isWaiting(run: Run, { conditions }: QuestionEntry, path: string): boolean {
  return conditions.some(({ asks }) => {
    const result = asks?.(run, path);
    return result instanceof Unknown && result.because === 'missing';
  });
}
