import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '#engine/settings/package-root.js';

/** Where people are spoken to in Greek. What was written once under another name (old exports) stays as it was. */
const FOLDERS = ['commands', 'definitions/check', 'definitions/language', 'definitions/programmes', 'definitions/schemas', 'definitions/MANUAL.el.md', 'engine', 'forms', 'widgets', 'README.el.md'];

const word = (spelling: string): RegExp => new RegExp(`(?<![\\p{L}@.-])(?:${spelling})(?![\\p{L}@.-]*[@:'"])(?![\\p{L}])`, 'iu');

/** One spelling of each word that Greek writes in two ways: what was chosen, and what is not written. */
const CHOSEN: readonly (readonly [string, RegExp])[] = [
  ['ακόμα', word('ακόμη')],
  ['τίποτα', word('τίποτε')],
  ['e-mail', /(?<![\p{L}@./_«-])emails?(?=[\s,.;:·)]|$)/iu],
  ['καταχώριση', word('καταχώρηση(?:ς)?')],
  ['αν', word('εάν')],
  ['στον δήμο', word('(?:στο|το) δήμο')],
  ['χωρίς «σου»: σας', word('σου|εσύ|εσένα')],
];

/** A text in Greek: what stands between quotes, or a line of prose. */
function greekTexts(file: string): readonly string[] {
  const source = readFileSync(join(packageRoot(), file), 'utf8');
  const texts = file.endsWith('.md') ? source.split('\n').filter((line) => !/^\||```|[{}]/.test(line)) : [...source.matchAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)].map(([quoted]) => quoted.slice(1, -1));
  return texts.filter((text) => /[α-ωά-ώ]/i.test(text));
}

const texts = execFileSync('git', ['ls-files', ...FOLDERS], { cwd: packageRoot(), encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(ts|json|md|html)$/.test(file))
  .flatMap((file) => greekTexts(file).map((text) => [file, text] as const));

it.each(CHOSEN)('Greek texts write «%s»', (_chosen, refused) => {
  expect(texts.length).toBeGreaterThan(3_000);
  expect(texts.filter(([, text]) => refused.test(text)).map(([file, text]) => `${file}: ${text.slice(0, 120)}`)).toEqual([]);
});

it.each([
  ['Δεν υποβλήθηκε ακόμη.', 0],
  ['Αποστολή με email', 2],
  ['Φέρτε τα στο δήμο.', 5],
  ['Η αίτησή σου', 6],
] as const)('and «%s» would be found', (text, place) => {
  expect(CHOSEN[place]?.[1].test(text)).toBe(true);
});
