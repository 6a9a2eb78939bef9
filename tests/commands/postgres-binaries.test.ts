import { cpSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findPostgresBinaries, restoreLinks } from '#commands/servers/postgres-binaries.js';

interface Link {
  readonly source: string;
  readonly target: string;
}

test('links that a refused install script did not make are made from the package’s own list, and only those', () => {
  const home = join(dirname(findPostgresBinaries().initdb), '../..');
  const links = JSON.parse(readFileSync(join(home, 'native/pg-symlinks.json'), 'utf8')) as readonly Link[];
  const copy = mkdtempSync(join(tmpdir(), 'diktyo-links-'));
  try {
    mkdirSync(join(copy, 'native'), { recursive: true });
    cpSync(join(home, 'native/pg-symlinks.json'), join(copy, 'native/pg-symlinks.json'));
    for (const { source } of links) {
      mkdirSync(dirname(join(copy, source)), { recursive: true });
      writeFileSync(join(copy, source), 'a library');
    }
    restoreLinks(copy);
    restoreLinks(copy);
    expect(links.length).toBeGreaterThan(0);
    for (const { target } of links) {
      expect(lstatSync(join(copy, target)).isSymbolicLink()).toBe(true);
      expect(readlinkSync(join(copy, target))).not.toContain('/');
      expect(readFileSync(join(copy, target), 'utf8')).toBe('a library');
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
