import type { ProgrammeIndex } from './compiler.js';
import { readOwn } from './reading.js';
import type { Run } from './run.js';
import { isNotApplicable } from './unknown.js';
import { isWaiting, whyUnasked } from './visibility.js';

/** Every path that is settled as not asked, in the order of the form; `orWaiting`: or that waits for an answer not given. */
export function collectHidden(run: Run, { questions }: ProgrammeIndex, orWaiting: boolean): ReadonlySet<string> {
  const hidden = new Set<string>();
  for (const entry of questions.values()) {
    if (entry.conditions.length === 0) continue;
    for (const path of pathsOf(run.situation.answers, entry.shape.split('.'))) {
      const reason = whyUnasked(run, entry, path);
      if (reason !== undefined && (isNotApplicable(reason) || (orWaiting && isWaiting(run, entry, path)))) hidden.add(path);
    }
  }
  return hidden;
}

/** The paths of a question of a group: one for every element of the groups around it. */
function pathsOf(answers: unknown, [name = '', ...inner]: readonly string[]): readonly string[] {
  if (inner.length === 0) return [name];
  const list = readOwn(answers, name);
  return Array.isArray(list) ? list.flatMap((element: unknown, position) => pathsOf(element, inner).map((path) => `${name}.${position}.${path}`)) : [];
}
