import { join, relative } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '#engine/settings/package-root.js';

const root = packageRoot();
/** What citizens get: there the build shortens names. */
const DELIVERED = /^(widgets\/(apply|track|elements|fields|client|texts)|forms|definitions\/language)\//;

/** Where each name of a property that delivered code uses is declared: the files, our own and others. */
function declarationsByName(): ReadonlyMap<string, ReadonlySet<string>> {
  const { config } = ts.readConfigFile(join(root, 'widgets/tsconfig.json'), (path) => ts.sys.readFile(path)) as { readonly config: unknown };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, join(root, 'widgets'));
  const program = ts.createProgram(fileNames, { ...options, noEmit: true, composite: false, incremental: false, customConditions: ['source'] });
  const checker = program.getTypeChecker();
  const found = new Map<string, Set<string>>();
  const note = (name: ts.Node, symbol: ts.Symbol | undefined): void => {
    const text = name.getText().replace(/^'|'$/g, '');
    const files = found.get(text) ?? new Set();
    found.set(text, files);
    for (const declaration of symbol?.declarations ?? []) files.add(relative(root, declaration.getSourceFile().fileName));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) note(node.name, checker.getSymbolAtLocation(node.name));
    else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const name = node.propertyName ?? node.name;
      note(name, checker.getTypeAtLocation(node.parent).getProperty(name.getText()));
    } else if (ts.isObjectLiteralElementLike(node) && node.name) note(node.name, checker.getContextualType(node.parent as ts.ObjectLiteralExpression)?.getProperty(node.name.getText()) ?? checker.getSymbolAtLocation(node.name));
    ts.forEachChild(node, visit);
  };
  for (const source of program.getSourceFiles()) if (DELIVERED.test(relative(root, source.fileName))) visit(source);
  return found;
}

describe('names that the build shortens in what citizens get', () => {
  let declared: ReadonlyMap<string, ReadonlySet<string>>;
  let ownNames: readonly string[];
  beforeAll(async () => {
    ({ OWN_NAMES: ownNames } = (await import(new URL(`file://${join(root, 'widgets/build.mjs')}`).href)) as { readonly OWN_NAMES: readonly string[] });
    declared = declarationsByName();
  });

  const foreign = (name: string): readonly string[] => [...(declared.get(name) ?? [])].filter((file) => !DELIVERED.test(file));

  it('are known by our own code alone: no property of the browser, of the wire or of a definition is called so', () => {
    expect(ownNames.length).toBeGreaterThan(50);
    expect(ownNames.map((name) => [name, foreign(name)]).filter(([, files]) => files?.length !== 0)).toEqual([]);
  });

  it('are in use', () => {
    expect(ownNames.filter((name) => !declared.has(name))).toEqual([]);
  });

  it('would be found otherwise', () => {
    for (const name of ['focus', 'label', 'protocolNumber']) expect(foreign(name), name).not.toEqual([]);
  });
});
