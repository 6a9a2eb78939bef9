import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { casesCommand } from '#commands/cases.js';
import { checkCommand } from '#commands/check.js';
import { lineOf } from '#commands/programmes/place.js';
import type { Command, Given } from '#commands/command.js';
import { decideCommand } from '#commands/decide.js';
import { diffCommand } from '#commands/diff.js';
import { explainCommand } from '#commands/explain.js';
import { exportCommand } from '#commands/export.js';
import { importCommand } from '#commands/import.js';
import { newCommand } from '#commands/new.js';

const programmes = join(import.meta.dirname, '../../definitions/programmes');
const wildfire = join(programmes, 'wildfire-aid');
let place = '';

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'diktyo-commands-'));
});
afterAll(async () => rm(place, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

/** Runs a command in this process: its exit status, and what it told as JSON. */
async function run(command: Command, words: readonly string[], options: Given['options'] = {}): Promise<{ status: number; told: Record<string, unknown> }> {
  let written = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written += String(chunk);
    return true;
  });
  const status = await command.run({ arguments: words, options: { json: true, ...options } });
  vi.restoreAllMocks();
  return { status, told: written.startsWith('{') ? (JSON.parse(written) as Record<string, unknown>) : { text: written } };
}

describe('the line of a pointer', () => {
  const text = '{\n  "a": [\n    { "b": "x:,{" },\n    { "c/d": 1,\n      "e": [] }\n  ],\n  "f": {}\n}\n';
  it.each([['', 1], ['/a', 2], ['/a/0', 3], ['/a/0/b', 3], ['/a/1', 4], ['/a/1/c~1d', 4], ['/a/1/e', 5], ['/a/1/e/0', 5], ['/f', 7], ['/f/missing', 7], ['/missing', 1]])('%s stands in line %i', (pointer, line) => {
    expect(lineOf(text, pointer)).toBe(line);
  });
});

