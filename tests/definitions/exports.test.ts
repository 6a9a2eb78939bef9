import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { casesCommand } from '#commands/cases.js';
import type { Command } from '#commands/command.js';
import { importCommand } from '#commands/import.js';
import { readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { SCHEMA_VERSION, UPGRADES, upgradeDocuments } from '#definitions/folder/upgrades.js';
import type { Upgrade } from '#definitions/folder/upgrades.js';
import { canonicalise } from '#definitions/language/canonical.js';

const exports = join(import.meta.dirname, 'exports');
const released = (await readdir(exports)).filter((name) => name.endsWith('.json'));

/** What was released is not edited. */
const KEPT: Readonly<Record<string, string>> = { 'schema-1.wildfire-aid.json': 'be8773aea8d62c8408015d301f84dc7bd51314f628a4bd6e508d044bc65abb55' };

async function run(command: Command, words: readonly string[]): Promise<{ status: number; told: string }> {
  let told = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    told += String(chunk);
    return true;
  });
  try {
    return { status: await command.run({ arguments: words, options: { json: true } }), told };
  } finally {
    spy.mockRestore();
  }
}

describe('what a released version has written', () => {
  it('is kept for every version of the schemas, unedited', async () => {
    expect(new Set(released.map((name) => /^schema-([^.]+)\./.exec(name)?.[1]))).toEqual(new Set([...UPGRADES.map(({ from }) => from), SCHEMA_VERSION]));
    for (const name of released) expect([name, createHash('sha256').update(await readFile(join(exports, name))).digest('hex')]).toEqual([name, KEPT[name]]);
  });

  it.each(released)('%s imports, checks and passes its cases', async (name) => {
    const folder = await mkdtemp(join(tmpdir(), 'diktyo-export-'));
    try {
      expect(await run(importCommand, [join(exports, name), folder])).toMatchObject({ status: 0 });
      const cases = await run(casesCommand, [folder]);
      expect([cases.status, JSON.parse(cases.told)]).toEqual([0, expect.objectContaining({ failed: 0 })]);
      expect((await readProgrammeFolder(folder)).programme.schemaVersion).toBe(SCHEMA_VERSION);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a step from one version of the schemas to the next', () => {
  const rename = (version: string): Upgrade => ({
    from: version,
    to: String(Number(version) + 1),
    programme: ({ title, ...rest }) => ({ ...rest, title: `${String(title)}+` }),
    overlay: (overlay) => ({ ...overlay, set: [] }),
    programmeCase: (example) => ({ ...example, seen: version }),
  });
  const steps = [rename('1'), rename('2')];
  const given = { programme: { schemaVersion: '1', title: 'a' }, overlays: [{ schemaVersion: '1', set: [1] }], cases: [{ asOf: '2026-01-01' }] };

  it('is taken after the one before it, by programme, overlays and cases alike', () => {
    expect(upgradeDocuments(given, steps)).toEqual({
      programme: { schemaVersion: '3', title: 'a++' },
      overlays: [{ schemaVersion: '3', set: [] }],
      cases: [{ asOf: '2026-01-01', seen: '2' }],
    });
    expect(upgradeDocuments({ ...given, programme: { schemaVersion: '2', title: 'b' } }, steps).programme).toEqual({ schemaVersion: '3', title: 'b+' });
  });

  it.each([[{ schemaVersion: '9' }], [{}], [null], ['text'], [[1]]])('leaves what it does not know for the check to name: %j', (programme) => {
    const strange = { ...given, programme };
    expect(canonicalise(upgradeDocuments(strange, steps))).toBe(canonicalise(strange));
  });
});
