import { expect, test } from 'vitest';
import { readSources } from './sources.js';

/** Groups of files that reach one another; a file alone is not one. Tarjan's algorithm, without recursion limits in sight at this size. */
function findCircles(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, { index: number; low: number; isOpen: boolean }>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (name: string): void => {
    const mark = { index: order.size, low: order.size, isOpen: true };
    order.set(name, mark);
    stack.push(name);
    for (const next of graph.get(name) ?? []) {
      const known = order.get(next);
      if (!known) {
        visit(next);
        mark.low = Math.min(mark.low, order.get(next)?.low ?? mark.low);
      } else if (known.isOpen) mark.low = Math.min(mark.low, known.index);
    }
    if (mark.low !== mark.index) return;
    const group: string[] = [];
    for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
      const memberMark = order.get(member);
      if (memberMark) memberMark.isOpen = false;
      group.push(member);
      if (member === name) break;
    }
    if (group.length > 1) circles.push(group.sort());
  };
  for (const name of graph.keys()) if (!order.has(name)) visit(name);
  return circles;
}

test('no files import one another in a circle, not even their types', () => {
  const graph = new Map(readSources().map(({ path, imports }) => [path, imports.flatMap(({ file }) => (file === null ? [] : [file]))]));
  expect(graph.size).toBeGreaterThan(50);
  expect(findCircles(graph)).toEqual([]);
});

test('a circle would be found', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', []],
  ]);
  expect(findCircles(graph)).toEqual([['a', 'b', 'c']]);
});
