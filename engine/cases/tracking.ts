import type { Tracking } from '#engine/contract/rooms.js';
import type { Store } from '#engine/store/connection.js';

/** What the citizen sees: the stage by code alone, the case by a one-time code besides. */
export function createTracking(store: Store): Tracking {
  return {
    findStage: ({ municipality, trackingCodeHash }) => store.call('find_stage', [municipality, trackingCodeHash]),
    openChallenge: (input) => store.call('open_challenge', [{ json: input }]),
    answerChallenge: (input) => store.call('answer_challenge', [{ json: input }]),
    readSession: ({ municipality, sessionHash }) => store.call('read_tracking_session', [municipality, sessionHash]),
    countMisses: () => store.call('count_tracking_misses'),
  };
}
