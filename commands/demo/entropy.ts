/** Numbers that follow from a text alone: the same seed gives the same demo people on every machine. */
export interface Entropy {
  /** A whole number from 0 to `below` − 1. */
  below(below: number): number;
  /** One of them. @throws RangeError when there is none. */
  pick<Item>(items: readonly Item[]): Item;
  /** True `perMille` times in a thousand. */
  chance(perMille: number): boolean;
}

/** A stream for `seed`; not for secrets, and never for a draw that people must be able to check. */
export function entropyOf(seed: string): Entropy {
  let state = foldText(seed);
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  const below = (bound: number): number => Math.floor((next() / 0x1_0000_0000) * bound);
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    chance: (perMille) => below(1000) < perMille,
  };
}

/** FNV-1a over UTF-16 units. */
function foldText(text: string): number {
  let hash = 0x811c9dc5;
  for (let position = 0; position < text.length; position += 1) hash = Math.imul(hash ^ text.charCodeAt(position), 0x01000193);
  return hash >>> 0;
}
