import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProgrammeFolder } from '#definitions/folder/programme-folder.js';

const DEFINITIONS = join(import.meta.dirname, '../../definitions');
const NAMES = readdirSync(join(DEFINITIONS, 'programmes'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
const README = readFileSync(join(DEFINITIONS, 'README.md'), 'utf8');

const OWN = 'Δική μας πρόβλεψη· η πηγή δεν το λέει';
const UNNAMED = 'η πηγή δεν ονομάζει διάταξη';

/** `programme | own | of a source without a provision`, each as the ids of its rules, figures, tables, computed values and papers. */
const ROWS = new Map([...README.matchAll(/^\| `([a-z0-9-]+)` \| ([^|]*) \| ([^|]*) \|$/gm)].map(([, name = '', own = '', unnamed = '']) => [name, { own: idsIn(own), unnamed: idsIn(unnamed) }]));

function idsIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([A-Za-z0-9]+)`/g)].map(([, id = '']) => id).sort();
}

describe('a provision that no source names is not pretended', () => {
  it.each(NAMES)('%s: what waits for an expert is what the list of the README says', async (name) => {
    const { programme } = await readProgrammeFolder(join(DEFINITIONS, 'programmes', name));
    const things = [...programme.parameters, ...programme.tables, ...programme.computed, ...programme.rules, ...(programme.points?.lines ?? []), ...programme.documents];
    const withBasis = (matches: (basis: string) => boolean): readonly string[] => [...new Set(things.filter(({ legalBasis = '' }) => matches(legalBasis)).map(({ id }) => id))].sort();
    expect({ own: withBasis((basis) => basis === OWN), unnamed: withBasis((basis) => basis.endsWith(UNNAMED)) }).toEqual(ROWS.get(name) ?? { own: [], unnamed: [] });
  });

  it('each programme stands in the list at most once, and no other does', () => {
    expect([...ROWS.keys()].filter((name) => !NAMES.includes(name))).toEqual([]);
    expect(ROWS.size).toBeGreaterThan(0);
  });
});
