import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { ApiParts } from '../parts.js';
import { addWatchMetrics } from './watch-metrics.js';

declare module 'fastify' {
  interface FastifyInstance {
    metrics: { readonly trackingMisses: Counter; readonly recentMisses: Gauge<'municipality'>; readonly refused: Counter<'status'>; readonly delayedActions: Counter; readonly acceptedApplications: Counter };
  }
}

/**
 * Counters of this process for Prometheus; labels are route patterns, never paths. In production they can be read only
 * where a token is set, whatever stands in front: a proxy that forwards everything does not open them.
 */
export function addMetrics(app: FastifyInstance, { settings: { mode, metricsToken }, describeWatch }: Pick<ApiParts, 'settings' | 'describeWatch'>): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const durations = new Histogram({
    name: 'diktyo_http_request_seconds',
    help: 'Time from request to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  app.decorate('metrics', {
    trackingMisses: new Counter({ name: 'diktyo_tracking_misses_total', help: 'Tracking codes that were asked for and do not exist; a rise means somebody guesses', registers }),
    recentMisses: new Gauge({ name: 'diktyo_tracking_misses_recent', help: 'Tracking codes that fitted nothing, of this hour and the one before, over all processes', labelNames: ['municipality'], registers }),
    refused: new Counter({ name: 'diktyo_http_refused_total', help: 'Requests refused, by status', labelNames: ['status'], registers }),
    delayedActions: new Counter({ name: 'diktyo_actions_delayed_total', help: 'Actions recorded but not carried out in time', registers }),
    acceptedApplications: new Counter({ name: 'diktyo_applications_accepted_total', help: 'Receipts given', registers }),
  });
  const readWatch = addWatchMetrics(registry, describeWatch);
  app.addHook('onResponse', (request, reply, done) => {
    const status = String(reply.statusCode);
    durations.observe({ method: request.method, route: request.routeOptions.url ?? 'unknown', status }, reply.elapsedTime / 1000);
    if (reply.statusCode >= 400) app.metrics.refused.inc({ status });
    done();
  });
  if (mode === 'production' && metricsToken === undefined) return;
  app.get('/metrics', { config: { access: { who: 'monitor' } }, schema: { hide: true } }, async (_request, reply) => {
    await readWatch();
    return reply.header('content-type', registry.contentType).header('cache-control', 'no-store').send(await registry.metrics());
  });
}
