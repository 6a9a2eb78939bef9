import type { FastifyInstance } from 'fastify';
import { refuse } from '../problems/problem.js';

const RETRY_SECONDS = 5;

/** What still comes over an open connection while this process ends is refused before anything is begun: another process takes it. */
export function addClosing(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  app.addHook('onRequest', (_request, reply, done) => {
    if (isClosing) void refuse(reply.header('connection', 'close'), { code: 'engine.unavailable', retryAfterSeconds: RETRY_SECONDS });
    else done();
  });
}
