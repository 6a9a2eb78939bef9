import type { PartState } from '#engine/contract/case.js';
import { amountCentsOf } from '../situation.js';
import { STATUS_TEXTS } from '../texts/status.js';
import { fill, moneyText } from '../texts/fill.js';
import type { Walk } from '../walk.js';
import { parseDate } from '#definitions/language/dates.js';
import type { Alarm } from './alarm.js';
import type { EventOf, Move, StepKind, StepOf } from './step-kind.js';
import { go, refuse, STAY } from './step-kind.js';
import { heldByMunicipality, passDue, roleRefusal } from './tasks.js';

/** Payment or hand-over in parts; each is recorded, and their sum is the amount to the cent. */
export const payStep: StepKind<StepOf<'pay'>> = {
  enter(walk, step) {
    const amountCents = amountCentsOf(walk.context, { state: walk.state, computed: step.amount });
    if (amountCents === null) {
      walk.openTask(step);
      walk.stuck('pay.amountUnknown');
      return STAY;
    }
    const others = walk.state.parts.filter((part) => !step.parts.some(({ id }) => id === part.partId));
    walk.state.parts = [...others, ...split(walk, { step, amountCents })];
    noteNextDue(walk, step);
    walk.openTask(step);
    return amountCents === 0 ? go(step.next) : STAY;
  },
  on(walk, { step, event }) {
    return event.kind === 'partPaid' ? record(walk, { step, event }) : STAY;
  },
  alarms: (walk, step) => unpaid(walk, step).map((part): Alarm => ({ name: part.partId, at: part.dueAt })),
  overdue: (walk, { step }) => passDue(walk, step.overdue),
  status(walk, step) {
    const [part] = unpaid(walk, step);
    const holder = heldByMunicipality(walk, step.role);
    if (!part) return { holder };
    const amount = moneyText(part.amountCents, walk.context.prepared.programme.currency);
    return { holder, next: fill(STATUS_TEXTS.nextPart, { part: part.title, amount }) };
  },
  nexts: (step) => [step.next],
  skipTo: (step) => step.next,
};

/** Shares, or equal parts where none is declared, are rounded down to whole cents; the last part takes the rest, and none is ever more than what is left. */
function split(walk: Walk, { step, amountCents }: { readonly step: StepOf<'pay'>; readonly amountCents: number }): readonly PartState[] {
  let left = amountCents;
  return step.parts.map((part, index) => {
    const isLast = index === step.parts.length - 1;
    const [over, under] = part.sharePerMille === undefined ? [1, step.parts.length] : [part.sharePerMille, 1000];
    const share = isLast ? left : Math.min(left, Number((BigInt(amountCents) * BigInt(over)) / BigInt(under)));
    left -= share;
    return { partId: part.id, title: part.title, amountCents: share, dueAt: walk.dueAt(part.due) ?? walk.at };
  });
}

function unpaid(walk: Walk, step: StepOf<'pay'>): readonly PartState[] {
  return walk.state.parts.filter((part) => part.reference === undefined && step.parts.some(({ id }) => id === part.partId));
}

function noteNextDue(walk: Walk, step: StepOf<'pay'>): void {
  const next = unpaid(walk, step)
    .map((part) => part.dueAt)
    .sort()[0];
  if (next !== undefined) walk.note({ dueAt: next });
}

function record(walk: Walk, { step, event }: { readonly step: StepOf<'pay'>; readonly event: EventOf<'partPaid'> }): Move {
  const refusal = roleRefusal(walk, step.role);
  if (refusal) return { refuse: refusal };
  const { partId, reference, paidOn } = event.payload;
  const part = walk.state.parts.find((each) => each.partId === partId && step.parts.some(({ id }) => id === partId));
  if (!part) return refuse('part.unknown', { pointer: '/partId' });
  if (part.reference !== undefined) return refuse('part.alreadyPaid', { pointer: '/partId' });
  if (reference.trim() === '') return refuse('part.referenceRequired', { pointer: '/reference' });
  if (parseDate(paidOn) === null) return refuse('part.dateInvalid', { pointer: '/paidOn' });
  walk.state.parts = walk.state.parts.map((each) => (each.partId === partId ? { ...each, reference, paidOn } : each));
  noteNextDue(walk, step);
  if (step.message !== undefined) {
    const amount = moneyText(part.amountCents, walk.context.prepared.programme.currency);
    const fields = { part: part.title, amount, reference: { el: reference, en: reference } };
    walk.send(step.message, { key: `${walk.visitKey()}:part:${partId}`, fields });
  }
  if (unpaid(walk, step).length > 0) return STAY;
  walk.note({ outcome: 'paid' });
  return go(step.next);
}
