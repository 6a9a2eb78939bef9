import type { PreparedProgramme } from '#definitions/language/programme.js';
import { requiredDocuments } from '#definitions/language/programme.js';
import type { Answers as LanguageAnswers } from '#definitions/language/programme.js';
import type { DocumentKind, Programme, Question } from '#definitions/types/programme.js';
import { stripHidden } from '#forms/answers/answers.js';

type GivenAnswers = Readonly<Record<string, unknown>>;

/** A file that an answer names, and the kind of paper that its question asks for. */
export interface NamedFile {
  readonly documentId: string;
  readonly kind: string;
}

const asking = new WeakMap<readonly Question[], readonly Question[]>();
const ofPages = new WeakMap<Programme, readonly Question[]>();

/** The questions that take files, or in whose members one may; of a programme they are looked up once. */
function questionsWithFiles(questions: readonly Question[]): readonly Question[] {
  let found = asking.get(questions);
  if (found === undefined) asking.set(questions, (found = questions.filter(({ document, items }) => document !== undefined || (items !== undefined && questionsWithFiles(items).length > 0))));
  return found;
}

export function filesOfAnswers(programme: Programme, answers: GivenAnswers): readonly NamedFile[] {
  let questions = ofPages.get(programme);
  if (questions === undefined) ofPages.set(programme, (questions = programme.form.pages.flatMap((page) => page.questions)));
  return collect(questionsWithFiles(questions), answers);
}

function collect(questions: readonly Question[], given: GivenAnswers): readonly NamedFile[] {
  return questions.flatMap(({ id, document, items }) => {
    const value: unknown = Object.hasOwn(given, id) ? given[id] : undefined;
    if (!Array.isArray(value)) return [];
    if (items !== undefined) return value.flatMap((member: unknown) => (isObject(member) ? collect(questionsWithFiles(items), member) : []));
    return document === undefined ? [] : value.flatMap((one: unknown) => (typeof one === 'string' ? [{ documentId: one, kind: document }] : []));
  });
}

function isObject(value: unknown): value is GivenAnswers {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Papers that these answers surely need and that are not among those in hand. */
export function missingPapers(prepared: PreparedProgramme, { answers, today, inHand }: { readonly answers: GivenAnswers; readonly today: string; readonly inHand: ReadonlySet<string> }): readonly DocumentKind[] {
  const { programme } = prepared;
  const asked = stripHidden(programme, answers, { today }) as LanguageAnswers;
  const needed = new Set<string>();
  for (const { id, required } of requiredDocuments(prepared, { answers: asked, isFiled: true, asOf: today })) if (required === 'yes') needed.add(id);
  return programme.documents.filter(({ id }) => needed.has(id) && !inHand.has(id));
}
