import type { Programme } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';

/** A document without its misshapen elements, so that one mistake does not hide the others. */
export interface Pruned {
  readonly programme: Programme;
  /** Ids that were taken out; nobody is told that they are missing. */
  readonly damaged: ReadonlySet<string>;
}

/** Takes out the innermost list element (or unknown property) that each finding stands in. */
export function prune(document: unknown, found: readonly Draft[]): Pruned {
  const copy = JSON.parse(JSON.stringify(document)) as unknown;
  const damaged = new Set<string>();
  for (const { code, pointer } of found) collectIds(valueAt(copy, elementOf(code, segmentsOf(pointer)) ?? []), damaged);
  const places = found.map(({ code, pointer }) => elementOf(code, segmentsOf(pointer))).filter((place) => place !== undefined);
  const byPosition = (left: readonly string[], right: readonly string[]): number => Number(right.at(-1)) - Number(left.at(-1)) || right.length - left.length;
  const unique = [...new Map(places.map((place) => [place.join('/'), place])).values()];
  for (const place of unique.sort((left, right) => right.length - left.length || byPosition(left, right))) remove(copy, place);
  return { programme: copy as Programme, damaged };
}

function segmentsOf(pointer: string): readonly string[] {
  return pointer.split('/').slice(1).map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Inside an expression the whole expression's owner goes; a position among operands is no element of its own. */
function elementOf(code: Draft['code'], segments: readonly string[]): readonly string[] | undefined {
  if (code === 'shapeUnknown' && segments.length === 1) return segments;
  const owners = ['pages', 'questions', 'items', 'findings', 'options', 'documents', 'parameters', 'values', 'tables', 'facts', 'computed', 'rules', 'lines', 'steps', 'stages', 'messages', 'holidays', 'overlayable', 'parts', 'outcomes', 'remind', 'cases', 'sources', 'legalBasis', 'places', 'resources', 'appointments', 'walkIns', 'hours', 'closures', 'commodities', 'kits', 'allotments', 'contents', 'extras', 'rounds', 'figures', 'breakdowns', 'groups'];
  const optional = ['subject', 'calendar', 'stock', 'indicators'];
  for (let length = segments.length; length >= 2; length -= 1) {
    const isElement = /^\d+$/.test(segments[length - 1] ?? '') && owners.includes(segments[length - 2] ?? '');
    if (isElement && !(code === 'shapeItems' && length === segments.length)) return segments.slice(0, length);
  }
  // A part that a programme may do without goes as a whole.
  const [part] = segments;
  if (part !== undefined && optional.includes(part)) return [part];
  return undefined;
}

function valueAt(value: unknown, segments: readonly string[]): unknown {
  let found: unknown = value;
  for (const segment of segments) found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[segment] : undefined;
  return found;
}

/** Everything named inside what is taken out. */
function collectIds(value: unknown, ids: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const { id } = value as { readonly id?: unknown };
  if (typeof id === 'string') ids.add(id);
  for (const part of Object.values(value)) collectIds(part, ids);
}

function remove(value: unknown, segments: readonly string[]): void {
  const owner = valueAt(value, segments.slice(0, -1));
  const name = segments.at(-1) ?? '';
  if (Array.isArray(owner)) owner.splice(Number(name), 1);
  else if (typeof owner === 'object' && owner !== null) Reflect.deleteProperty(owner, name);
}
