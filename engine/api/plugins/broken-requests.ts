import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ProblemInput } from '../problems/problem.js';
import { PROBLEMS } from '../problems/catalogue.js';
import { PROBLEM_TYPE, problemOf, refuse } from '../problems/problem.js';

/** Of address and headers together, as Node counts them. */
export const HEADER_BYTES_MAX = 16 * 1024;

const REASONS: Readonly<Record<string, ProblemInput>> = {
  HPE_HEADER_OVERFLOW: { code: 'request.headersTooLarge', params: { limit: String(HEADER_BYTES_MAX) } },
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'request.timeout' },
};
const PHRASES: Readonly<Record<number, string>> = { 400: 'Bad Request', 408: 'Request Timeout', 431: 'Request Header Fields Too Large' };

interface Broken {
  readonly error: Error & { readonly code?: string };
  readonly socket: Duplex;
}

/** What never became a request: too many headers, bad framing, a peer that says nothing. No hook sees it, so everything is said here. */
export function answerBrokenRequest(app: FastifyInstance, { error, socket }: Broken): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const input = REASONS[error.code ?? ''] ?? { code: 'request.malformed' };
  const requestId = randomUUID();
  const { status } = PROBLEMS[input.code];
  const body = JSON.stringify(problemOf(input, { publicUrl: app.publicUrl, requestId }));
  const headers = { ...app.securityHeaders, 'x-request-id': requestId, 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store', 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} ${PHRASES[status] ?? 'Refused'}\r\n${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

/** HTTP/1.1 wants a Host. Node would refuse without a word, so it is asked here. */
export function addHostCheck(app: FastifyInstance): void {
  app.addHook('onRequest', ({ raw }, reply, done) => {
    if (raw.headers.host === undefined && raw.httpVersion === '1.1') void refuse(reply.header('connection', 'close'), { code: 'request.malformed' });
    else done();
  });
}

interface BrokenAddress {
  readonly error: Error & { readonly code?: string };
  readonly reply: FastifyReply;
}

/** An address that the router cannot read (`/%E0%A4%A`), or with a part longer than any name: no hook sees these either. */
export function answerBrokenAddress(app: FastifyInstance, { error, reply }: BrokenAddress): FastifyReply {
  void reply.headers(app.securityHeaders).header('x-request-id', reply.request.id);
  return refuse(reply, { code: error.code === 'FST_ERR_BAD_URL' ? 'request.addressMalformed' : 'request.notFound' });
}
