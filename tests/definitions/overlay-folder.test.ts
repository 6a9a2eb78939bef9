import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleOf, folderOf } from '#definitions/folder/bundle.js';
import { placeInFolder, writeFile } from '#definitions/folder/layout.js';
import { hashDocument, readProgrammeFolder, writeProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { canonicalise } from '#definitions/language/canonical.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import { prepareProgramme } from '#definitions/language/programme.js';
import { sha256 } from '#definitions/language/sha256.js';
import type { Overlay } from '#definitions/types/programme.js';
import { fc } from '#tests/support/properties.js';
import { rule, smallProgramme, text } from './small-programme.js';

const root = join(import.meta.dirname, '../../definitions/programmes');

describe('the canonical form (RFC 8785)', () => {
  it('sorts names by UTF-16 code units, as section 3.2.3 does', () => {
    const names = { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', '1': 'One', '\ud83d\ude00': 'Emoji: Grinning Face', '\u0080': 'Control', '\u00f6': 'Latin Small Letter O With Diaeresis' };
    expect(Object.values(JSON.parse(canonicalise(names)) as object).length).toBe(7);
    const inOrder = [...canonicalise(names).matchAll(/":"([^"]+)"/g)].map((match) => match[1]);
    expect(inOrder).toEqual(['Carriage Return', 'One', 'Control', 'Latin Small Letter O With Diaeresis', 'Euro Sign', 'Emoji: Grinning Face', 'Hebrew Letter Dalet With Dagesh']);
  });

  it('writes texts and numbers as section 3.2.2 does', () => {
    const value = { numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001], string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/', literals: [null, true, false] };
    expect(canonicalise(value)).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
  });

  it.each([
    ['0000000000000000', '0'], ['8000000000000000', '0'], ['0000000000000001', '5e-324'], ['7fefffffffffffff', '1.7976931348623157e+308'], ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'], ['44b52d02c7e14af5', '9.999999999999997e+22'], ['44b52d02c7e14af6', '1e+23'], ['444b1ae4d6e2ef4e', '999999999999999700000'], ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'], ['3eb0c6f7a0b5ed8d', '0.000001'], ['41b3de4355555553', '333333333.3333332'], ['becbf647612f3696', '-0.0000033333333333333333'],
  ])('the double %s is written %s (appendix B)', (bits, written) => {
    expect(canonicalise(Buffer.from(bits, 'hex').readDoubleBE())).toBe(written);
  });

  it.each([[NaN], [Infinity], ['\ud800'], [() => 1], [Symbol('x')]])('%s has none', (value) => {
    expect(() => canonicalise(value)).toThrow(RangeError);
  });

  it('is the same for the same value in any order, and reads back as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const turned = JSON.parse(JSON.stringify(value, (_, part: unknown) => (typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).reverse()) : part))) as unknown;
        expect(canonicalise(turned)).toBe(canonicalise(value));
        expect(JSON.parse(canonicalise(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('the hash of a version', () => {
  it('is SHA-256, the same in the pure room and in Node', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (words) => {
        expect(sha256(words)).toBe(createHash('sha256').update(words, 'utf8').digest('hex'));
      }),
    );
    const programme = smallProgramme();
    expect(prepareProgramme(programme).version).toBe(hashDocument(programme));
  });

  it('changes with one letter and not with the order of names', () => {
    const programme = smallProgramme();
    expect(hashDocument(Object.fromEntries(Object.entries(programme).reverse()))).toBe(hashDocument(programme));
    expect(hashDocument(smallProgramme({ title: text('Μικρο') }))).not.toBe(hashDocument(programme));
  });
});

describe('a folder and one document are the same', () => {
  let place = '';
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'diktyo-folder-'));
  });
  afterAll(async () => rm(place, { recursive: true, force: true }));

  it.each(['wildfire-aid', 'volunteer-registry'])('%s goes to a document, back to a folder and back again, byte for byte', async (name) => {
    const folder = await readProgrammeFolder(join(root, name));
    const document = writeFile(bundleOf(folder));
    const back = join(place, name);
    await writeProgrammeFolder(back, folderOf(JSON.parse(document) as ReturnType<typeof bundleOf>));
    expect(writeFile(bundleOf(await readProgrammeFolder(back)))).toBe(document);
    const again = join(place, `${name}-again`);
    await writeProgrammeFolder(again, await readProgrammeFolder(back));
    for (const file of await readdir(back, { recursive: true })) {
      if (file.endsWith('.json')) expect(await readFile(join(again, file), 'utf8')).toBe(await readFile(join(back, file), 'utf8'));
    }
    for (const file of (await readdir(join(root, name), { recursive: true })).filter((each) => each.endsWith('.json'))) {
      expect(JSON.parse(await readFile(join(back, file), 'utf8'))).toEqual(JSON.parse(await readFile(join(root, name, file), 'utf8')));
    }
  });

  it('a pointer into the document leads to the file that holds it', () => {
    expect(placeInFolder('/rules/3/condition')).toEqual({ file: 'rules.json', pointer: '/rules/3/condition' });
    expect(placeInFolder('/form/pages/0')).toEqual({ file: 'form.json', pointer: '/pages/0' });
    expect(placeInFolder('/tables/2/bands')).toEqual({ file: 'tables.json', pointer: '/2/bands' });
    expect(placeInFolder('/opening/until')).toEqual({ file: 'programme.json', pointer: '/opening/until' });
  });
});

describe('an overlay', () => {
  const base = smallProgramme({
    parameters: [{ id: 'p', title: text('Όριο'), unit: 'cents', values: [{ from: '2020-01-01', value: 500 }] }],
    rules: [rule('one', { '<=': [{ var: 'income' }, { param: 'p' }] })],
    overlayable: [{ target: { noun: 'parameter', id: 'p', property: 'values' } }, { target: { noun: 'question', id: 'age', property: 'hint' } }, { target: { noun: 'calendar', property: 'holidays' } }],
  });
  const overlay: Overlay = {
    schemaVersion: '1',
    base: 'small',
    municipality: '9230',
    set: [
      { target: { noun: 'parameter', id: 'p', property: 'values' }, value: [{ from: '2020-01-01', value: 700 }] },
      { target: { noun: 'question', id: 'age', property: 'hint' }, value: text('Σε έτη') },
      { target: { noun: 'calendar', property: 'holidays' }, value: [{ title: text('Πολιούχος'), month: 5, day: 21 }] },
    ],
  };
  it('sets things by name, also inside groups, and leaves the base as it was', () => {
    const before = canonicalise(base);
    const applied = applyOverlay(base, overlay);
    if (!('programme' in applied)) throw new Error(JSON.stringify(applied));
    expect(applied.programme.municipality).toBe('9230');
    expect(applied.programme.parameters[0]?.values).toEqual([{ from: '2020-01-01', value: 700 }]);
    expect(applied.programme.form.pages[0]?.questions.find(({ id }) => id === 'household')?.items?.[0]?.hint).toEqual(text('Σε έτη'));
    expect(applied.programme.holidays).toHaveLength(1);
    expect(canonicalise(base)).toBe(before);
  });
  it('does not depend on where things stand in the base', () => {
    const moved = { ...base, parameters: [{ id: 'q', title: text('α'), unit: 'count' as const, values: [{ from: '2020-01-01', value: 1 }] }, ...base.parameters] };
    const applied = applyOverlay(moved, overlay);
    expect('programme' in applied && applied.programme.parameters[1]?.values[0]?.value).toBe(700);
  });
  it.each(['__proto__', 'constructor', 'prototype'])('never reaches a prototype by the property %s', (property) => {
    const target = { noun: 'programme' as const, property };
    const applied = applyOverlay({ ...base, overlayable: [{ target }] }, { ...overlay, set: [{ target, value: { polluted: true } }] });
    expect(applied).toMatchObject({ findings: [{ code: 'overlayTargetMissing' }] });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
