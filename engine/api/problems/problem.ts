import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Localised, Problem, ProblemFinding } from '#definitions/types/wire.js';
import type { Refusal } from '#engine/contract/case.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { describeRefusal } from '../pages/refusal.js';
import { allowPage } from '../plugins/headers.js';
import type { ProblemCode } from './catalogue.js';
import { PROBLEMS, isProblemCode } from './catalogue.js';

interface ProblemText {
  readonly title: string;
  readonly detail: string;
  readonly fix: string;
}

type Texts = Readonly<Record<string, ProblemText>>;
type Params = Readonly<Record<string, string>>;

const [el, en] = (['el', 'en'] as const).map(
  (language) => JSON.parse(readFileSync(join(packageRoot(), 'engine/api/problems/texts', `${language}.json`), 'utf8')) as Texts,
) as [Texts, Texts];

export interface ProblemInput {
  readonly code: ProblemCode;
  readonly params?: Params;
  readonly findings?: readonly ProblemFinding[];
  /** Seconds for Retry-After; also the parameter `seconds` of the texts. */
  readonly retryAfterSeconds?: number;
  /** The version that is in force instead of the one that was named. */
  readonly currentVersion?: NonNullable<Problem['currentVersion']>;
}

/** Ends the request with problem details (RFC 9457), or for a person's browser with a page. Nothing of the request's content stands in it. */
export function refuse(reply: FastifyReply, input: ProblemInput): FastifyReply {
  const { status } = PROBLEMS[input.code];
  const seconds = input.retryAfterSeconds;
  if (seconds !== undefined) void reply.header('retry-after', String(seconds));
  if (isForReader(reply.request)) return allowPage(reply.code(status), { frameAncestors: [] }).header('cache-control', 'no-store').send(describeRefusal(problemTexts(input)));
  const problem = problemOf(input, { publicUrl: reply.server.publicUrl, requestId: reply.request.id });
  return reply.code(status).header('content-type', PROBLEM_TYPE).header('cache-control', 'no-store').send(JSON.stringify(problem));
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export function problemOf(input: ProblemInput, { publicUrl, requestId }: { readonly publicUrl: string; readonly requestId: string }): Problem {
  const { code, findings, currentVersion, retryAfterSeconds } = input;
  return {
    type: `${publicUrl}/api/problems/${code}`,
    ...problemTexts(input),
    status: PROBLEMS[code].status,
    code,
    instance: `urn:uuid:${requestId}`,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(currentVersion === undefined ? {} : { currentVersion }),
    ...(findings === undefined ? {} : { findings: [...findings] }),
  };
}

/** A browser that opens an address of a page; the interface answers programs, whatever they say they would rather have. */
function isForReader({ method, url, headers }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && !url.startsWith('/api/') && headers.accept?.includes('text/html') === true;
}

/** A refusal of another room, as the caller hears it; a code that is not the door's own is a refused action. */
export function refuseWith(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { pointer, params = {} } = refusal;
  // The register says «refused» and why; where the reason has words of its own, they are what the caller hears.
  const code = refusal.code === 'action.refused' ? (params['code'] ?? refusal.code) : refusal.code;
  if (!isProblemCode(code) || PROBLEMS[code].status === 0) {
    return refuse(reply, { code: 'action.refused', params: { code } });
  }
  const findings = pointer === undefined ? {} : { findings: [finding({ code, pointer, params })] };
  return refuse(reply, { code, params, ...findings });
}

export function finding({ code, pointer, params = {} }: { readonly code: ProblemCode; readonly pointer: string; readonly params?: Params }): ProblemFinding {
  const expected = params['expected'];
  return {
    code,
    pointer: pointer.slice(0, 1000),
    message: fill(code, 'detail', params),
    fix: fill(code, 'fix', params),
    ...(expected === undefined ? {} : { expected: { el: expected, en: expected } }),
  };
}

/** Title, and in one text what happened and how to mend it. */
export function problemTexts({ code, params = {}, retryAfterSeconds }: ProblemInput): { readonly title: Localised; readonly detail: Localised } {
  const known = retryAfterSeconds === undefined ? params : { seconds: String(retryAfterSeconds), ...params };
  const [detail, fix] = [fill(code, 'detail', known), fill(code, 'fix', known)];
  return { title: fill(code, 'title', known), detail: { el: `${detail.el} ${fix.el}`, en: `${detail.en} ${fix.en}` } };
}

/** Titles, explanations and remedies of a code, with their placeholders. */
export function textsOf(code: ProblemCode): Readonly<Record<'el' | 'en', ProblemText>> {
  const [greek, english] = [el[code], en[code]];
  if (!greek || !english) throw new Error(`the problem ${code} has no text`);
  return { el: greek, en: english };
}

function fill(code: ProblemCode, part: keyof ProblemText, params: Params): Localised {
  const texts = textsOf(code);
  const put = (text: string): string => text.replace(/\{([a-zA-Z]+)\}/g, (_whole, name: string) => params[name] ?? '…');
  return { el: put(texts.el[part]), en: put(texts.en[part]) };
}
