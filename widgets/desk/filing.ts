import type { Answers as LanguageAnswers } from '#definitions/language/programme.js';
import { prepareProgramme, requiredDocuments } from '#definitions/language/programme.js';
import type { Programme } from '#definitions/types/programme.js';
import type { FileApplication, ProgrammeView, ReceiptView } from '#definitions/types/wire.js';
import type { GivenAnswers } from '#forms/answers/answers.js';
import { normaliseAnswers, stripHidden } from '#forms/answers/answers.js';
import type { AskedPage } from '#forms/pages/pages.js';
import { listPages } from '#forms/pages/pages.js';
import { ActionSending } from './action-sending.js';
import { athensDay } from './desk-formats.js';
import { DESK_PATHS } from './desk-paths.js';
import { deskState } from './desk-state.js';

/** In which capacity the form is filled in: the citizen is here, or somebody on the citizen's behalf. */
export const CAPACITIES = ['desk', 'relative'] as const;
export type Capacity = (typeof CAPACITIES)[number];

/** An application being typed in at the counter; in memory only, so that it survives a look at another page. */
export interface Filing {
  readonly municipality: string;
  readonly view: ProgrammeView;
  readonly programme: Programme;
  readonly capacity: Capacity;
  readonly language: 'el' | 'en';
  readonly typed: Record<string, unknown>;
  /** The page being asked; `check` before filing. */
  pageId: string;
  readonly sending: ActionSending<FileApplication, ReceiptView>;
}

let current: Filing | null = null;

export function currentFiling(): Filing | null {
  return current;
}

/** True while answers are typed and not filed. */
export function isFiling(): boolean {
  return current !== null && current.sending.state.stage !== 'done';
}

export function forgetFiling(): void {
  current = null;
}

export function beginFiling(start: { readonly municipality: string; readonly view: ProgrammeView; readonly capacity: Capacity; readonly language: 'el' | 'en' }): Filing {
  const programme = start.view.programme as unknown as Programme;
  const sending = new ActionSending<FileApplication, ReceiptView>({
    post: (body, idempotencyKey) => deskState.call<ReceiptView>({ method: 'POST', path: DESK_PATHS.applications(start.municipality), body, idempotencyKey }),
    newKey: () => crypto.randomUUID(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
  const filing: Filing = { ...start, programme, typed: {}, pageId: '', sending };
  filing.pageId = askedPages(filing)[0]?.page.id ?? CHECK_PAGE;
  current = filing;
  return filing;
}

export const CHECK_PAGE = '@check';

/** The answers as they are kept: normalised, nothing empty. */
export function filedAnswers({ programme, typed }: Pick<Filing, 'programme' | 'typed'>): GivenAnswers {
  const questions = programme.form.pages.flatMap((page) => page.questions);
  return Object.fromEntries(Object.entries(normaliseAnswers(questions, typed)).filter(([, value]) => value !== undefined));
}

/** The pages to go through; those that only take files are left out: at the counter papers are taken in with the case. */
export function askedPages(filing: Filing): readonly AskedPage[] {
  const today = athensDay(new Date());
  return listPages(filing.programme, filedAnswers(filing), { today }).filter(({ questions }) => questions.some((question) => question.type !== 'file' && question.type !== 'information'));
}

/** Kinds of paper that these answers need, or may need, and that are taken in after filing. */
export function papersLater(filing: Filing): readonly string[] {
  const answers = filedAnswers(filing) as LanguageAnswers;
  const needed = requiredDocuments(prepareProgramme(filing.programme, { version: filing.view.hash }), { answers, asOf: athensDay(new Date()), isFiled: true });
  return needed.filter(({ required }) => required !== 'no').map(({ id }) => id);
}

export function applicationOf(filing: Filing): FileApplication {
  return {
    programme: filing.programme.id,
    hash: filing.view.hash,
    answers: stripHidden(filing.programme, filedAnswers(filing), { today: athensDay(new Date()) }),
    documentIds: [],
    documentsMissing: [...papersLater(filing)],
    language: filing.language,
    onBehalf: filing.capacity,
  };
}
