import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '#engine/settings/package-root.js';
import { ARROWS } from './arrows.js';
import { FLOORS, filesUnder, readText } from './sources.js';

const root = packageRoot();
const HOUSE = [...FLOORS, 'tests', 'bin', '.ci'] as const;
const SOURCE = /\.(ts|mjs)$/;
/** So many sources in one folder, and nobody sees at a glance what it is for. */
const SOURCES_MIN = 3;
/** Inner folders of one kind: the folder above may say what they are, if it names them (`views/`). */
const TOLD_ABOVE = /\/(texts(\/.*)?|views|styles)$|^tests\/.+\/.+/;
/** The floors, their rooms, and the inner folders that the design names besides. */
const NAMED = [
  ...HOUSE, ...Object.keys(ARROWS), 'definitions/schemas', 'definitions/programmes', 'definitions/reference', 'engine/decide/steps',
  ...['journeys', 'house', 'histories', 'faults', 'bench', 'support'].map((room) => `tests/${room}`),
];

/** Files of the house by folder, and what each README says. */
interface House {
  readonly files: readonly string[];
  readonly named: readonly string[];
  readme(folder: string): string | undefined;
}

/** Folders that ought to say what they are, and do not. */
function findSilent({ files, named, readme }: House): readonly string[] {
  const sources = new Map<string, number>();
  for (const file of files) if (SOURCE.test(file)) sources.set(dirname(file), (sources.get(dirname(file)) ?? 0) + 1);
  const large = [...sources].filter(([, count]) => count >= SOURCES_MIN).map(([folder]) => folder);
  const isTold = (folder: string): boolean => {
    if ((readme(folder) ?? '').trim() !== '') return true;
    if (!TOLD_ABOVE.test(folder)) return false;
    // `texts/el` is told with `texts/`.
    const shown = folder.replace(/(\/texts)\/.*$/, '$1');
    return (readme(dirname(shown)) ?? '').includes(`${shown.slice(dirname(shown).length + 1)}/`);
  };
  return [...new Set([...large, ...named])].filter((folder) => !isTold(folder)).sort();
}

describe('Every folder says what lives in it', () => {
  test('every folder that has three or more source files, or is named in the design, says what it is', () => {
    const files = HOUSE.flatMap((floor) => filesUnder(floor, () => true));
    const readme = (folder: string): string | undefined => (existsSync(join(root, folder, 'README.md')) ? readText(`${folder}/README.md`) : undefined);
    // Rooms that the design foresees and nobody has built yet have nothing to say.
    const named = NAMED.filter((folder) => existsSync(join(root, folder)));
    expect(named.length).toBeGreaterThan(40);
    expect(findSilent({ files, named, readme })).toEqual([]);
  });

  const three = (folder: string): readonly string[] => ['a.ts', 'b.ts', 'c.mjs'].map((name) => `${folder}/${name}`);
  test.each<readonly [string, { readonly files?: readonly string[]; readonly named?: readonly string[]; readonly readmes?: Readonly<Record<string, string>> }, readonly string[]]>([
    ['three sources and no README', { files: three('forms/fields') }, ['forms/fields']],
    ['a README with nothing in it', { files: three('forms/fields'), readmes: { 'forms/fields': ' \n' } }, ['forms/fields']],
    ['a README of the folder above alone', { files: three('forms/fields'), readmes: { forms: '`fields/` the field types' } }, ['forms/fields']],
    ['named in the design, whatever it holds', { named: ['definitions/types'] }, ['definitions/types']],
    ['texts of which the folder above does not speak', { files: three('widgets/texts'), readmes: { widgets: '# widgets' } }, ['widgets/texts']],
    ['pieces of tests of which nobody speaks', { files: three('tests/faults/storm'), readmes: { tests: '`storm/`' } }, ['tests/faults/storm']],
    ['a README of its own', { files: three('forms/fields'), named: ['forms/fields'], readmes: { 'forms/fields': '# the field types' } }, []],
    ['two sources', { files: three('forms/fields').slice(1) }, []],
    ['no sources', { files: ['forms/a/a.json', 'forms/a/b.json', 'forms/a/c.json'] }, []],
    ['inner texts, told with those around them', { files: three('widgets/desk/texts/el'), readmes: { 'widgets/desk': '| texts | `texts/` |' } }, []],
    ['views that the folder above names', { files: three('widgets/apply/views'), readmes: { 'widgets/apply': 'the pages: `views/`' } }, []],
  ])('%s', (_what, { files = [], named = [], readmes = {} }, silent) => {
    expect(findSilent({ files, named, readme: (folder) => readmes[folder] })).toEqual(silent);
  });

  test('each room has a README of its own, or a line in its floor’s', () => {
    const silent = [...FLOORS, 'tests'].flatMap((floor) => {
      const above = readText(`${floor}/README.md`);
      const rooms = readdirSync(join(root, floor), { withFileTypes: true }).filter((entry) => entry.isDirectory());
      return rooms.filter(({ name }) => !existsSync(join(root, floor, name, 'README.md')) && !above.includes(`${name}/`) && !above.includes(`\`${name}\``)).map(({ name }) => `${floor}/${name}`);
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
