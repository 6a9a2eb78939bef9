import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Nothing may load from an answer of the API; pages bring their own policy. */
const API_POLICY = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] };

export async function addSecurityHeaders(app: FastifyInstance, { isProduction }: { readonly isProduction: boolean }): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: API_POLICY },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isProduction ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    frameguard: false,
  });
  // eslint-disable-next-line max-params -- the signature of Fastify's hook, which without a promise costs less.
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
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
