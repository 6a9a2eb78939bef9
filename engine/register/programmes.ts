import type { ProgrammeRegister } from '#engine/contract/rooms.js';
import type { Store } from '#engine/store/connection.js';

/** Published programmes and the municipalities that publish them. Publishing and site origins need an administrator's connection. */
export function createProgrammeRegister(store: Store): ProgrammeRegister {
  return {
    publish: ({ municipality, hash, programme, publishedBy, expected }) =>
      store.call('publish_programme', [municipality, hash, { json: programme }, publishedBy, expected ?? null]),
    listPublications: ({ municipality, programmeId }) => store.call('list_publications', [municipality, programmeId]),
    countOpen: ({ municipality, programmeId }) => store.call('count_open_by_version', [municipality, programmeId]),
    tellPublications: ({ limit }) => store.call('tell_publications', [limit]),
    keepAdopted: ({ municipality, hash, programme, lineage }) => store.call('keep_adopted_version', [municipality, hash, { json: programme }, { json: lineage }]),
    listCurrent: (municipality) => store.call('list_programmes', [municipality]),
    readCurrent: ({ municipality, programmeId }) => store.call('read_current_programme', [municipality, programmeId]),
    readVersion: ({ municipality, hash }) => store.call('read_programme_version', [municipality, hash]),
    setSiteOrigins: async ({ municipality, siteOrigins }) => {
      await store.call('set_site_origins', [municipality, { json: siteOrigins }]);
    },
    listMunicipalities: () => store.call('list_municipalities'),
  };
}
