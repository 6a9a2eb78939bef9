import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { casesCommand } from '#commands/cases.js';
import { checkCommand } from '#commands/check.js';
import type { Command } from '#commands/command.js';
import { decideCommand } from '#commands/decide.js';
import { explainCommand } from '#commands/explain.js';
import { FINDING_CODES, checkCase, checkForPublication, checkOverlay, checkProgramme } from '#definitions/check/check.js';
import { compareProgrammes } from '#definitions/check/changes.js';
import { joinDocument } from '#definitions/folder/layout.js';
import { explainProgramme } from '#definitions/language/explain.js';
import { evaluateExpression, prepareProgramme } from '#definitions/language/programme.js';
import type { Outcome, Situation } from '#definitions/language/programme.js';
import { runCase } from '#definitions/language/programme-case.js';
import type { Computed, Expression, Overlay, Programme, ProgrammeCase } from '#definitions/types/programme.js';
import { SCHEMAS } from '#definitions/types/schemas.js';
import { AS_OF, smallProgramme, text } from './small-programme.js';
// @ts-expect-error: plain JavaScript that runs before anything is built
import { freshManual as fresh, nounsOf as nouns } from '../../bin/manual.mjs';

const freshManual = fresh as (words: string, language: string) => Promise<string>;
const nounsOf = nouns as (name: string, schema: unknown) => readonly { readonly path: string; readonly node: { readonly properties: Record<string, unknown> } }[];

const FOLDER = join(import.meta.dirname, '../../definitions');
const MANUALS = { el: readFileSync(join(FOLDER, 'MANUAL.el.md'), 'utf8'), en: readFileSync(join(FOLDER, 'MANUAL.md'), 'utf8') } as const;
const WORDS_MAX = 25;

interface Block {
  readonly language: string;
  /** What follows `json` in the fence: what kind of example it is, and what it claims. */
  readonly claim: readonly string[];
  readonly body: string;
  /** The rows of a table right below. */
  readonly rows: readonly (readonly string[])[];
}

function blocksOf(manual: string): readonly Block[] {
  return [...manual.matchAll(/^```(\S+) ?(.*)\n([\s\S]*?)^```\n(?:\n((?:\|.*\n)+))?/gm)].map(([, language = '', claim = '', body = '', table = '']) => ({
    language,
    claim: claim.split(' '),
    body,
    rows: table
      .split('\n')
      .slice(2)
      .filter((line) => line !== '')
      .map((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)),
  }));
}

const BLOCKS = blocksOf(MANUALS.el);
const of = (kind: string): readonly Block[] => BLOCKS.filter(({ language, claim }) => language === 'json' && claim[0] === kind);

/** The programme that the chapter "step by step" writes, file by file. */
const FILES: ReadonlyMap<string, string> = new Map(of('file').map(({ claim, body }) => [(claim[1] ?? '').replace('rent-help/', ''), body]));
const RENT_HELP = joinDocument(new Map([...FILES].map(([file, body]) => [file, JSON.parse(body) as unknown]))) as unknown as Programme;
/** The programme that the chapter "the language" builds up. */
const WORKBOOK = smallProgramme(Object.assign({}, ...of('workbook').map(({ body }) => JSON.parse(body) as object)) as Partial<Programme>);

const UNKNOWN = ['missing', 'refused', 'awaitingRegistry', 'awaitingDocument', 'notApplicable', 'fault'];

function claimOf(outcome: Outcome): string {
  return outcome.known ? JSON.stringify(outcome.value) : outcome.because;
}

/** `{…}` answers; `facts {…}`, `documents {…}` and `asOf "…"` what else is known. */
function situationOf(codes: readonly string[]): Situation {
  const parts = codes.map((code) => {
    const [, name = 'answers', value = ''] = /^(facts|documents|asOf)? ?([\s\S]*)$/.exec(code) ?? [];
    return [name, JSON.parse(value) as unknown] as const;
  });
  return { asOf: AS_OF, answers: {}, ...Object.fromEntries(parts) } as Situation;
}

function errorsOf(programme: unknown): readonly string[] {
  return checkProgramme(programme).filter(({ severity }) => severity === 'error').map(({ code, pointer }) => `${code} ${pointer}`);
}

