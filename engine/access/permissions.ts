/** Who may do what inside a municipality. The table is the whole truth: what is not in it nobody may do. */
import type { Role, Step } from '#definitions/types/programme.js';
import type { CaseEventKind, CaseState } from '#engine/contract/case.js';
import type { TaskRow } from '#engine/contract/rooms.js';

const EVERYBODY = ['desk', 'inspector', 'decider', 'supervisor', 'administrator'] as const satisfies readonly Role[];

/** Reads and plain writes of the desk, by noun. Administrators keep accounts; they open no case. */
export const STAFF_PERMISSIONS = {
  seeQueue: ['desk', 'inspector', 'decider', 'supervisor'],
  claimTask: ['desk', 'inspector', 'decider', 'supervisor'],
  giveBackTask: ['desk', 'inspector', 'decider', 'supervisor'],
  /** To give back what a colleague holds. */
  releaseTask: ['supervisor'],
  searchCases: ['desk', 'inspector', 'decider', 'supervisor'],
  openCase: ['desk', 'inspector', 'decider', 'supervisor'],
  downloadDocument: ['desk', 'inspector', 'decider', 'supervisor'],
  uploadDocument: ['desk', 'inspector', 'supervisor'],
  fileApplication: ['desk', 'supervisor'],
  seeIncidents: ['supervisor', 'administrator'],
  actOnCase: EVERYBODY,
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** The roles whose tasks somebody sees and takes: a supervisor stands in for every role of the queue. */
export function rolesOfQueue(roles: readonly Role[]): readonly Role[] {
  return roles.includes('supervisor') ? STAFF_PERMISSIONS.seeQueue : roles;
}

/** Somebody who looks at tasks. */
export interface TaskReader {
  readonly account: string;
  readonly roles: readonly Role[];
}

/** What the reader may do about who holds an open task: for the desk's buttons. */
export function taskRights({ role, claimedBy }: Pick<TaskRow, 'role' | 'claimedBy'>, { account, roles }: TaskReader): { readonly mayClaim: boolean; readonly mayGiveBack: boolean } {
  const has = (allowed: readonly Role[]): boolean => roles.some((held) => allowed.includes(held));
  if (claimedBy === undefined) return { mayClaim: has(STAFF_PERMISSIONS.claimTask) && rolesOfQueue(roles).includes(role), mayGiveBack: false };
  return { mayClaim: false, mayGiveBack: has(claimedBy === account ? STAFF_PERMISSIONS.giveBackTask : STAFF_PERMISSIONS.releaseTask) };
}

interface ActionPermission {
  /** Roles that may do it at any moment of an open case. */
  readonly roles: readonly Role[];
  /** Besides a role of the list, the role of the step's open task is needed (a supervisor stands in, except for decisions). */
  readonly byTask: boolean;
}

/** Actions that people take. The desk takes papers in and never decides; a supervisor decides only where the step (or its escalation) says so. */
export const ACTION_PERMISSIONS: Readonly<Partial<Record<CaseEventKind, ActionPermission>>> = {
  documentAsked: { roles: ['desk', 'inspector', 'decider', 'supervisor'], byTask: false },
  documentProvided: { roles: ['desk', 'inspector', 'supervisor'], byTask: false },
  documentJudged: { roles: ['desk', 'inspector', 'decider', 'supervisor'], byTask: false },
  reviewed: { roles: ['desk', 'inspector', 'decider', 'supervisor'], byTask: true },
  assessed: { roles: ['inspector', 'supervisor'], byTask: true },
  factRecorded: { roles: ['desk', 'inspector', 'decider', 'supervisor'], byTask: true },
  decided: { roles: ['decider', 'supervisor'], byTask: true },
  partPaid: { roles: ['desk', 'decider', 'supervisor'], byTask: true },
  incidentSettled: { roles: ['supervisor', 'administrator'], byTask: false },
  withdrawn: { roles: ['desk', 'supervisor'], byTask: false },
  noteAdded: { roles: ['desk', 'inspector', 'decider', 'supervisor'], byTask: false },
};

/** The role under which this account may take the action now, or `null`. `tasks` are the open tasks of the case. */
export function roleForAction(input: {
  readonly kind: CaseEventKind;
  readonly roles: readonly Role[];
  readonly stepId?: string;
  readonly tasks: readonly Pick<TaskRow, 'stepId' | 'role'>[];
  readonly escalatedTo?: Role;
}): Role | null {
  const permission = ACTION_PERMISSIONS[input.kind];
  if (!permission) return null;
  const held = input.roles.filter((role) => permission.roles.includes(role));
  if (!permission.byTask) return held[0] ?? null;
  const task = input.tasks.find(({ stepId }) => stepId === input.stepId);
  // No open task: the case itself will refuse what is out of step, so that a repeat hears its first answer.
  if (!task) return held[0] ?? null;
  const allowed: readonly (Role | undefined)[] = [task.role, input.escalatedTo, ...(input.kind === 'decided' ? [] : ['supervisor' as const])];
  return held.find((role) => allowed.includes(role)) ?? null;
}

/** The action by which a person finishes a step of a kind. */
const STEP_ACTIONS: Readonly<Partial<Record<Step['kind'], CaseEventKind>>> = { review: 'reviewed', assess: 'assessed', decide: 'decided', pay: 'partPaid' };

export interface ActionsInput {
  readonly roles: readonly Role[];
  readonly state: CaseState;
  readonly tasks: readonly Pick<TaskRow, 'stepId' | 'role'>[];
  /** Of the step where the case is. */
  readonly stepKind?: Step['kind'];
}

/** What an account with these roles may do to a case in this state: for the desk's buttons. */
export function actionsNow(input: ActionsInput): readonly CaseEventKind[] {
  const stepId = input.state.currentStep;
  const kinds = Object.keys(ACTION_PERMISSIONS) as CaseEventKind[];
  return kinds.filter((kind) => {
    if (kind === 'noteAdded') return roleForAction({ ...input, kind }) !== null;
    if (kind === 'incidentSettled') return input.state.incidents.some(({ settledAt }) => settledAt === undefined) && roleForAction({ ...input, kind }) !== null;
    if (input.state.status === 'closed') return false;
    if (kind === 'factRecorded') return input.tasks.some(({ stepId: taskStep }) => taskStep.startsWith('fact:') && roleForAction({ kind, roles: input.roles, tasks: input.tasks, stepId: taskStep }) !== null);
    const isOfStep = ACTION_PERMISSIONS[kind]?.byTask === true;
    if (isOfStep && (input.stepKind === undefined || STEP_ACTIONS[input.stepKind] !== kind)) return false;
    if (isOfStep && !input.tasks.some((task) => task.stepId === stepId)) return false;
    const escalated = input.state.escalatedTo === undefined ? {} : { escalatedTo: input.state.escalatedTo };
    return roleForAction({ kind, roles: input.roles, tasks: input.tasks, stepId, ...escalated }) !== null;
  });
}
