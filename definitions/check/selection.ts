import type { Programme } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';

/** A batch programme chooses among its applications, a rolling one does not; the choice must end in a draw, by names that exist. */
export function findUnsoundSelection({ mode, selection, points, computed }: Programme, damaged: ReadonlySet<string>): readonly Draft[] {
  if (mode === 'rolling') return selection === undefined ? [] : [{ code: 'selectionStray', pointer: '/selection' }];
  if (selection === undefined) return damaged.has('selection') ? [] : [{ code: 'selectionMissing', pointer: '/mode' }];
  const drafts: Draft[] = [{ code: 'selectionNotRunnable', pointer: '/selection', params: { model: selection.model } }];
  const lines = new Set((points?.lines ?? []).map(({ id }) => id));
  const values = new Set(computed.map(({ id }) => id));
  selection.priority.forEach(({ by, name, id }, position) => {
    if (by !== 'line' && by !== 'computed') return;
    const isKnown = name !== undefined && ((by === 'line' ? lines : values).has(name) || damaged.has(name));
    if (!isKnown) drafts.push({ code: 'nameUnknown', pointer: below('/selection/priority', position), params: { noun: by, name: name ?? id } });
  });
  const last = selection.priority.length - 1;
  if (selection.priority[last]?.by !== 'draw') drafts.push({ code: 'selectionWithoutDraw', pointer: below('/selection/priority', last) });
  selection.windows.forEach(({ from, until }, position) => {
    if (until < from) drafts.push({ code: 'boundsCrossed', pointer: below('/selection/windows', position, 'until'), params: { min: from, max: until } });
  });
  return drafts;
}
