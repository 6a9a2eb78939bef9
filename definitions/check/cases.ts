import { parseDate } from '#definitions/language/dates.js';
import type { Programme, ProgrammeCase, Question } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';

/** A case that speaks of what the programme does not have proves nothing: names, options and kinds of answers. */
export function findContraryCase(programme: Programme, example: ProgrammeCase): readonly Draft[] {
  const { answers, facts = {}, findings = {}, documents = {}, expect } = example;
  const questions = programme.form.pages.flatMap((page) => page.questions);
  const steps = new Map(programme.flow.steps.flatMap((step) => (step.kind === 'assess' ? [[step.id, step.findings] as const] : [])));
  return [
    ...answersDrafts(answers, { questions, pointer: '/answers' }),
    ...namesDrafts(facts, { ids: idsOf(programme.facts), pointer: '/facts', noun: 'fact' }),
    ...namesDrafts(documents, { ids: idsOf(programme.documents), pointer: '/documents', noun: 'document' }),
    ...Object.entries(findings).flatMap(([id, given]) => {
      const asked = steps.get(id);
      return asked === undefined ? [unknown('step', { name: id, pointer: below('/findings', id) })] : answersDrafts(given, { questions: asked, pointer: below('/findings', id) });
    }),
    ...namesDrafts(expect.rules ?? {}, { ids: idsOf(programme.rules), pointer: '/expect/rules', noun: 'rule' }),
    ...namesDrafts(expect.computed ?? {}, { ids: idsOf(programme.computed), pointer: '/expect/computed', noun: 'computed' }),
    ...(expect.documents ?? []).flatMap((id, position) => (idsOf(programme.documents).has(id) ? [] : [unknown('document', { name: id, pointer: `/expect/documents/${position}` })])),
  ];
}

function idsOf(list: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(list.map(({ id }) => id));
}

function unknown(noun: string, { name, pointer }: { name: string; pointer: string }): Draft {
  return { code: 'nameUnknown', pointer, params: { noun, name } };
}

function namesDrafts(given: object, { ids, pointer, noun }: { ids: ReadonlySet<string>; pointer: string; noun: string }): readonly Draft[] {
  return Object.keys(given).flatMap((name) => (ids.has(name) ? [] : [unknown(noun, { name, pointer: below(pointer, name) })]));
}

function answersDrafts(given: unknown, { questions, pointer }: { questions: readonly Question[]; pointer: string }): readonly Draft[] {
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given).flatMap(([name, value]: [string, unknown]): readonly Draft[] => {
    const question = questions.find(({ id }) => id === name);
    return question === undefined ? [unknown('question', { name, pointer: below(pointer, name) })] : answerDrafts(value, { question, pointer: below(pointer, name) });
  });
}

function answerDrafts(value: unknown, { question, pointer }: { question: Question; pointer: string }): readonly Draft[] {
  if (value === null || value === '' || (typeof value === 'object' && Object.hasOwn(value, 'refused'))) return [];
  const { type, items = [], options = [] } = question;
  if (type === 'repeat' && Array.isArray(value)) return value.flatMap((element: unknown, position) => answersDrafts(element, { questions: items, pointer: below(pointer, position) }));
  const chosen = type === 'choice' ? [value] : type === 'choices' && Array.isArray(value) ? value : [];
  const stray = chosen.find((each) => !options.some((option) => option.value === each));
  if (stray !== undefined) return [{ code: 'optionUnknown', pointer, params: { found: String(stray).slice(0, 80), expected: options.map((option) => option.value).join(', ') } }];
  return isOfType(value, type) ? [] : [{ code: 'typeMismatch', pointer, params: { found: Array.isArray(value) ? 'list' : typeof value, expected: type } }];
}

function isOfType(value: unknown, type: Question['type']): boolean {
  if (type === 'money' || type === 'number') return Number.isSafeInteger(value);
  if (type === 'yesNo' || type === 'declaration') return typeof value === 'boolean';
  if (type === 'date') return parseDate(value) !== null;
  if (type === 'repeat' || type === 'choices') return Array.isArray(value);
  return true;
}
