import { compareProgrammes } from '#definitions/check/changes.js';
import type { Behaviour } from '#definitions/check/changes.js';
import type { Programme, Question } from '#definitions/types/programme.js';
import { unaskedIn } from '#forms/pages/prepared.js';
import type { Answers, Json } from '#engine/contract/case.js';

/** What a new version means for an application that is not filed yet. */
export interface MovedDraft {
  /** `ask`: some questions must be looked at before it can be filed; `adopt`: nothing is asked that is not answered. */
  readonly behaviour: Exclude<Behaviour, 'pinned'>;
  /** Ids of those questions, as they stand on the pages; of a list, the list's own. */
  readonly questions: readonly string[];
  /** What the new version's form takes: without what it no longer asks, and without what must be said anew. */
  readonly answers: Answers;
}

export interface DraftVersions {
  readonly before: Programme;
  readonly after: Programme;
  /** yyyy-mm-dd, in Athens. */
  readonly today: string;
}

/** Answers that were given to one version, as the other one takes them. Nothing is made up and nothing kept is lost by it. */
export function moveAnswers(given: Answers, { before, after, today }: DraftVersions): MovedDraft {
  const known = new Map(questionsOf(before).map((question) => [question.id, question]));
  const asked = new Map(questionsOf(after).map((question) => [question.id, question]));
  const kept = Object.entries(given).flatMap(([id, answer]): (readonly [string, Json])[] => {
    const [old, now] = [known.get(id), asked.get(id)];
    if (now === undefined && old !== undefined) return [];
    return [[id, now?.items === undefined || old?.items === undefined ? answer : withoutGone(answer, { old: old.items, now: now.items })]];
  });
  const changes = compareProgrammes(before, after, { on: today }).filter(({ behaviour, what }) => behaviour.draft === 'ask' && what.startsWith('question '));
  const reworded = new Set(changes.filter((change) => change.class === 'declarationReworded').map(({ what }) => pathOf(what)));
  const answers: Answers = Object.fromEntries(kept.filter(([id]) => !reworded.has(id)));
  const hidden = unaskedIn(after, answers, today);
  const questions = changes.map(({ what }) => pathOf(what)).filter((path) => isOpen(path.split('.'), { answers, hidden }));
  const ids = [...new Set(questions.map((path) => path.split('.')[0] ?? path))];
  return { behaviour: ids.length > 0 ? 'ask' : 'adopt', questions: ids, answers };
}

/** What a draft holds beyond what its owner's form shows now stays in it: a question may come back. */
export function keepLeftovers(before: Answers, { answers, programme }: { readonly answers: Answers; readonly programme: Programme }): Answers {
  const asked = new Set(questionsOf(programme).map(({ id }) => id));
  return { ...Object.fromEntries(Object.entries(before).filter(([id]) => !asked.has(id))), ...answers };
}

function questionsOf({ form }: Programme): readonly Question[] {
  return form.pages.flatMap(({ questions }) => questions);
}

function pathOf(what: string): string {
  return what.slice('question '.length);
}

/** Asked of this person, and not answered. A question within a list is open when any member lacks it. */
function isOpen([id = '', ...inner]: readonly string[], { answers, hidden }: { readonly answers: Answers; readonly hidden: ReadonlySet<string> }): boolean {
  if (hidden.has(id)) return false;
  const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
  const [item] = inner;
  if (item === undefined) return answer === undefined || answer === null || answer === '';
  return Array.isArray(answer) && answer.some((member: Json, position) => isRecord(member) && !hidden.has(`${id}.${position}.${item}`) && !Object.hasOwn(member, item));
}

function withoutGone(answer: Json, { old, now }: { readonly old: readonly Question[]; readonly now: readonly Question[] }): Json {
  if (!Array.isArray(answer)) return answer;
  const gone = new Set(old.map(({ id }) => id).filter((id) => !now.some((question) => question.id === id)));
  return answer.map((member: Json) => (isRecord(member) ? Object.fromEntries(Object.entries(member).filter(([id]) => !gone.has(id))) : member));
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
