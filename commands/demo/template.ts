import { entropyOf } from './entropy.js';

/** What a demo application is filled from; a path that leads nowhere leaves its answer out. */
export type Sheet = Readonly<Record<string, unknown>>;

interface Filling {
  readonly sheet: Sheet;
  /** Of this application: its picks follow from it. */
  readonly seed: string;
}

/**
 * A JSON template filled from a sheet: `"$head.givenName"` is a path, `{"$pick": […]}` one of several,
 * `{"$by": "municipality", "of": {…}}` a choice by a path, `{"$each": "members", "of": …}` a list over elements.
 *
 * @returns undefined for what leads nowhere, and for an empty list of elements
 */
export function fillTemplate(template: unknown, filling: Filling): unknown {
  return fillAt(template, { ...filling, path: '' });
}

function fillAt(template: unknown, place: Filling & { readonly path: string }): unknown {
  if (typeof template === 'string') return template.startsWith('$') ? at(place.sheet, template.slice(1)) : template;
  if (Array.isArray(template)) return template.map((part, position) => fillAt(part, { ...place, path: `${place.path}/${position}` }));
  if (typeof template !== 'object' || template === null) return template;
  const { $pick, $by, $each, of } = template as { $pick?: readonly unknown[]; $by?: string; $each?: string; of?: unknown };
  if ($pick !== undefined) return fillAt(entropyOf(`${place.seed}${place.path}`).pick($pick), place);
  if ($by !== undefined) return fillAt((of as Sheet)[String(at(place.sheet, $by))], place);
  if ($each !== undefined) return fillEach(of, { ...place, elements: at(place.sheet, $each) });
  const filled = Object.entries(template).map(([name, part]) => [name, fillAt(part, { ...place, path: `${place.path}/${name}` })] as const);
  return Object.fromEntries(filled.filter(([, value]) => value !== undefined));
}

function fillEach(template: unknown, place: Filling & { readonly path: string; readonly elements: unknown }): unknown {
  if (!Array.isArray(place.elements) || place.elements.length === 0) return undefined;
  return place.elements.map((element: Sheet, position) => fillAt(template, { seed: place.seed, sheet: element, path: `${place.path}/${position}` }));
}

function at(sheet: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Sheet)[name] : undefined), sheet);
}
