import type { Problem } from '#definitions/types/wire.js';

/** What one call asks. `path` begins after the engine's origin. */
export interface EngineCall {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  /** Made before the first try and kept for every repetition: the engine does it once. */
  readonly key?: string;
  /** `Draft <resume code>` or `Bearer <token>`. */
  readonly authorization?: string;
  /** How long to go on when nobody answers or the engine is busy, in milliseconds; 0: one try. */
  readonly patienceMs?: number;
  /** Told when the first try failed and the call goes on trying. */
  onWaiting?(): void;
  readonly signal?: AbortSignal;
}

/** Refusals are values. `status` 0: nobody answered, and what was sent may or may not have arrived. */
export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly status: number; readonly problem?: Problem };

export interface EngineClient {
  readonly origin: string;
  call<Value>(call: EngineCall): Promise<Reply<Value>>;
}

const TIMEOUT_MS = 30_000;
const FIRST_PAUSE_MS = 500;
const PAUSE_MS_MAX = 15_000;
const WORTH_REPEATING = [0, 408, 425, 429, 502, 503, 504];

/** Speaks to one engine. Never with cookies: a widget's session is in memory, and ends with the page. */
export function createClient(origin: string): EngineClient {
  return { origin, call: (call) => callPatiently(origin, call) };
}

/** A key for one act of one person: 128 random bits. `crypto.randomUUID` is missing on pages served without TLS. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function callPatiently<Value>(origin: string, call: EngineCall): Promise<Reply<Value>> {
  const until = performance.now() + (call.patienceMs ?? 0);
  for (let round = 0; ; round += 1) {
    const { reply, waitMs } = await callOnce<Value>(origin, call);
    if (reply.ok || !WORTH_REPEATING.includes(reply.status) || call.signal?.aborted === true) return reply;
    const pause = waitMs ?? Math.min(PAUSE_MS_MAX, FIRST_PAUSE_MS * 2 ** round) * (0.75 + Math.random() / 2);
    if (performance.now() + pause > until) return reply;
    call.onWaiting?.();
    await pauseOrOnline(pause);
  }
}

/** A returning network ends the pause. */
export function pauseOrOnline(pauseMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, pauseMs);
    addEventListener('online', done);
  });
}

async function callOnce<Value>(origin: string, call: EngineCall): Promise<{ reply: Reply<Value>; waitMs?: number }> {
  try {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(origin + call.path, {
      method: call.method ?? 'GET',
      headers: headersOf(call),
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal]),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    const text = await response.text();
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    if (response.ok) return { reply: { ok: true, value: json as Value } };
    const seconds = Number(response.headers.get('retry-after'));
    return { reply: refusalOf(response.status, json), ...(seconds > 0 ? { waitMs: seconds * 1000 } : {}) };
  } catch {
    // No answer, half an answer, or one that is not ours (a captive portal): the outcome is unknown.
    return { reply: { ok: false, status: 0 } };
  }
}

/** A body that is not a problem of the engine comes from something in between. */
function refusalOf(status: number, json: unknown): Reply<never> {
  const isProblem = typeof json === 'object' && json !== null && 'code' in json && 'detail' in json;
  return isProblem ? { ok: false, status, problem: json as Problem } : { ok: false, status: status < 500 && status !== 429 ? status : 0 };
}

function headersOf({ body, key, authorization }: EngineCall): Record<string, string> {
  return {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(authorization === undefined ? {} : { authorization }),
  };
}
