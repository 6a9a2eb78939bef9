/** Where a JSON pointer stands in a text: its line, from 1; the line of what holds it when the thing itself is not there. */
export function lineOf(text: string, pointer: string): number {
  const wanted = pointer.split('/').slice(1).map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  const at = findPlace(text, wanted);
  return text.slice(0, at).split('\n').length;
}

interface Level {
  readonly isList: boolean;
  /** Which element, or under which name. */
  key: number | string;
}

/** Offset of the deepest value on the way to `wanted`. The text is JSON: it was read before. */
function findPlace(text: string, wanted: readonly string[]): number {
  const levels: Level[] = [];
  let [best, depth, name] = [0, -1, ''];
  const isOnTheWay = (): boolean => levels.length <= wanted.length && levels.every(({ key }, level) => String(key) === wanted[level]);
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const top = levels.at(-1);
    if (token === ':') {
      if (top !== undefined) top.key = name;
      continue;
    }
    if (token === ',') {
      if (top?.isList === true) top.key = Number(top.key) + 1;
      continue;
    }
    if (token === '}' || token === ']') {
      levels.pop();
      continue;
    }
    const isName = token.startsWith('"') && /^\s*:/.test(text.slice(index + token.length, index + token.length + 20));
    if (isName) {
      name = JSON.parse(token) as string;
      continue;
    }
    if (levels.length > depth && isOnTheWay()) [best, depth] = [index, levels.length];
    if (token === '{' || token === '[') levels.push({ isList: token === '[', key: token === '[' ? 0 : '' });
  }
  return best;
}
