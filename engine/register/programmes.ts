import type { ProgrammeRegister } from '#engine/contract/rooms.js';
import type { Store } from '#engine/store/connection.js';

/** Published programmes and the municipalities that publish them. Publishing and site origins need an administrator's connection. */
export function createProgrammeRegister(store: Store): ProgrammeRegister {
  return {
    publish: ({ municipality, hash, programme, publishedBy }) => store.call('publish_programme', [municipality, hash, { json: programme }, publishedBy]),
    listCurrent: (municipality) => store.call('list_programmes', [municipality]),
    readCurrent: ({ municipality, programmeId }) => store.call('read_current_programme', [municipality, programmeId]),
    readVersion: ({ municipality, hash }) => store.call('read_programme_version', [municipality, hash]),
    setSiteOrigins: async ({ municipality, siteOrigins }) => {
      await store.call('set_site_origins', [municipality, { json: siteOrigins }]);
    },
    listMunicipalities: () => store.call('list_municipalities'),
  };
}
