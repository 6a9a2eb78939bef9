import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import { prepareProgramme } from '#definitions/language/programme.js';
import type { PreparedProgramme } from '#definitions/language/programme.js';
import type { Programme, Step } from '#definitions/types/programme.js';
import type { Actor, Answers, CaseEvent, CaseEventKind, CaseEventPayloads, CaseState, StepPlan } from '#engine/contract/case.js';
import type { NationalDays } from '#engine/decide/calendar.js';
import { decideStep, needsRecord } from '#engine/decide/step.js';
import type { StepAnswer } from '#engine/decide/step.js';
import { packageRoot } from '#engine/settings/package-root.js';

export const NATIONAL_DAYS = JSON.parse(readFileSync(join(packageRoot(), 'definitions/reference/holidays.json'), 'utf8')) as NationalDays;

export const CITIZEN: Actor = { kind: 'citizen' };
export const SYSTEM: Actor = { kind: 'system' };
export const staff = (role: NonNullable<Actor['role']>): Actor => ({ kind: 'staff', account: `account-of-${role}`, role });

let wildfire: Promise<{ prepared: PreparedProgramme; answers: Answers }> | undefined;

/** The shipped programme, with the answers of one of its own eligible cases. */
export function wildfireAid(): Promise<{ prepared: PreparedProgramme; answers: Answers }> {
  wildfire ??= readWildfireAid();
  return wildfire;
}

async function readWildfireAid(): Promise<{ prepared: PreparedProgramme; answers: Answers }> {
  const { programme, overlays, cases, caseNames } = await readProgrammeFolder(join(packageRoot(), 'definitions/programmes/wildfire-aid'));
  const overlay = overlays.find(({ municipality }) => municipality === '9230');
  const applied = overlay === undefined ? undefined : applyOverlay(programme, overlay);
  if (applied === undefined || !('programme' in applied)) throw new Error('the overlay of 9230 does not fit');
  return { prepared: prepareProgramme(applied.programme), answers: (cases[caseNames.indexOf('large-family-and-disability')]?.answers ?? {}) as Answers };
}

const text = (el: string): { el: string; en: string } => ({ el, en: el });

/** A small programme around given steps: a money value of 1,000.01 €, a rule that is true when `fit` is. */
export function programmeOf(steps: readonly Step[], more: Partial<Programme> = {}): PreparedProgramme {
  return prepareProgramme({
    schemaVersion: '1',
    id: 'trial',
    title: text('Δοκιμή'),
    summary: text('Δοκιμή'),
    mode: 'rolling',
    category: 'trial',
    legalBasis: ['ν. 0/0000'],
    opening: { from: '2020-01-01' },
    contact: { phone: '210' },
    nextSteps: text('Δοκιμή'),
    form: {
      pages: [
        {
          id: 'page',
          title: text('Σελίδα'),
          questions: [
            { id: 'fit', type: 'yesNo', label: text('Ταιριάζει;') },
            { id: 'eventDate', type: 'date', label: text('Ημερομηνία') },
          ],
        },
      ],
    },
    documents: [
      { id: 'paper', title: text('Χαρτί'), requiredWhen: true, acceptedTypes: ['application/pdf'], sizeBytesMax: 1000, filesMax: 2, mayBeMissingAtFiling: true },
      { id: 'extra', title: text('Άλλο χαρτί'), requiredWhen: false, acceptedTypes: ['application/pdf'], sizeBytesMax: 1000, filesMax: 1, mayBeMissingAtFiling: true },
    ],
    parameters: [],
    tables: [],
    facts: [],
    computed: [{ id: 'sum', title: text('Ποσό'), type: 'money', value: { if: [{ var: 'fit' }, 100001, 0] } }],
    rules: [{ id: 'fits', title: text('Ταιριάζει'), condition: { var: 'fit' }, severity: 'blocking', reason: { false: text('Δεν ταιριάζει.') }, legalBasis: 'ν. 0/0000' }],
    flow: { start: steps[0]?.id ?? '', stages: [{ id: 'all', title: text('Όλα') }], steps: [...steps] },
    messages: [{ id: 'tell', channels: ['email'], subject: text('Θέμα'), body: text('Σώμα') }],
    holidays: [],
    overlayable: [],
    ...more,
  });
}

type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;
const common = (id: string) => ({ id, title: text(`Βήμα ${id}`), stage: 'all', citizenText: text(`Είστε στο ${id}.`) });

