import type { WatchRecord } from '#engine/contract/rooms.js';
import type { Store } from '#engine/store/connection.js';

/** Who keeps watch, how far the round has come, and what it has found. The store must be opened with the role diktyo_relay. */
export function createWatchRecord(store: Store): WatchRecord {
  return {
    hold: ({ holder, seconds }) => store.call('hold_watch', [holder, seconds]),
    release: async (holder) => {
      await store.call('release_watch', [holder]);
    },
    noteLoss: async (holder) => {
      await store.call('note_loss', [holder]);
    },
    read: ({ limit, scan, quietSeconds }) => store.call('read_watched', [limit, scan, quietSeconds]),
    note: async ({ holder, ...noted }) => {
      await store.call('note_watched', [holder, { json: noted }]);
    },
    describe: () => store.call('describe_watch'),
  };
}
