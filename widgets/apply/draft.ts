import type { CreateDraft, DraftCreated, DraftView } from '#definitions/types/wire.js';
import type { EngineCall, EngineClient, Reply } from '#widgets/client/engine-client.js';
import { isUnsettled, newKey } from '#widgets/client/engine-client.js';

/** What the engine knows of a draft. */
export interface KeptDraft {
  readonly code: string;
  readonly view: DraftView;
}

/**
 * The draft on the engine: made when somebody asks to save or sends a file, kept up to date from then on. The code is in
 * memory only. One call at a time, so that no save overtakes another.
 */
export class Draft {
  kept: KeptDraft | undefined;
  readonly path: string;
  readonly #client: EngineClient;
  #pending: (EngineCall & { readonly content: CreateDraft }) | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: EngineClient, path: string) {
    this.#client = client;
    this.path = path;
  }

  get authorization(): string | undefined {
    return this.kept && `Draft ${this.kept.code}`;
  }

  /** Makes the draft when there is none, saves it when there is. */
  save(content: CreateDraft): Promise<Reply<unknown>> {
    const saving = this.#last.then(() => this.#save(content));
    this.#last = saving;
    return saving;
  }

  /** What was sent is sent again, the same, until it is known what became of it: the engine does it once. Then comes what is newer. */
  async #save(content: CreateDraft): Promise<Reply<unknown>> {
    const pending = (this.#pending ??= { ...this.#callOf(content), content, patienceMs: 8_000 });
    const reply = await this.#client<DraftView & Partial<DraftCreated>>(pending);
    if (!reply.ok && isUnsettled(reply)) return reply;
    this.#pending = undefined;
    if (reply.ok) {
      const { resumeCode = this.kept?.code ?? '', draft = reply.value } = reply.value;
      this.kept = { code: resumeCode, view: draft };
    }
    return pending.content === content ? reply : this.#save(content);
  }

  #callOf(content: CreateDraft): EngineCall {
    const { kept, path, authorization = '' } = this;
    if (kept === undefined) return { path, body: content, key: newKey() };
    const { programme, ...changed } = content;
    return { method: 'PUT', path: `${path}/current`, body: { version: kept.view.version, ...changed }, authorization };
  }
}
