import type { Outbox } from '#engine/contract/rooms.js';
import type { Store } from '#engine/store/connection.js';

/** The rows that the relay carries to the clock. The store must be opened with the role diktyo_relay. */
export function createOutbox(store: Store): Outbox {
  return {
    claim: ({ limit, leaseSeconds }) => store.call('claim_outbox', [limit, leaseSeconds]),
    claimLanes: ({ limits, leaseSeconds }) => store.call('claim_outbox_lanes', [{ json: limits }, leaseSeconds]),
    finish: async ({ outboxId, error, retryInSeconds }) => {
      await store.call('finish_outbox', [outboxId, error ?? null, retryInSeconds ?? null]);
    },
    finishMany: async (outcomes) => {
      await store.call('finish_outbox_rows', [{ json: outcomes }]);
    },
    lag: () => store.call('measure_outbox_lag'),
  };
}
