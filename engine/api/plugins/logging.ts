import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import type { ApiParts } from '../parts.js';

/**
 * Logs without persons: no body, no query string, no header, no address, only the pattern of the route. The redaction
 * below is the second wall, for whoever logs an object later.
 */
export function loggerOf({ settings, logStream }: ApiParts): NonNullable<FastifyServerOptions['logger']> {
  return {
    level: settings.logLevel,
    ...(logStream ? { stream: logStream } : {}),
    base: { part: 'api' },
    redact: { paths: ['*.answers', '*.body', '*.headers', '*.cookies', '*.authorization', '*.email', '*.phone', '*.name', '*.text', '*.token'], censor: '[removed]' },
    serializers: {
      req: () => ({}) as never,
      res: () => ({}) as never,
      err: (error: Error & { code?: string }) => ({ type: error.name, message: '[removed]', stack: '', ...(error.code === undefined ? {} : { code: error.code }) }),
    },
  };
}

export function addLogging(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      { requestId: request.id, method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime) },
      'answered',
    );
    done();
  });
}
