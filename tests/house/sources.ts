import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '#engine/settings/package-root.js';

export const FLOORS = ['definitions', 'forms', 'engine', 'workflows', 'widgets', 'commands'] as const;
const ROOT = packageRoot();

export interface Import {
  /** As written: `#forms/answers/answers.js`, `../pages.js`, `postgres`. */
  readonly written: string;
  /** Path of our own file, from the root, with .ts; null for a package or a module of Node. */
  readonly file: string | null;
  /** False when only types are taken: nothing of it is there at run time. */
  readonly isValue: boolean;
  readonly line: number;
}

export interface Source {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** Every file under `folder` whose name passes, from the root, sorted; generated and obtained folders left out. */
export function filesUnder(folder: string, wanted: (path: string) => boolean): readonly string[] {
  const found: string[] = [];
  const walk = (place: string): void => {
    for (const entry of readdirSync(join(ROOT, place), { withFileTypes: true })) {
      const path = `${place}/${entry.name}`;
      if (entry.isDirectory() && !['node_modules', 'dist', '.tsc'].includes(entry.name)) walk(path);
      else if (entry.isFile() && wanted(path)) found.push(path);
    }
  };
  walk(folder);
  return found.sort();
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

export function readJson(path: string): unknown {
  return JSON.parse(readText(path));
}

/** Every TypeScript source of the house, parsed once. */
export function readSources(folders: readonly string[] = FLOORS): readonly Source[] {
  return folders.flatMap((folder) => filesUnder(folder, (path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))).map(readSource);
}

export function readSource(path: string): Source {
  const text = readText(path);
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  return { path, text, tree, imports: importsOf(tree, path) };
}

/** Walks every node of a file. */
export function eachNode(tree: ts.Node, visit: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, walk);
  };
  walk(tree);
}

export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

function importsOf(tree: ts.SourceFile, path: string): readonly Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node, name: ts.Node | undefined, isValue: boolean): void => {
    if (!name || !ts.isStringLiteralLike(name)) return;
    found.push({ written: name.text, file: ownFile(name.text, path), isValue, line: lineOf(tree, node) });
  };
  eachNode(tree, (node) => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, takesValues(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, !node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, false);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node, node.arguments[0], true);
  });
  return found;
}

function takesValues(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return true;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return false;
  if (clause.name || !clause.namedBindings || ts.isNamespaceImport(clause.namedBindings)) return true;
  return clause.namedBindings.elements.some((element) => !element.isTypeOnly);
}

function ownFile(written: string, from: string): string | null {
  if (written.startsWith('#') && written !== '#package') return written.slice(1).replace(/\.js$/, '.ts');
  if (written.startsWith('.')) return relative(ROOT, resolve(ROOT, dirname(from), written)).replaceAll('\\', '/').replace(/\.js$/, '.ts');
  return null;
}
