import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDemoPaper } from '#commands/demo/demo-paper.js';
import { inventHouseholds } from '#commands/demo/people.js';
import { DEMO_SEED, planDemo } from '#commands/demo/plan.js';
import { fillTemplate } from '#commands/demo/template.js';
import { readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import { evaluateProgramme, prepareProgramme } from '#definitions/language/programme.js';
import type { Answers } from '#definitions/language/programme.js';
import type { Programme } from '#definitions/types/programme.js';
import { inspectDocument } from '#engine/api/documents/inspection.js';
import { checkAnswers } from '#forms/answers/answers.js';

const TODAY = '2026-11-20';
const households = inventHouseholds({ seed: DEMO_SEED });
const plan = planDemo({ seed: DEMO_SEED, households, today: TODAY });
const programmes = new Map<string, Programme>();

beforeAll(async () => {
  for (const id of new Set(plan.map((filing) => filing.programme))) {
    const { programme, overlays } = await readProgrammeFolder(join(import.meta.dirname, '../../definitions/programmes', id));
    for (const overlay of overlays) {
      const applied = applyOverlay(programme, overlay);
      if ('programme' in applied) programmes.set(`${id} ${overlay.municipality}`, applied.programme);
    }
  }
});

describe('the demo plan', () => {
  it('files between 60 and 120 applications in both municipalities, each with a key of its own', () => {
    expect(plan.length).toBeGreaterThanOrEqual(60);
    expect(plan.length).toBeLessThanOrEqual(120);
    expect(new Set(plan.map((filing) => filing.municipality)).size).toBe(2);
    const keys = plan.flatMap((filing) => [filing.key, ...filing.actions.map((action) => action.key)]);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9_-]{16,64}$/);
  });

  it('tells every story in both municipalities', () => {
    const stories = new Map<string, Set<string>>();
    for (const { programme, story, municipality } of plan) stories.set(`${programme} ${story}`, (stories.get(`${programme} ${story}`) ?? new Set()).add(municipality));
    for (const [story, municipalities] of stories) expect([...municipalities].sort(), story).toEqual(['9220', '9230']);
  });

  it('is the same for the same seed', () => {
    expect(planDemo({ seed: DEMO_SEED, households, today: TODAY })).toEqual(plan);
    expect(planDemo({ seed: 'other', households, today: TODAY })[0]?.key).not.toBe(plan[0]?.key);
  });

  it('answers every form so that a clerk would find nothing wrong with it', () => {
    for (const { answers, programme, municipality, applicantName } of plan) {
      const declared = programmes.get(`${programme} ${municipality}`);
      if (declared === undefined) throw new Error(`no version of ${programme} for ${municipality}`);
      expect(checkAnswers(declared, answers, { today: TODAY, stage: 'submit' }), applicantName).toEqual([]);
    }
  });

  it('refuses at once those outside the area, and nobody else', () => {
    for (const { answers, programme, municipality, story } of plan) {
      const declared = programmes.get(`${programme} ${municipality}`);
      if (declared === undefined) throw new Error(`no version of ${programme} for ${municipality}`);
      const { outcome } = evaluateProgramme(prepareProgramme(declared), { answers: answers as Answers, asOf: TODAY, isFiled: true });
      expect(outcome === 'ineligible', `${story} of ${programme}`).toBe(story.includes('outside'));
    }
  });

  it('names only steps, outcomes, papers and findings that the programme has', () => {
    for (const { actions, programme, municipality } of plan) {
      const steps = programmes.get(`${programme} ${municipality}`)?.flow.steps ?? [];
      for (const action of actions) {
        if (!('do' in action)) continue;
        const { stepId, outcome, findings, partId } = action.do as { stepId?: string; outcome?: string; findings?: object; partId?: string };
        if (stepId === undefined) continue;
        const step = steps.find(({ id }) => id === stepId);
        expect(step, stepId).toBeDefined();
        if (step?.kind === 'review') expect(step.outcomes.map(({ id }) => id)).toContain(outcome);
        if (step?.kind === 'assess') expect(step.findings.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(findings ?? {})));
        if (step?.kind === 'pay') expect(step.parts.map(({ id }) => id)).toContain(partId);
        if (step?.kind === 'review' || step?.kind === 'assess' || step?.kind === 'decide' || step?.kind === 'pay') expect(step.role).toBe(action.as);
      }
    }
  });
});

describe('a demo paper', () => {
  it('is a real PDF, against which the inspection of uploads has nothing, and would have of the same bytes as a picture', () => {
    const paper = Buffer.from(makeDemoPaper('identity (burnt)'));
    expect(inspectDocument(paper, 'application/pdf')).toBeNull();
    expect(inspectDocument(paper, 'image/png')).toMatchObject({ code: 'document.contentDiffers' });
  });

  it('names each of its objects where its table says', () => {
    const text = Buffer.from(makeDemoPaper('x')).toString('latin1');
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
    expect(text.slice(start, start + 4)).toBe('xref');
    const offsets = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map((match) => Number(match[1]));
    expect(offsets).toHaveLength(5);
    offsets.forEach((offset, position) => expect(text.slice(offset)).toMatch(new RegExp(`^${position + 1} 0 obj\n`)));
  });
});

describe('a template', () => {
  const sheet = { name: 'Ζωή', people: [{ age: 3 }, { age: 5 }], nobody: [], place: 'b' };
  const fill = (template: unknown): unknown => fillTemplate(template, { sheet, seed: 's' });

  it.each([
    ['a path', '$name', 'Ζωή'],
    ['a path that leads nowhere', '$missing.part', undefined],
    ['a prototype, which is nowhere', '$constructor.name', undefined],
    ['a literal', 'name', 'name'],
    ['each element', { $each: 'people', of: { years: '$age' } }, [{ years: 3 }, { years: 5 }]],
    ['no element', { $each: 'nobody', of: '$age' }, undefined],
    ['a choice by a path', { $by: 'place', of: { a: 1, b: 2 } }, 2],
    ['an object, without what leads nowhere', { a: '$name', b: '$none' }, { a: 'Ζωή' }],
  ])('fills %s', (_, template, filled) => {
    expect(fill(template)).toEqual(filled);
  });

  it('picks the same again and not always the first', () => {
    const pick = (seed: string): unknown => fillTemplate({ a: { $pick: [1, 2, 3, 4] } }, { sheet, seed });
    expect(pick('one')).toEqual(pick('one'));
    expect(new Set(Array.from({ length: 40 }, (_, seed) => JSON.stringify(pick(String(seed))))).size).toBe(4);
  });
});
