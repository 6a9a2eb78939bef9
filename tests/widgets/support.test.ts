import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtFolder } from '#tests/support/shared.js';

/** The oldest browsers of `widgets/README.md`. */
const OLDEST = ['safari16.4', 'ios16.4', 'chrome103', 'firefox101'];
/** Older than all of these (general categories: Chrome 64, Safari 11.1, Firefox 78); esbuild holds them for younger. */
const SUPPORTED = { 'regexp-unicode-property-escapes': true };

describe('the scripts of citizens', () => {
  let scripts: readonly (readonly [string, string])[];
  beforeAll(async () => {
    const assets = join(await builtFolder(), 'assets');
    const files = ['embed/v1.js', ...readdirSync(join(assets, 'chunks')).filter((name) => name.endsWith('.js')).map((name) => `chunks/${name}`)];
    scripts = files.map((file) => [file, readFileSync(join(assets, file), 'utf8')]);
  });

  /** What esbuild would have to say in older words for these browsers comes out different. */
  const isUnderstood = async (code: string, target: readonly string[]): Promise<boolean> => {
    const say = async (words: string | string[]): Promise<string> => (await transform(code, { target: words, charset: 'utf8', supported: SUPPORTED })).code;
    return (await say([...target])) === (await say('esnext'));
  };

  it('are written in words that the oldest browsers we promise can read', async () => {
    expect(scripts.length).toBeGreaterThan(5);
    for (const [file, code] of scripts) expect(await isUnderstood(code, OLDEST), file).toBe(true);
  });

  it('would be caught with a word that is too new', async () => {
    expect(await isUnderstood('class A { static { A.b = 1; } }', ['safari15'])).toBe(false);
  });
});
