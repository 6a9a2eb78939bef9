import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { packageRoot } from '#engine/settings/package-root.js';
import { describeInterface, describeProblem, describeProblems } from '../pages/interface.js';
import { allowPage } from '../plugins/headers.js';
import { isProblemCode } from '../problems/catalogue.js';
import { refuse } from '../problems/problem.js';

const ANYONE = { access: { who: 'anyone' } } as const;
const HIDDEN = { hide: true } as const;

/** The interface, told to programs (OpenAPI) and to people, with every code of a refusal. */
export function addDescriptionRoutes(app: FastifyInstance): void {
  const style = readFileSync(join(packageRoot(), 'engine/api/pages/page.css'), 'utf8');
  app.get('/api/v1/openapi.json', { config: ANYONE, schema: HIDDEN }, async (_request, reply) => reply.header('cache-control', 'public, max-age=300').send(app.swagger()));
  app.get('/api', { config: ANYONE, schema: HIDDEN }, async (_request, reply) => allowPage(reply, { frameAncestors: [] }).send(describeInterface(app.swagger() as never)));
  app.get('/api/problems', { config: ANYONE, schema: HIDDEN }, async (_request, reply) => allowPage(reply, { frameAncestors: [] }).send(describeProblems()));
  app.get<{ Params: { code: string } }>('/api/problems/:code', { config: ANYONE, schema: HIDDEN }, async (request, reply) => {
    const { code } = request.params;
    return isProblemCode(code) ? allowPage(reply, { frameAncestors: [] }).send(describeProblem(code)) : refuse(reply, { code: 'request.notFound' });
  });
  app.get('/pages/page.css', { config: ANYONE, schema: HIDDEN }, async (_request, reply) =>
    reply.header('content-type', 'text/css; charset=utf-8').header('cache-control', 'public, max-age=300').send(style),
  );
}