describe('every example of the manual does what the text beside it says', () => {
  it('is of a kind that this test runs', () => {
    const kinds = new Set(BLOCKS.map(({ language, claim }) => `${language} ${claim[0]}`.trim()));
    expect([...kinds].sort()).toEqual(['console', 'json answers', 'json broken', 'json case', 'json expression', 'json file', 'json newer', 'json overlay', 'json workbook', 'text explain']);
  });

  it('the example programme of the notice is sound, with nothing doubtful', () => {
    expect(checkProgramme(RENT_HELP)).toEqual([]);
    expect(checkForPublication(RENT_HELP)).toEqual([]);
    for (const [file, body] of FILES) if (file.startsWith('overlays/')) expect(checkOverlay(RENT_HELP, JSON.parse(body)), file).toEqual([]);
    for (const [file, body] of FILES) if (file.startsWith('cases/')) expect(checkCase(JSON.parse(body)), file).toEqual([]);
  });

  it('the programme of the language chapter has no errors', () => {
    expect(errorsOf(WORKBOOK)).toEqual([]);
  });

  it.each(of('expression').flatMap(({ body, rows }) => rows.map((row) => ({ expression: body.trim(), given: row.slice(0, -1), gives: row.at(-1) ?? '' }))))('$expression with $given gives $gives', ({ expression, given, gives }) => {
    expect(claimOf(evaluateExpression(prepareProgramme(WORKBOOK, { version: 'test' }), JSON.parse(expression), situationOf(given)))).toBe(gives);
  });

  it.each(of('expression').map(({ body, rows }) => ({ expression: body.trim(), rows })))('$expression is of a type that the check accepts', ({ expression, rows }) => {
    const gives = rows.map((row) => row.at(-1) ?? '').filter((claim) => !UNKNOWN.includes(claim));
    expect(gives.length).toBeGreaterThan(0);
    const types: readonly Computed['type'][] = /^(true|false)$/.test(gives[0] ?? '') ? ['boolean'] : ['money', 'number'];
    const found = types.map((type) => errorsOf({ ...WORKBOOK, computed: [...WORKBOOK.computed, { id: 'example', title: text('Παράδειγμα'), type, value: JSON.parse(expression) as Expression }] }));
    expect(found.some((errors) => errors.length === 0), JSON.stringify(found)).toBe(true);
  });

  it.each(of('case').map(({ body }) => ({ example: JSON.parse(body) as ProgrammeCase })))('the case «$example.title.el» comes out', ({ example }) => {
    expect(checkCase(example)).toEqual([]);
    expect(runCase(prepareProgramme(WORKBOOK), example)).toEqual([]);
  });

  it.each(of('broken').map(({ claim, body }) => ({ code: claim[1], pointer: claim[2], body })))('the check says $code at $pointer', ({ code, pointer, body }) => {
    const found = checkForPublication({ ...WORKBOOK, ...(JSON.parse(body) as Partial<Programme>) }).filter(({ severity }) => severity === 'error');
    expect(found.map((finding) => `${finding.code} ${finding.pointer}`)).toEqual([`${code} ${pointer}`]);
  });

  it.each(of('overlay').map(({ claim, body }) => ({ code: claim[1], pointer: claim[2], body })))('the check of settings says $code', ({ code, pointer, body }) => {
    expect(checkOverlay(RENT_HELP, JSON.parse(body) as Overlay).map((finding) => `${finding.code} ${finding.pointer}`)).toEqual([`${code} ${pointer}`]);
  });

  it.each(of('newer').map(({ claim, body }) => ({ list: claim[1] as 'rules' | 'parameters', kind: claim[2], body })))('a new version of $list is $kind', ({ list, kind, body }) => {
    const changed = JSON.parse(body) as { readonly id: string };
    const after = { ...RENT_HELP, [list]: RENT_HELP[list].map((thing) => (thing.id === changed.id ? changed : thing)) } as Programme;
    expect(checkProgramme(after).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(compareProgrammes(RENT_HELP, after).map((change) => change.class)).toEqual([kind]);
  });
});

describe('what the manual shows of an explanation', () => {
  it.each(['el', 'en'] as const)('is what explain writes, in %s', (language) => {
    const shown = blocksOf(MANUALS[language]).filter(({ language: kind, claim }) => kind === 'text' && claim[0] === 'explain').map(({ claim, body }) => [claim[1], body.trim()]);
    expect(shown).toEqual(shown.map(([id]) => [id, explainProgramme(WORKBOOK).find((thing) => thing.id === id)?.lines[language].join('\n')]));
    expect(shown.length).toBeGreaterThan(0);
  });
});

describe('the commands of the manual print what it shows', () => {
  let place = '';
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'diktyo-manual-'));
    for (const [file, body] of FILES) {
      await mkdir(dirname(join(place, 'rent-help', file)), { recursive: true });
      await writeFile(join(place, 'rent-help', file), body);
    }
    await writeFile(join(place, 'answers.json'), of('answers')[0]?.body ?? '');
  });
  afterAll(() => rm(place, { recursive: true, force: true }));
  afterEach(() => vi.restoreAllMocks());

  async function run(command: Command, given: Parameters<Command['run']>[0]): Promise<{ readonly status: number; readonly written: string }> {
    let written = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      written += String(chunk);
      return true;
    });
    const status = await command.run(given);
    vi.restoreAllMocks();
    return { status, written };
  }

  it('check finds nothing and all cases pass', async () => {
    const folder = join(place, 'rent-help');
    expect((await run(checkCommand, { arguments: [folder], options: { json: true } })).written).toBe('{"findings":[]}\n');
    const count = [...FILES.keys()].filter((file) => file.startsWith('cases/')).length;
    expect(count).toBeGreaterThanOrEqual(6);
    expect(JSON.parse((await run(casesCommand, { arguments: [folder], options: { json: true } })).written)).toMatchObject({ passed: count, failed: 0 });
  });

  it.each(['el', 'en'] as const)('explain, the way back, and decide, in %s', async (language) => {
    const consoles = blocksOf(MANUALS[language]).filter((block) => block.language === 'console').map(({ body }) => body.split('\n'));
    const shown = consoles.map(([, ...lines]) => lines.join('\n').trim());
    const [, read = ''] = /--read "(.+)"$/.exec(consoles[1]?.[0] ?? '') ?? [];
    const readBack = await run(explainCommand, { arguments: [join(place, 'rent-help')], options: { language, read } });
    const explained = await run(explainCommand, { arguments: [join(place, 'rent-help'), 'incomeLimit'], options: { language } });
    const decided = await run(decideCommand, { arguments: [], options: { programme: join(place, 'rent-help'), answers: join(place, 'answers.json'), asOf: '2026-02-02', language } });
    expect([explained, readBack, decided].map(({ written }) => written.trim())).toEqual(shown);
  });
});

