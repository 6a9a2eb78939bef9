import { describe, expect, it } from 'vitest';
import { checkProgramme } from '#definitions/check/check.js';
import { canonicalise } from '#definitions/language/canonical.js';
import { evaluateProgramme, prepareProgramme } from '#definitions/language/programme.js';
import type { Decision } from '#definitions/language/programme.js';
import { examples, fc } from '#tests/support/properties.js';
import { nonsense, partsOf, programmes, situations } from './generated.js';
import { AS_OF } from './small-programme.js';

const PAIRS = examples(2000);
const SOME = examples(300);

function decide(programme: Parameters<typeof prepareProgramme>[0]): (situation: Parameters<typeof evaluateProgramme>[1]) => Decision {
  const prepared = prepareProgramme(programme, { version: 'generated' });
  return (situation) => evaluateProgramme(prepared, situation);
}

describe('whatever is declared and whatever is answered', () => {
  it('generated programmes are well typed, so that what follows speaks of sound definitions', () => {
    fc.assert(
      fc.property(programmes, (programme) => {
        // Figures with a unit are mixed freely here on purpose: units do not change values.
        const errors = checkProgramme(programme).filter(({ severity, code }) => severity === 'error' && !['comparisonMixed', 'unitsMixed', 'moneyTimesMoney', 'waysMixed', 'typeMismatch', 'divisionByZero', 'bandGap', 'bandsEndOpen'].includes(code));
        expect(errors).toEqual([]);
      }),
      examples(50),
    );
  });

  it('there is a decision, never a throw', () => {
    fc.assert(
      fc.property(programmes, nonsense, (programme, answers) => {
        expect(['eligible', 'ineligible', 'undecided']).toContain(decide(programme)({ asOf: AS_OF, answers }).outcome);
      }),
      SOME,
    );
  });

  it('the same question has the same answer, byte for byte, also after the order of answers changed', () => {
    fc.assert(
      fc.property(programmes, situations, (programme, situation) => {
        const turned = { ...situation, answers: Object.fromEntries(Object.entries(situation.answers).reverse()) };
        expect(canonicalise(decide(programme)(turned))).toBe(canonicalise(decide(programme)(situation)));
      }),
      SOME,
    );
  });

  it('points are the sum of their lines, and lie within their bounds', () => {
    fc.assert(
      fc.property(programmes, situations, fc.func(fc.boolean()), (programme, situation, keep) => {
        const { points } = decide(programme)(partsOf(situation, keep));
        if (points.total !== null) {
          expect(points.lines.reduce((sum, line) => sum + (line.points ?? NaN), 0)).toBe(points.total);
          expect([points.min, points.max]).toEqual([points.total, points.total]);
        }
        for (const { min, max } of [points, ...points.lines]) if (min !== null && max !== null) expect(min).toBeLessThanOrEqual(max);
      }),
      SOME,
    );
  });
});

describe('not yet answered is not "no"', () => {
  it(`a decision once reached never flips when more answers arrive (${PAIRS.numRuns} pairs)`, () => {
    let decided = 0;
    fc.assert(
      fc.property(programmes, situations, fc.func(fc.boolean()), fc.func(fc.boolean()), (programme, situation, first, second) => {
        const judge = decide(programme);
        const early = judge(partsOf(situation, (path) => first(path) && second(path)));
        const later = judge(partsOf(situation, (path) => first(path) || second(path)));
        expectSettledStays(early, later);
        expectSettledStays(later, judge(situation));
        decided += early.rules.filter(({ value }) => value !== 'unknown').length;
      }),
      PAIRS,
    );
    expect(decided).toBeGreaterThan(PAIRS.numRuns / 4);
  });

  it('can fail: with two values instead of three, decisions do flip', () => {
    let flips = 0;
    fc.assert(
      fc.property(programmes, situations, fc.func(fc.boolean()), (programme, situation, keep) => {
        const judge = decide(programme);
        const early = judge(partsOf(situation, keep)).rules.map(({ value }) => (value === 'true' ? 'true' : 'false'));
        const full = judge(situation).rules.map(({ value }) => (value === 'true' ? 'true' : 'false'));
        if (early.some((value, position) => value !== full[position])) flips += 1;
      }),
      SOME,
    );
    expect(flips).toBeGreaterThan(SOME.numRuns / 20);
  });
});

/**
 * Outcomes, rule values, computed values and points that are settled stay; bounds only narrow. A rule that holds whether or
 * not it applies may turn out not to apply: it stands in nobody's way before and after.
 */
function expectSettledStays(early: Decision, later: Decision): void {
  if (early.outcome !== 'undecided') expect(later.outcome).toBe(early.outcome);
  early.rules.forEach(({ value }, position) => {
    const after = later.rules[position]?.value;
    if (value !== 'unknown' && !(value === 'true' && after === 'notApplicable')) expect(after).toBe(value);
  });
  early.points.lines.forEach((line, position) => {
    const after = later.points.lines[position];
    if (line.points !== null) expect(after?.points).toBe(line.points);
    if (line.min !== null) expect(after?.min ?? -Infinity).toBeGreaterThanOrEqual(line.min);
    if (line.max !== null) expect(after?.max ?? Infinity).toBeLessThanOrEqual(line.max);
  });
  for (const [name, value] of Object.entries(early.computed)) if (value !== null) expect(later.computed[name]).toEqual(value);
}
