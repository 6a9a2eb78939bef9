import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';

/** One window of filings at `url`: every request with its own key. Returns what came back, by status. */
export async function fileForSeconds({ url, body, connections, seconds }) {
  const result = await autocannon({
    url,
    method: 'POST',
    connections,
    duration: seconds,
    timeout: 30,
    headers: { 'content-type': 'application/json' },
    body,
    setupClient: (client) => {
      client.setHeaders({ 'content-type': 'application/json', 'idempotency-key': randomUUID() });
      client.on('response', () => client.setHeaders({ 'content-type': 'application/json', 'idempotency-key': randomUUID() }));
    },
  });
  return {
    seconds: result.duration,
    accepted: result['2xx'],
    statuses: Object.fromEntries(Object.entries(result.statusCodeStats ?? {}).map(([status, { count }]) => [status, count])),
    errors: result.errors,
    timeouts: result.timeouts,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  };
}
