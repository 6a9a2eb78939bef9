import type { Problem } from '#definitions/types/wire.js';

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  /** Raw bytes of a file; `mediaType` says what they are. */
  readonly bytes?: Blob;
  /** Same key, same body: the engine does it once. */
  readonly idempotencyKey?: string;
  readonly csrfToken?: string;
  readonly etag?: string;
}

export type ApiAnswer<Value> =
  | { readonly kind: 'value'; readonly value: Value; readonly etag?: string }
  | { readonly kind: 'unchanged' }
  /** The engine said no, or not now. */
  | { readonly kind: 'problem'; readonly status: number; readonly problem: Problem | null; readonly retryAfterSeconds?: number }
  /** Nobody answered: it may have arrived or not. */
  | { readonly kind: 'unreachable' };

const TIMEOUT_MS = 30_000;

/** One call to the engine, same origin, cookie session. Never throws: what goes wrong is a value. */
export async function callApi<Value>(request: ApiRequest): Promise<ApiAnswer<Value>> {
  try {
    const response = await fetch(request.path, {
      method: request.method ?? 'GET',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: headersOf(request),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...bodyOf(request),
    });
    return await readAnswer<Value>(response);
  } catch {
    return { kind: 'unreachable' };
  }
}

function headersOf(request: ApiRequest): Record<string, string> {
  const contentType = request.bytes ? request.bytes.type : request.body === undefined ? undefined : 'application/json';
  return {
    accept: 'application/json',
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...(request.idempotencyKey === undefined ? {} : { 'idempotency-key': request.idempotencyKey }),
    ...(request.csrfToken === undefined ? {} : { 'x-csrf-token': request.csrfToken }),
    ...(request.etag === undefined ? {} : { 'if-none-match': request.etag }),
  };
}

function bodyOf(request: ApiRequest): Pick<RequestInit, 'body'> {
  if (request.bytes) return { body: request.bytes };
  return request.body === undefined ? {} : { body: JSON.stringify(request.body) };
}

async function readAnswer<Value>(response: Response): Promise<ApiAnswer<Value>> {
  if (response.status === 304) return { kind: 'unchanged' };
  const text = await response.text();
  if (!response.ok) {
    const problem = parsed<Problem>(text);
    const seconds = problem?.retryAfterSeconds ?? secondsOf(response.headers.get('retry-after'));
    return { kind: 'problem', status: response.status, problem, ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }) };
  }
  const etag = response.headers.get('etag');
  return { kind: 'value', value: parsed<Value>(text) as Value, ...(etag === null ? {} : { etag }) };
}

function parsed<Value>(text: string): Value | null {
  if (text === '') return null;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return null;
  }
}

function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
