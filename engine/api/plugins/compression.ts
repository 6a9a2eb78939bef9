import { createHash } from 'node:crypto';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyInstance } from 'fastify';

type Encoding = 'br' | 'gzip';

const ENCODINGS: Encoding[] = ['br', 'gzip'];
/** Below it, what is saved is not worth the header. */
const BYTES_MIN = 1024;
const KEPT_MAX = 200;
/** Compressed once and sent for days: worth a few milliseconds more. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } };

const packed: Readonly<Record<Encoding, (text: string, done: (error: Error | null, bytes: Buffer) => void) => void>> = {
  br: (text, done) => brotliCompress(text, BROTLI, done),
  gzip: (text, done) => gzip(text, { level: 9 }, done),
};

/**
 * What everybody may keep (`cache-control: public`: a programme, the municipalities) goes compressed, and is compressed once.
 * Nothing else is: length would tell of what is personal, to who can make a browser ask (BREACH). Stands before the entity
 * tags, which are of the bytes that are sent. Files of the widgets are compressed when they are built.
 */
export function addCompression(app: FastifyInstance): void {
  const kept = new Map<string, Buffer>();
  // eslint-disable-next-line max-params -- the signature of Fastify's hook, which without a promise costs less.
  app.addHook('onSend', (request, reply, payload, done) => {
    const policy = reply.getHeader('cache-control');
    if (typeof payload !== 'string' || reply.statusCode !== 200 || typeof policy !== 'string' || !policy.startsWith('public') || payload.length < BYTES_MIN) return done(null, payload);
    void reply.header('vary', [reply.getHeader('vary'), 'accept-encoding'].filter(Boolean).join(', '));
    const asked = request.headers['accept-encoding'];
    const encoding = typeof asked === 'string' ? (negotiate(asked, ENCODINGS) as Encoding | null) : null;
    if (encoding === null) return done(null, payload);
    const send = (bytes: Buffer): void => {
      void reply.header('content-encoding', encoding).removeHeader('content-length');
      done(null, bytes);
    };
    const key = `${encoding} ${createHash('sha256').update(payload).digest('base64')}`;
    const known = kept.get(key);
    if (known) return send(known);
    packed[encoding](payload, (error, bytes) => {
      if (error) return done(null, payload);
      if (kept.size >= KEPT_MAX) kept.clear();
      kept.set(key, bytes);
      send(bytes);
    });
  });
}
