import { adoptVersion } from '#definitions/check/adoption.js';
import type { Adoption, KeptChange } from '#definitions/check/adoption.js';
import { checkForPublication } from '#definitions/check/check.js';
import { compareProgrammes } from '#definitions/check/changes.js';
import type { Change } from '#definitions/check/changes.js';
import type { Programme } from '#definitions/types/programme.js';
import type { CaseStage } from '#engine/contract/case.js';
import type { ProgrammeRegister } from '#engine/contract/rooms.js';
import { stageOf } from '#engine/decide/versions.js';

/** How many take it over, are asked, stay where they are. */
export interface StageCount {
  readonly adopt: number;
  readonly ask: number;
  readonly pinned: number;
}

export interface PublicationPreview {
  /** The version in force; null for the first one. */
  readonly before: string | null;
  /** From the version in force to the new one. */
  readonly changes: readonly Change[];
  readonly open: Readonly<Record<'draft' | CaseStage, StageCount>>;
  /** What would not be sound without the rest, in which stages, and is therefore left out for those who have filed. */
  readonly notCarried: readonly (KeptChange & { readonly stage: CaseStage; readonly cases: number })[];
}

export interface PreviewInput {
  readonly municipality: string;
  readonly programme: Programme;
  readonly version: string;
  /** The day of publication, yyyy-mm-dd. */
  readonly on: string;
}

const NOBODY: StageCount = { adopt: 0, ask: 0, pinned: 0 };

/** What publishing this version now would change, and for how many. Changes nothing; reads no answers. */
export async function previewPublication(register: Pick<ProgrammeRegister, 'readCurrent' | 'readVersion' | 'countOpen'>, { municipality, programme, version, on }: PreviewInput): Promise<PublicationPreview> {
  const [current, counted] = await Promise.all([register.readCurrent({ municipality, programmeId: programme.id }), register.countOpen({ municipality, programmeId: programme.id })]);
  const documents = new Map<string, Programme>();
  for (const hash of new Set([...counted.drafts, ...counted.cases].map((each) => each.hash))) {
    const known = await register.readVersion({ municipality, hash });
    if (known !== null) documents.set(hash, known.programme);
  }
  const open: Record<'draft' | CaseStage, StageCount> = { draft: NOBODY, filed: NOBODY, inReview: NOBODY, benefitRunning: NOBODY };
  const add = (stage: 'draft' | CaseStage, kind: keyof StageCount, count: number): void => {
    open[stage] = { ...open[stage], [kind]: open[stage][kind] + count };
  };
  for (const { hash, count } of counted.drafts) {
    const own = documents.get(hash);
    // Whether somebody has answered already what is asked anew, only their own draft knows: here each counts as asked.
    const isAsked = own !== undefined && compareProgrammes(own, programme, { on }).some(({ behaviour }) => behaviour.draft === 'ask');
    add('draft', isAsked ? 'ask' : 'adopt', count);
  }
  const adoptions = new Map<string, { readonly adoption: Adoption; readonly stage: CaseStage; cases: number }>();
  for (const { hash, state, count } of counted.cases) {
    const own = documents.get(hash);
    if (own === undefined) continue;
    const stage = stageOf(state, own);
    const key = `${hash} ${stage}`;
    const known = adoptions.get(key) ?? { adoption: adoptVersion(own, programme, { stage, on, check: checkForPublication }), stage, cases: 0 };
    adoptions.set(key, known);
    known.cases += count;
    const isSame = hash === version;
    add(stage, isSame || known.adoption.adopted.length > 0 ? 'adopt' : 'pinned', count);
  }
  const notCarried = [...adoptions.values()].flatMap(({ adoption, stage, cases }) => adoption.kept.filter(({ because }) => because === 'notSound').map((kept) => ({ ...kept, stage, cases })));
  return { before: current?.hash ?? null, changes: current === null ? [] : compareProgrammes(current.programme, programme, { on }), open, notCarried };
}
