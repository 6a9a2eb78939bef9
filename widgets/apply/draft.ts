import type { CreateDraft, DraftCreated, DraftView, SaveDraft } from '#definitions/types/wire.js';
import type { EngineClient, Reply } from '#widgets/client/engine-client.js';
import { newKey } from '#widgets/client/engine-client.js';

export type SaveOutcome = 'saved' | 'failed' | 'changedElsewhere';

/**
 * The draft on the engine: made when somebody asks to save or sends a file, kept up to date from then on. The code is in
 * memory only. One call at a time, so that no save overtakes another.
 */
export class Draft {
  readonly #client: EngineClient;
  readonly #path: string;
  /** The same key only ever goes with the same body: what changed meanwhile is saved by an update. */
  #creation: { readonly key: string; readonly body: CreateDraft } | null = null;
  #code = '';
  #view: DraftView | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #refused: Reply<never> | null = null;

  constructor(client: EngineClient, municipality: string) {
    this.#client = client;
    this.#path = `/api/v1/municipalities/${municipality}/drafts`;
  }

  /** Where the documents of this draft are announced. */
  get documentsPath(): string {
    return `${this.#path}/current/documents`;
  }

  get current(): { readonly code: string; readonly draftId: string; readonly expiresAt: string } | undefined {
    return this.#view === null ? undefined : { code: this.#code, draftId: this.#view.draftId, expiresAt: this.#view.expiresAt };
  }

  /** Why the last call was refused, when it was. */
  get refused(): Reply<never> | null {
    return this.#refused;
  }

  /** Makes the draft when there is none, saves it when there is. */
  save(content: CreateDraft): Promise<SaveOutcome> {
    return this.#inTurn(() => (this.#view === null ? this.#create(content) : this.#update(content)));
  }

  /** Makes the draft when there is none. */
  ensure(content: CreateDraft): Promise<SaveOutcome> {
    return this.#inTurn(async () => (this.#view === null ? this.#create(content) : 'saved'));
  }

  resume(code: string): Promise<Reply<DraftView>> {
    return this.#inTurn(async () => {
      const reply = await this.#read(code);
      if (reply.ok) [this.#code, this.#view] = [code, reply.value];
      return reply;
    });
  }

  async #create(content: CreateDraft): Promise<SaveOutcome> {
    const creation = (this.#creation ??= { key: newKey(), body: content });
    const reply = await this.#client.call<DraftCreated>({ method: 'POST', path: this.#path, ...creation, patienceMs: 8_000 });
    this.#refused = reply.ok ? null : reply;
    if (!reply.ok) {
      // Refused for what it holds: what is mended next is another request.
      if (reply.status >= 400 && reply.status < 500 && reply.status !== 429) this.#creation = null;
      return 'failed';
    }
    [this.#code, this.#view] = [reply.value.resumeCode, reply.value.draft];
    return JSON.stringify(creation.body) === JSON.stringify(content) ? 'saved' : this.#update(content);
  }

  async #update({ programme, ...content }: CreateDraft): Promise<SaveOutcome> {
    if (this.#view === null) return 'failed';
    const { version } = this.#view;
    const body: SaveDraft = { version, ...content };
    let wasCut = false;
    const reply = await this.#client.call<DraftView>({
      method: 'PUT',
      path: `${this.#path}/current`,
      body,
      key: newKey(),
      authorization: `Draft ${this.#code}`,
      patienceMs: 8_000,
      onWaiting: () => {
        wasCut = true;
      },
    });
    this.#refused = reply.ok ? null : reply;
    if (reply.ok) {
      this.#view = reply.value;
      return 'saved';
    }
    if (reply.problem?.code !== 'draft.changedElsewhere') return 'failed';
    return wasCut && (await this.#wasOurs(version)) ? this.#update({ programme, ...content }) : 'changedElsewhere';
  }

  /** The answer to a save was lost: one version further can only be our own. */
  async #wasOurs(version: number): Promise<boolean> {
    const reply = await this.#read(this.#code);
    if (!reply.ok || reply.value.version !== version + 1) return false;
    this.#view = reply.value;
    return true;
  }

  #read(code: string): Promise<Reply<DraftView>> {
    return this.#client.call<DraftView>({ method: 'POST', path: `${this.#path}/resume`, body: { resumeCode: code }, key: newKey(), patienceMs: 10_000 });
  }

  #inTurn<Outcome>(act: () => Promise<Outcome>): Promise<Outcome> {
    const next = this.#last.then(act);
    this.#last = next.catch(() => undefined);
    return next;
  }
}
