import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { FINDING_CODES } from '#forms/findings/codes.js';
import { PROBLEMS } from '#engine/api/problems/catalogue.js';
import { FINDING_CODES as CHECK_CODES } from '#definitions/check/finding.js';
import { eachNode, lineOf, readJson, readSources } from './sources.js';
import { placeholdersIn, readCatalogues } from './texts.js';

const catalogues = await readCatalogues();
const sources = readSources();

/** `code: 'a.b'`, `refuse('a.b')`, `stuck('a.b')`. */
function codeIn(node: ts.Node, tree: ts.SourceFile): string | undefined {
  if (ts.isPropertyAssignment(node) && node.name.getText(tree) === 'code' && ts.isStringLiteral(node.initializer)) return node.initializer.text;
  if (!ts.isCallExpression(node) || !/(^|\.)(refuse|stuck)$/.test(node.expression.getText(tree))) return undefined;
  const [first] = node.arguments;
  return first && ts.isStringLiteral(first) ? first.text : undefined;
}

describe('Sentences', () => {
  test('lie in pairs of Greek and English in every part that speaks to people', () => {
    const floors = new Set(catalogues.map(({ folder }) => folder.split('/')[0]));
    expect([...floors].sort()).toEqual(['commands', 'definitions', 'engine', 'forms', 'widgets']);
  });

  test.each(catalogues.map((catalogue) => [catalogue.folder, catalogue] as const))('%s says the same in both languages', (_, { el, en }) => {
    expect([...el.keys()].sort()).toEqual([...en.keys()].sort());
    const differing = [...el].filter(([key, text]) => placeholdersIn(text).join() !== placeholdersIn(en.get(key) ?? '').join()).map(([key]) => key);
    expect(differing, 'places to fill differ').toEqual([]);
    expect([...el, ...en].filter(([key, text]) => text.trim() === '' && !/either|separator|joiner/i.test(key)).map(([key]) => key), 'empty').toEqual([]);
  });

  test('never stand in code: no Greek sentences in TypeScript outside texts and demo data', () => {
    const isTextFile = (path: string): boolean => /^definitions\/types\/|\/texts\/|\/sentences\/|\/demo\//.test(path);
    const wrong = sources
      .filter(({ path }) => !isTextFile(path))
      .flatMap(({ path, tree }) => {
        const lines: string[] = [];
        eachNode(tree, (node) => {
          const text = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node) ? node.text : '';
          if (/[Ͱ-Ͽἀ-῿]{2,}\s+[Ͱ-Ͽἀ-῿]{2,}/u.test(text)) lines.push(`${path}:${lineOf(tree, node)} ${text.slice(0, 40)}`);
        });
        return lines;
      });
    expect(wrong).toEqual([]);
  });
});

describe('Codes', () => {
  const sentencesOf = (part: string): readonly string[] => catalogues.filter(({ folder }) => folder.startsWith(part)).flatMap(({ el }) => [...el.keys()]);

  test('of findings about answers each have a sentence, and no sentence lacks its code', () => {
    const told = sentencesOf('forms/findings').filter((key) => key.startsWith('findings.')).map((key) => key.slice('findings.'.length));
    expect(told.sort()).toEqual([...FINDING_CODES].sort());
  });

  test('of findings about definitions each say what is wrong and how to mend it', () => {
    const told = sentencesOf('definitions/check');
    expect([...told].sort()).toEqual(CHECK_CODES.flatMap((code) => [`${code}.fix`, `${code}.message`]).sort());
  });

  test('of problems each have title, detail and remedy in both languages, with no other parameters than documented', () => {
    for (const language of ['el', 'en']) {
      const texts = readJson(`engine/api/problems/texts/${language}.json`) as Readonly<Record<string, Readonly<Record<string, string>>>>;
      expect(Object.keys(texts).sort(), language).toEqual(Object.keys(PROBLEMS).sort());
      for (const [code, { params }] of Object.entries(PROBLEMS)) {
        const sentences = Object.values(texts[code] ?? {});
        expect(sentences.length, code).toBeGreaterThanOrEqual(2);
        expect(sentences.flatMap(placeholdersIn).filter((name) => !(params as readonly string[]).includes(name)), `${language} ${code}`).toEqual([]);
      }
    }
  });

  test('that stand in code are all in a catalogue', () => {
    const known = new Set<string>([...FINDING_CODES, ...CHECK_CODES, ...Object.keys(PROBLEMS), ...catalogues.flatMap(({ el }) => [...el.keys()])]);
    const unknown = sources.flatMap(({ path, tree }) => {
      const lines: string[] = [];
      eachNode(tree, (node) => {
        const code = codeIn(node, tree);
        // The desk tells why a case is stuck: `incident_flow_stepUnknown`.
        const isIncident = code !== undefined && known.has(`incident_${code.replaceAll('.', '_')}`);
        if (code !== undefined && /^[a-z][A-Za-z]*\.[a-zA-Z.]+$/.test(code) && !known.has(code) && !isIncident) lines.push(`${path}:${lineOf(tree, node)} ${code}`);
      });
      return lines;
    });
    expect(unknown).toEqual([]);
  });
});
