import type { Problem } from '#definitions/types/wire.js';

/** How long to go on when nobody answers or the engine is busy, in milliseconds; 0: one try. */
export interface Patience {
  readonly patienceMs?: number;
  /** Told when the first try failed and the call goes on trying. */
  onWaiting?(): void;
}

/** What one call asks. `path` begins after the engine's origin. */
export interface EngineCall extends Patience {
  /** POST where there is a body, else GET. */
  readonly method?: 'PUT';
  readonly path: string;
  readonly body?: unknown;
  /** Bytes instead of a body, with PUT. */
  readonly file?: File;
  /** How far the bytes have come, in percent. */
  onProgress?(percent: number): void;
  /** Made before the first try and kept for every repetition: the engine does it once. */
  readonly key?: string;
  /** `Draft <resume code>` or `Bearer <token>`. */
  readonly authorization?: string;
}

/** Refusals are values. `status` 0: nobody answered, and what was sent may or may not have arrived. */
export interface Refused {
  readonly ok: false;
  readonly status: number;
  readonly problem?: Problem;
  /** How long the engine wants to be left alone, in milliseconds; 0: it does not say. */
  readonly waitMs?: number;
}

export type Reply<Value> = { readonly ok: true; readonly value: Value } | Refused;

export type EngineClient = <Value>(call: EngineCall) => Promise<Reply<Value>>;

interface Heard {
  readonly status: number;
  readonly text: string;
  /** Seconds, as the header says. */
  readonly retryAfter: string | null;
}

/** Speaks to one engine. Never with cookies: a widget's session is in memory, and ends with the page. */
export function createClient(origin: string): EngineClient {
  return (call) => patiently(() => callOnce(origin + call.path, call), call);
}

/** A key for one act of one person: 128 random bits. `crypto.randomUUID` is missing on pages served without TLS. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Tries again, after ever longer pauses, while it is not known what became of it. */
export async function patiently<Value>(attempt: () => Promise<Reply<Value>>, { patienceMs = 0, onWaiting }: Patience): Promise<Reply<Value>> {
  const until = performance.now() + patienceMs;
  for (let pauseMs = 500; ; pauseMs = Math.min(15_000, pauseMs * 2)) {
    const reply = await attempt();
    if (reply.ok || !isUnsettled(reply)) return reply;
    const waitMs = (reply.waitMs || pauseMs * (0.75 + Math.random() / 2));
    if (performance.now() + waitMs > until) return reply;
    onWaiting?.();
    await pauseOrOnline(waitMs);
  }
}

/** Nobody answered, or nobody who could say what became of it: the same may be sent again, and nothing else in its place. */
export function isUnsettled({ status }: Refused): boolean {
  return /^(0|408|425|429|5..)$/.test(String(status));
}

/** A returning network ends the pause. */
function pauseOrOnline(pauseMs: number): Promise<unknown> {
  return new Promise((resolve) => {
    addEventListener('online', resolve, { once: true });
    setTimeout(resolve, pauseMs);
  });
}

async function callOnce<Value>(url: string, call: EngineCall): Promise<Reply<Value>> {
  try {
    const { status, text, retryAfter } = await (call.file === undefined ? ask(url, call) : send(url, call));
    const json = JSON.parse(text || 'null') as Value & Problem;
    if (status >= 200 && status < 300) return { ok: true, value: json };
    // What is not a problem of the engine comes from something in between.
    if (json.code !== undefined) return { ok: false, status, problem: json, waitMs: Number(retryAfter) * 1000 };
  } catch {
    // No answer, half an answer, or one that is not ours (a captive portal): the outcome is unknown.
  }
  return { ok: false, status: 0 };
}

async function ask(url: string, call: EngineCall): Promise<Heard> {
  const response = await fetch(url, {
    method: call.method ?? (call.body === undefined ? 'GET' : 'POST'),
    headers: headersOf(call),
    body: JSON.stringify(call.body),
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') };
}

/** XMLHttpRequest, because only it tells how far the bytes have come. Its status is 0 when nobody answered. */
function send(url: string, call: EngineCall): Promise<Heard> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    for (const [name, value] of headersOf(call)) request.setRequestHeader(name, value);
    request.timeout = 300_000;
    request.upload.onprogress = ({ loaded, total }) => call.onProgress?.(Math.round((100 * loaded) / Math.max(1, total)));
    request.onloadend = () => resolve({ status: request.status, text: request.responseText, retryAfter: request.getResponseHeader('retry-after') });
    request.send(call.file);
  });
}

function headersOf({ body, file, key, authorization }: EngineCall): [string, string][] {
  const headers = { 'content-type': file?.type ?? (body === undefined ? '' : 'application/json'), 'idempotency-key': key, authorization };
  return Object.entries(headers).filter((header): header is [string, string] => !!header[1]);
}
