import type { PreparedProgramme } from '#definitions/language/programme.js';
import { prepareProgramme } from '#definitions/language/programme.js';
import type { ProgrammeRegister } from '#engine/contract/rooms.js';

export interface KnownVersion {
  readonly municipality: string;
  readonly hash: string;
  readonly prepared: PreparedProgramme;
}

interface ProgrammePlace {
  readonly municipality: string;
  readonly programmeId: string;
}

/** What was in force when it was last asked; `at`: when that question was put. */
interface Remembered {
  readonly at: number;
  readonly version: KnownVersion | null;
}

const VERSIONS_MAX = 300;
const CURRENT_MS = 1_000;

/**
 * Published versions never change, so each is read and compiled once. Which one is current is remembered for a second: good
 * enough to show, and to take a filing that names it; nobody is refused by it (`lookUpCurrent`).
 */
export class KnownVersions {
  private readonly programmes: ProgrammeRegister;
  private readonly versions = new Map<string, KnownVersion>();
  private readonly current = new Map<string, Remembered>();
  constructor(programmes: ProgrammeRegister) {
    this.programmes = programmes;
  }

  async read({ municipality, hash }: { readonly municipality: string; readonly hash: string }): Promise<KnownVersion | null> {
    const known = this.versions.get(`${municipality} ${hash}`);
    if (known) return known;
    const found = await this.programmes.readVersion({ municipality, hash });
    return found ? this.keep({ municipality, hash: found.hash, prepared: prepareProgramme(found.programme, { version: found.hash }) }) : null;
  }

  /** At most a second old: another version may have come into force since, an earlier one too. */
  async readCurrent(place: ProgrammePlace): Promise<KnownVersion | null> {
    const remembered = this.current.get(keyOf(place));
    return remembered && Date.now() - remembered.at < CURRENT_MS ? remembered.version : this.lookUpCurrent(place);
  }

  /** As the database has it now. It is asked for the hash only; the version itself is mostly known. */
  async lookUpCurrent(place: ProgrammePlace): Promise<KnownVersion | null> {
    const at = Date.now();
    const { municipality, programmeId } = place;
    const found = (await this.programmes.listCurrent(municipality)).find((listed) => listed.programmeId === programmeId);
    const version = found ? await this.read({ municipality, hash: found.hash }) : null;
    this.remember(place, { at, version });
    return version;
  }

  /** An answer that was long on its way never replaces one to a later question. */
  private remember(place: ProgrammePlace, asked: Remembered): void {
    const key = keyOf(place);
    if ((this.current.get(key)?.at ?? asked.at) > asked.at) return;
    if (this.current.size >= VERSIONS_MAX) this.current.clear();
    this.current.set(key, asked);
  }

  private keep(version: KnownVersion): KnownVersion {
    for (const oldest of this.versions.keys()) {
      if (this.versions.size < VERSIONS_MAX) break;
      this.versions.delete(oldest);
    }
    this.versions.set(`${version.municipality} ${version.hash}`, version);
    return version;
  }
}

function keyOf({ municipality, programmeId }: ProgrammePlace): string {
  return `${municipality} ${programmeId}`;
}
