import type { FastifyInstance } from 'fastify';

const LINKS = {
  openapi: '/api/v1/openapi.json',
  interface: '/api',
  problems: '/api/problems',
  live: '/health/live',
  ready: '/health/ready',
  municipalities: '/api/v1/municipalities',
  programmes: '/api/v1/municipalities/{municipality}/programmes',
  programme: '/api/v1/municipalities/{municipality}/programmes/{programme}',
} as const;

const INDEX = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'version', 'links'],
  properties: {
    name: { type: 'string' },
    version: { type: 'string' },
    links: { type: 'object', additionalProperties: false, required: Object.keys(LINKS), properties: Object.fromEntries(Object.keys(LINKS).map((name) => [name, { type: 'string' }])) },
  },
};

/** Where somebody begins who knows only the address. */
export function addIndexRoutes(app: FastifyInstance, { version }: { readonly version: string }): void {
  app.get(
    '/api/v1',
    { config: { access: { who: 'anyone' }, kept: true }, schema: { tags: ['description'], summary: 'Where to begin: the description of the interface, health, municipalities and their programmes', response: { 200: INDEX } } },
    async (_request, reply) => reply.header('cache-control', 'public, max-age=300').send({ name: 'Diktyo', version, links: LINKS }),
  );
}
