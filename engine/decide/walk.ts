import type { Due, Role, Step, Text } from '#definitions/types/programme.js';
import type { Json } from '#engine/contract/case.js';
import type { CaseEvent, CaseState, Command, EffectPlan, IncidentState, StepState, TaskChange } from '#engine/contract/case.js';
import { dueInstant } from './calendar.js';
import { messageFields } from './message-fields.js';
import { holds, situationOf, valueOf } from './situation.js';
import type { CaseContext } from './situation.js';
import type { Alarm } from './steps/alarm.js';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const UNFILED: CaseState = { status: 'open', currentStep: '', stage: '', steps: {}, documents: {}, findings: {}, parts: [], timers: {}, calls: {}, incidents: [] };

/** What one event changes: a copy of the state on which the steps write, and everything that must be carried out. */
export class Walk {
  context: CaseContext;
  readonly event: CaseEvent;
  /** The instant by which things are judged now: the event's, or that of an alarm that should have rung before it. */
  at: string;
  state: Mutable<CaseState>;
  readonly tasks: TaskChange[] = [];
  readonly effects: EffectPlan[] = [];
  readonly incidents: { change: 'open' | 'settle'; incident: IncidentState }[] = [];
  readonly orders: Command[] = [];
  /** The engine's own record must be asked before this event can be decided. */
  needsRecord = false;

  constructor({ context, state, event }: { readonly context: CaseContext; readonly state: CaseState | null; readonly event: CaseEvent }) {
    this.context = context;
    this.event = event;
    this.at = event.at;
    this.state = { ...(state ?? UNFILED) };
  }

  /** From here on by another document. */
  judgeUnder(prepared: CaseContext['prepared']): void {
    this.context = { ...this.context, prepared };
  }

  stepById(id: string): Step | undefined {
    return this.context.prepared.programme.flow.steps.find((step) => step.id === id);
  }

  current(): Step | undefined {
    return this.stepById(this.state.currentStep);
  }

  here(): StepState | undefined {
    return this.state.steps[this.state.currentStep];
  }

  /** `<step>#<visit>`: names the task, the timer and the effects of this visit. */
  visitKey(): string {
    return `${this.state.currentStep}#${this.here()?.visit ?? 0}`;
  }

  note(change: Partial<StepState>): void {
    const before = this.here();
    if (before) this.state.steps = { ...this.state.steps, [this.state.currentStep]: { ...before, ...change } };
  }

  arrive(step: Step): void {
    const visit = (this.state.steps[step.id]?.visit ?? 0) + 1;
    this.state.currentStep = step.id;
    this.state.stage = step.stage ?? (this.state.stage === '' ? (this.context.prepared.programme.flow.stages[0]?.id ?? '') : this.state.stage);
    this.state.steps = { ...this.state.steps, [step.id]: { visit, enteredAt: this.at } };
  }

  /** Closes what belongs to this visit: its timer, its task, its calls. */
  leave(outcome?: string): void {
    if (!this.here()) return;
    const key = this.visitKey();
    const { [key]: _rung, ...timers } = this.state.timers;
    this.state.timers = timers;
    const step = this.current();
    if (step && 'role' in step) this.tasks.push({ change: 'close', taskKey: key, stepId: step.id, role: this.state.escalatedTo ?? step.role, title: step.title });
    this.state.calls = Object.fromEntries(Object.entries(this.state.calls).filter(([, stepId]) => stepId !== this.state.currentStep));
    const { escalatedTo: _role, ...rest } = this.state;
    this.state = rest;
    this.note({ leftAt: this.at, ...(outcome === undefined ? {} : { outcome }) });
  }

  openTask(step: Step & { readonly role: Role }): void {
    const dueAt = this.here()?.dueAt;
    this.tasks.push({ change: 'open', taskKey: this.visitKey(), stepId: step.id, role: step.role, title: step.title, ...(dueAt === undefined ? {} : { dueAt }) });
  }

  escalate(role: Role): void {
    const step = this.current();
    if (!step || this.state.escalatedTo === role) return;
    this.state.escalatedTo = role;
    const dueAt = this.here()?.dueAt;
    if ('role' in step) this.tasks.push({ change: 'escalate', taskKey: this.visitKey(), stepId: step.id, role, title: step.title, ...(dueAt === undefined ? {} : { dueAt }) });
  }

  /** By name: days off and new versions may move an alarm, also to before one that has rung. */
  unrung(alarms: readonly Alarm[]): readonly Alarm[] {
    const { rung, rungAt = '' } = this.here() ?? {};
    return alarms.filter(({ name, at }) => (rung === undefined ? at > rungAt : !rung.includes(name)));
  }

  /** One timer a visit: for the earliest alarm that has not rung. */
  arm(alarms: readonly Alarm[]): void {
    const waiting = this.unrung(alarms).map((alarm) => alarm.at).sort();
    const { [this.visitKey()]: _before, ...others } = this.state.timers;
    this.state.timers = waiting[0] === undefined ? others : { ...others, [this.visitKey()]: waiting[0] };
  }

  /** null: it hangs on a date that is not known. */
  dueAt(due: Due, entered: string = this.here()?.enteredAt ?? this.at): string | null {
    const value = due.date === undefined ? undefined : this.value(due.date);
    return dueInstant(due, {
      from: { entered, filed: this.context.filedAt },
      ...(value === undefined ? {} : { date: typeof value === 'string' ? value : null }),
      calendar: { days: this.context.nationalDays, municipal: this.context.prepared.programme.holidays },
    });
  }

  holds(condition: Parameters<typeof holds>[1]['condition']): boolean | null {
    return holds(this.context, { state: this.state, condition });
  }

  value(expression: Parameters<typeof valueOf>[1]['expression']): Json {
    return valueOf(this.context, { state: this.state, expression });
  }

  situation(): ReturnType<typeof situationOf> {
    return situationOf(this.context, this.state);
  }

  /** Plans a message of the programme; `suffix` makes its key unique within this visit. */
  send(messageId: string, { key, fields = {} }: { readonly key: string; readonly fields?: Readonly<Record<string, Text>> }): void {
    if (this.effects.some((effect) => effect.commandKey === key)) return;
    this.effects.push({ commandKey: key, kind: 'message', messageId, fields: messageFields(this, fields) });
    this.orders.push({ kind: 'deliver', commandKey: key });
  }

  openIncident(commandKey: string, code: string): void {
    if (this.state.incidents.some((incident) => incident.commandKey === commandKey && incident.settledAt === undefined)) return;
    const incident: IncidentState = { id: `incident-${this.state.incidents.length + 1}`, commandKey, code, openedAt: this.at };
    this.state.incidents = [...this.state.incidents, incident];
    this.incidents.push({ change: 'open', incident });
  }

  settleIncident(incident: IncidentState, resolution: 'retry' | 'done' | 'drop'): void {
    const settled: IncidentState = { ...incident, settledAt: this.at, resolution };
    this.state.incidents = this.state.incidents.map((each) => (each.id === incident.id ? settled : each));
    this.incidents.push({ change: 'settle', incident: settled });
  }

  /** The case cannot go on by itself: visible, and settled by a person. */
  stuck(code: string): void {
    this.openIncident(`${this.visitKey()}:step`, code);
  }

  close(outcome: NonNullable<CaseState['outcome']>): void {
    this.leave(outcome);
    this.state.status = 'closed';
    this.state.outcome = outcome;
    this.state.timers = {};
    this.state.calls = {};
  }
}
