import type { PreparedForm } from './prepared.js';
import { readOwn } from './reading.js';
import type { Run } from './run.js';
import { startRun } from './run.js';
import type { Situation } from './situation.js';
import { isNotApplicable } from './unknown.js';
import { isWaiting, whyUnasked } from './visibility.js';

/** Paths of a form, in its order. */
export interface Unasked {
  /** Settled as not asked. */
  readonly hidden: ReadonlySet<string>;
  /** Those, and the ones that wait for an answer not given. */
  readonly unasked: ReadonlySet<string>;
}

/**
 * The answer paths that are not asked: pages, questions and whole repeated groups by their id, questions of an element by
 * `household.0.pregnant`. A question whose condition is still unknown is not among the hidden ones; it is unasked when it
 * waits for an answer.
 */
export function unaskedPaths({ compiler }: PreparedForm, situation: Situation | Run): Unasked {
  const run = startRun(situation);
  const [hidden, unasked] = [new Set<string>(), new Set<string>()];
  for (const entry of compiler.index.questions.values()) {
    // Mostly nothing speaks against a question, whatever the element it stands in: then no element need be looked at.
    if (entry.conditions.every(({ group }) => !group) && !whyUnasked(run, entry, entry.shape)) continue;
    for (const path of pathsOf(run.situation.answers, entry.shape.split('.'))) {
      const reason = whyUnasked(run, entry, path);
      if (!reason) continue;
      if (isNotApplicable(reason)) hidden.add(path);
      if (hidden.has(path) || isWaiting(run, entry, path)) unasked.add(path);
    }
  }
  return { hidden, unasked };
}

/** The paths of a question of a group: one for every element of the groups around it. */
function pathsOf(answers: unknown, [name = '', ...inner]: readonly string[]): readonly string[] {
  if (inner.length === 0) return [name];
  const list = readOwn(answers, name);
  return Array.isArray(list) ? list.flatMap((element: unknown, position) => pathsOf(element, inner).map((path) => `${name}.${position}.${path}`)) : [];
}
