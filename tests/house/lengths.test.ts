import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { FLOORS, eachNode, filesUnder, lineOf, readSource } from './sources.js';

const FILE_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 70;
const PARAMETERS_MAX = 3;
const FORBIDDEN_NAMES = /(^|[-/])(utils?|helpers?|manager|common|misc|service|data)(\.|$)/;

const sources = [...FLOORS, 'bin']
  .flatMap((folder) => filesUnder(folder, (path) => /\.(ts|mjs)$/.test(path) && !path.endsWith('.d.ts') && !path.startsWith('definitions/types/')))
  .map(readSource);

/** Lines that say something: neither blank nor comment alone. */
function linesOf(text: string): number {
  const withoutBlocks = text.replace(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, '');
  return withoutBlocks.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
}

/** A fourth parameter is somebody else's interface, or has its reason written above it. */
function hasReason(tree: ts.SourceFile, node: ts.Node): boolean {
  const above = tree.text.split('\n')[lineOf(tree, node) - 2] ?? '';
  return /eslint-disable-next-line max-params -- \S+/.test(above);
}

describe('The size of things', () => {
  test(`a file has at most ${FILE_LINES_MAX} lines`, () => {
    expect(sources.filter(({ text }) => linesOf(text) > FILE_LINES_MAX).map(({ path, text }) => `${path}: ${linesOf(text)}`)).toEqual([]);
  });

  test(`a function has at most ${FUNCTION_LINES_MAX} lines and ${PARAMETERS_MAX} parameters`, () => {
    const wrong: string[] = [];
    for (const { path, tree } of sources) {
      eachNode(tree, (node) => {
        if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return;
        const lines = linesOf(node.getText(tree));
        if (lines > FUNCTION_LINES_MAX) wrong.push(`${path}:${lineOf(tree, node)} has ${lines} lines`);
        if (node.parameters.length > PARAMETERS_MAX && !hasReason(tree, node)) wrong.push(`${path}:${lineOf(tree, node)} has ${node.parameters.length} parameters`);
      });
    }
    expect(wrong).toEqual([]);
  });

  test('files are named by a noun in lower case with hyphens, and never “utils”', () => {
    const wrong = sources.filter(({ path }) => !/^[a-z0-9.-]+$/.test(path.split('/').at(-1) ?? '') || FORBIDDEN_NAMES.test(path));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('no enum, no default export, no “any”', () => {
    const wrong: string[] = [];
    for (const { path, tree } of sources) {
      eachNode(tree, (node) => {
        const isWrong = ts.isEnumDeclaration(node) || ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.AnyKeyword || node.kind === ts.SyntaxKind.DefaultKeyword;
        if (isWrong && !ts.isDefaultClause(node.parent)) wrong.push(`${path}:${lineOf(tree, node)}`);
      });
    }
    expect(wrong).toEqual([]);
  });
});
