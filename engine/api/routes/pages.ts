import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { describeIndex, describeMunicipality, describeWidget } from '../pages/hosted.js';
import { allowPage } from '../plugins/headers.js';
import { refuse } from '../problems/problem.js';
import { localised } from '../views/localised.js';
import { MUNICIPALITY, PROGRAMME } from './paths.js';
import type { RouteParts } from './route-parts.js';

const PAGE = { access: { who: 'anyone' } } as const;
const HIDDEN = { hide: true } as const;
/** What others hang on an address that they pass on (`fbclid`, `utm_source`) is nobody's mistake, and is not read. */
const LANGUAGE = { type: 'object', properties: { lang: { enum: ['el', 'en'] } } } as const;
const IMMUTABLE = 'public, max-age=31536000, immutable';
const SHORT = 'public, max-age=300';

interface Reading {
  readonly lang?: 'el' | 'en';
}

/** The engine's own pages: index, every widget as a whole page, the desk; and the files that other sites load. */
export function addPageRoutes(app: FastifyInstance, parts: RouteParts): void {
  addHostedWidgets(app, parts);
  addDesk(app, parts);
  addAssets(app, parts);
}

function addHostedWidgets(app: FastifyInstance, { municipalities, programmes, versions, settings }: RouteParts): void {
  const demo = settings.mode === 'development';
  app.get('/', { config: PAGE, schema: HIDDEN }, async (_request, reply) =>
    allowPage(reply, { frameAncestors: [] }).send(describeIndex({ municipalities: await municipalities.list(), demo })),
  );

  app.get<{ Params: { municipality: string } }>('/municipalities/:municipality', { config: PAGE, schema: { ...HIDDEN, params: MUNICIPALITY } }, async (request, reply) => {
    const known = await municipalities.find(request.params.municipality);
    if (!known) return refuse(reply, { code: 'request.notFound' });
    const list = await programmes.listCurrent(known.code);
    const places = { municipality: localised(known.name) };
    const titles = list.map(({ programmeId, title, summary }) => ({ id: programmeId, title: localised(title, places), summary: localised(summary, places) }));
    return allowPage(reply, { frameAncestors: [] }).send(describeMunicipality({ municipality: known, programmes: titles, demo }));
  });

  app.get<{ Params: { municipality: string; programme: string }; Querystring: Reading }>('/apply/:municipality/:programme', { config: PAGE, schema: { ...HIDDEN, params: PROGRAMME, querystring: LANGUAGE } }, async (request, reply) => {
    const { municipality, programme } = request.params;
    const known = await municipalities.find(municipality);
    const version = known && (await versions.readCurrent({ municipality, programmeId: programme }));
    if (!known || !version) return refuse(reply, { code: 'programme.notFound' });
    const { title, contact } = version.prepared.programme;
    const language = request.query.lang ?? 'el';
    const heading = localised(title, { municipality: localised(known.name) })[language];
    return allowPage(reply, { frameAncestors: known.siteOrigins }).send(
      describeWidget({ widget: 'apply', heading, municipality: known, attributes: { municipality, programme }, demo, phone: contact.phone, language }),
    );
  });

  app.get<{ Params: { municipality: string }; Querystring: Reading }>('/track/:municipality', { config: PAGE, schema: { ...HIDDEN, params: MUNICIPALITY, querystring: LANGUAGE } }, async (request, reply) => {
    const known = await municipalities.find(request.params.municipality);
    if (!known) return refuse(reply, { code: 'request.notFound' });
    return allowPage(reply, { frameAncestors: known.siteOrigins }).send(describeWidget({ widget: 'track', municipality: known, attributes: { municipality: known.code }, demo, language: request.query.lang ?? 'el' }));
  });
}

/** One page; the desk finds its way by the fragment. */
function addDesk(app: FastifyInstance, { assetsFolder }: RouteParts): void {
  const file = join(assetsFolder, 'desk/index.html');
  for (const url of ['/desk', '/desk/']) {
    app.get(url, { config: PAGE, schema: HIDDEN }, async (_request, reply) => {
      if (!existsSync(file)) return refuse(reply, { code: 'request.notFound' });
      return allowPage(reply, { frameAncestors: [], frames: true }).send(readFileSync(file, 'utf8'));
    });
  }
}

/** Files of the widgets. Names with a hash never change; others are asked for again. */
function addAssets(app: FastifyInstance, { assetsFolder }: RouteParts): void {
  void app.register(fastifyStatic, { root: assetsFolder, serve: false, preCompressed: true });
  app.get('/embed/v1.js', { config: PAGE, schema: HIDDEN }, async (_request, reply) => sendFile(reply, { path: 'embed/v1.js', cache: SHORT }));
  app.get<{ Params: { '*': string } }>('/assets/*', { config: PAGE, schema: HIDDEN }, async (request, reply) => {
    const path = request.params['*'];
    if (!/^(?:[A-Za-z0-9_-]+\/)*[A-Za-z0-9._-]+\.(?:js|css|woff2|svg|png)$/.test(path) || path.includes('..')) return refuse(reply, { code: 'request.notFound' });
    return sendFile(reply, { path, cache: path.startsWith('chunks/') ? IMMUTABLE : SHORT });
  });
}

/** Public code, for pages of any site: it carries nothing personal, so any origin may read it. */
function sendFile(reply: FastifyReply, { path, cache }: { readonly path: string; readonly cache: string }): FastifyReply {
  return reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('timing-allow-origin', '*')
    .sendFile(path, { cacheControl: false, dotfiles: 'deny' })
    .header('cache-control', cache);
}
