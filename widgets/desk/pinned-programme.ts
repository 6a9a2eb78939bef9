import type { ProgrammeView } from '#definitions/types/wire.js';
import type { ApiAnswer } from './api-call.js';
import { DESK_PATHS } from './desk-paths.js';
import { deskState } from './desk-state.js';
import { fillPlaces } from './place-texts.js';

const known = new Map<string, ProgrammeView>();

/** The version of a programme that a case is pinned to. Versions never change, so each is asked for once. */
export async function pinnedProgramme(wanted: { readonly municipality: string; readonly programmeId: string; readonly hash: string }): Promise<ApiAnswer<ProgrammeView>> {
  const key = `${wanted.municipality}/${wanted.hash}`;
  const view = known.get(key);
  if (view) return { kind: 'value', value: view };
  const answer = await deskState.call<ProgrammeView>({ path: DESK_PATHS.programme(wanted.municipality, wanted.programmeId, wanted.hash) });
  if (answer.kind !== 'value') return answer;
  const placed = { ...answer, value: withPlaces(answer.value) };
  known.set(key, placed.value);
  return placed;
}

/** The version that is filed under now. */
export async function currentProgramme({ municipality, programmeId }: { readonly municipality: string; readonly programmeId: string }): Promise<ApiAnswer<ProgrammeView>> {
  const answer = await deskState.call<ProgrammeView>({ path: DESK_PATHS.programme(municipality, programmeId) });
  return answer.kind === 'value' ? { ...answer, value: withPlaces(answer.value) } : answer;
}

function withPlaces(view: ProgrammeView): ProgrammeView {
  return { ...view, programme: fillPlaces(view.programme, view.municipalityName) };
}
