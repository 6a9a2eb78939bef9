import type { Upkeep } from '#engine/contract/rooms.js';
import type { Store } from '#engine/store/connection.js';

/** What goes on in the record without anybody asking for it. One method, one statement. */
export function createUpkeep(store: Store): Upkeep {
  return {
    sweepExpired: ({ limit }) => store.call('sweep_expired', [limit]),
  };
}
