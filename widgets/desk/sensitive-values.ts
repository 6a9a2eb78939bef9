import type { Computed, Programme, Question } from '#definitions/types/programme.js';

/**
 * Computed values that repeat an answer of a special category («αναπηρία στο νοικοκυριό: ναι»): covered like the answer.
 * Amounts stay: whoever decides and pays works with them.
 */
export function sensitiveComputed(programme: Programme): ReadonlySet<string> {
  const questions = new Set(sensitiveQuestions(programme));
  const found = new Set<string>();
  // Values build on one another, in any order of declaration.
  for (let known = -1; known < found.size; ) {
    known = found.size;
    for (const { id, value } of programme.computed) if (reads(value, { questions, computed: found })) found.add(id);
  }
  return new Set(programme.computed.filter(({ id, type }: Computed) => found.has(id) && type !== 'money').map(({ id }) => id));
}

function sensitiveQuestions({ form, flow }: Programme): readonly string[] {
  const idsOf = (question: Question): readonly string[] => [...(isSensitive(question) ? [question.id] : []), ...(question.items ?? []).flatMap(idsOf)];
  const findings = flow.steps.flatMap((step) => (step.kind === 'assess' ? step.findings : []));
  return [...form.pages.flatMap((page) => page.questions), ...findings].flatMap(idsOf);
}

export function isSensitive(question: Question | undefined): boolean {
  return question?.sensitivity === 'special' || question?.sensitivity === 'criminal';
}

interface Names {
  readonly questions: ReadonlySet<string>;
  readonly computed: ReadonlySet<string>;
}

/** A path ends in the question's id, of the form or of a member: `person.memberDisability67`. */
function reads(expression: unknown, names: Names): boolean {
  if (typeof expression !== 'object' || expression === null) return false;
  return Object.entries(expression).some(([word, part]) => {
    if (typeof part !== 'string') return reads(part, names);
    return word === 'computed' ? names.computed.has(part) : (word === 'var' || word === 'known') && names.questions.has(part.split('.').at(-1) ?? '');
  });
}
