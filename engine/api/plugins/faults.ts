import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StoreUnavailableError } from '#engine/store/errors.js';
import { isProblemCode } from '../problems/catalogue.js';
import { finding, refuse } from '../problems/problem.js';
import { BodyRefused, JSON_BYTES_MAX } from './bodies.js';
import { findingsOf } from './schemas.js';

const RETRY_SECONDS = 5;

/** Every error leaves as problem details; what is no refusal is a fault, logged without a word of its message. */
export function addFaults(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply));
}

// eslint-disable-next-line max-params -- the signature of Fastify's error handler, as it is called.
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof BodyRefused) {
    const { code, pointer, params = {} } = error.refusal;
    if (!isProblemCode(code)) throw new Error(`${code} is not in the catalogue`);
    return refuse(reply, { code, params, ...(pointer === undefined ? {} : { findings: [finding({ code, pointer, params })] }) });
  }
  if (error.validation) {
    if (error.validationContext === 'params') return refuse(reply, { code: 'request.notFound' });
    if (error.validationContext === 'body' && (request.body === undefined || request.body === null)) return refuse(reply, { code: 'request.bodyMissing' });
    return refuse(reply, { code: 'request.invalid', findings: findingsOf(error.validation) });
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse(reply, { code: 'request.bodyTooLarge', params: { limit: String(request.routeOptions.bodyLimit ?? JSON_BYTES_MAX) } });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse(reply, { code: 'request.mediaType', params: { expected: 'application/json' } });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return refuse(reply, { code: 'request.bodyMissing' });
    default:
      // Files of the widgets: a range or a condition of the request that does not hold.
      if (error.statusCode === 412) return refuse(reply, { code: 'request.preconditionFailed' });
      if (error.statusCode === 416) return refuse(reply, { code: 'request.rangeUnknown' });
      // The caller went away in the middle of the body: nobody hears this, and it is nobody's fault.
      if (request.raw.destroyed && !request.raw.complete) return refuse(reply, { code: 'request.timeout' });
      return answerFault(error, request, reply);
  }
}

// eslint-disable-next-line max-params -- as above.
function answerFault(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isPassing = error instanceof StoreUnavailableError;
  // Messages of drivers repeat values; name, code and place in the source are enough to find the fault.
  request.log[isPassing ? 'warn' : 'error']({ requestId: request.id, fault: { name: error.name, code: error.code, at: placeOf(error) } }, isPassing ? 'unavailable' : 'fault');
  return refuse(reply, isPassing ? { code: 'engine.unavailable', retryAfterSeconds: RETRY_SECONDS } : { code: 'engine.fault' });
}

function placeOf({ stack = '' }: Error): readonly string[] {
  return stack.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8).map((line) => line.trim());
}
