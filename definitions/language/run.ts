import type { Answers, DocumentStatus, Situation, Value } from './situation.js';
import type { Result } from './unknown.js';

/** What an evaluation read, besides answers (which are told by their path). */
export type ReadSource =
  | string
  | { readonly param: string; readonly from: string }
  | { readonly fact: string }
  | { readonly document: string }
  | { readonly computed: string }
  | { readonly table: string; readonly row: number };

/** One evaluation of one situation: the only mutable thing of the language, and it never leaves it. */
export interface Run {
  readonly answers: Answers;
  readonly facts: { readonly [factId: string]: Value };
  readonly findings: { readonly [stepId: string]: Answers };
  readonly documents: { readonly [documentId: string]: DocumentStatus };
  readonly hidden: ReadonlySet<string> | undefined;
  readonly isFiled: boolean;
  readonly assumesBounds: boolean;
  readonly asOf: string;
  /** Source, value, source, value…: flat, because it is written for every reading; valid up to `readCount`. */
  reads: unknown[];
  readCount: number;
  /** Computed values of this run by position; `null` while one is being computed. */
  readonly computed: (Result | null | undefined)[];
  readonly computedReads: (unknown[] | undefined)[];
  /** Visibility by answer path, and by page. */
  visibility: Map<string, Result | null> | undefined;
  steps: number;
}

/** Elements that one run may visit; a definition within its caps stays far below. */
export const STEPS_MAX = 200_000;

export const NOTHING: { readonly [name: string]: never } = Object.freeze({});

/** A run that is kept goes on: it was of the same situation, so what it has worked out still holds. */
export function startRun(situation: Situation | Run): Run {
  const kept = situation as Run;
  if (kept.reads as unknown[] | undefined) {
    kept.readCount = 0;
    kept.steps = 0;
    return kept;
  }
  return {
    answers: isRecord(situation.answers) ? situation.answers : NOTHING,
    facts: situation.facts ?? NOTHING,
    findings: situation.findings ?? NOTHING,
    documents: situation.documents ?? NOTHING,
    hidden: situation.hidden === undefined || situation.hidden.size === 0 ? undefined : situation.hidden,
    isFiled: situation.isFiled === true,
    assumesBounds: situation.assumesBounds === true,
    asOf: situation.asOf,
    // Room for what most conditions read: growing it step by step costs an eighth of an evaluation.
    reads: new Array<unknown>(64),
    readCount: 0,
    computed: [],
    computedReads: [],
    visibility: undefined,
    steps: 0,
  };
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function tellRead(run: Run, source: ReadSource, value: Value): void {
  run.reads[run.readCount] = source;
  run.reads[run.readCount + 1] = value;
  run.readCount += 2;
}

/** Runs without leaving a trace: what a condition of the form or a fallback reads is not what the rule read. */
export function withoutTrace(run: Run, node: (run: Run) => Result): Result {
  const { readCount } = run;
  const result = node(run);
  run.readCount = readCount;
  return result;
}
