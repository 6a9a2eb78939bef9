import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/**
 * What everybody may keep (`cache-control: public`) carries a strong entity tag, the hash of its bytes; whoever still has
 * those bytes hears 304. Nothing else gets one: a tag of something personal would be a way to recognise it.
 */
export function addEntityTags(app: FastifyInstance): void {
  // eslint-disable-next-line max-params -- the signature of Fastify's hook, which without a promise costs less.
  app.addHook('onSend', (request, reply, payload, done) => {
    const policy = reply.getHeader('cache-control');
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    const isPublic = isReading && reply.statusCode === 200 && typeof policy === 'string' && policy.startsWith('public');
    if (!isPublic || (typeof payload !== 'string' && !Buffer.isBuffer(payload)) || reply.hasHeader('etag')) return done(null, payload);
    const tag = `"${createHash('sha256').update(payload).digest('base64url')}"`;
    void reply.header('etag', tag);
    if (!isKnown(request.headers['if-none-match'], tag)) return done(null, payload);
    void reply.code(304).removeHeader('content-type').removeHeader('content-length');
    done(null, null);
  });
}

/** RFC 9110: a list of tags, each perhaps marked weak, or `*`. */
function isKnown(header: string | undefined, tag: string): boolean {
  return header !== undefined && header.split(',').some((one) => ['*', tag].includes(one.trim().replace(/^W\//, '')));
}
