import helmet from '@fastify/helmet';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** Of every answer; also of those that no hook sees. */
    securityHeaders: Readonly<Record<string, string>>;
  }
}

/** Nothing may load from an answer of the API; pages bring their own policy. */
const API_POLICY = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] };

/** They are the same for every answer, so helmet is asked for them once, not with each request. */
export async function addSecurityHeaders(app: FastifyInstance, { isProduction }: { readonly isProduction: boolean }): Promise<void> {
  const headers = await headersOfHelmet(isProduction);
  app.decorate('securityHeaders', headers);
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
  // eslint-disable-next-line max-params -- the signature of Fastify's hook, which without a promise costs less.
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
}

async function headersOfHelmet(isProduction: boolean): Promise<Readonly<Record<string, string>>> {
  const probe = Fastify();
  await probe.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: API_POLICY },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isProduction ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    frameguard: false,
  });
  let headers: Readonly<Record<string, string>> = {};
  probe.get('/', async (_request, reply) => {
    headers = Object.fromEntries(Object.entries(reply.raw.getHeaders()).map(([name, value]) => [name, String(value)]));
    return '';
  });
  await probe.inject('/');
  await probe.close();
  if (headers['content-security-policy'] === undefined) throw new Error('helmet gave no headers');
  return headers;
}

/** For the engine's own pages: scripts, styles and connections of this origin only, nothing inline, nothing evaluated. */
export function allowPage(reply: FastifyReply, { frameAncestors, frames = false }: { readonly frameAncestors: readonly string[]; readonly frames?: boolean }): FastifyReply {
  const ancestors = frameAncestors.length === 0 ? "'none'" : frameAncestors.join(' ');
  const policy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", `frame-ancestors ${ancestors}`,
    // The desk shows papers of a case in a frame of its own origin.
    ...(frames ? ["frame-src 'self'"] : []),
  ].join('; ');
  return reply.header('content-security-policy', policy).header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-cache');
}
