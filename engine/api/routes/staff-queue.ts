import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SearchRequest } from '#definitions/types/wire.js';
import type { Role } from '#definitions/types/programme.js';
import type { Actor } from '#engine/contract/case.js';
import { STAFF_PERMISSIONS } from '#engine/access/permissions.js';
import type { StaffCaller } from '../plugins/access.js';
import { refuse, refuseWith } from '../problems/problem.js';
import { viewSummary, viewTask } from '../views/case-view.js';
import { MUNICIPALITY, TASK } from './paths.js';
import type { RouteParts } from './route-parts.js';

const QUEUE_MAX = 200;
const SEARCH_MAX = 50;

interface Place {
  readonly municipality: string;
}

/** Present on every route that declares `staff`. */
export function staffOf(request: FastifyRequest): StaffCaller {
  if (!request.staff) throw new Error('a route for staff ran without anybody');
  return request.staff;
}

export function staffActor(request: FastifyRequest, role?: Role): Actor {
  const { account, roles } = staffOf(request);
  const under = role ?? roles[0];
  return { kind: 'staff', account, ...(under === undefined ? {} : { role: under }) };
}

export function addStaffQueueRoutes(app: FastifyInstance, { cases, register }: RouteParts): void {
  app.get<{ Params: Place; Querystring: { scope?: 'mine' | 'all'; after?: string } }>(
    '/api/v1/staff/:municipality/queue',
    {
      config: { access: { who: 'staff', roles: STAFF_PERMISSIONS.seeQueue } },
      schema: {
        tags: ['staff'],
        summary: 'Open tasks, most urgent first; who reads them is written down',
        params: MUNICIPALITY,
        querystring: { type: 'object', additionalProperties: false, properties: { scope: { enum: ['mine', 'all'] }, after: { type: 'string', pattern: '^[0-9a-f-]{36}$', description: 'the last task that was shown' } } },
        response: { 200: { $ref: 'QueueView#' } },
      },
    },
    async (request, reply) => {
      const { account, roles } = staffOf(request);
      const { scope = 'all', after } = request.query;
      const tasks = await cases.queue({
        municipality: request.params.municipality,
        // A supervisor stands in for every role of the queue.
        roles: roles.includes('supervisor') ? STAFF_PERMISSIONS.seeQueue : roles,
        limit: QUEUE_MAX,
        reader: staffActor(request),
        purpose: 'queue',
        ...(scope === 'mine' ? { account } : {}),
        ...(after === undefined ? {} : { after }),
      });
      return reply.send({ tasks: tasks.map((task) => viewTask(task, account)) });
    },
  );

  app.post<{ Params: Place; Body: SearchRequest }>(
    '/api/v1/staff/:municipality/search',
    {
      config: { access: { who: 'staff', roles: STAFF_PERMISSIONS.searchCases }, keyless: 'it changes nothing' },
      schema: { tags: ['staff'], summary: 'Cases by protocol number or name', params: MUNICIPALITY, body: { $ref: 'SearchRequest#' }, response: { 200: { $ref: 'SearchResult#' } } },
    },
    async (request, reply) => {
      const found = await register.search({ municipality: request.params.municipality, text: request.body.text, reader: staffActor(request), limit: SEARCH_MAX });
      return reply.send({ cases: found.map(viewSummary) });
    },
  );

  app.post<{ Params: Place & { taskId: string } }>(
    '/api/v1/staff/:municipality/tasks/:taskId/claim',
    { config: { access: { who: 'staff', roles: STAFF_PERMISSIONS.claimTask } }, schema: { tags: ['staff'], summary: 'Take a task', params: TASK, response: { 200: { $ref: 'TaskView#' } } } },
    async (request, reply) => {
      const { municipality, taskId } = request.params;
      const { account } = staffOf(request);
      const task = await cases.claimTask({ municipality, taskId, account });
      if (!task) return refuse(reply, { code: 'task.notFound' });
      return 'code' in task ? refuseWith(reply, task) : reply.send(viewTask(task, account));
    },
  );

  app.get<{ Params: Place }>(
    '/api/v1/staff/:municipality/incidents',
    { config: { access: { who: 'staff', roles: STAFF_PERMISSIONS.seeIncidents } }, schema: { tags: ['staff'], summary: 'What could not be carried out, and waits for a person', params: MUNICIPALITY, response: { 200: { $ref: 'IncidentList#' } } } },
    async (request, reply) => {
      const list = await cases.incidents({ municipality: request.params.municipality, reader: staffActor(request), purpose: 'incidents' });
      return reply.send({ incidents: list.map(({ incidentId, commandKey, code, openedAt, summary }) => ({ incidentId, commandKey, code, openedAt, summary: viewSummary(summary) })) });
    },
  );
}
