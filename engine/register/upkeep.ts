import type { Upkeep } from '#engine/contract/rooms.js';
import type { Store } from '#engine/store/connection.js';

/** What goes on in the record without anybody asking for it. One method, one statement. */
export function createUpkeep(store: Store): Upkeep {
  return {
    sweepExpired: ({ limit }) => store.call('sweep_expired', [limit]),
    claimQuarantined: ({ limit, leaseSeconds }) => store.call('claim_quarantined', [limit, leaseSeconds]),
    readQuarantined: async ({ municipality, documentId }) =>
      (await store.callRow<{ bytes: Uint8Array }>('read_quarantined', [municipality, documentId]))?.bytes ?? null,
    judgeQuarantined: ({ municipality, documentId, state, note }) => store.call('judge_quarantined', [municipality, documentId, state, { json: note }]),
  };
}
