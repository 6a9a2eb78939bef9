import type { PreparedProgramme } from '#definitions/language/programme.js';
import type { Step, Text } from '#definitions/types/programme.js';
import type { CaseState, CaseStatus } from '#engine/contract/case.js';
import { lookupsText } from './facts.js';
import { documentTitle } from './message-fields.js';
import { askedKinds } from './papers.js';
import { kindOf } from './steps/steps.js';
import { dayText, fill, join } from './texts/fill.js';
import { STATUS_TEXTS } from './texts/status.js';
import type { Walk } from './walk.js';

const ALTERNATIVES_MAX = 3;

/** What the citizen reads from the receipt until the kernel has taken the first step. */
export function filedStatus({ programme }: Pick<PreparedProgramme, 'programme'>): CaseStatus {
  const [stage] = programme.flow.stages;
  const first = programme.flow.steps.find((step) => step.id === programme.flow.start);
  return {
    stage: stage?.id ?? '',
    stageTitle: stage?.title ?? STATUS_TEXTS.filedTitle,
    stepTitle: STATUS_TEXTS.filedTitle,
    holder: { kind: 'system' },
    sentence: STATUS_TEXTS.filed,
    missing: [],
    next: first === undefined ? STATUS_TEXTS.nextStep : fill(STATUS_TEXTS.next, { next: first.title }),
    closed: false,
  };
}

/** Who holds the case, what is asked of the citizen now, what comes next and by when: complete in every state. */
export function statusOf(walk: Walk): CaseStatus {
  const { state } = walk;
  const { programme } = walk.context.prepared;
  const step = walk.current();
  const stage = programme.flow.stages.find(({ id }) => id === state.stage) ?? programme.flow.stages[0];
  const title = step?.title ?? STATUS_TEXTS.filedTitle;
  const base = { stage: stage?.id ?? state.stage, stageTitle: stage?.title ?? title, stepTitle: title };
  if (state.status === 'closed') {
    return { ...base, holder: { kind: 'nobody' }, sentence: closedSentence(state, step), missing: [], next: closedNext(state), closed: true };
  }
  const missing = askedKinds(walk).map((documentKind) => {
    const note = state.documents[documentKind]?.note;
    return { documentKind, title: documentTitle(walk, documentKind), ...(note === undefined ? {} : { note }) };
  });
  const dueAt = walk.here()?.dueAt;
  const own = step === undefined ? null : kindOf(step).status(walk, step);
  return {
    ...base,
    holder: isStuck(walk) ? { kind: 'municipality', role: 'supervisor' } : (own?.holder ?? { kind: 'municipality' }),
    sentence: step?.citizenText ?? STATUS_TEXTS.inHand,
    missing,
    next: nextText(walk, { step, own: own?.next, isMissing: missing.length > 0 }),
    ...(dueAt === undefined ? {} : { dueAt }),
    closed: false,
  };
}

function isStuck(walk: Walk): boolean {
  const open = walk.state.incidents.filter(({ settledAt }) => settledAt === undefined);
  return open.some(({ commandKey }) => commandKey === `${walk.visitKey()}:step` || Object.hasOwn(walk.state.calls, commandKey));
}

function nextText(walk: Walk, { step, own, isMissing }: { readonly step: Step | undefined; readonly own: Text | undefined; readonly isMissing: boolean }): Text {
  const onward = isStuck(walk) ? STATUS_TEXTS.incident : (own ?? nextTitles(walk, step));
  const sentences = [isMissing ? STATUS_TEXTS.sendPapers : undefined, lookupsText(walk), onward].filter((text) => text !== undefined);
  return join(sentences, { el: ' ', en: ' ' });
}

function nextTitles(walk: Walk, step: Step | undefined): Text {
  const ids = step === undefined ? [] : kindOf(step).nexts(step);
  const titles = ids.map((id) => walk.stepById(id)?.title).filter((title) => title !== undefined);
  if (titles.length === 0) return STATUS_TEXTS.nextStep;
  return fill(STATUS_TEXTS.next, { next: join(titles.slice(0, ALTERNATIVES_MAX), STATUS_TEXTS.either) });
}

function closedSentence(state: CaseState, step: Step | undefined): Text {
  if (step?.kind === 'end') return step.citizenText;
  return state.outcome === 'withdrawn' ? STATUS_TEXTS.withdrawn : STATUS_TEXTS.closed;
}

function closedNext({ outcome, decision }: CaseState): Text {
  const mayAppeal = outcome !== 'withdrawn' && decision !== undefined && !decision.approved;
  return mayAppeal ? fill(STATUS_TEXTS.appeal, { date: dayText(decision.appealUntil) }) : STATUS_TEXTS.closed;
}
