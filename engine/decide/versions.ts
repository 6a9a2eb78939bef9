import type { Programme, Step } from '#definitions/types/programme.js';
import type { CaseStage, CaseState, VersionState } from '#engine/contract/case.js';
import type { StageView } from '#engine/contract/rooms.js';
import { judge } from './situation.js';
import type { EventOf, Move, StepOf } from './steps/step-kind.js';
import { go, refuse, STAY } from './steps/step-kind.js';
import type { Walk } from './walk.js';

/** More publications than anybody makes while one case is open. */
const VERSIONS_MAX = 50;
const LISTED_MAX = 200;
const WORK: readonly Step['kind'][] = ['review', 'assess', 'decide'];

/** The document that a case is judged under: the one it was filed under, until it took another one over. */
export function judgedHash(state: Pick<CaseState, 'versions'> | null, filedHash: string): string {
  return state?.versions?.at(-1)?.hash ?? filedHash;
}

export function stageViewOf(state: CaseState): StageView {
  const { currentStep, decision, parts, steps } = state;
  const isReopened = decision !== undefined && (steps[currentStep]?.enteredAt ?? '') > decision.decidedAt;
  return { currentStep, parts: parts.length, decision: decision === undefined ? null : { approved: decision.approved, isReopened }, steps: Object.keys(steps) };
}

/**
 * Where a case is, as far as versions are concerned. Filed: nobody of the municipality has had it in hand. In review: somebody
 * has, or has it again after a refusal that is being objected to. Otherwise what was decided stands: benefit running.
 */
export function stageOf(view: StageView | null, { flow }: Pick<Programme, 'flow'>): CaseStage {
  if (view === null) return 'filed';
  const isWork = (id: string): boolean => flow.steps.some((step) => step.id === id && WORK.includes(step.kind));
  const isExamined = view.decision?.approved === false && view.decision.isReopened === true && isWork(view.currentStep);
  if ((view.decision !== null && !isExamined) || view.parts > 0) return 'benefitRunning';
  return isExamined || view.steps.some(isWork) ? 'inReview' : 'filed';
}

/** Another version is in force: what of it may reach this case, the case has from now on. */
export function onVersion(walk: Walk, event: EventOf<'versionPublished'>): Move {
  const { adoption } = walk.context;
  if (adoption === undefined) return refuse('programme.notFound');
  const { prepared, stage, adopted, kept } = adoption;
  const { publicationId, hash, publishedAt } = event.payload;
  const isChanged = prepared.version !== walk.context.prepared.version;
  const taken: VersionState = {
    eventId: event.id, publicationId, published: hash, publishedAt, hash: prepared.version, at: walk.at, stage,
    adopted: adopted.slice(0, LISTED_MAX), kept: kept.slice(0, LISTED_MAX),
  };
  walk.state.versions = [...(walk.state.versions ?? []), taken].slice(-VERSIONS_MAX);
  if (!isChanged) return STAY;
  walk.judgeUnder(prepared);
  return stage === 'benefitRunning' ? STAY : reconsider(walk);
}

/**
 * What the rules had said is asked again. A check whose answer was against the case, and upon whose answer nobody has acted
 * yet, is entered anew when the answer is better now and leads elsewhere; work that people have done is never undone.
 */
function reconsider(walk: Walk): Move {
  const last = lastCheck(walk);
  if (last === undefined) return STAY;
  const { step, outcome, leftAt } = last;
  const now = judge(walk.context, walk.state).outcome;
  const isBetter = outcome === 'ineligible' ? now !== 'ineligible' : outcome === 'undecided' && now === 'eligible';
  const leadsElsewhere = isOutcome(outcome) && step.next[outcome] !== step.next[now];
  return isBetter && leadsElsewhere && !isWorkedOn(walk, leftAt) ? go(step.id) : STAY;
}

function lastCheck({ state, context }: Walk): { readonly step: StepOf<'check'>; readonly outcome: string; readonly leftAt: string } | undefined {
  return context.prepared.programme.flow.steps
    .flatMap((step) => {
      const { leftAt, outcome } = state.steps[step.id] ?? {};
      return step.kind === 'check' && leftAt !== undefined && outcome !== undefined ? [{ step, outcome, leftAt }] : [];
    })
    .sort((one, other) => other.leftAt.localeCompare(one.leftAt))[0];
}

function isWorkedOn({ state, context }: Walk, since: string): boolean {
  return context.prepared.programme.flow.steps.some((step) => {
    const visit = state.steps[step.id];
    return WORK.includes(step.kind) && visit?.leftAt !== undefined && visit.enteredAt >= since;
  });
}

function isOutcome(outcome: string): outcome is keyof StepOf<'check'>['next'] {
  return outcome === 'eligible' || outcome === 'ineligible' || outcome === 'undecided';
}
