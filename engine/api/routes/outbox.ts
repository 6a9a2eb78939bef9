import type { FastifyInstance } from 'fastify';
import type { CaughtMessages } from '#definitions/types/wire.js';
import { TIME_ZONE } from '#engine/decide/calendar.js';
import { escapeText, page } from '../pages/markup.js';
import { pageText } from '../pages/texts.js';
import { allowPage } from '../plugins/headers.js';
import type { RouteParts } from './route-parts.js';

const OPERATOR = { access: { who: 'operator' } } as const;

/** Development only: mail and SMS that were caught instead of sent. Elsewhere these routes do not exist. */
export function addOutboxRoutes(app: FastifyInstance, { settings, caughtMessages }: RouteParts): void {
  if (settings.mode === 'production' || !caughtMessages) return;
  app.get('/api/v1/outbox', { config: OPERATOR, schema: { tags: ['development'], summary: 'Messages that were caught', response: { 200: { $ref: 'CaughtMessages#' } } } }, async (_request, reply) =>
    reply.send(await caughtMessages()),
  );
  app.get('/outbox', { config: OPERATOR, schema: { hide: true } }, async (_request, reply) => allowPage(reply, { frameAncestors: [] }).send(describeOutbox(await caughtMessages())));
}

const MOMENT = new Intl.DateTimeFormat('el-GR', { dateStyle: 'long', timeStyle: 'medium', timeZone: TIME_ZONE });

function momentOf(instant: string): string {
  return MOMENT.format(new Date(instant));
}

function describeOutbox({ messages }: CaughtMessages): string {
  const items = messages.map(
    ({ at, channel, to, subject, body }) =>
      `<article><h2>${escapeText(subject === '' ? pageText('outbox.sms') : subject)}</h2><p>${escapeText(channel)} · ${escapeText(to)} · <time datetime="${escapeText(at)}">${escapeText(momentOf(at))}</time></p><p class="message">${escapeText(body)}</p></article>`,
  );
  const body = `<header class="banner">${escapeText(pageText('demo.banner'))}</header><main><h1>${escapeText(pageText('outbox.title'))}</h1><p>${escapeText(pageText('outbox.intro'))}</p>${items.length === 0 ? `<p>${escapeText(pageText('outbox.empty'))}</p>` : items.join('\n')}</main>`;
  return page({ title: pageText('outbox.title'), body });
}
