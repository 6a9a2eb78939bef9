import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ApiAnswer } from './api-call.js';
import { deskState } from './desk-state.js';

export type FreshFailure = Exclude<ApiAnswer<unknown>, { kind: 'value' } | { kind: 'unchanged' }>;

const EVERY_MS = 15_000;
/** After an action the case goes on by itself for a moment: messages, the next step. */
const AFTER_ACTION_MS = [0, 1_500, 4_000, 10_000] as const;

/**
 * Something of the engine that stays fresh while its page is shown: asked for again now and then and when the page comes
 * back into view, with the ETag of the last answer. What was read stays on the screen while the engine is away.
 */
export class FreshValue<Value> implements ReactiveController {
  value: Value | null = null;
  failure: FreshFailure | null = null;
  readAt: Date | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #pathOf: () => string | null;
  readonly #everyMs: number;
  #path: string | null = null;
  #etag: string | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #asked = 0;

  constructor(host: ReactiveControllerHost, pathOf: () => string | null, everyMs: number = EVERY_MS) {
    this.#host = host;
    this.#pathOf = pathOf;
    this.#everyMs = everyMs;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(this.#whenVisible, this.#everyMs);
    document.addEventListener('visibilitychange', this.#whenVisible);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    document.removeEventListener('visibilitychange', this.#whenVisible);
    this.#path = null;
  }

  hostUpdate(): void {
    const path = this.#pathOf();
    if (path === this.#path) return;
    this.#path = path;
    this.value = null;
    this.failure = null;
    this.#etag = undefined;
    if (path !== null) void this.refresh();
  }

  /** Asks now. An answer to an older question never replaces a newer one. */
  async refresh(): Promise<void> {
    const path = this.#path;
    if (path === null) return;
    const turn = (this.#asked += 1);
    const answer = await deskState.call<Value>({ path, ...(this.#etag === undefined ? {} : { etag: this.#etag }) });
    if (turn !== this.#asked || path !== this.#path) return;
    this.#take(answer);
    this.#host.requestUpdate();
  }

  /** Now, and a few times more while what follows an action settles. */
  refreshAfterAction(): void {
    for (const milliseconds of AFTER_ACTION_MS) setTimeout(() => void this.refresh(), milliseconds);
  }

  #take(answer: ApiAnswer<Value>): void {
    if (answer.kind === 'value' || answer.kind === 'unchanged') {
      this.failure = null;
      this.readAt = new Date();
    } else {
      this.failure = answer;
    }
    if (answer.kind === 'value') {
      this.value = answer.value;
      this.#etag = answer.etag;
    }
  }

  readonly #whenVisible = (): void => {
    if (document.visibilityState === 'visible' && deskState.stage === 'signedIn') void this.refresh();
  };
}
