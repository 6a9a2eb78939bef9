import type { Programme, Question } from '#definitions/types/programme.js';
import type { CreateDraft, Localised, ProgrammeView, ReceiptView, SubmitApplication } from '#definitions/types/wire.js';
import { judgeAnswers } from '#forms/answers/check.js';
import { listDocumentIds, stripHidden } from '#forms/answers/edit.js';
import { normaliseAnswers } from '#forms/answers/normalise.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';
import { questionsOf } from '#forms/pages/prepared.js';
import { fieldTypes } from '#forms/fields/known-types.js';
import { mapMembers } from '#forms/fields/shapes.js';
import type { FormTexts, Language } from '#forms/findings/tell.js';
import { tellFinding } from '#forms/findings/tell.js';
import type { AskedPage } from '#forms/pages/pages.js';
import { listPages, neighbourPage } from '#forms/pages/pages.js';
import type { EngineCall, EngineClient, Reply } from '#widgets/client/engine-client.js';
import { isUnsettled } from '#widgets/client/engine-client.js';
import type { EditIds } from '#widgets/client/file-sender.js';
import { todayInAthens } from '#widgets/client/today.js';
import type { Messages } from '#widgets/elements/error-summary.js';
import type { Draft } from './draft.js';
import { dropKey, keepKey } from './key-mark.js';

/** How long a submission goes on by itself when nobody answers, before it asks the person. */
const SUBMIT_PATIENCE_MS = 90_000;

/**
 * An application while it is being made: what was typed, what is wrong with it, which page comes next, and its one
 * submission. Knows no element.
 */
export class Application {
  readonly programme: Programme;
  readonly hash: string;
  readonly municipalityName: Localised;
  /** As typed, by question id; nothing is lost by being wrong. */
  typed: GivenAnswers = {};
  /** For whom the person applies; for a relative with their authorisation. */
  onBehalf: 'self' | 'relative' = 'self';
  sending: 'idle' | 'sending' | 'checking' | 'unknown' = 'idle';
  /** Made at the first try and kept until the outcome is known: key and body never part. */
  #submission: EngineCall | undefined;

  /** `before`: the same of an earlier version; answers to questions that this one does not ask are left behind. */
  constructor({ programme, hash, municipalityName }: ProgrammeView, before?: Application) {
    this.programme = nameMunicipality(programme, municipalityName);
    this.hash = hash;
    this.municipalityName = municipalityName;
    if (before !== undefined) {
      this.onBehalf = before.onBehalf;
      this.restore(before.typed);
    }
  }

  get questions(): readonly Question[] {
    return questionsOf(this.programme);
  }

  /** The answers as they are kept. */
  get answers(): GivenAnswers {
    return normaliseAnswers(this.questions, this.typed);
  }

  get pages(): readonly AskedPage[] {
    return listPages(this.programme, this.answers, { today: todayInAthens() });
  }

  /** What a draft keeps: answers to what this version asks, and for whom they are. */
  get content(): CreateDraft {
    const { programme, hash, answers, onBehalf } = this;
    return { programme: programme.id, hash, answers: { ...answers }, onBehalf };
  }

  set(id: string, value: unknown): void {
    this.typed = { ...this.typed, [id]: value };
  }

  /** Changes the files of a question, or of a member of a list: `/household/0/photo`. */
  edit(pointer: string, change: EditIds): void {
    this.typed = editIds(this.typed, { path: pointer.slice(1).split('/'), change }) as GivenAnswers;
  }

  /** Takes over what a draft holds, of members of lists too. */
  restore(answers: GivenAnswers): void {
    this.typed = pickAsked(this.questions, answers);
  }

  /** A list that was asked and left empty is an answer from here on: none. */
  settle({ questions }: AskedPage): void {
    for (const question of questions) {
      const empty = fieldTypes[question.type].empty(question);
      if (Array.isArray(empty)) this.set(question.id, this.typed[question.id] ?? empty);
    }
  }

