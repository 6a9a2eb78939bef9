import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { eachNode, filesUnder, lineOf, readJson, readSources } from './sources.js';

/** What the language itself calls things: a programme may use such a word as an id, and the code must know it. */
function wordsOfTheLanguage(): ReadonlySet<string> {
  const words = new Set<string>();
  const gather = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(gather);
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties' && typeof value === 'object' && value !== null) Object.keys(value).forEach((name) => words.add(name));
      if ((key === 'enum' && Array.isArray(value)) || key === 'const') [value].flat().forEach((word) => words.add(String(word)));
      gather(value);
    }
  };
  for (const path of filesUnder('definitions/schemas', (name) => name.endsWith('.json'))) gather(readJson(path));
  return words;
}

/** Every id a programme declares, with where it stands. */
function idsOfProgrammes(): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const gather = (node: unknown, path: string): void => {
    if (Array.isArray(node)) return node.forEach((item) => gather(item, path));
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'id' && typeof value === 'string') ids.set(value, path);
      gather(value, path);
    }
  };
  for (const path of filesUnder('definitions/programmes', (name) => name.endsWith('.json') && !name.includes('/cases/'))) {
    gather(readJson(path), path);
    const folder = path.split('/')[2];
    if (folder !== undefined) ids.set(folder, path);
  }
  return ids;
}

const sources = readSources();

describe('No code knows a programme', () => {
  const words = wordsOfTheLanguage();
  // One plain word ("paid") is anybody's; what is put together ("homeCommunity", "main-home-in-area") is somebody's.
  const ids = new Map([...idsOfProgrammes()].filter(([id]) => !words.has(id) && /[A-Z0-9-]/.test(id)));

  test('the programmes that ship declare ids to look for', () => {
    expect(ids.has('wildfire-aid')).toBe(true);
    expect(ids.size).toBeGreaterThan(40);
  });

  test('no id of a programme, question, step, rule or message stands in TypeScript', () => {
    // A field type or a name of the code may be spelt like somebody's question; such a word is the code's own where it is declared.
    const own = ownWords();
    const wrong: string[] = [];
    for (const { path, tree } of sources) {
      eachNode(tree, (node) => {
        if (!ts.isStringLiteralLike(node)) return;
        const declared = ids.get(node.text);
        if (declared !== undefined && !own.has(node.text)) wrong.push(`${path}:${lineOf(tree, node)} “${node.text}” of ${declared}`);
      });
    }
    expect(wrong).toEqual([]);
  });
});

/** Names of properties that the code itself declares. */
function ownWords(): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { tree } of sources) {
    eachNode(tree, (node) => {
      if (ts.isIdentifier(node) && (ts.isPropertySignature(node.parent) || ts.isPropertyAssignment(node.parent))) words.add(node.text);
    });
  }
  return words;
}
