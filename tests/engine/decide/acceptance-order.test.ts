import { describe, expect, it } from 'vitest';
import type { CaseEvent, CaseState, Command } from '#engine/contract/case.js';
import { actionsBefore, decideInOrder } from '#engine/decide/acceptance-order.js';
import { repeatedCommands } from '#engine/decide/resume.js';
import { decideStep } from '#engine/decide/step.js';
import { examples, fc } from '#tests/support/properties.js';
import { CITIZEN, NATIONAL_DAYS, programmeOf, staff, STEPS, SYSTEM } from './story.js';

const FILED_AT = '2026-03-02T08:00:00.000Z';
const HORIZON = Date.parse('2027-03-02T08:00:00.000Z');
const HOUR = 3_600_000;
const title = (el: string) => ({ el, en: el });

/** Deadlines that send, that give up, that escalate, and one that takes the case to another end. */
const prepared = programmeOf([
  STEPS.documents('papers', { due: { days: 3 }, remind: [{ after: { days: 1 }, message: 'tell' }], giveUp: { after: { days: 6 }, next: 'look' }, next: 'look' }),
  STEPS.review('look', { due: { days: 4 }, overdue: { next: 'refused' }, outcomes: [{ id: 'good', title: title('α'), next: 'visit' }, { id: 'back', title: title('β'), next: 'papers' }] }),
  STEPS.assess('visit', { due: { days: 2 }, overdue: { escalateTo: 'supervisor' }, next: 'verdict' }),
  STEPS.decide('verdict', { due: { days: 3 }, next: { approved: 'payment', refused: 'refused' } }),
  STEPS.pay('payment', { next: 'end' }),
  STEPS.end('refused', { outcome: 'refused' }),
  STEPS.end(),
]);

const decide = (event: CaseEvent, state: CaseState | null) => decideStep({ prepared, answers: { fit: true }, filedAt: FILED_AT, nationalDays: NATIONAL_DAYS, protocolNumber: '7/2026', state, event });

/** One action as it was accepted, and how long its delivery took. */
interface Accepted {
  readonly event: CaseEvent;
  readonly delayHours: number;
}

/** What is left of a case: its memory, what its kernel holds and has done, and what became of each action. */
interface Outcome {
  readonly state: CaseState | null;
  readonly held: Readonly<Record<string, string>>;
  readonly sent: readonly string[];
  readonly isOver: boolean;
  readonly fates: Readonly<Record<string, boolean>>;
}

/**
 * A record and a kernel: actions are accepted at their instants and delivered some time later, timers ring late, and every event is
 * decided with what had been accepted by then. Without the order (`isOrdered: false`) it shows what was wrong before.
 */
class Living {
  #state: CaseState | null = null;
  readonly #held = new Map<string, string>();
  readonly #sent: string[] = [];
  readonly #fates = new Map<string, boolean>();
  readonly #accepted: CaseEvent[] = [];
  #isOver = false;
  readonly #isOrdered: boolean;

  constructor(isOrdered: boolean) {
    this.#isOrdered = isOrdered;
  }

