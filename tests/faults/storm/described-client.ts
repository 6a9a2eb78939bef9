import { setTimeout as delay } from 'node:timers/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { StaffCredentials } from '#commands/demo/engine-client.js';
import type { Entropy } from '#commands/demo/entropy.js';

export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly body?: unknown;
  readonly bytes?: { readonly content: Uint8Array; readonly mediaType: string };
  readonly key?: string;
  readonly staff?: StaffCredentials;
  readonly authorization?: string;
  readonly patienceMs?: number;
}

export interface Answer {
  readonly status: number;
  /** Of a problem; empty for an answer that is none. */
  readonly code: string;
  readonly body: unknown;
  readonly retryAfterMs: number;
}

export interface DescribedClient {
  /** One try, at whichever API chance names; null: no answer came, and nobody knows what became of it. */
  tryOnce(asked: Asked): Promise<Answer | null>;
  /** The same until an answer comes that is final, or `isGivenUp`; null then. */
  insist(asked: Asked, isGivenUp?: () => boolean): Promise<Answer | null>;
  /** How often each status and code was heard. */
  readonly heard: ReadonlyMap<string, number>;
}

export interface ClientOrder {
  readonly apiUrls: readonly string[];
  /** As GET /openapi.json describes the interface. */
  readonly description: Record<string, unknown>;
  readonly chance: Entropy;
  readonly complain: (what: string) => void;
}

const PATIENCE_MS = 12_000;
const PAUSE_MS = 200;
const PAUSE_MS_MAX = 3_000;

/** A client that holds every answer against the description of the interface. */
export function createDescribedClient({ apiUrls, description, chance, complain }: ClientOrder): DescribedClient {
  const heard = new Map<string, number>();
  const judge = createJudge(description);

  const tryOnce = async (asked: Asked): Promise<Answer | null> => {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${chance.pick(apiUrls)}${asked.path}`, { method: asked.method, headers: headersOf(asked), ...bodyOf(asked), signal: AbortSignal.timeout(asked.patienceMs ?? PATIENCE_MS) });
      text = await response.text();
    } catch {
      heard.set('no answer', (heard.get('no answer') ?? 0) + 1);
      return null;
    }
    const body = parse(text);
    const code = response.ok ? '' : String((body as { code?: unknown } | null)?.code ?? 'none');
    const mark = `${response.status} ${code}`.trim();
    heard.set(mark, (heard.get(mark) ?? 0) + 1);
    const wrong = response.status === 500 ? 'a fault' : judge({ ...asked, status: response.status, body });
    if (wrong !== null) complain(`${asked.method} ${asked.path.split('?')[0] ?? ''}: ${mark}: ${wrong}`);
    return { status: response.status, code, body, retryAfterMs: Number(response.headers.get('retry-after') ?? 0) * 1000 };
  };

  const insist = async (asked: Asked, isGivenUp: () => boolean = () => false): Promise<Answer | null> => {
    for (;;) {
      const answer = await tryOnce(asked);
      if (answer !== null && answer.status !== 429 && answer.status < 500) return answer;
      if (isGivenUp()) return null;
      await delay(Math.min(PAUSE_MS_MAX, PAUSE_MS + chance.below(400) + (answer?.retryAfterMs ?? 0) / 4));
    }
  };
  return { tryOnce, insist, heard };
}

function headersOf({ body, bytes, key, staff, authorization }: Asked): Record<string, string> {
  return {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(bytes === undefined ? {} : { 'content-type': bytes.mediaType }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(staff === undefined ? {} : { cookie: staff.cookie, 'x-csrf-token': staff.csrfToken }),
    ...(authorization === undefined ? {} : { authorization }),
  };
}

function bodyOf({ body, bytes }: Asked): { readonly body?: BodyInit } {
  if (bytes !== undefined) return { body: new Uint8Array(bytes.content) };
  return body === undefined ? {} : { body: JSON.stringify(body) };
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

interface Judged {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** What of an answer the description does not say; null when it says all of it. */
function createJudge(description: Record<string, unknown>): (judged: Judged) => string | null {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
  ajv.addSchema(description, 'openapi.json');
  const paths = description['paths'] as Readonly<Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>> }>>>>;
  const templates = Object.keys(paths).map((template) => ({ template, pattern: new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`) }));
  // What has no parameter is meant where both fit.
  templates.sort((left, right) => left.template.split('{').length - right.template.split('{').length);
  const validators = new Map<string, ValidateFunction>();
  return ({ method, path, status, body }) => {
    const plain = `/api/v1${path.split('?')[0] ?? ''}`;
    const template = templates.find(({ pattern }) => pattern.test(plain))?.template;
    if (template === undefined) return 'not described';
    const responses = paths[template]?.[method.toLowerCase()]?.responses ?? {};
    const named = responses[status] === undefined ? (status >= 400 ? 'default' : undefined) : String(status);
    if (named === undefined) return 'a status that is not described';
    const [mediaType] = Object.keys(responses[named]?.content ?? {});
    if (mediaType === undefined) return null;
    const pointer = ['paths', template, method.toLowerCase(), 'responses', named, 'content', mediaType, 'schema'].map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const validate = validators.get(pointer) ?? ajv.compile({ $ref: `openapi.json#/${pointer}` });
    validators.set(pointer, validate);
    if (body === null && status === 202) return null;
    return validate(body) ? null : `not as described: ${ajv.errorsText(validate.errors)}`;
  };
}
