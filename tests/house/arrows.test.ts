import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '#engine/settings/package-root.js';
import { HOMES, PACKAGES, allowedFrom, roomOf } from './arrows.js';
import { readSource, readSources } from './sources.js';

const sources = readSources();

describe('The plan of the house', () => {
  test('every file lives in a room of the plan', () => {
    expect(sources.filter(({ path }) => roomOf(path) === undefined).map(({ path }) => path)).toEqual([]);
  });

  test('a room imports only the rooms below it', () => {
    const wrong = sources.flatMap(({ path, imports }) => {
      const from = roomOf(path) ?? '';
      return imports.flatMap(({ file, line }) => {
        const to = file === null ? undefined : roomOf(file);
        return to === undefined || to === from || allowedFrom(from).includes(to) ? [] : [`${path}:${line} ${from} → ${to}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  test('nothing imports the tests, and every import leads to a file', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports.flatMap(({ file, line, written }) => {
        if (file === null) return [];
        return file.startsWith('tests/') || !existsSync(join(packageRoot(), file)) ? [`${path}:${line} ${written}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('across folders the way is #floor/…, inside one it is relative and ends in .js', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports.filter(({ written }) => written.startsWith('../../') || (/^[#.]/.test(written) && written !== '#package' && !written.endsWith('.js'))).map(({ line, written }) => `${path}:${line} ${written}`),
    );
    expect(wrong).toEqual([]);
  });

  test('pure rooms use no package, no module of Node', () => {
    const wrong = sources.flatMap(({ path, imports }) => {
      const allowed = PACKAGES[roomOf(path) ?? ''];
      if (!allowed) return [];
      return imports
        .filter(({ file, written }) => file === null && written !== '#package' && !allowed.some((name) => written === name || written.startsWith(name.endsWith(':') ? name : `${name}/`)))
        .map(({ line, written }) => `${path}:${line} ${written}`);
    });
    expect(wrong).toEqual([]);
  });

  test('some packages have one home', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports.flatMap(({ written, line, isValue }) => {
        const homes = isValue ? HOMES[written] : undefined;
        return homes === undefined || homes.some((home) => path.startsWith(`${home}/`)) ? [] : [`${path}:${line} ${written}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('modules of Node are named node:…', () => {
    const wrong = sources.flatMap(({ path, imports }) => imports.filter(({ written }) => builtinModules.includes(written)).map(({ line, written }) => `${path}:${line} ${written}`));
    expect(wrong).toEqual([]);
  });
});

describe('This test itself', () => {
  test('sees every form an import may take, and knows a type from a value', () => {
    const { imports } = readSource('tests/house/specimens/imports.ts');
    expect(imports.map(({ written, isValue }) => [written, isValue])).toEqual([
      ['node:fs', false],
      ['node:path', true],
      ['node:os', true],
      ['node:url', false],
      ['node:util', true],
      ['node:zlib', false],
      ['node:net', true],
    ]);
  });
});
