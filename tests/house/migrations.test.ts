import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { filesUnder, readText } from './sources.js';

const FOLDER = 'engine/store/migrations';
const files = filesUnder(FOLDER, (path) => path.endsWith('.sql')).map((path) => path.slice(FOLDER.length + 1));
const kept = new Map(
  readText('tests/house/migrations.sha256')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('  ') as [string, string])
    .map(([checksum, name]) => [name, checksum]),
);

describe('Migrations', () => {
  test('are numbered 000001, 000002, … without a gap', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.map((name) => name.slice(0, 7))).toEqual(files.map((_, index) => `${String(index + 1).padStart(6, '0')}${files[index]?.[6] ?? ''}`));
  });

  test('are never edited after they were kept: write a new one instead', () => {
    const edited = files.filter((name) => kept.has(name) && kept.get(name) !== createHash('sha256').update(readText(`${FOLDER}/${name}`)).digest('hex'));
    expect(edited).toEqual([]);
  });

  test('are kept with their checksum as soon as they exist: cd engine/store/migrations && sha256sum *.sql > ../../../tests/house/migrations.sha256', () => {
    expect([...kept.keys()].sort()).toEqual(files);
  });
});
