import type { Answers, DocumentStatus, Situation, Value } from './situation.js';
import type { Result } from './unknown.js';
import { fault } from './unknown.js';

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
  /** The elements that quantifiers and repeated groups name, by slot, and where they stand. */
  readonly elements: Value[];
  readonly elementPaths: string[];
  /** Source, value, source, value…: flat, because it is written for every reading. */
  reads: unknown[];
  /** Computed values of this run by position; `null` while one is being computed. */
  readonly computed: (Result | null | undefined)[];
  readonly computedReads: (unknown[] | undefined)[];
  /** Visibility by answer path, and by page. */
  readonly visibility: Map<string, Result | null>;
  steps: number;
}

/** Elements that one run may visit; a definition within its caps stays far below. */
export const STEPS_MAX = 200_000;

export const NOTHING: { readonly [name: string]: never } = Object.freeze({});

export function startRun(situation: Situation): Run {
  return {
    answers: situation.answers,
    facts: situation.facts ?? NOTHING,
    findings: situation.findings ?? NOTHING,
    documents: situation.documents ?? NOTHING,
    hidden: situation.hidden === undefined || situation.hidden.size === 0 ? undefined : situation.hidden,
    isFiled: situation.isFiled === true,
    assumesBounds: situation.assumesBounds === true,
    asOf: situation.asOf,
    elements: [],
    elementPaths: [],
    reads: [],
    computed: [],
    computedReads: [],
    visibility: new Map(),
    steps: 0,
  };
}

/** One step of the budget; a fault when it is spent. */
export function step(run: Run): Result | null {
  run.steps += 1;
  return run.steps > STEPS_MAX ? fault('budgetSpent') : null;
}
