import type { Access } from '#engine/contract/rooms.js';
import type { Store } from '#engine/store/connection.js';

/** Sessions and roles of staff. Granting and revoking need an administrator's connection. */
export function createAccess(store: Store): Access {
  return {
    readStaffSession: (sessionHash) => store.call('read_staff_session', [sessionHash]),
    openStaffSession: (input) => store.call('open_staff_session', [{ json: input }]),
    closeStaffSession: async (sessionHash) => {
      await store.call('close_staff_session', [sessionHash]);
    },
    grant: async (input) => {
      await store.call('grant_staff_role', [{ json: input }]);
    },
    revoke: async (input) => {
      await store.call('revoke_staff_role', [{ json: input }]);
    },
  };
}
