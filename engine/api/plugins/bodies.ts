import type { FastifyInstance, FastifyRequest } from 'fastify';
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

/** Whoever sends a body drop by drop is not waited for. */
export function addBodyTimes(app: FastifyInstance): void {
  app.decorateRequest('bodyTimer', null);
  app.addHook('preParsing', async (request, reply) => {
    if (request.raw.complete) return;
    const milliseconds = request.routeOptions.config.upload === true ? UPLOAD_TIME_MS : JSON_TIME_MS;
    request.bodyTimer = setTimeout(() => {
      if (request.raw.complete || reply.sent) return;
      void refuse(reply.header('connection', 'close'), { code: 'request.timeout' });
      reply.raw.once('finish', () => request.raw.destroy());
    }, milliseconds);
  });
  const stop = async (request: FastifyRequest): Promise<void> => {
    if (request.bodyTimer) clearTimeout(request.bodyTimer);
  };
  app.addHook('preValidation', stop);
  app.addHook('onResponse', stop);
}

/** JSON, read strictly, and nothing else: any other content type is 415. */
export function addJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: JSON_BYTES_MAX }, (_request: FastifyRequest, body: Buffer, done) => {
    if (body.length === 0) return done(new BodyRefused({ code: 'request.bodyMissing' }));
    const parsed = parseJson(body);
    return parsed.ok ? done(null, parsed.value) : done(new BodyRefused(parsed.refusal));
  });
}
