import type { Decision } from '#definitions/language/programme.js';
import type { Programme, Role, Step } from '#definitions/types/programme.js';
import type { CaseFileView, CaseMemory, ProgrammeView, StaffAction } from '#definitions/types/wire.js';
import { fillPlaces } from './place-texts.js';

export interface CaseActor {
  readonly kind: 'citizen' | 'staff' | 'system';
  readonly account?: string;
  readonly role?: Role;
  readonly onBehalf?: 'desk' | 'relative';
}

/** A case with the programme it is pinned to: all that the parts of the case page read. */
export interface OpenCase {
  readonly municipality: string;
  readonly file: CaseFileView;
  readonly state: CaseMemory;
  readonly decision: Decision | null;
  readonly programme: Programme;
  readonly step: Step | undefined;
}

export type ActionKind = StaffAction['kind'];

/** A case that the workflow has not begun yet has an empty memory: it is shown as filed and waiting. */
export function openCase({ municipality, file, view }: { readonly municipality: string; readonly file: CaseFileView; readonly view: ProgrammeView }): OpenCase {
  const programme = view.programme as unknown as Programme;
  const state = fillPlaces(file.state, view.municipalityName);
  const judged = file.decision && Array.isArray(file.decision['rules']) ? (file.decision as unknown as Decision) : null;
  const decision = fillPlaces(judged, view.municipalityName);
  return { municipality, file, state, decision, programme, step: programme.flow.steps.find((step) => step.id === state.currentStep) };
}
