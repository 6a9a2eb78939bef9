import type { Programme, Question } from '#definitions/types/programme.js';
import type { ReceiptView, SubmitApplication } from '#definitions/types/wire.js';
import { checkQuestions, judgeAnswers } from '#forms/answers/check.js';
import { listDocumentIds, stripHidden } from '#forms/answers/edit.js';
import { normaliseAnswers } from '#forms/answers/normalise.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import type { Finding } from '#forms/findings/finding.js';
import type { FormTexts, Language } from '#forms/findings/tell.js';
import { tellFinding } from '#forms/findings/tell.js';
import type { AskedPage } from '#forms/pages/pages.js';
import { listPages, neighbourPage } from '#forms/pages/pages.js';
import type { EngineClient, Reply } from '#widgets/client/engine-client.js';
import { todayInAthens } from '#widgets/client/today.js';
import type { Messages } from '#widgets/fields/field-nodes.js';
import { KeyMark } from './key-mark.js';
import type { OpenedProgramme } from './opened-programme.js';

/** How long a submission goes on by itself when nobody answers, before it asks the person. */
const SUBMIT_PATIENCE_MS = 90_000;

export type Sending = 'idle' | 'sending' | 'checking' | 'unknown';

/**
 * An application while it is being made: what was typed, what is wrong with it, which page comes next, and its one
 * submission. Knows no element.
 */
export class Application {
  readonly programme: Programme;
  readonly hash: string;
  /** As typed, by question id; nothing is lost by being wrong. */
  typed: GivenAnswers = {};
  sending: Sending = 'idle';
  /** By a relative of the person, with their authorisation. */
  isByRelative = false;
  /** Made at the first try and kept until the outcome is known: key and body never part. */
  #submission: { readonly key: string; readonly body: SubmitApplication } | null = null;

  constructor({ programme, hash }: OpenedProgramme) {
    this.programme = programme;
    this.hash = hash;
  }

  get questions(): readonly Question[] {
    return this.programme.form.pages.flatMap((page) => page.questions);
  }

  /** The answers as they are kept. */
  get answers(): GivenAnswers {
    return normaliseAnswers(this.questions, this.typed);
  }

  get pages(): readonly AskedPage[] {
    return listPages(this.programme, this.answers, { today: todayInAthens() });
  }

  set(id: string, value: unknown): void {
    this.typed = { ...this.typed, [id]: value };
  }

  /** Takes over what a draft holds; answers to questions that this version does not ask are left behind. */
  restore(answers: GivenAnswers): void {
    const known = new Set(this.questions.map(({ id }) => id));
    this.typed = Object.fromEntries(Object.entries(answers).filter(([id]) => known.has(id)));
  }

  /** What is wrong on a page. A list that was asked and left empty is an answer from here on: none. */
  checkPage({ questions }: AskedPage, texts: FormTexts): Messages {
    for (const question of questions) {
      const empty = fieldTypes[question.type].empty(question);
      if (this.typed[question.id] === undefined && Array.isArray(empty)) this.set(question.id, empty);
    }
    return tellAll(checkQuestions(this.programme, this.answers, { today: todayInAthens(), stage: 'submit', questions }), texts);
  }

  checkAll(texts: FormTexts): Messages {
    return tellAll(judgeAnswers(this.programme, this.answers, { today: todayInAthens(), stage: 'submit' }), texts);
  }

  /** The first page on which something is wrong; null when all is well. */
  firstUnfinished(texts: FormTexts): string | null {
    const [first] = Object.keys(this.checkAll(texts));
    return first === undefined ? null : this.pageOf(first);
  }

  /** The page that asks for what a pointer points at. */
  pageOf(pointer: string): string | null {
    const id = pointer.split('/')[1];
    return this.pages.find(({ questions }) => questions.some((question) => question.id === id))?.page.id ?? null;
  }

  neighbour(from: string, direction: 1 | -1): string | null {
    return neighbourPage(this.pages, { from, direction, programme: this.programme });
  }

  /**
   * Submits, once however often it is called. A cut connection leaves the outcome open: the same key and body are sent
   * until the engine says what became of them.
   * @returns null while an earlier call is still under way
   */
  async submit({ client, municipality, language, draft, changed }: SubmitOptions): Promise<Reply<ReceiptView> | null> {
    if (this.sending === 'sending' || this.sending === 'checking') return null;
    const mark = new KeyMark(`${municipality} ${this.programme.id}`);
    this.#submission ??= { key: draft?.draftId ?? mark.keep(), body: this.#bodyOf(language) };
    this.sending = this.sending === 'unknown' ? 'checking' : 'sending';
    changed();
    const reply = await client.call<ReceiptView>({
      method: 'POST',
      path: `/api/v1/municipalities/${municipality}/applications`,
      ...this.#submission,
      ...(draft === undefined ? {} : { authorization: `Draft ${draft.code}` }),
      patienceMs: SUBMIT_PATIENCE_MS,
      onWaiting: () => {
        this.sending = 'checking';
        changed();
      },
    });
    const isOpen = !reply.ok && (reply.status === 0 || reply.status === 429 || reply.status >= 500);
    this.sending = isOpen ? 'unknown' : 'idle';
    if (!isOpen) {
      mark.drop();
      // It is filed already, and stays so however often it is sent.
      if (reply.ok || reply.problem?.code !== 'submission.keyReused') this.#submission = null;
    }
    changed();
    return reply;
  }

  #bodyOf(language: Language): SubmitApplication {
    const answers = stripHidden(this.programme, this.answers, { today: todayInAthens() });
    return { programme: this.programme.id, hash: this.hash, answers: { ...answers }, documentIds: [...listDocumentIds(this.programme, answers)], language, ...(this.isByRelative ? { actor: { onBehalf: 'relative' } } : {}) };
  }
}

export interface SubmitOptions {
  readonly client: EngineClient;
  readonly municipality: string;
  readonly language: Language;
  readonly draft: { readonly code: string; readonly draftId: string } | undefined;
  changed(): void;
}

/** One message for each place; the first by precedence. */
function tellAll(findings: readonly Finding[], texts: FormTexts): Messages {
  const messages: Record<string, string> = {};
  for (const finding of findings) messages[finding.pointer] ??= tellFinding(finding, texts);
  return messages;
}
