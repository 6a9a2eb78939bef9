import type { CaseFile, Cases, TaskRow } from '#engine/contract/rooms.js';
import type { ActionReply, Refusal } from '#engine/contract/case.js';
import { judgedHash } from '#engine/decide/versions.js';
import type { Store } from '#engine/store/connection.js';

/** The memory of cases: actions, events, read model, tasks, incidents. One method, one statement. */
export function createCases(store: Store): Cases {
  return {
    recordAction: async (input) =>
      valueOrRefusal(await store.call<{ recordedAt: string; reply: ActionReply | null } | Refused | null>('record_action', [{ json: input }])),
    load: ({ municipality, caseId, eventId, commandKey }) => store.call('load_in_order', [municipality, caseId, eventId, commandKey ?? null]),
    apply: (input) => store.call('apply_in_order', [{ json: input }]),
    readFile: async ({ municipality, caseId, reader, purpose }) => {
      const file = await store.call<CaseFile | null>('read_case_file', [municipality, caseId, { json: reader }, purpose]);
      return file && { ...file, hash: judgedHash(file.state, file.hash), filedHash: file.hash };
    },
    readReply: ({ municipality, caseId, key }) => store.call('read_reply', [municipality, caseId, key]),
    queue: ({ municipality, roles, account, limit, after, filter = {}, reader, purpose }) =>
      store.call('read_queue', [municipality, { json: roles }, account ?? null, limit, after ?? null, { json: reader }, purpose, { json: filter }]),
    countQueue: ({ municipality, roles, account, dayEnd }) => store.call('count_queue', [municipality, { json: roles }, account ?? null, dayEnd]),
    claimTask: async ({ municipality, taskId, account, roles }) =>
      valueOrRefusal(await store.call<TaskRow | Refused | null>('claim_task', [municipality, taskId, account, { json: roles }])),
    giveBackTask: async ({ municipality, taskId, account, any }) =>
      valueOrRefusal(await store.call<TaskRow | Refused | null>('give_back_task', [municipality, taskId, account, any])),
    incidents: ({ municipality, reader, purpose }) => store.call('list_incidents', [municipality, { json: reader }, purpose]),
  };
}

interface Refused {
  readonly refusal: Refusal;
}

/** `reply` of an action may hold a refusal too: only the outermost one is the answer to the call itself. */
function valueOrRefusal<Value extends object | null>(answer: Value | Refused): Value | Refusal {
  return answer !== null && 'refusal' in answer ? (answer as Refused).refusal : (answer as Value);
}
