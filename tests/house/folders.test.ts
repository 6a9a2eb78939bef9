import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '#engine/settings/package-root.js';
import { FLOORS, filesUnder, readText } from './sources.js';

const root = packageRoot();
const foldersIn = (place: string): readonly string[] =>
  readdirSync(join(root, place), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${place}/${entry.name}`);

describe('Every folder says what lives in it', () => {
  test('each floor has a README', () => {
    expect([...FLOORS, 'tests', 'bin', '.ci'].filter((folder) => !existsSync(join(root, folder, 'README.md')))).toEqual([]);
  });

  test('each room has a README of its own, or a line in its floor’s', () => {
    const silent = [...FLOORS, 'tests'].flatMap((floor) => {
      const readme = existsSync(join(root, floor, 'README.md')) ? readText(`${floor}/README.md`) : '';
      return foldersIn(floor).filter((room) => !existsSync(join(root, room, 'README.md')) && !readme.includes(`${room.slice(floor.length + 1)}/`) && !readme.includes(`\`${room.slice(floor.length + 1)}\``));
    });
    expect(silent).toEqual([]);
  });

  test('every link of a README to a file of ours leads somewhere', () => {
    const readmes = [...FLOORS, 'tests', 'bin'].flatMap((folder) => filesUnder(folder, (path) => path.endsWith('.md')));
    const top = ['README.md', 'README.el.md', 'CHANGELOG.md', 'CONTRIBUTING.md'].filter((name) => existsSync(join(root, name)));
    const broken = [...top, ...readmes].flatMap((readme) =>
      [...readText(readme).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, readme, '..', target)))
        .map((target) => `${readme}: ${target}`),
    );
    expect(broken).toEqual([]);
  });
});
