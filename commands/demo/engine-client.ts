import { setTimeout as delay } from 'node:timers/promises';

/** How long one request may be tried again before the demo gives up. */
const PATIENCE_MS = 120_000;
const TRY_MS = 20_000;
const PAUSE_MS = 300;

export interface EngineRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly body?: unknown;
  readonly bytes?: { readonly content: Uint8Array; readonly mediaType: string };
  /** Same key, same effect, however often it is sent. */
  readonly key?: string;
  readonly staff?: StaffCredentials;
}

export interface StaffCredentials {
  readonly cookie: string;
  readonly csrfToken: string;
}

/** The engine understood and said no; trying again would not help. */
export class EngineRefused extends Error {
  readonly status: number;
  readonly code: string;

  constructor({ status, code, detail, path }: { status: number; code: string; detail: string; path: string }) {
    super(`${path}: ${status} ${code} ${detail}`);
    this.status = status;
    this.code = code;
  }
}

/** Speaks to a running engine as any program may: with keys, and with patience when it is busy or not there yet. */
export interface EngineClient {
  send<Answer>(request: EngineRequest): Promise<Answer>;
}

export function createEngineClient(engineUrl: string): EngineClient {
  return {
    send: async <Answer>(request: EngineRequest) => {
      const until = Date.now() + PATIENCE_MS;
      for (;;) {
        const { answer, retryInMs } = await tryOnce(engineUrl, request);
        if (retryInMs === null) return answer as Answer;
        if (Date.now() + retryInMs > until) throw new Error(`${request.path}: no answer from the engine in ${PATIENCE_MS / 1000} s`);
        await delay(retryInMs);
      }
    },
  };
}

async function tryOnce(engineUrl: string, request: EngineRequest): Promise<{ readonly answer: unknown; readonly retryInMs: number | null }> {
  const { method, path, staff } = request;
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${engineUrl}/api/v1${path}`, {
      method,
      headers: {
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(request.bytes === undefined ? {} : { 'content-type': request.bytes.mediaType }),
        ...(request.key === undefined ? {} : { 'idempotency-key': request.key }),
        ...(staff === undefined ? {} : { cookie: staff.cookie, 'x-csrf-token': staff.csrfToken }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      ...(request.bytes === undefined ? {} : { body: Buffer.from(request.bytes.content) }),
      signal: AbortSignal.timeout(TRY_MS),
    });
    text = await response.text();
  } catch {
    return { answer: null, retryInMs: PAUSE_MS };
  }
  if (response.ok) return { answer: text === '' ? null : JSON.parse(text), retryInMs: null };
  if (response.status === 429 || response.status >= 500) return { answer: null, retryInMs: Math.max(PAUSE_MS, Number(response.headers.get('retry-after') ?? 0) * 1000) };
  throw refusalOf(response.status, { text, path });
}

function refusalOf(status: number, { text, path }: { text: string; path: string }): EngineRefused {
  try {
    const { code = '', ...problem } = JSON.parse(text) as { readonly code?: string };
    return new EngineRefused({ status, code, detail: JSON.stringify(problem).slice(0, 2000), path });
  } catch {
    return new EngineRefused({ status, code: '', detail: text.slice(0, 300), path });
  }
}
