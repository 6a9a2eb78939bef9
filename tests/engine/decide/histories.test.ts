import { beforeAll, describe, expect, it } from 'vitest';
import type { PreparedProgramme } from '#definitions/language/programme.js';
import type { Step } from '#definitions/types/programme.js';
import type { Actor, Answers, CaseEvent, CaseState, CaseStatus, StepPlan } from '#engine/contract/case.js';
import { resumeCommands } from '#engine/decide/resume.js';
import { filedStatus } from '#engine/decide/status.js';
import { decideStep } from '#engine/decide/step.js';
import { examples, fc } from '#tests/support/properties.js';
import { CITIZEN, NATIONAL_DAYS, programmeOf, staff, STEPS, SYSTEM, wildfireAid } from './story.js';

let wildfire: { prepared: PreparedProgramme; answers: Answers };
beforeAll(async () => {
  wildfire = await wildfireAid();
});

const FILED_AT = '2023-09-15T08:00:00.000Z';
const ROLES = ['desk', 'inspector', 'decider', 'supervisor', 'administrator'] as const;

/** Any payload of any kind, sensible or not; ids are drawn from what the programme names and from nonsense. */
function anyEvent(prepared: PreparedProgramme): fc.Arbitrary<{ minutes: number; make: (state: CaseState | null) => Omit<CaseEvent, 'id' | 'at'> }> {
  const steps = prepared.programme.flow.steps;
  const oneOf = (names: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...names, 'nonsense', '__proto__');
  const step = oneOf(steps.map(({ id }) => id));
  const paper = oneOf(prepared.programme.documents.map(({ id }) => id));
  const outcome = oneOf(steps.flatMap((each) => (each.kind === 'review' ? each.outcomes.map(({ id }) => id) : [])));
  const part = oneOf(steps.flatMap((each) => (each.kind === 'pay' ? each.parts.map(({ id }) => id) : [])));
  const note = fc.option(fc.constantFrom('σημείωση', ''), { nil: undefined });
  const actor: fc.Arbitrary<Actor> = fc.oneof(fc.constant(CITIZEN), fc.constant(SYSTEM), fc.constantFrom(...ROLES).map(staff));
  const here = (state: CaseState | null, drawn: string, isHere: boolean): string => (isHere ? (state?.currentStep ?? drawn) : drawn);
  const payloads = [
    ['noteAdded', fc.record({ note: fc.string() }).map((payload) => () => payload)],
    ['withdrawn', fc.record({ note }).map((payload) => () => payload)],
    ['filed', fc.constant(() => ({}))],
    ['documentAsked', fc.record({ documentKind: paper, note }).map((payload) => () => payload)],
    ['documentProvided', fc.record({ documentKind: paper, documentIds: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')) }).map((payload) => () => payload)],
    ['documentJudged', fc.record({ documentKind: paper, accepted: fc.boolean(), note }).map((payload) => () => payload)],
    ['reviewed', fc.tuple(step, outcome, note, fc.boolean()).map(([stepId, chosen, said, isHere]) => (state: CaseState | null) => ({ stepId: here(state, stepId, isHere), outcome: chosen, note: said }))],
    ['assessed', fc.tuple(step, fc.boolean(), fc.dictionary(fc.constantFrom('mainHomeHit', 'hit', 'grade', 'damageGradePercent', 'remarks'), fc.oneof(fc.boolean(), fc.integer({ min: -5, max: 200 }), fc.string()))).map(([stepId, isHere, findings]) => (state: CaseState | null) => ({ stepId: here(state, stepId, isHere), findings }))],
    ['decided', fc.tuple(step, fc.boolean(), fc.boolean(), note).map(([stepId, approve, isHere, said]) => (state: CaseState | null) => ({ stepId: here(state, stepId, isHere), approve, note: said }))],
    ['partPaid', fc.tuple(step, part, fc.constantFrom('2023-10-01', 'soon'), fc.boolean()).map(([stepId, partId, paidOn, isHere]) => (state: CaseState | null) => ({ stepId: here(state, stepId, isHere), partId, reference: 'ΧΕ', paidOn }))],
    ['effectFailed', fc.constantFrom('x', 'y').map((commandKey) => () => ({ commandKey, code: 'effect.uncertain' }))],
    ['callFailed', fc.constant((state: CaseState | null) => ({ commandKey: Object.keys(state?.calls ?? {})[0] ?? 'none', code: 'call.failed' }))],
    ['callFinished', fc.jsonValue().map((output) => (state: CaseState | null) => ({ commandKey: Object.keys(state?.calls ?? {})[0] ?? 'none', output }))],
    ['incidentSettled', fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('retry', 'done', 'drop')).map(([number, resolution]) => () => ({ incidentId: `incident-${number}`, resolution }))],
    ['timerFired', fc.boolean().map((isHeld) => (state: CaseState | null) => ({ timerId: (isHeld ? Object.keys(state?.timers ?? {})[0] : undefined) ?? 'none', dueAt: (isHeld ? Object.values(state?.timers ?? {})[0] : undefined) ?? FILED_AT }))],
  ] as const;
  const events = payloads.map(([kind, payload]) => fc.tuple(payload as fc.Arbitrary<(state: CaseState | null) => object>, actor).map(([make, who]) => (state: CaseState | null) => ({ kind, actor: who, payload: make(state) }) as Omit<CaseEvent, 'id' | 'at'>));
  return fc.record({ minutes: fc.oneof(fc.nat(600), fc.nat(60 * 24 * 40)), make: fc.oneof(...events) });
}

/** A flow whose steps lead anywhere, backwards too. */
const anyFlow: fc.Arbitrary<readonly Step[]> = fc
  .array(fc.constantFrom('check', 'documents', 'review', 'assess', 'decide', 'pay', 'notify', 'wait', 'branch', 'call', 'end'), { minLength: 1, maxLength: 9 })
  .chain((kinds) => {
    const ids = kinds.map((kind, index) => `${kind}${index}`);
    return fc.array(fc.constantFrom(...ids, 'end'), { minLength: 40, maxLength: 40 }).map((targets) => {
      let drawn = 0;
      const next = (): string => targets[(drawn += 1) % targets.length] ?? 'end';
      const steps = kinds.map((kind, index): Step => {
        const id = ids[index] ?? '';
        switch (kind) {
          case 'check': return STEPS.check(id, { next: { eligible: next(), ineligible: next(), undecided: next() } });
          case 'documents': return STEPS.documents(id, { next: next(), ask: 'tell', overdue: { escalateTo: 'desk' }, remind: [{ after: { days: 2 }, message: 'tell' }], giveUp: { after: { days: 20 }, next: next() } });
          case 'review': return STEPS.review(id, { outcomes: [{ id: 'good', title: { el: 'α', en: 'a' }, next: next() }, { id: 'bad', title: { el: 'β', en: 'b' }, next: next(), noteRequired: true }], overdue: { next: next() } });
          case 'assess': return STEPS.assess(id, { next: next(), when: { var: 'fit' } });
          case 'decide': return STEPS.decide(id, { next: { approved: next(), refused: next() } });
          case 'pay': return STEPS.pay(id, { next: next() });
          case 'notify': return STEPS.notify(id, { next: next() });
          case 'wait': return STEPS.wait(id, { next: next(), until: { days: index % 3, time: '00:00', from: 'filed' } });
          case 'branch': return STEPS.branch(id, { cases: [{ when: { var: 'fit' }, next: next() }], otherwise: next(), unknown: next() });
          case 'call': return STEPS.call(id, { next: next(), failed: next() });
          default: return STEPS.end(id);
        }
      });
      return [...steps, STEPS.end()];
    });
  });

interface Told {
  readonly event: CaseEvent;
  readonly before: CaseState | null;
  readonly plan: StepPlan | null;
}

function tellAll(prepared: PreparedProgramme, { answers, drawn }: { answers: Answers; drawn: readonly { minutes: number; make: (state: CaseState | null) => Omit<CaseEvent, 'id' | 'at'> }[] }): readonly Told[] {
  const told: Told[] = [];
  let state: CaseState | null = null;
  let at = Date.parse(FILED_AT);
  const filed = { id: 'filed', kind: 'filed', at: FILED_AT, actor: CITIZEN, payload: {} } as const satisfies CaseEvent;
  for (const [index, make] of [undefined, ...drawn].entries()) {
    at += (make?.minutes ?? 0) * 60_000;
    const shape: Omit<CaseEvent, 'id' | 'at'> | undefined = make?.make(state);
    const event: CaseEvent = shape === undefined ? filed : ({ ...shape, id: `event-${index}`, at: shape.kind === 'timerFired' ? (shape.payload as { dueAt: string }).dueAt : new Date(at).toISOString() } as CaseEvent);
    const answer = decideStep({ prepared, answers, filedAt: FILED_AT, nationalDays: NATIONAL_DAYS, state, event });
    const plan: StepPlan | null = 'plan' in answer ? answer.plan : null;
    told.push({ event, before: state, plan });
    state = plan?.state ?? state;
  }
  return told;
}

function isTold(text: { el: string; en: string }): boolean {
  return text.el.trim() !== '' && text.en.trim() !== '' && !/\{\w+\}/.test(text.el + text.en);
}

function expectHonest(status: CaseStatus): void {
  expect(isTold(status.sentence) && isTold(status.next) && isTold(status.stepTitle) && isTold(status.stageTitle)).toBe(true);
  expect(status.stage).not.toBe('');
  expect(status.missing.every(({ title }) => isTold(title))).toBe(true);
  if (status.closed) expect(status).toMatchObject({ holder: { kind: 'nobody' }, missing: [] });
  else expect(status.holder.kind).not.toBe('nobody');
}

/** Timers as a kernel would keep them, from the commands alone. */
function expectTimersKept(told: readonly Told[]): void {
  const held = new Map<string, string>();
  for (const { event, plan } of told) {
    if (event.kind === 'timerFired' && plan) held.delete(event.payload.timerId);
    for (const command of plan?.commands ?? []) {
      if (command.kind === 'timerCancel') expect(held.delete(command.timerId)).toBe(true);
      if (command.kind === 'timerSet') held.set(command.timerId, command.at);
    }
    if (plan) expect(Object.fromEntries(held)).toEqual(plan.state.timers);
  }
}

/** Tasks as a queue would keep them. */
function expectTasksKept(told: readonly Told[]): void {
  const open = new Set<string>();
  for (const { plan } of told) {
    for (const { change, taskKey } of plan?.tasks ?? []) {
      if (change === 'open') open.add(taskKey);
      else expect(open.has(taskKey)).toBe(true);
      if (change === 'close') open.delete(taskKey);
    }
    expect(open.size).toBeLessThanOrEqual(1);
    if (plan?.state.status === 'closed') expect(open.size).toBe(0);
  }
}

function expectSound(told: readonly Told[], prepared: PreparedProgramme): void {
  const keys = told.flatMap(({ plan }) => plan?.effects.map(({ commandKey }) => commandKey) ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { event, before, plan } of told) {
    if (!plan) continue;
    expectHonest(plan.status);
    expect(plan.commands.some(({ kind }) => kind === 'end')).toBe(plan.state.status === 'closed');
    expect(JSON.parse(JSON.stringify(plan.state))).toEqual(plan.state);
    if (before?.status === 'closed') {
      expect(['noteAdded', 'effectFailed', 'incidentSettled']).toContain(event.kind);
      expect({ ...plan.state, incidents: [] }).toEqual({ ...before, incidents: [] });
    }
    expect(resumeCommands(prepared, plan.state).filter(({ kind }) => kind === 'timerSet')).toHaveLength(Object.keys(plan.state.timers).length);
    const paid = plan.state.parts.reduce((sum, part) => sum + part.amountCents, 0);
    if (plan.state.decision?.awardCents !== undefined && plan.state.currentStep === 'payment') expect(paid).toBe(plan.state.decision.awardCents);
  }
  expectTimersKept(told);
  expectTasksKept(told);
}

describe('Whatever happens to a case', () => {
  it('of the wildfire programme: its status is complete, its timers and tasks are accounted for, a closed case stays closed', () => {
    fc.assert(
      fc.property(fc.array(anyEvent(wildfire.prepared), { maxLength: 40 }), (drawn) => {
        expectSound(tellAll(wildfire.prepared, { answers: wildfire.answers, drawn }), wildfire.prepared);
      }),
      examples(250),
    );
  });

  it('of any programme: the same', () => {
    fc.assert(
      fc.property(
        anyFlow.chain((steps) => {
          const prepared = programmeOf(steps);
          return fc.record({ prepared: fc.constant(prepared), drawn: fc.array(anyEvent(prepared), { maxLength: 30 }) });
        }),
        fc.constantFrom<Answers>({ fit: true }, { fit: false }, {}),
        ({ prepared, drawn }, answers) => {
          expectHonest(filedStatus(prepared));
          expectSound(tellAll(prepared, { answers, drawn }), prepared);
        },
      ),
      examples(400),
    );
  });

  it('the same events give the same states, to the byte', () => {
    fc.assert(
      fc.property(fc.array(anyEvent(wildfire.prepared), { maxLength: 25 }), (drawn) => {
        const events = tellAll(wildfire.prepared, { answers: wildfire.answers, drawn });
        let state: CaseState | null = null;
        for (const { event, plan } of events) {
          const answer = decideStep({ prepared: wildfire.prepared, answers: wildfire.answers, filedAt: FILED_AT, nationalDays: NATIONAL_DAYS, state, event });
          expect(JSON.stringify('plan' in answer ? answer.plan : null)).toBe(JSON.stringify(plan));
          if ('plan' in answer) state = answer.plan.state;
        }
      }),
      examples(100),
    );
  });

  it('the order in which the record keeps names changes nothing that anybody reads', () => {
    fc.assert(
      fc.property(fc.array(anyEvent(wildfire.prepared), { maxLength: 25 }), (drawn) => {
        for (const { event, before, plan } of tellAll(wildfire.prepared, { answers: wildfire.answers, drawn })) {
          const state = before === null ? null : (asRecorded(before) as CaseState);
          const answer = decideStep({ prepared: wildfire.prepared, answers: wildfire.answers, filedAt: FILED_AT, nationalDays: NATIONAL_DAYS, state, event });
          expect(inNoOrder('plan' in answer ? answer.plan : null)).toEqual(inNoOrder(plan));
        }
      }),
      examples(100),
    );
  });
});

/** As jsonb keeps an object: short names first. */
function asRecorded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asRecorded);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => left.length - right.length || (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, held]) => [key, asRecorded(held)]));
}

/** Alarms are set in any order. */
const inNoOrder = (plan: StepPlan | null): unknown => plan && { ...plan, commands: plan.commands.map((command) => JSON.stringify(command)).sort() };
