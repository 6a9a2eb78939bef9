import type { PreparedProgramme } from '#definitions/language/programme.js';
import { prepareProgramme } from '#definitions/language/programme.js';
import type { Lineage, ProgrammeRegister } from '#engine/contract/rooms.js';

const VERSIONS_MAX = 200;

export interface ProgrammeCache {
  /** null: this municipality never published such a version. */
  read(municipality: string, hash: string): Promise<PreparedProgramme | null>;
  /** Keeps a document that a case is judged under from now on; once is enough. */
  keepAdopted(municipality: string, adopted: { readonly prepared: PreparedProgramme; readonly lineage: Lineage }): Promise<void>;
}

/** Published versions never change: each is read and prepared once. */
export function createProgrammeCache(programmes: Pick<ProgrammeRegister, 'readVersion' | 'keepAdopted'>): ProgrammeCache {
  const versions = new Map<string, Promise<PreparedProgramme | null>>();
  const kept = new Set<string>();

  const fetch = async (municipality: string, hash: string): Promise<PreparedProgramme | null> => {
    const published = await programmes.readVersion({ municipality, hash });
    return published === null ? null : prepareProgramme(published.programme, { version: hash });
  };

  return {
    read(municipality, hash) {
      const key = `${municipality}/${hash}`;
      const known = versions.get(key);
      if (known) return known;
      const reading = fetch(municipality, hash);
      versions.set(key, reading);
      // Neither a failure nor an absence is remembered.
      reading.then(
        (found) => found ?? versions.delete(key),
        () => versions.delete(key),
      );
      const [oldest] = versions.keys();
      if (versions.size > VERSIONS_MAX && oldest !== undefined) versions.delete(oldest);
      return reading;
    },
    async keepAdopted(municipality, { prepared, lineage }) {
      const key = `${municipality}/${prepared.version}/${lineage.from}/${lineage.to}/${lineage.stage}`;
      if (kept.has(key)) return;
      const isKept = await programmes.keepAdopted({ municipality, hash: prepared.version, programme: prepared.programme, lineage });
      if (!isKept) throw new LineageUnknownError();
      if (kept.size >= VERSIONS_MAX) kept.clear();
      kept.add(key);
    },
  };
}

class LineageUnknownError extends Error {
  override readonly name = 'programme.lineageUnknown';
}
