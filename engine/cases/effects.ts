import type { Effects } from '#engine/contract/rooms.js';
import type { Store } from '#engine/store/connection.js';

/** Outside effects: the attempt is written down before the outside is touched. */
export function createEffects(store: Store): Effects {
  return {
    begin: ({ municipality, caseId, commandKey }) => store.call('begin_effect', [municipality, caseId, commandKey]),
    finish: async ({ municipality, caseId, commandKey, attempt, result }) => {
      await store.call('finish_effect', [municipality, caseId, commandKey, { json: attempt === undefined ? result : { ...result, attempt } }]);
    },
  };
}
