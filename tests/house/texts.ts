import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '#engine/settings/package-root.js';
import { FLOORS, filesUnder, readJson } from './sources.js';

/** Sentences in both languages: a folder with el and en, as JSON or as a module. */
export interface Catalogue {
  readonly folder: string;
  readonly el: ReadonlyMap<string, string>;
  readonly en: ReadonlyMap<string, string>;
}

const GREEK_FILE = /\/(el|[a-z.-]+\.el)\.(ts|json)$/;

/** Every pair of el and en in the house, flattened: `findings.answer.missing` → sentence. */
export async function readCatalogues(): Promise<readonly Catalogue[]> {
  const greek = FLOORS.flatMap((floor) => filesUnder(floor, (path) => GREEK_FILE.test(path) && !path.startsWith('definitions/programmes/')));
  return Promise.all(
    greek.map(async (path) => {
      const english = path.replace(/\bel\.(ts|json)$/, 'en.$1');
      if (!existsSync(join(packageRoot(), english))) throw new Error(`${path} has no English beside it`);
      return { folder: path, el: flatten(await load(path)), en: flatten(await load(english)) };
    }),
  );
}

export function placeholdersIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();
}

async function load(path: string): Promise<unknown> {
  if (path.endsWith('.json')) return readJson(path);
  const module = (await import(/* @vite-ignore */ pathToFileURL(join(packageRoot(), path)).href)) as Readonly<Record<string, unknown>>;
  const exported = Object.values(module).filter((value) => typeof value === 'object' && value !== null);
  if (exported.length !== 1) throw new Error(`${path} should export one object of sentences`);
  return exported[0];
}

function flatten(node: unknown, prefix = ''): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') found.set(key, value);
    else if (typeof value === 'function') found.set(key, '(made by a function)');
    else if (typeof value === 'object' && value !== null) for (const [name, inner] of Object.entries(value)) walk(inner, key === '' ? name : `${key}.${name}`);
  };
  walk(node, prefix);
  return found;
}
