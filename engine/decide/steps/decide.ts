import type { DecisionState } from '#engine/contract/case.js';
import { closeLookups, refreshFacts } from '../facts.js';
import { amountCentsOf, judge } from '../situation.js';
import type { Walk } from '../walk.js';
import type { EventOf, Move, StepKind, StepOf } from './step-kind.js';
import { go, refuse, STAY } from './step-kind.js';
import { dueAlarm, heldByMunicipality, openWork, passDue, roleRefusal } from './tasks.js';

/** A person decides; the rules' answer of that moment is kept as the written reason. */
export const decideStep: StepKind<StepOf<'decide'>> = {
  enter(walk, step) {
    refreshFacts(walk);
    return openWork(walk, step);
  },
  on(walk, { step, event }) {
    return event.kind === 'decided' ? record(walk, { step, event }) : STAY;
  },
  alarms: dueAlarm,
  overdue: (walk, { step }) => passDue(walk, step.overdue),
  status: (walk, step) => ({ holder: heldByMunicipality(walk, step.role) }),
  nexts: (step) => [...new Set([step.next.approved, step.next.refused])],
  skipTo: () => null,
};

function record(walk: Walk, { step, event }: { readonly step: StepOf<'decide'>; readonly event: EventOf<'decided'> }): Move {
  const refusal = roleRefusal(walk, step.role);
  if (refusal) return { refuse: refusal };
  const { approve, note } = event.payload;
  const seen = judge(walk.context, walk.state);
  // Registers are asked again right before the decision: what the official saw may have changed meanwhile.
  refreshFacts(walk);
  const reasons = judge(walk.context, walk.state);
  const followsRules = reasons.outcome === (approve ? 'eligible' : 'ineligible');
  const isReasoned = note !== undefined && note.trim() !== '';
  if (!isReasoned && seen.outcome !== reasons.outcome) return refuse('decision.factsChanged', { pointer: '/note', params: { outcome: reasons.outcome } });
  if (!followsRules && !isReasoned) return refuse('decision.noteRequired', { pointer: '/note', params: { outcome: reasons.outcome } });
  const awardCents = approve && step.award !== undefined ? amountCentsOf(walk.context, { state: walk.state, computed: step.award }) : undefined;
  if (awardCents === null) return refuse('decision.amountUnknown', { params: { missing: reasons.missing.join(', ') } });
  const { days, kind, text, authority } = step.appeal;
  const decision: DecisionState = {
    approved: approve,
    decidedAt: walk.at,
    decidedBy: event.actor.account ?? event.actor.kind,
    ...(awardCents === undefined ? {} : { awardCents }),
    reasons,
    ...(walk.state.facts === undefined ? {} : { facts: walk.state.facts }),
    legalBasis: step.legalBasis,
    appealText: text,
    appealAuthority: authority,
    appealUntil: walk.dueAt({ days, kind, from: 'entered' }, walk.at) ?? walk.at,
    ...(note === undefined ? {} : { note }),
  };
  walk.state.decision = decision;
  closeLookups(walk);
  walk.note({ outcome: approve ? 'approved' : 'refused' });
  return go(approve ? step.next.approved : step.next.refused);
}
