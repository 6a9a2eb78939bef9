import { pino } from 'pino';
import type { Log } from '#engine/activities/log.js';
import type { Running, Settings } from '#engine/contract/settings.js';
import { openStore } from '#engine/store/connection.js';
import { awaitSafe } from '#engine/store/safety.js';
import { createOutbox } from './outbox.js';
import type { RelayHealth, RelayOptions } from './relay.js';
import { Relay } from './relay.js';
import { openTemporalClient } from './temporal-client.js';

export interface RunningRelay extends Running {
  /** Ready when nothing is away; how much waits, and for how long. */
  health(): Promise<RelayHealth>;
}

const STOP_PATIENCE_MS = 3_000;

/**
 * Any number of relays may run; none of them keeps anything.
 *
 * @throws UnsafeStoreError on a database or a role that is not safe, StoreUnavailableError when the database stays away
 */
export async function startRelay(settings: Settings, options: RelayOptions & { readonly log?: Log } = {}): Promise<RunningRelay> {
  const logger = pino({ name: 'relay', level: settings.logLevel });
  const log: Log = options.log ?? ((level, message, fields = {}) => logger[level](fields, message));
  const store = openStore({ databaseUrl: settings.databaseUrl, connectionsMax: settings.databaseConnectionsMax, application: 'diktyo-relay', log: (line) => log('warn', line) });
  try {
    await awaitSafe(store);
  } catch (error) {
    await store.close();
    throw error;
  }
  const temporal = openTemporalClient(settings.temporal);
  const relay = new Relay({ outbox: createOutbox(store), temporal, log }, options);
  relay.start();
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    // An update may wait for a worker that is gone; its row comes back when its lease ends.
    await Promise.race([relay.stop(), new Promise((resolve) => setTimeout(resolve, STOP_PATIENCE_MS).unref())]);
    await temporal.connection.close();
    await store.close();
  };
  return {
    health: () => relay.health(),
    close: () => (closing ??= close()),
  };
}
