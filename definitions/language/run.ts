import type { Situation, Value } from './situation.js';
import type { Result } from './unknown.js';

/** A compiled expression. Total: it returns a value or an Unknown, and never throws. */
export type Node = (run: Run) => Result;

/** Where an element stands while it is looked at. Emptied afterwards, so that nothing of a case stays in a programme. */
export interface Cell {
  value: Value | undefined;
  /** Path of the list, and the element's place in it. */
  list: string;
  /** It is always the same list, so that its elements' paths may be kept. */
  readonly isFixed: boolean;
  position: number;
}

/** What an evaluation read, besides answers (which are told by their path). */
export type ReadSource =
  | string
  | { readonly param: string; readonly from: string }
  | { readonly fact: string }
  | { readonly document: string }
  | { readonly computed: string }
  | { readonly table: string; readonly row: number };

/** What is worked out once a run, and what was read for it. */
interface Settled {
  readonly result: Result;
  readonly reads: readonly unknown[];
}

/** One evaluation of one situation: the only mutable thing of the language, and it never leaves it. */
export interface Run {
  readonly situation: Situation;
  readonly hidden: ReadonlySet<string> | undefined;
  /** Source, value, source, value…: flat, because it is written for every reading; valid up to `readCount`. */
  readonly reads: unknown[];
  readCount: number;
  /** Computed values by their node, conditions of the form by their name; `undefined` while one is being worked out. */
  settled: Map<unknown, Settled | undefined> | undefined;
  steps: number;
}

/** Elements that one run may visit; a definition within its caps stays far below. */
export const STEPS_MAX = 200_000;

/** A run that is kept goes on: it was of the same situation, so what it has worked out still holds. */
export function startRun(situation: Situation | Run): Run {
  if ('reads' in situation) {
    situation.readCount = situation.steps = 0;
    return situation;
  }
  const { hidden } = situation;
  // Room for what most conditions read: growing it step by step costs an eighth of an evaluation.
  return { situation, hidden: hidden?.size ? hidden : undefined, reads: new Array<unknown>(64), readCount: 0, settled: undefined, steps: 0 };
}

export function tellRead(run: Run, source: ReadSource, value: Value): void {
  run.reads[run.readCount] = source;
  run.reads[run.readCount + 1] = value;
  run.readCount += 2;
}

/** Runs without leaving a trace: what a condition of the form or a fallback reads is not what the rule read. */
export function withoutTrace(run: Run, node: Node): Result {
  const { readCount } = run;
  const result = node(run);
  run.readCount = readCount;
  return result;
}

/** Worked out once a run, without leaving a trace. Asked for while it is being worked out, there is nothing: a circle. */
export function once(run: Run, key: unknown, node: Node): Settled | undefined {
  const settled = (run.settled ??= new Map());
  if (!settled.has(key)) {
    settled.set(key, undefined);
    const { readCount } = run;
    const result = node(run);
    settled.set(key, { result, reads: run.reads.slice(readCount, run.readCount) });
    run.readCount = readCount;
  }
  return settled.get(key);
}