  /** What is wrong, with these questions or with all: one message for each place, the first by precedence. */
  check(texts: FormTexts, questions = this.questions): Messages {
    const asked = new Set(questions.map(({ id }) => id));
    const messages: Record<string, string> = {};
    for (const finding of judgeAnswers(this.programme, this.answers, { today: todayInAthens(), stage: 'submit' })) {
      if (asked.has(questionAt(finding.pointer))) messages[finding.pointer] ??= tellFinding(finding, texts);
    }
    return messages;
  }

  /** The first page on which something is wrong; undefined when all is well. */
  firstUnfinished(texts: FormTexts): string | undefined {
    const [first] = Object.keys(this.check(texts));
    return first && this.pageOf(first);
  }

  /** The page that asks for what a pointer points at. */
  pageOf(pointer: string): string | undefined {
    return this.pages.find(({ questions }) => questions.some(({ id }) => id === questionAt(pointer)))?.page.id;
  }

  neighbour(from: string, direction: 1 | -1): string | undefined {
    return neighbourPage(this.pages, { from, direction, programme: this.programme }) ?? undefined;
  }

  /**
   * Submits, once however often it is called. A cut connection leaves the outcome open: the same key and body are sent
   * until the engine says what became of them.
   */
  async submit(by: Submitting): Promise<Reply<ReceiptView>> {
    const { municipality, draft } = by;
    const show = (sending: Application['sending']): void => {
      this.sending = sending;
      by.requestUpdate();
    };
    const keyName = `diktyo ${municipality} ${this.programme.id}`;
    const { kept, authorization } = draft;
    this.#submission ??= {
      path: `/api/v1/municipalities/${municipality}/applications`,
      key: kept?.view.draftId ?? keepKey(keyName),
      body: this.#bodyOf(by.language),
      patienceMs: SUBMIT_PATIENCE_MS,
      onWaiting: () => show('checking'),
      ...(authorization && { authorization }),
    };
    show(this.sending === 'unknown' ? 'checking' : 'sending');
    const reply = await by.client<ReceiptView>(this.#submission);
    if (!reply.ok && isUnsettled(reply)) show('unknown');
    else {
      dropKey(keyName);
      // It is filed already, and stays so however often it is sent.
      if (reply.ok || reply.problem?.code !== 'submission.keyReused') this.#submission = undefined;
      show('idle');
    }
    return reply;
  }

  #bodyOf(language: Language): SubmitApplication {
    const { programme, hash, onBehalf } = this;
    const answers = stripHidden(programme, this.answers, { today: todayInAthens() });
    return { programme: programme.id, hash, answers: { ...answers }, documentIds: [...listDocumentIds(programme, answers)], language, ...(onBehalf === 'relative' && { actor: { onBehalf } }) };
  }
}

/** The widget that submits. */
export interface Submitting {
  readonly client: EngineClient;
  readonly municipality: string;
  readonly language: Language;
  readonly draft: Draft;
  requestUpdate(): void;
}

/** The texts of a programme name the municipality as `{municipality}`, in each language by its own name. */
function nameMunicipality(programme: unknown, name: Localised): Programme {
  const named = (key: string, value: unknown): unknown => (typeof value === 'string' ? value.replaceAll('{municipality}', name[key] ?? name.en) : value);
  return JSON.parse(JSON.stringify(programme), named) as Programme;
}

/** Answers to these questions alone. */
function pickAsked(questions: readonly Question[], given: GivenAnswers): GivenAnswers {
  const asked = questions.filter(({ id }) => Object.hasOwn(given, id));
  return Object.fromEntries(asked.map(({ id, items }) => [id, items ? mapMembers(given[id], (member) => pickAsked(items, member)) : given[id]]));
}

/** The question that a pointer leads into. */
function questionAt(pointer: string): string {
  return pointer.split('/')[1] ?? '';
}

function editIds(value: unknown, { path: [head, ...path], change }: { readonly path: readonly string[]; readonly change: EditIds }): unknown {
  if (head === undefined) return change(Array.isArray(value) ? (value as readonly string[]) : []);
  const edited = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  // A member that is gone takes nothing any more.
  if (!Array.isArray(value) || head in value) edited[head] = editIds(edited[head], { path, change });
  return edited;
}
