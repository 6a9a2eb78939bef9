import type { PreparedProgramme } from '#definitions/language/programme.js';
import { prepareProgramme } from '#definitions/language/programme.js';
import type { ProgrammeRegister } from '#engine/contract/rooms.js';

export interface KnownVersion {
  readonly municipality: string;
  readonly hash: string;
  readonly prepared: PreparedProgramme;
}

const VERSIONS_MAX = 300;
const CURRENT_MS = 1_000;

/** Published versions never change, so each is read and compiled once; which one is current is asked again every second. */
export class KnownVersions {
  private readonly programmes: ProgrammeRegister;
  private readonly versions = new Map<string, KnownVersion>();
  private readonly current = new Map<string, { readonly at: number; readonly version: KnownVersion | null }>();
  constructor(programmes: ProgrammeRegister) {
    this.programmes = programmes;
  }

  async read({ municipality, hash }: { readonly municipality: string; readonly hash: string }): Promise<KnownVersion | null> {
    const known = this.versions.get(`${municipality} ${hash}`);
    if (known) return known;
    const found = await this.programmes.readVersion({ municipality, hash });
    return found ? this.keep({ municipality, hash: found.hash, prepared: prepareProgramme(found.programme, { version: found.hash }) }) : null;
  }

  async readCurrent({ municipality, programmeId }: { readonly municipality: string; readonly programmeId: string }): Promise<KnownVersion | null> {
    const key = `${municipality} ${programmeId}`;
    const asked = this.current.get(key);
    if (asked && Date.now() - asked.at < CURRENT_MS) return asked.version;
    const found = await this.programmes.readCurrent({ municipality, programmeId });
    const known = found && this.versions.get(`${municipality} ${found.hash}`);
    const version = found && (known ?? this.keep({ municipality, hash: found.hash, prepared: prepareProgramme(found.programme, { version: found.hash }) }));
    if (this.current.size >= VERSIONS_MAX) this.current.clear();
    this.current.set(key, { at: Date.now(), version });
    return version;
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
