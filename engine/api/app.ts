import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import Fastify, { LogController } from 'fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { packageRoot } from '#engine/settings/package-root.js';
import type { ApiParts } from './parts.js';
import { addAccess, declareEveryAccess } from './plugins/access.js';
import { JSON_BYTES_MAX, addBodyTimes, addJsonBodies } from './plugins/bodies.js';
import { HEADER_BYTES_MAX, addHostCheck, answerBrokenAddress, answerBrokenRequest } from './plugins/broken-requests.js';
import { addClosing } from './plugins/closing.js';
import { addCompression } from './plugins/compression.js';
import { addDescription } from './plugins/description.js';
import { addEntityTags } from './plugins/entity-tags.js';
import { addFaults } from './plugins/faults.js';
import { addSecurityHeaders } from './plugins/headers.js';
import { addLogging, loggerOf } from './plugins/logging.js';
import { addMethods } from './plugins/methods.js';
import { addMetrics } from './plugins/metrics.js';
import { addMissWatch } from './plugins/misses.js';
import { KnownMunicipalities, addOrigins } from './plugins/origins.js';
import { addSchemas } from './plugins/schemas.js';
import { addIndexRoutes } from './routes/index.js';
import { addRoutes } from './routes/routes.js';
import { KnownVersions } from './versions.js';

const REQUEST_TIME_MS = 300_000;
const HEADERS_TIME_MS = 10_000;

/** The door, complete but not yet listening. Hooks run in the order in which they are added here. */
export async function buildApp(parts: ApiParts): Promise<FastifyInstance> {
  const { settings } = parts;
  const app = Fastify({
    logger: loggerOf(parts),
    logController: new LogController({ disableRequestLogging: true }),
    // Every line that is written of a request names it itself: a logger of its own for each would cost more than the line.
    childLoggerFactory: (logger) => logger,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: settings.trustedProxies.length === 0 ? false : [...settings.trustedProxies],
    bodyLimit: JSON_BYTES_MAX,
    requestTimeout: REQUEST_TIME_MS,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // What comes while the door closes is refused in plugins/closing, with everything that belongs to an answer.
    return503OnClosing: false,
    http: { maxHeaderSize: HEADER_BYTES_MAX, headersTimeout: HEADERS_TIME_MS, requireHostHeader: false },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    clientErrorHandler: (error, socket) => answerBrokenRequest(app, { error, socket }),
    frameworkErrors: (error, _request, reply) => void answerBrokenAddress(app, { error, reply: reply as unknown as FastifyReply }),
  });
  // An expectation that nobody knows may be passed over (RFC 9110, 10.1.1): the request is answered like any other.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.decorate('publicUrl', settings.publicUrl);
  const municipalities = new KnownMunicipalities(parts.programmes);
  addFaults(app);
  addLogging(app);
  addSchemas(app, { checkReplies: parts.checkReplies === true });
  addJsonBodies(app);
  declareEveryAccess(app);
  await addSecurityHeaders(app, { isProduction: settings.mode === 'production' });
  addHostCheck(app);
  addClosing(app);
  await app.register(cookie);
  await addOrigins(app, municipalities);
  addAccess(app, parts);
  addMethods(app);
  addBodyTimes(app);
  addMetrics(app, parts);
  addMissWatch(app);
  addCompression(app);
  addEntityTags(app);
  const version = productVersion();
  await addDescription(app, { version });
  addIndexRoutes(app, { version });
  addRoutes(app, { ...parts, municipalities, versions: new KnownVersions(parts.programmes) });
  await app.ready();
  return app;
}

function productVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}
