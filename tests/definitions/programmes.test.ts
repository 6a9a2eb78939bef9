import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashDocument, readProgrammeFolder, writeProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { checkCase, checkOverlay, checkProgramme } from '#definitions/check/check.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import { evaluateProgramme, prepareProgramme, requiredDocuments } from '#definitions/language/programme.js';
import type { Answers, Situation } from '#definitions/language/programme.js';
import { addDays, orthodoxEaster } from '#engine/decide/calendar.js';
import type { NationalDays } from '#engine/decide/calendar.js';
import type { Neighbour } from '#definitions/check/check.js';
import type { Overlay, Programme, ProgrammeCase, Question } from '#definitions/types/programme.js';

const ROOT = join(import.meta.dirname, '../../definitions/programmes');
const NAMES = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
/** Those that the demonstration publishes, in both of its municipalities. */
const DEMO_PROGRAMMES = ['volunteer-registry', 'wildfire-aid'];
const MUNICIPALITIES = ['9220', '9230'];
interface Municipality {
  readonly code: string;
  readonly name: BothLanguages;
  readonly displayName: BothLanguages;
}

const WORDS_MAX = 24;
const NATIONAL = JSON.parse(readFileSync(join(import.meta.dirname, '../../definitions/reference/holidays.json'), 'utf8')) as NationalDays;
const YEARS = [2023, 2024, 2035];
const CHECK_OPTIONS = {
  municipalities: (JSON.parse(readFileSync(join(import.meta.dirname, '../../definitions/reference/municipalities.json'), 'utf8')) as { municipalities: readonly Municipality[] }).municipalities.map(
    ({ code, name, displayName }): Neighbour => ({ code, names: [name.el, displayName.el, name.en] }),
  ),
  holidays: YEARS.flatMap((year) => [
    ...NATIONAL.fixed.map(({ month, day }) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`),
    ...NATIONAL.easter.map(({ offsetDays }) => addDays(orthodoxEaster(year), offsetDays)),
  ]),
};

describe.each(NAMES)('the programme %s', async (name) => {
  const { programme, overlays, cases, caseNames } = await readProgrammeFolder(join(ROOT, name));

  it.each(cases.map((example, position) => ({ example, case: caseNames[position] })))('decides its case $case as it expects', ({ example }) => {
    const prepared = prepareProgramme(programmeOf(programme, { overlays, code: example.overlay }));
    const decision = evaluateProgramme(prepared, situationOf(example));
    const { expect: expected } = example;
    expect(decision.outcome).toBe(expected.outcome);
    expect(Object.fromEntries(decision.rules.map((rule) => [rule.id, rule.value]))).toMatchObject(expected.rules ?? {});
    expect(decision.computed).toMatchObject(expected.computed ?? {});
    if (expected.points !== undefined) expect(decision.points.total).toBe(expected.points);
    if (expected.documents !== undefined) {
      const required = requiredDocuments(prepared, situationOf(example)).filter((document) => document.required === 'yes');
      expect(required.map((document) => document.id).sort()).toEqual([...expected.documents].sort());
    }
  });

  it('is sound, with nothing even doubtful', () => {
    // A batch programme is whole, but no version runs it yet: the one thing that may be said of it.
    // Its calendar, stock and indicators are kept by the staff, which is said each time, so that nobody waits for the engine.
    // What a batch programme asks of its earlier rounds waits for the version that runs them.
    const rounds = programme.facts.flatMap(({ lookup }, position) => (programme.mode === 'batch' && lookup?.kind === 'rounds' ? [`factNotRunnable /facts/${position}/lookup`] : []));
    const kept = (['calendar', 'stock', 'indicators'] as const).filter((part) => programme[part] !== undefined).map((part) => `partKeptByStaff /${part}`);
    expect(checkProgramme(programme, CHECK_OPTIONS).map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([...(programme.mode === 'batch' ? ['selectionNotRunnable /selection'] : []), ...rounds, ...kept]);
    for (const part of ['calendar', 'stock', 'indicators'] as const) expect([undefined, 'staff'], part).toContain(programme[part]?.keptBy);
    for (const overlay of overlays) expect(checkOverlay(programme, overlay, CHECK_OPTIONS), overlay.municipality).toEqual([]);
    cases.forEach((example, position) => expect(checkCase(example), caseNames[position]).toEqual([]));
  });

  it('has a case in which each blocking rule refuses', () => {
    const refused = new Set(cases.flatMap(({ expect: { rules = {} } }) => Object.entries(rules).filter(([, value]) => value === 'false').map(([id]) => id)));
    expect(programme.rules.filter(({ id, severity }) => severity === 'blocking' && !refused.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('has a case for each outcome', () => {
    expect(new Set(cases.map((example) => example.expect.outcome))).toEqual(new Set(['eligible', 'ineligible', 'undecided']));
  });

  it('becomes a version of its own in each municipality that sets it', () => {
    if (DEMO_PROGRAMMES.includes(name)) expect(overlays.map((overlay) => overlay.municipality)).toEqual(MUNICIPALITIES);
    const hashes = overlays.map(({ municipality }) => hashDocument(programmeOf(programme, { overlays, code: municipality })));
    expect(new Set([hashDocument(programme), ...hashes]).size).toBe(overlays.length + 1);
  });

  it('lies in its folder as a written export would', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'diktyo-programme-'));
    try {
      await writeProgrammeFolder(copy, { programme, overlays, cases, caseNames });
      expect(filesIn(copy)).toEqual(filesIn(join(ROOT, name)));
    } finally {
      await rm(copy, { recursive: true });
    }
  });

  it('speaks in sentences of fewer than 25 words, without a Latin letter inside a Greek word', () => {
    const texts = textsOf({ programme, overlays });
    expect(texts.length).toBeGreaterThan(50);
    for (const { el, en } of texts) {
      for (const sentence of [el, en].flatMap((text) => text.split(/[.;·!?:]\s|\n/))) expect(sentence.trim().split(/\s+/).length, sentence).toBeLessThanOrEqual(WORDS_MAX);
      for (const word of el.split(/[^\p{L}\p{M}]+/u)) expect(/\p{Script=Greek}/u.test(word) && /\p{Script=Latin}/u.test(word), `${word} in «${el}»`).toBe(false);
      expect(el).toBe(el.normalize('NFC'));
    }
  });

  it('accents every Greek word of two syllables or more', () => {
    const unaccented = textsOf({ programme, overlays }).flatMap(({ el }) => el.replace(/\{\w+\}/g, '').split(/[^\p{L}\p{M}]+/u)).filter((word) => isUnaccented(word));
    expect(unaccented).toEqual([]);
  });

  it('asks nothing without saying why', () => {
    const silent = questionsOf(programme).filter((question) => question.type !== 'information' && question.purpose === undefined && question.items === undefined);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('asks nothing that no rule, paper, page or step needs, but who and where somebody is', () => {
    const used = readPaths(programme);
    const idle = (programme.form.pages.flatMap((page) => page.questions.flatMap((question) => (question.items ?? [question]))) as readonly Question[]).filter(
      (question) => !['information', 'file', 'declaration'].includes(question.type) && question.sensitivity !== 'identity' && question.type !== 'address' && ![...used].some((path) => path.split('.').includes(question.id)),
    );
    expect(idle.map(({ id }) => id)).toEqual([]);
  });

  it('marks what is not law as invented', () => {
    const demo = [...programme.parameters, ...programme.tables].filter(({ legalBasis = '' }) => legalBasis.includes('επίδειξης'));
    expect(demo.filter(({ invented }) => invented !== true).map(({ id }) => id)).toEqual([]);
    expect([...programme.parameters, ...programme.tables].filter(({ legalBasis }) => legalBasis === undefined).map(({ id }) => id)).toEqual([]);
  });

  it('lets every case end: from each step some end can be reached, and every step from the start', () => {
    const next = new Map(programme.flow.steps.map((step) => [step.id, successorsOf(step)]));
    expect([...reach(next, programme.flow.start)].sort()).toEqual([...next.keys()].sort());
    const ends = programme.flow.steps.filter((step) => step.kind === 'end').map(({ id }) => id);
    for (const id of next.keys()) expect([...reach(next, id)].some((reached) => ends.includes(reached)), id).toBe(true);
  });
});

function programmeOf(base: Programme, { overlays, code }: { overlays: readonly Overlay[]; code: string | undefined }): Programme {
  if (code === undefined) return base;
  const overlay = overlays.find((candidate) => candidate.municipality === code);
  if (overlay === undefined) throw new Error(`no overlay ${code}`);
  const applied = applyOverlay(base, overlay);
  if (!('programme' in applied)) throw new Error(JSON.stringify(applied.findings));
  return applied.programme;
}

function situationOf(example: ProgrammeCase): Situation {
  return {
    asOf: example.asOf,
    isFiled: true,
    answers: example.answers as Answers,
    facts: (example.facts ?? {}) as Answers,
    findings: (example.findings ?? {}) as Record<string, Answers>,
    documents: example.documents ?? {},
  };
}

function filesIn(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map((entry) => [relative(folder, join(entry.parentPath, entry.name)), readFileSync(join(entry.parentPath, entry.name), 'utf8')] as const).sort());
}

interface BothLanguages {
  readonly el: string;
  readonly en: string;
}

function textsOf(value: unknown): readonly BothLanguages[] {
  if (typeof value !== 'object' || value === null) return [];
  const { el, en } = value as Partial<BothLanguages>;
  if (typeof el === 'string' && typeof en === 'string') return [{ el, en }];
  return Object.values(value).flatMap(textsOf);
}

function questionsOf(programme: Programme): readonly Question[] {
  const all = (questions: readonly Question[]): readonly Question[] => questions.flatMap((question) => [question, ...all(question.items ?? [])]);
  return [...programme.form.pages.flatMap((page) => all(page.questions)), ...programme.flow.steps.flatMap((step) => (step.kind === 'assess' ? all(step.findings) : []))];
}

/** Every path that some expression of the programme reads. */
function readPaths(value: unknown, paths = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return paths;
  for (const [key, part] of Object.entries(value)) {
    if ((key === 'var' || key === 'known') && typeof part === 'string') paths.add(part);
    else readPaths(part, paths);
  }
  return paths;
}

/** The ids of steps that a step may lead to, wherever it names them. */
function successorsOf(step: Programme['flow']['steps'][number]): readonly string[] {
  const found: string[] = [];
  const walk = (value: unknown, isNext: boolean): void => {
    if (typeof value === 'string' && isNext) found.push(value);
    else if (typeof value === 'object' && value !== null) for (const [key, part] of Object.entries(value)) walk(part, isNext ? typeof part === 'string' : ['next', 'failed', 'otherwise', 'unknown'].includes(key));
  };
  for (const key of ['next', 'outcomes', 'giveUp', 'overdue', 'cases', 'otherwise', 'unknown', 'failed'] as const) walk({ [key]: (step as unknown as Record<string, unknown>)[key] }, false);
  return found;
}

function reach(next: ReadonlyMap<string, readonly string[]>, from: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(from)) return seen;
  seen.add(from);
  for (const id of next.get(from) ?? []) reach(next, id, seen);
  return seen;
}

/** Capitals are written without accents; two vowels of one sound count as one. */
function isUnaccented(word: string): boolean {
  if (!/\p{Script=Greek}/u.test(word) || word === word.toUpperCase() || /[ΆΈΉΊΌΎΏάέήίόύώΐΰ]/u.test(word)) return false;
  // «για», «δυο», «ποιος»: an ι before the vowel of the ending makes no syllable.
  const heard = word.toLowerCase().replace(/^ποι/u, 'π').replace(/ου|αι|ει|οι|υι|αυ|ευ|ηυ/gu, 'α').replace(/[ιυ](?=[αεηοω])/gu, '');
  return (heard.match(/[αεηιουωϊϋ]/gu) ?? []).length > 1;
}
