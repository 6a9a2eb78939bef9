import type { ProgrammeIndex } from './compiler.js';
import { readOwn } from './reading.js';
import type { Run } from './run.js';
import type { Value } from './situation.js';
import { isNotApplicable } from './unknown.js';
import { isWaiting, whyUnasked } from './visibility.js';

/** Every path that is settled as not asked, in the order of the form; `orWaiting`: or that waits for an answer not given. */
export function collectHidden(run: Run, { index, orWaiting }: { readonly index: ProgrammeIndex; readonly orWaiting: boolean }): ReadonlySet<string> {
  const hidden = new Set<string>();
  for (const entry of index.questions.values()) {
    if (entry.conditions.length === 0) continue;
    for (const path of entry.group === '' ? [entry.question.id] : pathsOf(run.answers, { group: entry.group, id: entry.question.id })) {
      const reason = whyUnasked(run, { index, entry, path });
      if (reason !== null && (isNotApplicable(reason) || (orWaiting && isWaiting(run, { index, entry, path })))) hidden.add(path);
    }
  }
  return hidden;
}

/** The paths of a question of a group: one for every element of the groups around it. */
function pathsOf(answers: Value, { group, id }: { group: string; id: string }): readonly string[] {
  let places: { readonly path: string; readonly value: Value | undefined }[] = [{ path: '', value: answers }];
  for (const name of group.split('.')) {
    places = places.flatMap(({ path, value }) => {
      const list = readOwn(value, name);
      const below = path === '' ? name : `${path}.${name}`;
      return Array.isArray(list) ? list.map((element: Value, position) => ({ path: `${below}.${position}`, value: element })) : [];
    });
  }
  return places.map(({ path }) => (path === '' ? id : `${path}.${id}`));
}
