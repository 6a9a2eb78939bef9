import type { Compiler, ProgrammeIndex } from './compiler.js';
import { compile, enterElement, withScope } from './compiler.js';
import type { QuestionEntry, VisibilityCondition } from './question-index.js';
import { ITEM_NAME } from './question-index.js';
import type { Run } from './run.js';
import { withoutTrace } from './run.js';
import { readOwn } from './reading.js';
import type { Value } from './situation.js';
import type { Result } from './unknown.js';
import { NOT_APPLICABLE, Unknown, VANISHING, fault, withBounds } from './unknown.js';

/** Compiles the conditions of pages and questions; each stands in the scope of its element. */
export function compileConditions(index: ProgrammeIndex, compiler: Compiler): void {
  for (const entry of index.questions.values()) {
    for (const condition of entry.conditions) {
      if (index.conditionNodes.has(condition.id)) continue;
      const scoped = withScope(compiler, ITEM_NAME, { shape: condition.group, isFixed: false });
      if (condition.group !== '') index.conditionCells.set(condition.id, scoped.cell);
      index.conditionNodes.set(condition.id, compile(condition.expression, condition.group === '' ? compiler : scoped.compiler));
    }
  }
}

/**
 * Is the question at this path asked? null: yes. Otherwise the reason why its answer must not be used: not applicable,
 * or *not yet settled*, for an answer whose question may still disappear could decide too early.
 */
export function whyUnasked(run: Run, asked: { index: ProgrammeIndex; entry: QuestionEntry | undefined; path: string }): Unknown | null {
  if (run.hidden !== undefined && isHiddenByCaller(run.hidden, asked.path)) return NOT_APPLICABLE;
  let unsettled: Unknown | null = null;
  for (const condition of asked.entry?.conditions ?? []) {
    const result = conditionOf(run, condition, asked);
    if (result === true) continue;
    if (result === false || (result instanceof Unknown && result.because === 'notApplicable')) return NOT_APPLICABLE;
    unsettled ??= result instanceof Unknown ? withBounds(result, VANISHING) : fault('conditionNotBoolean');
  }
  return unsettled;
}

/** Does one of the question's conditions wait for an answer that has not been given? */
export function isWaiting(run: Run, asked: { index: ProgrammeIndex; entry: QuestionEntry; path: string }): boolean {
  return asked.entry.conditions.some((condition) => {
    const result = conditionOf(run, condition, asked);
    return result instanceof Unknown && result.because === 'missing';
  });
}

// eslint-disable-next-line max-params -- asked for every reading of a conditional question: no object is made for it.
function conditionOf(run: Run, condition: VisibilityCondition, { index, path }: { index: ProgrammeIndex; path: string }): Result {
  const element = condition.group === '' ? '' : elementPath(path, condition.group);
  const key = element === '' ? condition.id : `${condition.id}|${element}`;
  const settled = (run.visibility ??= new Map());
  const done = settled.get(key);
  if (done !== undefined) return done ?? fault('visibilityCircular');
  settled.set(key, null);
  const result = evaluateCondition(run, { index, condition, element });
  settled.set(key, result);
  return result;
}

function evaluateCondition(run: Run, { index, condition, element }: { index: ProgrammeIndex; condition: VisibilityCondition; element: string }): Result {
  const node = index.conditionNodes.get(condition.id);
  if (node === undefined) return true;
  const cell = index.conditionCells.get(condition.id);
  if (cell === undefined) return withoutTrace(run, node);
  const outer = { ...cell };
  enterElement(cell, element, valueAt(run.answers, element));
  const result = withoutTrace(run, node);
  Object.assign(cell, outer);
  return result;
}

/** The part of an answer path that names the element of a group: `household.2.cars.0.make`, `household` → `household.2`. */
function elementPath(path: string, group: string): string {
  const segments = path.split('.');
  return segments.slice(0, group.split('.').length * 2).join('.');
}

function valueAt(answers: Value, path: string): Value {
  let value: Value | undefined = answers;
  for (const segment of path.split('.')) value = Array.isArray(value) ? value[Number(segment)] : readOwn(value, segment);
  return value ?? null;
}

function isHiddenByCaller(hidden: ReadonlySet<string>, path: string): boolean {
  for (let part = path; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('.')))) {
    if (hidden.has(part)) return true;
  }
  return false;
}
