import type { ProgrammeCase } from '#definitions/types/programme.js';
import { canonicalise } from './canonical.js';
import { evaluateProgramme, requiredDocuments } from './programme.js';
import type { PreparedProgramme } from './programme.js';
import type { Answers, Situation } from './situation.js';

/** One thing that came out otherwise than the case expects. */
export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** A case is an application as it was filed: what may stay empty and is empty will not be answered. */
export function situationOfCase(example: ProgrammeCase): Situation {
  return {
    asOf: example.asOf,
    isFiled: true,
    answers: example.answers as Answers,
    facts: (example.facts ?? {}) as Answers,
    findings: (example.findings ?? {}) as { readonly [stepId: string]: Answers },
    documents: example.documents ?? {},
  };
}

/** Runs one case of a programme's own; empty when everything it names came out. */
export function runCase(prepared: PreparedProgramme, example: ProgrammeCase): readonly Difference[] {
  const situation = situationOfCase(example);
  const decision = evaluateProgramme(prepared, situation);
  const { outcome, rules = {}, computed = {}, points, documents } = example.expect;
  const values = new Map(decision.rules.map(({ id, value }) => [id, value]));
  const required = requiredDocuments(prepared, situation).filter((document) => document.required === 'yes').map(({ id }) => id);
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['outcome', outcome, decision.outcome],
    ...Object.entries(rules).map(([id, value]) => [`rule ${id}`, value, values.get(id)] as const),
    ...Object.entries(computed).map(([id, value]) => [`computed ${id}`, value, decision.computed[id]] as const),
    ...(points === undefined ? [] : [['points', points, decision.points.total] as const]),
    ...(documents === undefined ? [] : [['documents', [...documents].sort(), required.sort()] as const]),
  ];
  return pairs.map(([what, expected, found]) => ({ what, expected: write(expected), found: write(found) })).filter(({ expected, found }) => expected !== found);
}

function write(value: unknown): string {
  return value === undefined ? '–' : canonicalise(value);
}
