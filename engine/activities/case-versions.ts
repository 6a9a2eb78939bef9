import { adoptVersion } from '#definitions/check/adoption.js';
import { checkForPublication } from '#definitions/check/check.js';
import type { PreparedProgramme } from '#definitions/language/programme.js';
import { prepareProgramme } from '#definitions/language/programme.js';
import type { CaseEvent, CaseStage, CaseState } from '#engine/contract/case.js';
import { dateOf } from '#engine/decide/calendar.js';
import type { TakenVersion } from '#engine/decide/situation.js';
import { judgedHash, stageOf, stageViewOf } from '#engine/decide/versions.js';
import type { ProgrammeCache } from './programme-cache.js';

const ADOPTIONS_MAX = 300;

/** The documents that one decision may need: the case's own, and what comes of those that were published meanwhile. */
export interface CaseVersions {
  preparedFor(state: CaseState | null): PreparedProgramme;
  /** Undefined for every other kind of event. */
  adoptionFor(event: CaseEvent, state: CaseState | null): TakenVersion | undefined;
  /** To be called before what was decided is written: a case never stands under a document that is not kept. */
  keep(state: CaseState | null): Promise<void>;
}

export interface CaseVersionsInput {
  readonly municipality: string;
  readonly filedHash: string;
  readonly state: CaseState | null;
  /** The event and those that are decided with it. */
  readonly events: readonly CaseEvent[];
}

/** `null`: the case's own version, or a published one, is not there. */
export async function readCaseVersions(programmes: ProgrammeCache, { municipality, filedHash, state, events }: CaseVersionsInput): Promise<CaseVersions | null> {
  const known = new Map<string, PreparedProgramme>();
  const hashes = [judgedHash(state, filedHash), ...events.flatMap((event) => (event.kind === 'versionPublished' ? [event.payload.hash] : []))];
  for (const hash of new Set(hashes)) {
    const prepared = await programmes.read(municipality, hash);
    if (prepared === null) return null;
    known.set(hash, prepared);
  }
  const lineages = new Map<string, { readonly from: string; readonly to: string; readonly stage: CaseStage }>();
  const preparedFor = (current: CaseState | null): PreparedProgramme => {
    const prepared = known.get(judgedHash(current, filedHash));
    if (prepared === undefined) throw new VersionUnreadError();
    return prepared;
  };
  return {
    preparedFor,
    adoptionFor(event, current) {
      const published = event.kind === 'versionPublished' ? known.get(event.payload.hash) : undefined;
      if (event.kind !== 'versionPublished' || published === undefined) return undefined;
      const own = preparedFor(current);
      const stage = stageOf(current === null ? null : stageViewOf(current), own.programme);
      const taken = takeVersion(own, { published, stage, on: dateOf(event.payload.publishedAt) });
      const { version } = taken.prepared;
      known.set(version, known.get(version) ?? taken.prepared);
      if (version !== own.version && version !== published.version) lineages.set(version, { from: own.version, to: published.version, stage });
      return taken;
    },
    async keep(decided) {
      const hash = judgedHash(decided, filedHash);
      const [prepared, lineage] = [known.get(hash), lineages.get(hash)];
      if (prepared === undefined || lineage === undefined) return;
      // What it comes from may be such a document too, taken over a moment ago.
      const before = lineages.get(lineage.from);
      const origin = known.get(lineage.from);
      if (before !== undefined && origin !== undefined) await programmes.keepAdopted(municipality, { prepared: origin, lineage: before });
      await programmes.keepAdopted(municipality, { prepared, lineage });
    },
  };
}

const adoptions = new Map<string, TakenVersion>();

/** Pure, and dear: many cases of one version take the same one over. */
function takeVersion(own: PreparedProgramme, { published, stage, on }: { readonly published: PreparedProgramme; readonly stage: CaseStage; readonly on: string }): TakenVersion {
  const key = `${own.version} ${published.version} ${stage} ${on}`;
  const before = adoptions.get(key);
  if (before !== undefined) return before;
  const { programme, adopted, kept } = adoptVersion(own.programme, published.programme, { stage, on, check: checkForPublication });
  const taken: TakenVersion = {
    prepared: programme === own.programme ? own : prepareProgramme(programme),
    stage,
    adopted: adopted.map((change) => ({ class: change.class, what: change.what })),
    kept: kept.map((change) => ({ class: change.class, what: change.what, because: change.because })),
  };
  const [oldest] = adoptions.keys();
  if (adoptions.size >= ADOPTIONS_MAX && oldest !== undefined) adoptions.delete(oldest);
  adoptions.set(key, taken);
  return taken;
}

class VersionUnreadError extends Error {
  override readonly name = 'programme.unread';
}