describe('the manual leaves nothing out', () => {
  it.each(['el', 'en'] as const)('has an entry for every finding code, in %s', (language) => {
    expect(FINDING_CODES.filter((code) => !MANUALS[language].includes(`\n| \`${code}\` | `))).toEqual([]);
  });

  it.each(['el', 'en'] as const)('has a row for every property of every schema, in %s', (language) => {
    const lacking = Object.entries(SCHEMAS).flatMap(([file, schema]) =>
      nounsOf(file, schema).flatMap(({ path, node }) => {
        const [, section = ''] = MANUALS[language].split(`\n**\`${path}\`**`);
        const table = section.split('\n\n')[1] ?? '';
        return Object.keys(node.properties).filter((name) => !table.includes(`| \`${name}\` | `)).map((name) => `${path}.${name}`);
      }),
    );
    expect(lacking).toEqual([]);
  });

  it('shows every operator in an example that is run', () => {
    const operators = Object.values((SCHEMAS['expression.json'] as { $defs: Record<string, { required: string[] }> }).$defs).map(({ required }) => required[0] ?? '');
    const used = of('expression').map(({ body }) => body).join('\n');
    expect(operators.filter((name) => !used.includes(`"${name}":`))).toEqual([]);
  });

  it('shows every kind of question and every kind of step', () => {
    const { enum: kinds } = (SCHEMAS['question.json'] as { properties: { type: { enum: string[] } } }).properties.type;
    const asked = new Set([WORKBOOK, RENT_HELP].flatMap(({ form }) => form.pages.flatMap((page) => page.questions.map(({ type }) => type))));
    expect(kinds.filter((kind) => !asked.has(kind as never))).toEqual([]);
    const { $defs } = SCHEMAS['flow.json'] as { $defs: Record<string, { properties?: { kind?: { const?: string } } }> };
    const taken = new Set<string>([WORKBOOK, RENT_HELP].flatMap(({ flow }) => flow.steps.map(({ kind }) => kind)));
    expect(Object.values($defs).flatMap(({ properties }) => properties?.kind?.const ?? []).filter((kind) => !taken.has(kind))).toEqual([]);
  });
});

describe('both manuals are one', () => {
  it.each(['el', 'en'] as const)('the generated parts are fresh, in %s (node bin/manual.mjs)', async (language) => {
    expect(await freshManual(MANUALS[language], language)).toBe(MANUALS[language]);
  });

  it('they have the same headings, by number, and the same examples', () => {
    const headings = (manual: string): readonly string[] => [...withoutBlocks(manual).matchAll(/^(#+) ([\d.]*)/gm)].map(([, level = '', number = '']) => `${level} ${number}`);
    expect(headings(MANUALS.en)).toEqual(headings(MANUALS.el));
    const examples = (manual: string): unknown => blocksOf(manual).filter(({ language }) => language === 'json');
    expect(examples(MANUALS.en)).toEqual(examples(MANUALS.el));
  });

  it.each(['el', 'en'] as const)('no sentence is longer than 25 words, in %s', (language) => {
    const long = withoutBlocks(MANUALS[language])
      .split(/[.;·!?:…]+(?=[\s*»”)]|$)|\n|\|/u)
      .filter((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length > WORDS_MAX && !sentence.includes('`,'));
    expect(long).toEqual([]);
  });

  it('no Greek word has a Latin letter in it', () => {
    const mixed = withoutBlocks(MANUALS.el).split(/[^\p{L}\p{M}]+/u).filter((word) => /\p{Script=Greek}/u.test(word) && /\p{Script=Latin}/u.test(word));
    expect(mixed).toEqual([]);
  });
});

function withoutBlocks(manual: string): string {
  return manual.replace(/^```[\s\S]*?^```/gm, '');
}
