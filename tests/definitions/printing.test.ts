import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listSites } from '#definitions/check/sites.js';
import { readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { explainProgramme } from '#definitions/language/explain.js';
import { writeSentence } from '#definitions/language/sentence.js';
import type { Programme } from '#definitions/types/programme.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { examples, fc } from '#tests/support/properties.js';
import { programmes } from './generated.js';

const shipped = join(packageRoot(), 'definitions/programmes');
const folders = (await readdir(shipped, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();

/** A sentence of its own: words, nothing unfilled, nothing that only a program understands. */
function expectSaid(sentence: { readonly el: string; readonly en: string }, where: string): void {
  for (const words of [sentence.el, sentence.en]) {
    expect(words, where).toMatch(/[\p{L}\p{N}].*\.$/su);
    expect(words, where).not.toMatch(/undefined|\[object|NaN|\{(?!municipality\})[a-z0-9]+\}|null/);
  }
  expect(sentence.el === sentence.en && /\p{L}{4}/u.test(sentence.el) && !/\p{Script=Greek}/u.test(sentence.el), `${where}: ${sentence.el}`).toBe(false);
}

/** The whole expression, and everything inside it that can stand alone. */
function partsOf(expression: unknown): readonly unknown[] {
  if (typeof expression !== 'object' || expression === null) return [expression];
  const inside = Object.values(expression).flatMap((argument): readonly unknown[] => (Array.isArray(argument) ? argument : []).filter((part: unknown) => typeof part === 'object' && part !== null).flatMap(partsOf));
  return [expression, ...inside];
}

function sayAll(programme: Programme): number {
  const said = listSites(programme).flatMap(({ expression, pointer }) => partsOf(expression).map((part) => ({ part, pointer })));
  for (const { part, pointer } of said) expectSaid(writeSentence(programme, part), `${programme.id}${pointer}: ${JSON.stringify(part)}`);
  return said.length;
}

describe('whatever a programme declares can be read aloud', () => {
  it.each(folders)('%s: every expression, and every part of it, in Greek and English', async (name) => {
    const { programme } = await readProgrammeFolder(join(shipped, name));
    expect(sayAll(programme)).toBeGreaterThan(0);
  });

  it.each(folders)('%s: every parameter, table, rule, line of points and paper has its lines', async (name) => {
    const { programme } = await readProgrammeFolder(join(shipped, name));
    for (const { noun, id, title, lines } of explainProgramme(programme)) {
      for (const language of ['el', 'en'] as const) {
        expect([title[language], ...lines[language]].filter((line) => line.trim() === '' || /undefined|\[object|NaN/.test(line)), `${noun} ${id}`).toEqual([]);
        expect(lines[language].length, `${noun} ${id}`).toBeGreaterThan(0);
      }
    }
  });

  it('so can whatever is generated', () => {
    fc.assert(
      fc.property(programmes, (programme) => {
        for (const { expression } of listSites(programme)) {
          const { el, en } = writeSentence(programme, expression);
          for (const words of [el, en]) expect(words).toMatch(/[\p{L}\p{N}].*\.$/su);
        }
      }),
      examples(200),
    );
  });

  it('a list that each municipality fills in says so, and a table is told by what is looked up in it', async () => {
    const { programme } = await readProgrammeFolder(join(shipped, 'wildfire-aid'));
    const linesOf = (noun: string, id: string): readonly string[] => explainProgramme(programme).find((thing) => thing.noun === noun && thing.id === id)?.lines.en ?? [];
    expect(linesOf('parameter', 'emergencyArea')[0]).toBe('From 01/01/2021: none yet; each municipality fills it in.');
    expect(linesOf('table', 'extraAid')[1]).toBe('“Large family” = no, “Disability in the household” = no: 0');
    expect(linesOf('table', 'householdGoods').slice(0, 2)).toEqual(['up to and including 0: €0.00', 'up to and including 25: €1,500.00']);
    expect(linesOf('document', 'freeUseDeclaration')[0]).toBe('When the answer to “Is it your main home?” is yes and the answer to “How do you hold the house?” is “It is lent to us free of charge”.');
  });

  it('points are called points, with their cap and what they are multiplied by', async () => {
    const { programme } = await readProgrammeFolder(join(shipped, 'community-work'));
    const [line] = explainProgramme(programme).filter(({ noun }) => noun === 'points');
    expect(line?.lines.en.slice(0, 2)).toEqual(['Points: “Full months of unemployment”.', 'At most 36 points.']);
    expect(line?.lines.en[2]).toMatch(/^After the cap, times: if /);
  });
});
