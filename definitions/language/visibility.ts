import type { Compiler, Node, ProgrammeIndex } from './compiler.js';
import { compile, withScope } from './compiler.js';
import type { QuestionEntry, VisibilityCondition } from './question-index.js';
import { ITEM_NAME } from './question-index.js';
import type { Run } from './run.js';
import { readOwn } from './reading.js';
import type { Value } from './situation.js';
import type { Result } from './unknown.js';
import { NOT_APPLICABLE, Unknown, VANISHING, fault, withBounds } from './unknown.js';

/** Compiles the conditions of pages and questions; each stands in the scope of its element. */
export function compileConditions(index: ProgrammeIndex, compiler: Compiler): void {
  for (const entry of index.questions.values()) {
    for (const condition of entry.conditions) {
      if (index.conditionNodes.has(condition.id)) continue;
      const scoped = condition.group === '' ? { compiler, slot: -1 } : withScope(compiler, ITEM_NAME, condition.group);
      index.conditionSlots.set(condition.id, scoped.slot);
      index.conditionNodes.set(condition.id, compile(condition.expression, scoped.compiler));
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
    const result = conditionOf(run, { ...asked, condition });
    if (result === true) continue;
    if (result === false || (result instanceof Unknown && result.because === 'notApplicable')) return NOT_APPLICABLE;
    unsettled ??= result instanceof Unknown ? withBounds(result, VANISHING) : fault('conditionNotBoolean');
  }
  return unsettled;
}

function conditionOf(run: Run, { index, condition, path }: { index: ProgrammeIndex; condition: VisibilityCondition; path: string }): Result {
  const element = condition.group === '' ? '' : elementPath(path, condition.group);
  const key = `${condition.id}|${element}`;
  const done = run.visibility.get(key);
  if (done !== undefined) return done ?? fault('visibilityCircular');
  run.visibility.set(key, null);
  const result = evaluateCondition(run, { index, condition, element });
  run.visibility.set(key, result);
  return result;
}

/** What a condition reads is not what the rule read: its trace is kept apart. */
function evaluateCondition(run: Run, { index, condition, element }: { index: ProgrammeIndex; condition: VisibilityCondition; element: string }): Result {
  const node = index.conditionNodes.get(condition.id);
  if (node === undefined) return true;
  const slot = index.conditionSlots.get(condition.id) ?? -1;
  if (slot < 0) return withoutTrace(run, node);
  const [value, path] = [run.elements[slot], run.elementPaths[slot]];
  run.elements[slot] = valueAt(run.answers, element);
  run.elementPaths[slot] = element;
  const result = withoutTrace(run, node);
  run.elements[slot] = value ?? null;
  run.elementPaths[slot] = path ?? '';
  return result;
}

function withoutTrace(run: Run, node: Node): Result {
  const reads = run.reads;
  run.reads = [];
  const result = node(run);
  run.reads = reads;
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