describe('commands about programmes need no server', () => {
  it('check finds nothing in what is shipped, and 1 with file and pointer in what is broken', async () => {
    expect(await run(checkCommand, [wildfire])).toEqual({ status: 0, told: { findings: [] } });
    expect((await run(checkCommand, [programmes])).status).toBe(0);
    const broken = join(place, 'broken');
    await cp(wildfire, broken, { recursive: true });
    const rules = await readFile(join(broken, 'rules.json'), 'utf8');
    await writeFile(join(broken, 'rules.json'), rules.replace('"var": "community"', '"var": "comunity"'));
    const { status, told } = await run(checkCommand, [broken]);
    expect(status).toBe(1);
    expect(told['findings']).toEqual(expect.arrayContaining([expect.objectContaining({ severity: 'error', code: 'pathUnknown', file: expect.stringMatching(/rules\.json$/), pointer: '/rules/0/condition/in/0/var', message: { el: expect.any(String), en: expect.any(String) }, fix: { el: expect.any(String), en: expect.any(String) } })]));
    await writeFile(join(broken, 'form.json'), '{"pages":[],"pages":[]}');
    expect((await run(checkCommand, [broken])).told['findings']).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'jsonRepeated', pointer: '/pages' })]));
    expect(await run(checkCommand, [join(place, 'nowhere')])).toMatchObject({ status: 1, told: { findings: [{ code: 'fileMissing' }] } });
  });

  it('check knows the national days off, the movable ones too', async () => {
    const closing = join(place, 'closing');
    await cp(join(programmes, 'volunteer-registry'), closing, { recursive: true });
    const programme = JSON.parse(await readFile(join(closing, 'programme.json'), 'utf8')) as { opening: object };
    for (const [until, found] of [['2026-06-01', 1], ['2026-06-02', 0], ['2026-10-28', 1], ['2026-10-27', 0]] as const) {
      await writeFile(join(closing, 'programme.json'), JSON.stringify({ ...programme, opening: { from: '2026-01-02', until } }));
      const { status, told } = await run(checkCommand, [closing]);
      expect([until, status, (told['findings'] as { code: string }[]).filter(({ code }) => code === 'deadlineOnHoliday').length]).toEqual([until, 0, found]);
    }
  });

  it('decide judges answers, with an overlay, on a date', async () => {
    const answers = join(place, 'answers.json');
    await writeFile(answers, JSON.stringify({ isMainHome: false }));
    const { status, told } = await run(decideCommand, [], { programme: wildfire, answers, overlay: '9230', asOf: '2026-02-02' });
    expect(status).toBe(0);
    expect(told).toMatchObject({ programme: 'wildfire-aid', asOf: '2026-02-02', outcome: 'ineligible', version: expect.stringMatching(/^sha256-[0-9a-f]{64}$/), points: { min: 0, max: 0, total: 0, lines: [] } });
    expect(told['missing']).toEqual(expect.arrayContaining(['community', 'birthDate']));
    await writeFile(answers, '{}');
    expect((await run(decideCommand, [], { programme: wildfire, answers, asOf: '2023-08-01' })).told['outcome']).toBe('undecided');
  });

  it('usage that is wrong ends with 2', async () => {
    for (const command of [checkCommand, casesCommand, diffCommand, explainCommand, exportCommand, importCommand, newCommand, decideCommand]) expect([command.name, (await run(command, [])).status]).toEqual([command.name, 2]);
    expect((await run(decideCommand, [], { programme: wildfire, answers: 'x', asOf: '2026-02-30' })).status).toBe(2);
  });

  it('wrong usage is told with what to write, and nothing is guessed', async () => {
    const told = async (command: Command, words: readonly string[], options: Given['options'] = {}): Promise<unknown> => (await run(command, words, options)).told['error'];
    expect(await told(newCommand, [], { in: place })).toMatchObject({ code: 'new.nameMissing', el: expect.stringContaining('npx diktyo new') });
    expect(await told(newCommand, ['Βοήθεια ενοικίου'], { in: place })).toMatchObject({ code: 'new.nameForm', el: expect.stringContaining('npx diktyo new voitheia-enoikioy') });
    expect(await told(newCommand, ['soup'], { in: join(place, 'nowhere') })).toMatchObject({ code: 'new.parentMissing' });
    expect(await told(explainCommand, [wildfire, 'nothing'])).toMatchObject({ code: 'usage.explainId', en: expect.stringContaining('householdAidCents') });
    expect(await told(diffCommand, [wildfire])).toMatchObject({ code: 'usage.diff' });
  });

  it('one file of a programme stands for the whole folder', async () => {
    expect(await run(checkCommand, [join(wildfire, 'form.json')])).toEqual({ status: 0, told: { findings: [] } });
  });

  it('a finding names the line of its file', async () => {
    const slip = join(place, 'slip');
    await cp(wildfire, slip, { recursive: true });
    const rules = await readFile(join(slip, 'rules.json'), 'utf8');
    await writeFile(join(slip, 'rules.json'), rules.replace('"var": "community"', '"var": "comunity"'));
    const line = rules.slice(0, rules.indexOf('"var": "community"')).split('\n').length;
    expect(String((await run(checkCommand, [slip], { json: false, language: 'el' })).told['text'])).toContain(`rules.json:${line}  /rules/0/condition/in/0/var  pathUnknown`);
  });

  it('cases run, and tell what came out otherwise', async () => {
    expect(await run(casesCommand, [programmes])).toMatchObject({ status: 0, told: { failed: 0 } });
    const changed = join(place, 'changed');
    await cp(wildfire, changed, { recursive: true });
    const parameters = await readFile(join(changed, 'parameters.json'), 'utf8');
    await writeFile(join(changed, 'parameters.json'), parameters.replace('"value": 60000', '"value": 60001'));
    const { status, told } = await run(casesCommand, [changed]);
    expect(status).toBe(1);
    expect(JSON.stringify(told['cases'])).toContain('"expected":"60000","found":"60001"');
  });

  it('export and import give back the same bytes, and diff finds nothing between them', async () => {
    const [first, second, folder] = [join(place, 'one.json'), join(place, 'two.json'), join(place, 'imported')];
    const exported = await run(exportCommand, [wildfire], { out: first });
    expect(exported).toMatchObject({ status: 0, told: { programme: 'wildfire-aid' } });
    expect((await run(importCommand, [first, folder])).told['version']).toBe(exported.told['version']);
    await run(exportCommand, [folder], { out: second });
    expect(await readFile(second, 'utf8')).toBe(await readFile(first, 'utf8'));
    expect(await run(diffCommand, [wildfire, first])).toMatchObject({ status: 0, told: { changes: [], old: exported.told['version'], new: exported.told['version'] } });
  });

  it('a new programme checks and passes its cases at once', async () => {
    expect(await run(newCommand, ['soup'], { in: place })).toMatchObject({ status: 0 });
    expect(await run(checkCommand, [join(place, 'soup')])).toEqual({ status: 0, told: { findings: [] } });
    expect(await run(casesCommand, [join(place, 'soup')])).toMatchObject({ status: 0, told: { failed: 0, passed: 4 } });
    expect((await run(newCommand, ['soup'], { in: place })).status).toBe(2);
    expect((await run(newCommand, ['../soup'], { in: place })).status).toBe(2);
  });

  it('explain tells one thing or all, in both languages', async () => {
    const { told } = await run(explainCommand, [wildfire, 'inTime']);
    expect(told['parts']).toMatchObject([{ noun: 'rule', id: 'inTime', title: { el: 'Εμπρόθεσμη αίτηση' }, lines: { en: expect.arrayContaining([expect.stringContaining('The date of judgement is up to and including')]) } }]);
  });

  it('explain reads a rule back from its own words, and tells the name that it does not know', async () => {
    const said = await run(explainCommand, [wildfire], { language: 'el', read: '«Αριθμός ατόμων» είναι το πολύ 3.' });
    expect(said.status).toBe(1);
    expect(said.told).toEqual({ unknown: '«Αριθμός ατόμων»' });
    const { told } = await run(explainCommand, [wildfire]);
    const rule = (told['parts'] as { noun: string; lines: { el: string[] } }[]).find(({ noun }) => noun === 'rule');
    const read = await run(explainCommand, [wildfire], { language: 'el', read: rule?.lines.el[1] ?? '' });
    expect(read).toMatchObject({ status: 0, told: { sentence: { el: rule?.lines.el[1] } } });
  });

  it('decide speaks one language to people: titles, amounts and what is missing as the form writes them', async () => {
    const answers = join(place, 'some.json');
    await writeFile(answers, JSON.stringify({ community: 'mandra', livesWithOthers: false, applicantDisability67: true }));
    const given = { json: false, programme: wildfire, answers, overlay: '9230', asOf: '2023-09-15' };
    const greek = String((await run(decideCommand, [], { ...given, language: 'el' })).told['text']);
    expect(greek).toContain('15/09/2023: δεν κρίνεται ακόμα');
    expect(greek).toContain('λείπουν: Ποια μέρα έγινε η ζημιά');
    expect(greek).toContain('Βοήθεια νοικοκυριού: 1.200,00 €');
    expect(String((await run(decideCommand, [], { ...given, language: 'en' })).told['text'])).toContain('Household aid: €1,200.00');
  });
});
