import type { Programme, Step } from '#definitions/types/programme.js';
import type { Draft } from './finding.js';
import { below } from './finding.js';
import { reachable, waysOf } from './flow.js';
import type { Steps } from './flow.js';

/** Does the flow say the same as the names of its ways: approved, refused, eligible, the order of its stages? */
export function findContraryWays({ flow }: Programme): readonly Draft[] {
  const byId = new Map(flow.steps.map((step) => [step.id, step]));
  return [
    ...flow.steps.flatMap((step, position) => [...stepDrafts(step, `/flow/steps/${position}`), ...decisionDrafts(step, { byId, pointer: `/flow/steps/${position}` }), ...checkDrafts(step, { byId, pointer: `/flow/steps/${position}` }), ...reviewDrafts(step, { byId, pointer: `/flow/steps/${position}` })]),
    ...stageDrafts(flow, byId),
    ...titleDrafts(flow),
  ];
}

/** The citizen reads at every step where the case stands, and in which stage. */
function stepDrafts(step: Step, pointer: string): readonly Draft[] {
  if (step.kind === 'branch') return [];
  const lacking = [step.citizenText === undefined ? 'citizenText' : '', step.stage === undefined ? 'stage' : ''].filter((name) => name !== '');
  return lacking.map((needed): Draft => ({ code: 'stepSilent', pointer, params: { name: step.id, needed } }));
}

const REFUSING: readonly string[] = ['refused', 'expired', 'withdrawn'];
const GRANTING: readonly string[] = ['granted', 'completed'];
/** Kinds after which nobody decides anew. */
const CARRIED_OUT: readonly Step['kind'][] = ['notify', 'pay', 'branch', 'end'];

/** Kinds at which no person looks at the case. */
const UNATTENDED: readonly Step['kind'][] = ['branch', 'notify', 'check'];

/** What was approved may not run into a refusal without anybody deciding again, and the other way round. */
function decisionDrafts(step: Step, { byId, pointer }: { byId: Steps; pointer: string }): readonly Draft[] {
  if (step.kind !== 'decide') return [];
  const carriedOut = new Map([...byId].filter(([, each]) => CARRIED_OUT.includes(each.kind)));
  const endsOf = (from: string): readonly string[] => [...reachable(carriedOut, from)].flatMap((id) => endOf(byId.get(id)));
  const isOnly = (ends: readonly string[], kinds: readonly string[]): boolean => ends.length > 0 && ends.every((end) => kinds.includes(end));
  const crossed = [
    isOnly(endsOf(step.next.approved), REFUSING) ? 'approved' : '',
    isOnly(endsOf(step.next.refused), GRANTING) ? 'refused' : '',
  ].filter((name) => name !== '');
  return crossed.map((way): Draft => ({ code: 'waysCrossed', pointer: below(pointer, 'next', way), params: { name: step.id, way } }));
}

/** Whoever ends a case against a person writes why. */
function reviewDrafts(step: Step, { byId, pointer }: { byId: Steps; pointer: string }): readonly Draft[] {
  if (step.kind !== 'review') return [];
  const unattended = new Map([...byId].filter(([, each]) => each.kind === 'notify' || each.kind === 'end'));
  return step.outcomes.flatMap(({ id, next, noteRequired }, position): readonly Draft[] => {
    const ends = [...reachable(unattended, next)].flatMap((to) => endOf(byId.get(to)));
    return noteRequired !== true && ends.some((end) => REFUSING.includes(end)) ? [{ code: 'noteMissing', pointer: below(pointer, 'outcomes', position), params: { name: step.id, outcome: id } }] : [];
  });
}

function endOf(step: Step | undefined): readonly string[] {
  return step?.kind === 'end' ? [step.outcome] : [];
}

/** Whoever meets every condition may not be sent on a detour that somebody in doubt is spared. */
function checkDrafts(step: Step, { byId, pointer }: { byId: Steps; pointer: string }): readonly Draft[] {
  if (step.kind !== 'check') return [];
  const others = new Map([...byId].filter(([id]) => id !== step.id));
  const { eligible } = step.next;
  const after = reachable(others, eligible);
  const unattended = new Map([...others].filter(([, each]) => UNATTENDED.includes(each.kind)));
  const atOnce = new Set([...reachable(unattended, eligible)].flatMap((id) => waysOf(byId.get(id) ?? step).map(({ to }) => to)));
  return (['undecided', 'ineligible'] as const).flatMap((way): readonly Draft[] => {
    const to = step.next[way];
    const onward = reachable(others, to);
    const isDetour = to !== eligible && after.has(to) && !atOnce.has(to) && !onward.has(eligible);
    // Who is refused at once is spared the way that leads on.
    const leadsOn = way === 'undecided' || [...onward].some((id) => endOf(byId.get(id)).some((end) => GRANTING.includes(end)));
    return isDetour && leadsOn ? [{ code: 'eligibleDetour', pointer: below(pointer, 'next', 'eligible'), params: { name: step.id, way, to } }] : [];
  });
}

/** The stages are shown as a road: one that no case enters before another may not stand before it. */
function stageDrafts({ stages, steps, start }: Programme['flow'], byId: Steps): readonly Draft[] {
  const entered = (without: string): ReadonlySet<string | undefined> => {
    const left = new Map([...byId].filter(([, step]) => step.stage !== without));
    return new Set([...reachable(left, start)].map((id) => byId.get(id)?.stage));
  };
  const all = entered('');
  const withouts = new Map(stages.map(({ id }) => [id, entered(id)]));
  return stages.flatMap(({ id }, position): readonly Draft[] => {
    if (!steps.some(({ stage }) => stage === id)) return [{ code: 'stageUnused', pointer: `/flow/stages/${position}`, params: { name: id } }];
    const later = stages.slice(position + 1).find((stage) => all.has(id) && all.has(stage.id) && withouts.get(stage.id)?.has(id) === false);
    return later === undefined ? [] : [{ code: 'stageOrder', pointer: `/flow/stages/${position}`, params: { name: id, later: later.id } }];
  });
}

/** Stages that read the same look like one that comes twice; so do the outcomes among which an employee chooses. */
function titleDrafts({ stages, steps }: Programme['flow']): readonly Draft[] {
  return [
    ...repeated(stages, '/flow/stages'),
    ...steps.flatMap((step, position) => (step.kind === 'review' ? repeated(step.outcomes, `/flow/steps/${position}/outcomes`) : [])),
  ];
}

function repeated(list: readonly { readonly title: { readonly el: string } }[], pointer: string): readonly Draft[] {
  const seen = new Set<string>();
  return list.flatMap(({ title }, position): readonly Draft[] => {
    const words = title.el.trim().toLowerCase();
    const isKnown = seen.has(words);
    seen.add(words);
    return isKnown ? [{ code: 'titleRepeated', pointer: below(pointer, position, 'title'), params: { title: title.el } }] : [];
  });
}
