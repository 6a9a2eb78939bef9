import type { ApiAnswer } from './api-call.js';

/** How a write stands. `recorded`: the engine has stored it and will carry it out; `unsure`: nobody answered yet. */
export type SendingState<Value> =
  | { readonly stage: 'idle' }
  | { readonly stage: 'sending' }
  | { readonly stage: 'recorded'; readonly attempts: number }
  | { readonly stage: 'unsure'; readonly attempts: number }
  | { readonly stage: 'done'; readonly value: Value }
  | { readonly stage: 'refused'; readonly answer: Extract<ApiAnswer<Value>, { kind: 'problem' }> };

export interface SendingMeans<Body, Value> {
  post(body: Body, idempotencyKey: string): Promise<ApiAnswer<Value>>;
  newKey(): string;
  wait(milliseconds: number): Promise<void>;
}

const RETRIED_STATUSES: readonly number[] = [408, 425, 429, 500, 502, 503, 504];
/** An engine that answers with its own failure is not asked for ever; the key is kept for a later try. */
const FAILURES_MAX = 4;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 20_000;
const DELAYED_CODE = 'case.delayed';

/**
 * One write, once. Between the first try and a definite answer the key and the body stay the same, so a second click,
 * a lost answer or an engine that is away never makes a second action.
 */
export class ActionSending<Body, Value> extends EventTarget {
  state: SendingState<Value> = { stage: 'idle' };
  readonly #means: SendingMeans<Body, Value>;
  /** The write whose fate is not known: sent again unchanged, it is the same write. */
  #open: { readonly key: string; readonly body: string } | null = null;

  constructor(means: SendingMeans<Body, Value>) {
    super();
    this.#means = means;
  }

  get underWay(): boolean {
    return ['sending', 'recorded', 'unsure'].includes(this.state.stage);
  }

  /** Resolves with the last state; a call while one is under way changes nothing. */
  async send(body: Body): Promise<SendingState<Value>> {
    if (this.underWay) return this.state;
    const key = this.#keyFor(body);
    this.#become({ stage: 'sending' });
    for (let attempts = 1; ; attempts += 1) {
      const answer = await this.#means.post(body, key);
      const settled = settledBy(answer, attempts);
      if (settled) {
        if (isDefinite(answer)) this.#open = null;
        this.#become(settled);
        return settled;
      }
      this.#become({ stage: isRecorded(answer) ? 'recorded' : 'unsure', attempts });
      await this.#means.wait(waitAfter(answer, attempts));
    }
  }

  #keyFor(body: Body): string {
    const text = JSON.stringify(body);
    const key = this.#open?.body === text ? this.#open.key : this.#means.newKey();
    this.#open = { key, body: text };
    return key;
  }

  /** Back to the beginning after a definite answer. */
  clear(): void {
    if (!this.underWay) this.#become({ stage: 'idle' });
  }

  #become(state: SendingState<Value>): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

function settledBy<Value>(answer: ApiAnswer<Value>, attempts: number): SendingState<Value> | undefined {
  if (answer.kind === 'value') return { stage: 'done', value: answer.value };
  if (answer.kind !== 'problem') return undefined;
  const again = RETRIED_STATUSES.includes(answer.status) && !(answer.status === 500 && attempts >= FAILURES_MAX);
  return again ? undefined : { stage: 'refused', answer };
}

/** After these the write has either happened or will not; signed out or broken, it may still be sent again. */
function isDefinite(answer: ApiAnswer<unknown>): boolean {
  return answer.kind === 'value' || (answer.kind === 'problem' && answer.status < 500 && answer.status !== 401);
}

function isRecorded(answer: ApiAnswer<unknown>): boolean {
  return answer.kind === 'problem' && answer.problem?.code === DELAYED_CODE;
}

function waitAfter(answer: ApiAnswer<unknown>, attempts: number): number {
  const asked = answer.kind === 'problem' ? answer.retryAfterSeconds : undefined;
  if (asked !== undefined) return Math.min(Math.max(asked * 1000, FIRST_WAIT_MS), 60_000);
  return Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
}
