import type { Localised } from '#definitions/types/wire.js';

const PLACE = '{municipality}';

/** A copy in which every text names the municipality where it says `{municipality}`, in its own language. */
export function fillPlaces<Tree>(tree: Tree, municipalityName: Localised): Tree {
  return filled(tree, municipalityName) as Tree;
}

function filled(node: unknown, name: Localised): unknown {
  if (Array.isArray(node)) return node.map((each: unknown) => filled(each, name));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]: [string, unknown]) => [key, typeof value === 'string' && value.includes(PLACE) ? value.replaceAll(PLACE, name[key] ?? name.en) : filled(value, name)]),
  );
}
