import type { FastifyInstance } from 'fastify';
import { evaluateProgramme } from '#definitions/language/programme.js';
import type { Answers as LanguageAnswers } from '#definitions/language/programme.js';
import type { StaffAction } from '#definitions/types/wire.js';
import type { CaseState } from '#engine/contract/case.js';
import type { CaseFile } from '#engine/contract/rooms.js';
import { STAFF_PERMISSIONS, actionsNow, roleForAction } from '#engine/access/permissions.js';
import { dateOf } from '#engine/decide/calendar.js';
import { factStepId } from '#engine/decide/facts.js';
import { judge } from '#engine/decide/situation.js';
import { act } from '../actions.js';
import { idempotencyKeyOf } from '../plugins/access.js';
import { refuse } from '../problems/problem.js';
import type { KnownVersion } from '../versions.js';
import { viewCaseFile } from '../views/case-view.js';
import { CASE } from './paths.js';
import type { RouteParts } from './route-parts.js';
import { staffActor, staffOf } from './staff-queue.js';

interface CasePlace {
  readonly municipality: string;
  readonly caseId: string;
}

/** The file of a case, and what staff do to it. */
export function addStaffCaseRoutes(app: FastifyInstance, parts: RouteParts): void {
  const { cases, versions } = parts;
  app.get<{ Params: CasePlace }>(
    '/api/v1/staff/:municipality/cases/:caseId',
    { config: { access: { who: 'staff', roles: STAFF_PERMISSIONS.openCase } }, schema: { tags: ['staff'], summary: 'Everything of a case; who reads it is written down', params: CASE, response: { 200: { $ref: 'CaseFileView#' } } } },
    async (request, reply) => {
      const { municipality, caseId } = request.params;
      const { account, roles } = staffOf(request);
      const file = await cases.readFile({ municipality, caseId, reader: staffActor(request), purpose: 'case' });
      const version = file && (await versions.read({ municipality, hash: file.hash }));
      if (!file || !version) return refuse(reply, { code: 'case.notFound' });
      const state = file.state as CaseState | null;
      const stepKind = version.prepared.programme.flow.steps.find(({ id }) => id === state?.currentStep)?.kind;
      const actions = state ? actionsNow({ roles, state, tasks: file.tasks, ...(stepKind === undefined ? {} : { stepKind }) }) : [];
      return reply.send(viewCaseFile(file, { account, roles, decision: decisionNow(file, version), actions }));
    },
  );

  app.post<{ Params: CasePlace; Body: StaffAction }>(
    '/api/v1/staff/:municipality/cases/:caseId/actions',
    { config: { access: { who: 'staff', roles: STAFF_PERMISSIONS.actOnCase } }, schema: { tags: ['staff'], summary: 'Act on a case', params: CASE, body: { $ref: 'StaffAction#' }, response: { 200: { $ref: 'ActionResult#' } } } },
    async (request, reply) => {
      const { municipality, caseId } = request.params;
      const { body } = request;
      const file = await cases.readFile({ municipality, caseId, reader: staffActor(request), purpose: 'action' });
      if (!file) return refuse(reply, { code: 'case.notFound' });
      const escalatedTo = (file.state as CaseState | null)?.escalatedTo;
      const role = roleForAction({
        kind: body.kind,
        roles: staffOf(request).roles,
        tasks: file.tasks,
        ...('stepId' in body ? { stepId: body.stepId } : body.kind === 'factRecorded' ? { stepId: factStepId(body.factId) } : {}),
        ...(escalatedTo === undefined ? {} : { escalatedTo }),
      });
      if (!role) return refuse(reply, { code: 'access.forbidden' });
      return act(reply, parts, { municipality, caseId, key: idempotencyKeyOf(request), actor: staffActor(request, role), body });
    },
  );
}

/** What the rules say of the case as it stands, judged on the day it was filed. */
function decisionNow(file: CaseFile, { prepared }: KnownVersion): unknown {
  const state = file.state as CaseState | null;
  const answers = file.answers as LanguageAnswers;
  if (state) return judge({ prepared, answers: file.answers, filedAt: file.filedAt }, state);
  return evaluateProgramme(prepared, { answers, isFiled: true, asOf: dateOf(file.filedAt) });
}
