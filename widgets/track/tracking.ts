import type { ActionResult, CitizenAction, CitizenCase, TrackAnswer, TrackChallenge, TrackOpen, TrackRequest, TrackSession } from '#definitions/types/wire.js';
import type { EngineClient, Reply } from '#widgets/client/engine-client.js';
import { newKey } from '#widgets/client/engine-client.js';

const PATIENCE_MS = 15_000;

/** One code and what may be known with it. The session's token is in memory only and lives a few minutes. */
export class Tracking {
  readonly #client: EngineClient;
  readonly #who: TrackRequest;
  #token = '';

  constructor(client: EngineClient, who: TrackRequest) {
    this.#client = client;
    this.#who = who;
  }

  get authorization(): string {
    return `Bearer ${this.#token}`;
  }

  /** Stage and dates only. */
  look(): Promise<Reply<TrackAnswer>> {
    return this.#post<TrackAnswer>('', this.#who);
  }

  /** Asks for a one-time code; the answer is the same whether or not one was sent. */
  challenge(channel: TrackChallenge['channel']): Promise<Reply<unknown>> {
    return this.#post('/challenge', { ...this.#who, channel } satisfies TrackChallenge);
  }

  async open(oneTimeCode: string): Promise<Reply<TrackSession>> {
    const reply = await this.#post<TrackSession>('/open', { ...this.#who, oneTimeCode } satisfies TrackOpen);
    if (reply.ok) this.#token = reply.value.token;
    return reply;
  }

  read(): Promise<Reply<CitizenCase>> {
    return this.#client<CitizenCase>({ path: '/api/v1/tracking/case', authorization: this.authorization, patienceMs: PATIENCE_MS });
  }

  /** The key is the caller's: the same act repeated is done once. */
  act(action: CitizenAction, key: string): Promise<Reply<ActionResult>> {
    return this.#client<ActionResult>({ path: '/api/v1/tracking/actions', body: action, key, authorization: this.authorization, patienceMs: 30_000 });
  }

  #post<Value>(path: string, body: unknown): Promise<Reply<Value>> {
    return this.#client<Value>({ path: `/api/v1/tracking${path}`, body, key: newKey(), patienceMs: PATIENCE_MS });
  }
}