/** Steps with sensible defaults, to be varied. */
export const STEPS = {
  check: (id: string, more: Partial<Of<'check'>> = {}): Of<'check'> => ({ kind: 'check', ...common(id), next: { eligible: 'end', ineligible: 'end', undecided: 'end' }, ...more }),
  documents: (id: string, more: Partial<Of<'documents'>> = {}): Of<'documents'> => ({ kind: 'documents', ...common(id), due: { days: 10 }, next: 'end', ...more }),
  review: (id: string, more: Partial<Of<'review'>> = {}): Of<'review'> => ({
    kind: 'review', ...common(id), role: 'desk', due: { days: 5, kind: 'working' }, overdue: { escalateTo: 'supervisor' }, outcomes: [{ id: 'good', title: text('Καλώς'), next: 'end' }], ...more,
  }),
  assess: (id: string, more: Partial<Of<'assess'>> = {}): Of<'assess'> => ({
    kind: 'assess', ...common(id), role: 'inspector', due: { days: 5 }, overdue: {}, next: 'end',
    findings: [{ id: 'hit', type: 'yesNo', label: text('Ζημιά;') }, { id: 'grade', type: 'number', min: 0, max: 100, visible: { var: 'look.hit' }, label: text('Βαθμός') }, { id: 'remark', type: 'text', optional: true, label: text('Σχόλιο') }],
    ...more,
  }),
  decide: (id: string, more: Partial<Of<'decide'>> = {}): Of<'decide'> => ({
    kind: 'decide', ...common(id), role: 'decider', due: { days: 10 }, overdue: {}, award: 'sum', legalBasis: 'ν. 0/0000',
    appeal: { text: text('Προσφυγή'), days: 15, kind: 'calendar', authority: text('Αρχή') }, next: { approved: 'end', refused: 'end' }, ...more,
  }),
  pay: (id: string, more: Partial<Of<'pay'>> = {}): Of<'pay'> => ({
    kind: 'pay', ...common(id), role: 'decider', overdue: {}, amount: 'sum', next: 'end', message: 'tell',
    parts: [
      { id: 'first', title: text('Πρώτη'), sharePerMille: 333, due: { days: 5 } },
      { id: 'second', title: text('Δεύτερη'), sharePerMille: 333, due: { days: 30 } },
      { id: 'third', title: text('Τρίτη'), sharePerMille: 334, due: { days: 60 } },
    ],
    ...more,
  }),
  notify: (id: string, more: Partial<Of<'notify'>> = {}): Of<'notify'> => ({ kind: 'notify', ...common(id), message: 'tell', next: 'end', ...more }),
  wait: (id: string, more: Partial<Of<'wait'>> = {}): Of<'wait'> => ({ kind: 'wait', ...common(id), until: { days: 30, time: '09:00' }, next: 'end', ...more }),
  branch: (id: string, more: Partial<Of<'branch'>> = {}): Of<'branch'> => ({ kind: 'branch', ...common(id), cases: [{ when: { var: 'fit' }, next: 'end' }], otherwise: 'end', ...more }),
  call: (id: string, more: Partial<Of<'call'>> = {}): Of<'call'> => ({ kind: 'call', ...common(id), activity: 'lookUp', input: { fit: { var: 'fit' } }, next: 'end', ...more }),
  end: (id = 'end', more: Partial<Of<'end'>> = {}): Of<'end'> => ({ kind: 'end', ...common(id), outcome: 'completed', ...more }),
} as const;

/** One case, event after event, with everything that was planned for it. */
export class Story {
  state: CaseState | null = null;
  last: StepPlan | undefined;
  readonly plans: StepPlan[] = [];
  readonly events: CaseEvent[] = [];
  readonly prepared: PreparedProgramme;
  readonly answers: Answers;
  readonly filedAt: string;
  filedDocuments: readonly { documentId: string; kind: string }[] = [];
  /** A release may bring other days off. */
  nationalDays: NationalDays = NATIONAL_DAYS;
  /** What the record tells when it is asked; undefined: it is not asked. */
  record: Readonly<Record<string, boolean | number>> | undefined;
  /** How often the step wanted the record to be asked. */
  asked = 0;
  #count = 0;

  constructor({ prepared, answers = { fit: true }, filedAt = '2026-03-02T08:00:00.000Z' }: { prepared: PreparedProgramme; answers?: Answers; filedAt?: string }) {
    this.prepared = prepared;
    this.answers = answers;
    this.filedAt = filedAt;
  }

  /** Tells the event to the step; an accepted one becomes part of the story. */
  tell<Kind extends CaseEventKind>(kind: Kind, payload: CaseEventPayloads[Kind], { actor = SYSTEM, at, id }: { actor?: Actor; at?: string; id?: string } = {}): StepAnswer {
    this.#count += 1;
    const event = { id: id ?? `event-${this.#count}`, kind, at: at ?? this.events.at(-1)?.at ?? this.filedAt, actor, payload } as CaseEvent;
    const input = { prepared: this.prepared, answers: this.answers, filedAt: this.filedAt, nationalDays: this.nationalDays, protocolNumber: '7/2026', filedDocuments: this.filedDocuments, state: this.state, event };
    const isAsked = this.record !== undefined && needsRecord(input);
    if (isAsked) this.asked += 1;
    const answer = decideStep({ ...input, ...(isAsked && this.record !== undefined ? { recordAnswers: { at: event.at, facts: this.record } } : {}) });
    if ('plan' in answer) {
      this.state = answer.plan.state;
      this.last = answer.plan;
      this.plans.push(answer.plan);
      this.events.push(event);
    }
    return answer;
  }

  file(): this {
    this.tell('filed', {}, { actor: CITIZEN, at: this.filedAt, id: 'filed' });
    return this;
  }

  /** Lets the timer that the kernel holds fire. */
  ring(): StepAnswer {
    const [timer] = Object.entries(this.state?.timers ?? {});
    if (!timer) throw new Error('the case holds no timer');
    return this.tell('timerFired', { timerId: timer[0], dueAt: timer[1] }, { at: timer[1] });
  }

  /** Messages planned so far, in order. */
  messages(): readonly string[] {
    return this.plans.flatMap((plan) => plan.effects.flatMap((effect) => (effect.kind === 'message' ? [effect.messageId] : [])));
  }
}

export function refusalOf(answer: StepAnswer): string | undefined {
  return 'refusal' in answer ? answer.refusal.code : undefined;
}
