import type { FastifyInstance } from 'fastify';
import type { RouteParts } from './route-parts.js';

const NOT_KEPT = 'no-store';

export function addHealthRoutes(app: FastifyInstance, { checkParts }: RouteParts): void {
  app.get(
    '/health/live',
    { config: { access: { who: 'anyone' } }, schema: { tags: ['health'], summary: 'Does this process run?', response: { 200: { $ref: 'Health#' } } } },
    async (_request, reply) => reply.header('cache-control', NOT_KEPT).send({ status: 'ok', checks: {} }),
  );
  app.get(
    '/health/ready',
    {
      config: { access: { who: 'anyone' } },
      schema: { tags: ['health'], summary: 'Can this process serve? Temporal may be away: filing and tracking go on without it.', response: { 200: { $ref: 'Health#' }, 503: { $ref: 'Health#' } } },
    },
    async (_request, reply) => {
      const checks = await checkParts();
      const isReady = Object.values(checks).every(Boolean);
      return reply.header('cache-control', NOT_KEPT).code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'unavailable', checks });
    },
  );
}
