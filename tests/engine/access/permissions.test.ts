import { describe, expect, it } from 'vitest';
import type { Role } from '#definitions/types/programme.js';
import type { CaseEventKind, CaseState } from '#engine/contract/case.js';
import { ACTION_PERMISSIONS, STAFF_PERMISSIONS, actionsNow, roleForAction, rolesOfQueue, taskRights } from '#engine/access/permissions.js';

const ROLES: readonly Role[] = ['desk', 'inspector', 'decider', 'supervisor', 'administrator'];
const task = (stepId: string, role: Role) => ({ stepId, role });

describe('the table of permissions', () => {
  it.each<[CaseEventKind, readonly Role[]]>([
    ['documentAsked', ['desk', 'inspector', 'decider', 'supervisor']],
    ['documentProvided', ['desk', 'inspector', 'supervisor']],
    ['documentJudged', ['desk', 'inspector', 'decider', 'supervisor']],
    ['incidentSettled', ['supervisor', 'administrator']],
    ['withdrawn', ['desk', 'supervisor']],
    ['noteAdded', ['desk', 'inspector', 'decider', 'supervisor']],
    ['filed', []],
    ['timerFired', []],
    ['callFinished', []],
    ['callFailed', []],
    ['effectFailed', []],
  ])('%s is for %j', (kind, allowed) => {
    expect(ROLES.filter((role) => roleForAction({ kind, roles: [role], tasks: [] }) !== null)).toEqual(allowed);
  });

  it.each<[CaseEventKind, Role, readonly Role[]]>([
    ['decided', 'decider', ['decider']],
    ['decided', 'supervisor', ['supervisor']],
    ['assessed', 'inspector', ['inspector', 'supervisor']],
    ['reviewed', 'desk', ['desk', 'supervisor']],
    ['reviewed', 'decider', ['decider', 'supervisor']],
    ['partPaid', 'desk', ['desk', 'supervisor']],
  ])('%s at a step of the %s is for %j', (kind, role, allowed) => {
    const may = (held: Role): boolean => roleForAction({ kind, roles: [held], stepId: 'step', tasks: [task('step', role)] }) !== null;
    expect(ROLES.filter(may)).toEqual(allowed);
  });

  it('lets the desk decide nowhere, whatever a step says', () => {
    for (const role of ROLES) expect(roleForAction({ kind: 'decided', roles: ['desk', 'inspector', 'administrator'], stepId: 'step', tasks: [task('step', role)] })).toBeNull();
  });

  it('gives an overdue step to the role it was escalated to, besides its own', () => {
    const ask = (roles: readonly Role[]) => roleForAction({ kind: 'decided', roles, stepId: 'step', tasks: [task('step', 'decider')], escalatedTo: 'supervisor' });
    expect([ask(['decider']), ask(['supervisor']), ask(['desk'])]).toEqual(['decider', 'supervisor', null]);
  });

  it('names the role under which somebody with several acts', () => {
    expect(roleForAction({ kind: 'decided', roles: ['desk', 'decider'], stepId: 'step', tasks: [task('step', 'decider')] })).toBe('decider');
  });

  it('opens no case to an administrator', () => {
    for (const [name, roles] of Object.entries(STAFF_PERMISSIONS)) {
      expect((roles as readonly Role[]).includes('administrator'), name).toBe(name === 'seeIncidents' || name === 'actOnCase');
    }
  });
});

describe('who has a task', () => {
  const readers = ROLES.map((role) => ({ role, account: `${role}-1`, roles: [role] }));
  const rightTo = (right: 'mayClaim' | 'mayGiveBack', one: { readonly role: Role; readonly claimedBy?: string }): readonly Role[] =>
    readers.filter((reader) => taskRights(one, reader)[right]).map(({ role }) => role);

  it.each<[Role, readonly Role[]]>([
    ['desk', ['desk', 'supervisor']],
    ['inspector', ['inspector', 'supervisor']],
    ['decider', ['decider', 'supervisor']],
    ['supervisor', ['supervisor']],
    ['administrator', []],
  ])('a task of the %s that nobody has is for %j to claim, and for nobody to give back', (role, allowed) => {
    expect(rightTo('mayClaim', { role })).toEqual(allowed);
    expect(rightTo('mayGiveBack', { role })).toEqual([]);
    expect(readers.filter(({ roles }) => rolesOfQueue(roles).includes(role) && STAFF_PERMISSIONS.claimTask.some((each) => roles.includes(each))).map((reader) => reader.role)).toEqual(allowed);
  });

  it('what somebody has is given back by that person or by a supervisor, and claimed by nobody', () => {
    expect(rightTo('mayGiveBack', { role: 'desk', claimedBy: 'desk-1' })).toEqual(['desk', 'supervisor']);
    expect(rightTo('mayGiveBack', { role: 'desk', claimedBy: 'desk-2' })).toEqual(['supervisor']);
    expect(rightTo('mayClaim', { role: 'desk', claimedBy: 'desk-2' })).toEqual([]);
    expect(taskRights({ role: 'desk', claimedBy: 'x' }, { account: 'x', roles: [] })).toEqual({ mayClaim: false, mayGiveBack: false });
  });
});

describe('what the desk shows', () => {
  const state: CaseState = { status: 'open', currentStep: 'decision', stage: 's', steps: {}, documents: {}, findings: {}, parts: [], timers: {}, calls: {}, incidents: [] };

  it('is what will be allowed, and nothing that will be refused', () => {
    const tasks = [task('decision', 'decider')];
    for (const role of ROLES) {
      for (const kind of Object.keys(ACTION_PERMISSIONS) as CaseEventKind[]) {
        if (kind === 'incidentSettled') continue;
        const shown = actionsNow({ roles: [role], state, tasks, stepKind: 'decide' }).includes(kind);
        if (['reviewed', 'assessed', 'partPaid', 'factRecorded'].includes(kind)) {
          expect(shown, `${kind} at a step that decides, with no fact to look up`).toBe(false);
          continue;
        }
        expect(shown, `${role} ${kind}`).toBe(roleForAction({ kind, roles: [role], stepId: 'decision', tasks }) !== null);
      }
    }
  });

  it('offers to record a fact to whom its lookup is open, wherever the case is', () => {
    const tasks = [task('decision', 'decider'), task('fact:income', 'desk')];
    const offered = ROLES.filter((role) => actionsNow({ roles: [role], state, tasks, stepKind: 'decide' }).includes('factRecorded'));
    expect(offered).toEqual(['desk', 'supervisor']);
  });

  it('of a closed case is a note, and an incident that still waits', () => {
    const closed: CaseState = { ...state, status: 'closed', incidents: [{ id: 'i', commandKey: 'k', code: 'c', openedAt: '2026-01-01T00:00:00.000Z' }] };
    expect(actionsNow({ roles: ['supervisor'], state: closed, tasks: [] })).toEqual(['incidentSettled', 'noteAdded']);
    expect(actionsNow({ roles: ['desk'], state: closed, tasks: [] })).toEqual(['noteAdded']);
  });
});
