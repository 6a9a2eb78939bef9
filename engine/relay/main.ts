import { pino } from 'pino';
import type { Log } from '#engine/activities/log.js';
import type { WatchState } from '#engine/contract/watch.js';
import type { Running, Settings } from '#engine/contract/settings.js';
import { openStore } from '#engine/store/connection.js';
import { awaitSafe } from '#engine/store/safety.js';
import { createOutbox } from './outbox.js';
import type { RelayHealth, RelayOptions } from './relay.js';
import { createStartBucket, Relay, STARTS_PER_SECOND } from './relay.js';
import { openTemporalClient } from './temporal-client.js';
import type { WatchOptions } from './watch.js';
import { Watch } from './watch.js';
import { createWatchRecord } from './watch-record.js';

export interface RunningRelay extends Running {
  /** Ready when nothing is away; how much waits, and for how long; what the watch over lost kernels has found, once it was kept. */
  health(): Promise<RelayHealth & { readonly watch?: WatchState }>;
}

export interface RelayStartOptions extends RelayOptions {
  readonly watch?: WatchOptions;
  readonly log?: Log;
}

const STOP_PATIENCE_MS = 3_000;

/**
 * Any number of relays may run; none of them keeps anything.
 *
 * @throws UnsafeStoreError on a database or a role that is not safe, StoreUnavailableError when the database stays away
 */
export async function startRelay(settings: Settings, options: RelayStartOptions = {}): Promise<RunningRelay> {
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
  const bucket = createStartBucket(options.startsPerSecond ?? STARTS_PER_SECOND);
  const record = createWatchRecord(store);
  const relay = new Relay({ outbox: createOutbox(store), temporal, log, bucket }, options);
  const watch = new Watch({ record, temporal, log, takeStart: () => bucket.take() }, { ...settings.watch, ...options.watch });
  relay.start();
  watch.start();
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    // An update may wait for a worker that is gone; its row comes back when its lease ends.
    await Promise.race([Promise.all([relay.stop(), watch.stop()]), new Promise((resolve) => setTimeout(resolve, STOP_PATIENCE_MS).unref())]);
    await temporal.connection.close();
    await store.close();
  };
  return {
    health: async () => {
      const [health, watched] = await Promise.all([relay.health(), record.describe().catch(() => null)]);
      return { ...health, ...(watched === null ? {} : { watch: watched }) };
    },
    close: () => (closing ??= close()),
  };
}
