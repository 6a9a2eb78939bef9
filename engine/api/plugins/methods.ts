import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../problems/problem.js';

/** What only the installation's own machines may know of is to everybody else as if it were not there, whatever the method. */
const SECRET: ReadonlySet<string> = new Set(['operator', 'monitor']);

/**
 * What no route answers: 404 where nothing is, 405 with `Allow` where another method would have been right, 204 with
 * `Allow` for OPTIONS. Which addresses there are, the public description of the interface says as well; whether this case or
 * that file exists is never looked at.
 */
export function addMethods(app: FastifyInstance): void {
  const allowedAt = (url: string): readonly string[] => {
    const path = pathOf(url);
    const fitting = app.routeTable.filter((route) => route.method !== 'OPTIONS' && !SECRET.has(route.access.who) && fits(path, route.url));
    return fitting.length === 0 ? [] : [...new Set(fitting.map(({ method }) => method)), 'OPTIONS'].sort();
  };
  const answer = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const allowed = allowedAt(request.url);
    // A handler that finds nothing ends here too: its method was right.
    if (allowed.length === 0 || (request.method !== 'OPTIONS' && allowed.includes(request.method))) return refuse(reply, { code: 'request.notFound' });
    void reply.header('allow', allowed.join(', '));
    if (request.method === 'OPTIONS') return reply.code(204).header('content-length', '0').send();
    return refuse(reply, { code: 'request.methodNotAllowed', params: { expected: allowed.join(', ') } });
  };
  // Before the body: what nobody takes need not be read. A preflight of a site that may ask was answered before.
  app.addHook('onRequest', (request, reply, done) => {
    if (request.is404 || request.method === 'OPTIONS') void answer(request, reply);
    else done();
  });
  app.setNotFoundHandler(answer);
}

/** `/municipalities/:municipality` and `/assets/*` as the router reads them. */
function fits(path: string, pattern: string): boolean {
  const [given, wanted] = [path.split('/'), pattern.split('/')];
  if (wanted.at(-1) === '*') return given.length >= wanted.length && wanted.slice(0, -1).every((part, index) => part === given[index]);
  return given.length === wanted.length && wanted.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]));
}

function pathOf(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
