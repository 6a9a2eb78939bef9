import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { diffCommand } from '#commands/diff.js';
import { canonicalise } from '#definitions/language/canonical.js';
import { mergeOverlay } from '#definitions/language/overlay-merge.js';
import type { OverlayConflict } from '#definitions/language/overlay-merge.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import type { Overlay, Parameter, Programme } from '#definitions/types/programme.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { rule, smallProgramme, text } from './small-programme.js';

const parameter = (id: string, value: number): Parameter => ({ id, title: text(id), unit: 'cents', values: [{ from: '2020-01-01', value }] });
const values = (value: number): Parameter['values'] => [{ from: '2020-01-01', value }];

function base(limit: number, changes: Partial<Programme> = {}): Programme {
  return smallProgramme({
    parameters: [parameter('limit', limit), parameter('share', 10)],
    rules: [rule('one', { '<=': [{ var: 'income' }, { param: 'limit' }] })],
    overlayable: [{ target: { noun: 'parameter', id: 'limit', property: 'values' }, min: 0, max: 1000 }, { target: { noun: 'parameter', id: 'share', property: 'values' } }],
    ...changes,
  });
}

const overlay = (value: number): Overlay => ({ schemaVersion: '1', base: 'small', municipality: '9230', set: [{ target: { noun: 'parameter', id: 'limit', property: 'values' }, value: values(value) }] });

describe("a base's new version under a municipality's settings", () => {
  it('brings what the municipality never set, and keeps what it set, without a word', () => {
    const after = base(500, { parameters: [parameter('limit', 500), parameter('share', 20)], summary: text('Νέα.') });
    const { programme, conflicts } = mergeOverlay(overlay(700), { before: base(500), after });
    expect(conflicts).toEqual([]);
    expect(programme?.parameters.map(({ values: [first] }) => first?.value)).toEqual([700, 20]);
    const applied = applyOverlay(after, overlay(700));
    expect(canonicalise(programme)).toBe(canonicalise('programme' in applied ? applied.programme : null));
  });

  it('names a value of the base that changed under a setting; the setting stands until somebody looks', () => {
    const { programme, conflicts } = mergeOverlay(overlay(700), { before: base(500), after: base(600) });
    expect(conflicts).toEqual([{ code: 'baseChanged', municipality: '9230', target: 'parameter limit.values', isBlocking: false, before: values(500), after: values(600), setting: values(700) }]);
    expect(programme?.parameters[0]?.values).toEqual(values(700));
  });

  it('is content when the base now says the same, or the setting was changed since', () => {
    expect(mergeOverlay(overlay(700), { before: base(500), after: base(700) }).conflicts).toEqual([]);
    expect(mergeOverlay(overlay(650), { before: base(500), after: base(600), reviewed: overlay(700) }).conflicts).toEqual([]);
    expect(mergeOverlay(overlay(700), { before: base(500), after: base(600), reviewed: overlay(700) }).conflicts).toHaveLength(1);
  });

  it.each<[string, Partial<Programme>, OverlayConflict['code']]>([
    ['closes the setting', { overlayable: [] }, 'overlayLocked'],
    ['takes the thing away', { parameters: [parameter('share', 10)], rules: [] }, 'overlayTargetMissing'],
    ['narrows its bounds', { overlayable: [{ target: { noun: 'parameter', id: 'limit', property: 'values' }, max: 600 }] }, 'overlayOutOfBounds'],
    ['has another id', { id: 'other' }, 'overlayBaseMismatch'],
  ])('gives nothing while the new base %s', (_, changes, code) => {
    const { programme, conflicts } = mergeOverlay(overlay(700), { before: base(500), after: base(500, changes) });
    expect(programme).toBeUndefined();
    expect(conflicts).toEqual([expect.objectContaining({ code, isBlocking: true, municipality: '9230' })]);
  });

  it('is told by diktyo diff, of the overlays that a folder holds', async () => {
    const place = await mkdtemp(join(tmpdir(), 'diktyo-merge-'));
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
    try {
      const old = join(packageRoot(), 'definitions/programmes/wildfire-aid');
      await cp(old, place, { recursive: true });
      const programme = JSON.parse(await readFile(join(place, 'programme.json'), 'utf8')) as { readonly contact: object };
      await writeFile(join(place, 'programme.json'), JSON.stringify({ ...programme, contact: { ...programme.contact, phone: '210 9999999' } }));
      expect(await diffCommand.run({ arguments: [old, place], options: { json: true } })).toBe(0);
      const told = JSON.parse(String(spy.mock.calls[0]?.[0])) as { readonly conflicts: readonly OverlayConflict[] };
      expect(told.conflicts.filter(({ municipality }) => municipality === '9230')).toEqual([expect.objectContaining({ code: 'baseChanged', target: 'contact.phone', after: '210 9999999', isBlocking: false })]);
    } finally {
      spy.mockRestore();
      await rm(place, { recursive: true, force: true });
    }
  });
});
