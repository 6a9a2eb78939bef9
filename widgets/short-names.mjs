// What is delivered to citizens carries no long name that only our own code knows: keys of texts and codes of findings
// become a letter or two. Plain JavaScript, beside build.mjs.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** What the public widgets say. A key is shortened when nothing that runs beside them names it but `say('key')` or `tell('key')`. */
const TEXTS = ['widgets/texts/say/el.ts', 'widgets/apply/texts/el.ts', 'widgets/apply/texts/saved/el.ts', 'widgets/track/texts/el.ts'];
const PUBLIC_SOURCES = ['widgets/apply', 'widgets/track', 'widgets/elements', 'widgets/fields', 'widgets/client', 'widgets/texts', 'forms'];
const CODES = 'forms/findings/codes.ts';

/**
 * @param {string} root
 * @returns {(path: string, source: string) => string} the same source with short names
 */
export function shortener(root) {
  const read = (path) => readFileSync(join(root, path), 'utf8');
  const sources = PUBLIC_SOURCES.flatMap((folder) => sourcesUnder(root, folder)).filter((path) => !/\/texts\/((say|saved)\/)?[a-z]{2}\.ts$/.test(path)).map(read).join('\n');
  const isOnlyAsked = (key) => [...sources.matchAll(new RegExp(`(.{5})'${key.replace('.', '\\.')}'`, 'g'))].every(([, before]) => /(say|tell)\($/.test(before));
  const keys = shortNames(TEXTS.flatMap((path) => [...read(path).matchAll(/^ {2}(\w+): ['"`]/gm)].map(([, key]) => key)).filter(isOnlyAsked));
  const codes = shortNames([...read(CODES).matchAll(/^ {2}'([\w.]+)',$/gm)].map(([, code]) => code));
  return (path, source) => {
    const coded = source.replace(/'(\w+\.\w+)'/g, (whole, code) => (codes.has(code) ? `'${codes.get(code)}'` : whole));
    if (/\/widgets\/([a-z]+\/)?texts\/((say|saved)\/)?[a-z]{2}\.ts$/.test(path)) return coded.replace(/^( {2})(\w+)(?=: )/gm, (whole, space, key) => space + (keys.get(key) ?? key));
    return path.includes('/widgets/') ? coded.replace(/\b((?:say|tell)\(')(\w+)(?=')/g, (whole, call, key) => call + (keys.get(key) ?? key)) : coded;
  };
}

function shortNames(names) {
  return new Map([...new Set(names)].map((name, place) => [name, place < LETTERS.length ? LETTERS[place] : LETTERS[Math.floor(place / LETTERS.length) - 1] + LETTERS[place % LETTERS.length]]));
}

function sourcesUnder(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? sourcesUnder(root, path) : path.endsWith('.ts') ? [path] : [];
  });
}