  live(actions: readonly Accepted[], latenessHours: (timerId: string) => number): Outcome {
    this.#tell({ id: 'filed', kind: 'filed', at: FILED_AT, actor: CITIZEN, payload: {} });
    const toAccept = actions.map(({ event }) => ({ event, when: Date.parse(event.at) }));
    const toDeliver = actions.map(({ event, delayHours }) => ({ event, when: Date.parse(event.at) + delayHours * HOUR }));
    for (let count = 0; count < 2_000; count += 1) {
      const rings = [...this.#held].map(([timerId, at]) => ({ timerId, at, when: Date.parse(at) + latenessHours(timerId) * HOUR }));
      const next = [
        ...toAccept.map((each) => ({ ...each, rank: 0, run: () => void this.#accepted.push(toAccept.splice(toAccept.indexOf(each), 1)[0]?.event as CaseEvent) })),
        ...toDeliver.map((each) => ({ ...each, rank: 1, run: () => this.#deliver(toDeliver.splice(toDeliver.indexOf(each), 1)[0]?.event as CaseEvent) })),
        ...rings.map((each) => ({ ...each, rank: 2, run: () => this.#ring(each) })),
      ].sort((left, right) => left.when - right.when || left.rank - right.rank)[0];
      if (next === undefined || next.when > HORIZON) break;
      next.run();
    }
    return { state: this.#state, held: Object.fromEntries(this.#held), sent: [...this.#sent].sort(), isOver: this.#isOver, fates: Object.fromEntries([...this.#fates].sort()) };
  }

  /** A later delivery of what has been applied with another event hears the answer that was written then, without commands of its own. */
  #deliver(event: CaseEvent): void {
    const fate = this.#fates.get(event.id);
    if (fate === undefined) this.#tell(event);
    else this.#hear(fate, repeatedCommands([], this.#state));
  }

  #ring({ timerId, at }: { readonly timerId: string; readonly at: string }): void {
    this.#held.delete(timerId);
    this.#tell({ id: `timer/${timerId}/${at}`, kind: 'timerFired', at, actor: SYSTEM, payload: { timerId, dueAt: at } });
  }

  #tell(event: CaseEvent): void {
    const accepted = this.#isOrdered ? this.#accepted.filter(({ id }) => !this.#fates.has(id)) : [];
    const decided = decideInOrder({ event, state: this.#state, accepted }, decide);
    for (const { event: each, plan } of [...decided.earlier, decided.last]) {
      if (each.kind !== 'timerFired' && each.kind !== 'filed') this.#fates.set(each.id, plan !== null);
      this.#state = plan?.state ?? this.#state;
    }
    this.#hear(decided.last.plan !== null, decided.commands);
  }

  /** As the kernel does: the last answer tells whether the case is over. */
  #hear(isAccepted: boolean, commands: readonly Command[]): void {
    if (!isAccepted && commands.length === 0) return;
    this.#isOver = commands.some(({ kind }) => kind === 'end');
    for (const command of commands) this.#carryOut(command);
  }

  #carryOut(command: Command): void {
    if (command.kind === 'timerSet') this.#held.set(command.timerId, command.at);
    else if (command.kind === 'timerCancel') this.#held.delete(command.timerId);
    else if (command.kind !== 'end') this.#sent.push(command.commandKey);
  }
}

const payloads: fc.Arbitrary<Pick<CaseEvent, 'kind' | 'actor' | 'payload'>> = fc.oneof(
  ...([
    { kind: 'noteAdded', actor: staff('desk'), payload: { note: 'α' } },
    { kind: 'documentProvided', actor: CITIZEN, payload: { documentKind: 'paper', documentIds: ['a'] } },
    { kind: 'documentAsked', actor: staff('desk'), payload: { documentKind: 'extra' } },
    { kind: 'documentProvided', actor: CITIZEN, payload: { documentKind: 'extra', documentIds: ['b'] } },
    { kind: 'reviewed', actor: staff('desk'), payload: { stepId: 'look', outcome: 'good' } },
    { kind: 'reviewed', actor: staff('desk'), payload: { stepId: 'look', outcome: 'back' } },
    { kind: 'assessed', actor: staff('inspector'), payload: { stepId: 'visit', findings: { hit: false } } },
    { kind: 'decided', actor: staff('decider'), payload: { stepId: 'verdict', approve: true } },
    { kind: 'partPaid', actor: staff('decider'), payload: { stepId: 'payment', partId: 'first', reference: 'ΧΕ', paidOn: '2026-04-01' } },
    { kind: 'withdrawn', actor: CITIZEN, payload: {} },
  ] as const).map((each) => fc.constant(each as Pick<CaseEvent, 'kind' | 'actor' | 'payload'>)),
);

/** Gaps that fall on alarms too: days are where deadlines lie. */
const drawnActions = fc
  .array(fc.record({ shape: payloads, gapHours: fc.oneof(fc.nat(30), fc.constantFrom(24, 48, 72, 96)), delayHours: fc.oneof(fc.constant(0), fc.nat(400)) }), { maxLength: 14 })
  .map((drawn) => {
    let at = Date.parse(FILED_AT);
    return drawn.map(({ shape, gapHours, delayHours }, index): Accepted => {
      at += gapHours * HOUR;
      return { delayHours, event: { ...shape, id: `action-${String(index).padStart(2, '0')}`, at: new Date(at).toISOString() } as CaseEvent };
    });
  });

describe('Actions that are accepted in time and delivered late', () => {
  it('leave the case as if each had been delivered at once, whatever overtakes whatever', () => {
    const seen = { refused: 0, overtaken: 0 };
    fc.assert(
      fc.property(drawnActions, fc.array(fc.nat(60), { minLength: 7, maxLength: 7 }), (actions, lateness) => {
        const atOnce = new Living(true).live(actions.map(({ event }) => ({ event, delayHours: 0 })), () => 0);
        const late = new Living(true).live(actions, (timerId) => lateness[timerId.length % 7] ?? 0);
        expect(late).toEqual(atOnce);
        expect(late.isOver).toBe(late.state?.status === 'closed');
        seen.refused += atOnce.state?.outcome === 'refused' ? 1 : 0;
        seen.overtaken += JSON.stringify(new Living(false).live(actions, () => 0)) === JSON.stringify(atOnce) ? 0 : 1;
      }),
      examples(250),
    );
    // The histories go all the ways, and the order matters in many of them: without it the property would not hold.
    expect(seen.refused).toBeGreaterThan(8);
    expect(seen.overtaken).toBeGreaterThan(20);
  });

  it('count as in time when the alarm rings first, and their commands are carried out with the alarm', () => {
    const filed = decide({ id: 'filed', kind: 'filed', at: FILED_AT, actor: CITIZEN, payload: {} }, null);
    const provided = 'plan' in filed ? decide({ id: 'p', kind: 'documentProvided', at: FILED_AT, actor: CITIZEN, payload: { documentKind: 'paper', documentIds: ['a'] } }, filed.plan.state) : filed;
    if (!('plan' in provided)) throw new Error('the paper was refused');
    const { state } = provided.plan;
    const [timerId, dueAt] = Object.entries(state.timers)[0] ?? ['', ''];
    const review: CaseEvent = { id: 'review', kind: 'reviewed', at: new Date(Date.parse(dueAt) - 1_000).toISOString(), actor: staff('desk'), payload: { stepId: 'look', outcome: 'good' } };
    const alarm: CaseEvent = { id: 'alarm', kind: 'timerFired', at: dueAt, actor: SYSTEM, payload: { timerId, dueAt } };
    const decided = decideInOrder({ event: alarm, state, accepted: [review] }, decide);
    expect(decided.earlier.map(({ event, plan }) => [event.id, plan?.state.currentStep])).toEqual([['review', 'visit']]);
    expect(decided.last).toMatchObject({ plan: null, refusal: { code: 'timer.notHeld' } });
    expect(decided.commands).toContainEqual({ kind: 'timerSet', timerId: 'visit#1', at: expect.any(String) });
    // One second later it would have been too late.
    const tooLate = { ...review, at: new Date(Date.parse(dueAt) + 1_000).toISOString() };
    expect(decideInOrder({ event: alarm, state, accepted: [tooLate] }, decide)).toMatchObject({ earlier: [], last: { plan: { state: { currentStep: 'refused' } } } });
  });
});

describe('What comes before an event', () => {
  const note = (id: string, at: string): CaseEvent => ({ id, kind: 'noteAdded', at, actor: staff('desk'), payload: { note: id } });
  const accepted = [note('a', '2026-03-02T09:00:00.000Z'), note('b', '2026-03-02T10:00:00.000Z'), note('c', '2026-03-02T10:00:00.000Z')];
  const before = (event: CaseEvent) => actionsBefore({ event, accepted }).map(({ id }) => id);

  it('is whatever was accepted before it: of an alarm, also at its very instant; of an action, by place and not by name', () => {
    expect(before({ id: 'x', kind: 'timerFired', at: '2026-03-02T10:00:00.000Z', actor: SYSTEM, payload: { timerId: 't', dueAt: '2026-03-02T10:00:00.000Z' } })).toEqual(['a', 'b', 'c']);
    expect(before({ id: 'x', kind: 'timerFired', at: '2026-03-02T09:59:59.999Z', actor: SYSTEM, payload: { timerId: 't', dueAt: '2026-03-02T09:59:59.999Z' } })).toEqual(['a']);
    expect(before(accepted[2] as CaseEvent)).toEqual(['a', 'b']);
    expect(before({ id: 'x', kind: 'effectFailed', at: '2026-03-02T12:00:00.000Z', actor: SYSTEM, payload: { commandKey: 'k', code: 'c' } })).toEqual(['a', 'b', 'c']);
  });

  it('is nothing for the filing', () => {
    expect(before({ id: 'filed', kind: 'filed', at: '2026-03-02T12:00:00.000Z', actor: CITIZEN, payload: {} })).toEqual([]);
  });

  it('passes over an action that cannot be decided, and holds up nobody', () => {
    const event = note('x', '2026-03-02T12:00:00.000Z');
    const decided = decideInOrder({ event, state: null, accepted }, (each) => {
      if (each.id === 'b') throw new Error('a fault of the step');
      return { refusal: { code: 'case.notTakenUp' } };
    });
    expect(decided.passedOver).toEqual(['b']);
    expect(decided.earlier.map(({ event: { id } }) => id)).toEqual(['a', 'c']);
    expect(decided.last.event.id).toBe('x');
  });
});
