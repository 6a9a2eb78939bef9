import type { Answers as LanguageAnswers } from '#definitions/language/programme.js';
import { prepareProgramme, requiredDocuments } from '#definitions/language/programme.js';
import type { DocumentKind, Programme } from '#definitions/types/programme.js';
import type { FileApplication, ProgrammeView, ReceiptView } from '#definitions/types/wire.js';
import type { GivenAnswers } from '#forms/answers/answers.js';
import { normaliseAnswers, stripHidden } from '#forms/answers/answers.js';
import type { AskedPage } from '#forms/pages/pages.js';
import { listPages } from '#forms/pages/pages.js';
import { ActionSending } from './action-sending.js';
import { athensDay } from './desk-formats.js';
import { DESK_PATHS } from './desk-paths.js';
import { deskState } from './desk-state.js';
import type { DocumentUpload } from './document-upload.js';

/** In which capacity the form is filled in: the citizen is here, or somebody on the citizen's behalf. */
export const CAPACITIES = ['desk', 'relative'] as const;
export type Capacity = (typeof CAPACITIES)[number];

/** How a paper is handed in at the counter: scanned, seen and kept, or to come later. */
export const PAPER_WAYS = ['missing', 'files', 'seen'] as const;
export type PaperWay = (typeof PAPER_WAYS)[number];

export interface FiledPaper {
  way: PaperWay;
  readonly uploads: DocumentUpload[];
}

/** An application being typed in at the counter; in memory only, so that it survives a look at another page. */
export interface Filing {
  readonly municipality: string;
  readonly view: ProgrammeView;
  readonly programme: Programme;
  readonly capacity: Capacity;
  readonly language: 'el' | 'en';
  readonly typed: Record<string, unknown>;
  /** What the clerk says of each kind of paper; a kind without an entry is missing. */
  readonly papers: Map<string, FiledPaper>;
  /** The page being asked; then the papers, then the check before filing. */
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
  const filing: Filing = { ...start, programme, typed: {}, papers: new Map(), pageId: '', sending };
  filing.pageId = askedPages(filing)[0]?.page.id ?? PAPERS_PAGE;
  current = filing;
  return filing;
}

export const PAPERS_PAGE = '@papers';
export const CHECK_PAGE = '@check';

/** The answers as they are kept: normalised, nothing empty. */
export function filedAnswers({ programme, typed }: Pick<Filing, 'programme' | 'typed'>): GivenAnswers {
  const questions = programme.form.pages.flatMap((page) => page.questions);
  return Object.fromEntries(Object.entries(normaliseAnswers(questions, typed)).filter(([, value]) => value !== undefined));
}

/** The pages to go through; those that only take files are left out: papers have a page of their own. */
export function askedPages(filing: Filing): readonly AskedPage[] {
  const today = athensDay(new Date());
  return listPages(filing.programme, filedAnswers(filing), { today }).filter(({ questions }) => questions.some((question) => question.type !== 'file' && question.type !== 'information'));
}

export interface NeededPaper {
  readonly document: DocumentKind;
  /** `unknown`: it depends on what is not known yet. */
  readonly required: 'yes' | 'unknown';
  readonly paper: FiledPaper;
}

/** Kinds of paper that these answers need, or may need, with what the clerk says of each. */
export function neededPapers(filing: Filing): readonly NeededPaper[] {
  const answers = filedAnswers(filing) as LanguageAnswers;
  const needed = requiredDocuments(prepareProgramme(filing.programme, { version: filing.view.hash }), { answers, asOf: athensDay(new Date()), isFiled: true });
  return needed.flatMap(({ id, required }) => {
    const document = filing.programme.documents.find((each) => each.id === id);
    return document && required !== 'no' ? [{ document, required, paper: paperOf(filing, id) }] : [];
  });
}

function paperOf({ papers }: Filing, kind: string): FiledPaper {
  const known = papers.get(kind) ?? { way: 'missing', uploads: [] };
  papers.set(kind, known);
  return known;
}

/** Files that are stored, for a kind handed in as files. */
function storedIds({ way, uploads }: FiledPaper): readonly string[] {
  return way === 'files' ? uploads.flatMap(({ stage, documentId }) => (stage === 'stored' && documentId !== null ? [documentId] : [])) : [];
}

/** True while a file is under way or could not be sent. */
export function hasUnfinishedFiles(filing: Filing): boolean {
  return neededPapers(filing).some(({ paper }) => paper.way === 'files' && paper.uploads.some(({ stage }) => stage !== 'stored'));
}

/** How the paper stands: handed in as files or seen, else missing (also when files were meant and none is there). */
export function wayOf({ paper }: NeededPaper): PaperWay {
  return paper.way === 'files' && storedIds(paper).length === 0 ? 'missing' : paper.way;
}

export function applicationOf(filing: Filing): FileApplication {
  const needed = neededPapers(filing);
  const kinds = (way: PaperWay): string[] => needed.filter((each) => wayOf(each) === way).map(({ document }) => document.id);
  return {
    programme: filing.programme.id,
    hash: filing.view.hash,
    answers: stripHidden(filing.programme, filedAnswers(filing), { today: athensDay(new Date()) }),
    documentIds: needed.flatMap(({ paper }) => storedIds(paper)),
    documentsMissing: kinds('missing'),
    documentsSeen: kinds('seen'),
    language: filing.language,
    onBehalf: filing.capacity,
  };
}
