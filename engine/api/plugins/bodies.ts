import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '#engine/contract/case.js';
import { parseJson } from '../bodies/json.js';
import { refuse } from '../problems/problem.js';

export const JSON_BYTES_MAX = 256 * 1024;
const JSON_TIME_MS = 10_000;
const UPLOAD_TIME_MS = 240_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a file, not JSON. */
    upload?: boolean;
  }
  interface FastifyRequest {
    bodyTimer: NodeJS.Timeout | null;
  }
}

/** A body that was refused while being read; carried to the error handler, which is the only way out of a parser. */
export class BodyRefused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Whoever sends a body drop by drop is not waited for; a packed one is not unpacked. */
export function addBodyTimes(app: FastifyInstance): void {
  app.decorateRequest('bodyTimer', null);
  app.addHook('onRequest', (request, reply, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding === undefined || encoding.trim().toLowerCase() === 'identity') return done();
    void refuse(reply.header('accept-encoding', 'identity'), { code: 'request.contentEncoding' });
  });
  // eslint-disable-next-line max-params -- the signature of Fastify's hook, which without a promise costs less.
  app.addHook('preParsing', (request, reply, _payload, done) => {
    if (!request.raw.complete) request.bodyTimer = startTimer(request, reply);
    done();
  });
  app.addHook('preValidation', (request, _reply, done) => {
    stopTimer(request);
    done();
  });
  app.addHook('onResponse', (request, _reply, done) => {
    stopTimer(request);
    done();
  });
}

function startTimer(request: FastifyRequest, reply: FastifyReply): NodeJS.Timeout {
  const milliseconds = request.routeOptions.config.upload === true ? UPLOAD_TIME_MS : JSON_TIME_MS;
  return setTimeout(() => {
    if (request.raw.complete || reply.sent) return;
    void refuse(reply.header('connection', 'close'), { code: 'request.timeout' });
    reply.raw.once('finish', () => request.raw.destroy());
  }, milliseconds);
}

function stopTimer(request: FastifyRequest): void {
  if (request.bodyTimer) clearTimeout(request.bodyTimer);
}

/** JSON, read strictly, and nothing else: any other content type is 415. */
export function addJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: JSON_BYTES_MAX }, (request: FastifyRequest, body: Buffer, done) => {
    if (!isUtf8(request.headers['content-type'])) return done(new BodyRefused({ code: 'request.charset', pointer: '', params: { expected: 'utf-8' } }));
    if (body.length === 0) return done(new BodyRefused({ code: 'request.bodyMissing' }));
    const parsed = parseJson(body);
    return parsed.ok ? done(null, parsed.value) : done(new BodyRefused(parsed.refusal));
  });
}

/** JSON is UTF-8 (RFC 8259): whoever says another character set means other bytes than those that would be read. */
function isUtf8(contentType = ''): boolean {
  const parts = contentType.split(';').slice(1).map((part) => part.trim().toLowerCase());
  const sets = parts.filter((part) => /^charset\s*(=|$)/.test(part)).map((part) => part.replace(/^charset\s*=?\s*/, '').replace(/^"(.*)"$/, '$1'));
  return sets.every((set) => set === 'utf-8' || set === 'utf8');
}
