import type { WatchedCase, WatchRecord } from '#engine/contract/watch.js';
import type { Store } from '#engine/store/connection.js';

type Page = Awaited<ReturnType<WatchRecord['read']>>;

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
    read: async ({ limit, scan, quietSeconds }) => {
      const { cases, closed, next } = await store.call<Page & { readonly closed: readonly WatchedCase[] }>('read_watched', [limit, scan, quietSeconds]);
      return { cases: [...cases, ...closed], next };
    },
    note: async ({ holder, ...noted }) => {
      await store.call('note_watched', [holder, { json: noted }]);
    },
    describe: () => store.call('describe_watch'),
  };
}
