import { Client, Connection } from '@temporalio/client';
import type { Settings } from '#engine/contract/settings.js';

export interface TemporalClient {
  readonly client: Client;
  readonly connection: Connection;
}

/** How long to wait before connecting again. The library waits ever longer, up to two minutes, although the server is back. */
const RECONNECT_MS = { first: 100, max: 1_000 } as const;

/** Connects at the first call, and again after a loss: an absent server is found out by the call, not here. */
export function openTemporalClient({ address, namespace, apiKey, tls }: Settings['temporal']): TemporalClient {
  const channelArgs = { 'grpc.initial_reconnect_backoff_ms': RECONNECT_MS.first, 'grpc.max_reconnect_backoff_ms': RECONNECT_MS.max };
  const connection = Connection.lazy({ address, tls: tls ? true : null, ...(apiKey === undefined ? {} : { apiKey }), connectTimeout: '3s', channelArgs });
  return { connection, client: new Client({ connection, namespace }) };
}
