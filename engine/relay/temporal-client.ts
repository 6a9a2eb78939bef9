import { Client, Connection } from '@temporalio/client';
import type { Settings } from '#engine/contract/settings.js';

export interface TemporalClient {
  readonly client: Client;
  readonly connection: Connection;
}

/** Connects at the first call, and again after a loss: an absent server is found out by the call, not here. */
export function openTemporalClient({ address, namespace, apiKey, tls }: Settings['temporal']): TemporalClient {
  const connection = Connection.lazy({ address, tls: tls ? true : null, ...(apiKey === undefined ? {} : { apiKey }), connectTimeout: '3s' });
  return { connection, client: new Client({ connection, namespace }) };
}
