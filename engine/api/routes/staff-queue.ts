import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { QueueCount, SearchRequest } from '#definitions/types/wire.js';
import type { Role } from '#definitions/types/programme.js';
import type { Actor } from '#engine/contract/case.js';
import type { QueueCountRow } from '#engine/contract/rooms.js';
import { STAFF_PERMISSIONS, rolesOfQueue } from '#engine/access/permissions.js';
import { addDays, dateOf, instantOf } from '#engine/decide/calendar.js';
import type { StaffCaller } from '../plugins/access.js';
import { refuse, refuseWith } from '../problems/problem.js';
import { viewSummary, viewTask } from '../views/case-view.js';
import { localised } from '../views/localised.js';
import { MUNICIPALITY, TASK } from './paths.js';
import type { RouteParts } from './route-parts.js';

const PAGE_MAX = 200;
const PAGE_USUAL = 50;
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

interface QueueQuery {
  readonly scope?: 'mine' | 'all';
  readonly after?: string;
  readonly limit?: string;
  readonly programme?: string;
  readonly step?: string;
  readonly overdue?: 'true';
}

const IDENTIFIER = { type: 'string', pattern: '^[a-z][A-Za-z0-9-]*$', maxLength: 64 } as const;
const QUEUE_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    scope: { enum: ['mine', 'all'] },
    after: { type: 'string', pattern: '^[0-9a-f-]{36}$', description: 'the last task that was shown' },
    limit: { type: 'string', pattern: '^([1-9][0-9]?|1[0-9]{2}|200)$', description: 'tasks of a page, 50 unless said' },
    programme: { ...IDENTIFIER, description: 'of this programme only' },
    step: { type: 'string', maxLength: 69, pattern: '^(fact:)?[a-z][A-Za-z0-9-]*$', description: 'of this step only; of a fact to look up `fact:` and its id' },
    overdue: { enum: ['true'], description: 'past their due instant only' },
  },
} as const;

export function addStaffQueueRoutes(app: FastifyInstance, parts: RouteParts): void {
  addQueue(app, parts);
  addSearch(app, parts);
  addTasks(app, parts);
  addIncidents(app, parts);
}

function addQueue(app: FastifyInstance, { cases }: RouteParts): void {
  app.get<{ Params: Place; Querystring: QueueQuery }>(
    '/api/v1/staff/:municipality/queue',
    {
      config: { access: { who: 'staff', roles: STAFF_PERMISSIONS.seeQueue } },
      schema: {
        tags: ['staff'],
        summary: 'Open tasks, most urgent first, a page at a time; who reads them is written down',
        params: MUNICIPALITY,
        querystring: QUEUE_QUERY,
        response: { 200: { $ref: 'QueueView#' } },
      },
    },
    async (request, reply) => {
      const { account, roles } = staffOf(request);
      const { scope = 'all', after, limit = String(PAGE_USUAL), programme, step, overdue } = request.query;
      const pageMax = Math.min(Number(limit), PAGE_MAX);
      const wanted = {
        municipality: request.params.municipality,
        roles: rolesOfQueue(roles),
        ...(scope === 'mine' ? { account } : {}),
      };
      const filter = { ...(programme === undefined ? {} : { programmeId: programme }), ...(step === undefined ? {} : { stepId: step }), ...(overdue === undefined ? {} : { overdue: true as const }) };
      const [tasks, counts] = await Promise.all([
        // One more than is shown tells whether there are more.
        cases.queue({ ...wanted, filter, limit: pageMax + 1, reader: staffActor(request), purpose: 'queue', ...(after === undefined ? {} : { after }) }),
        after === undefined ? cases.countQueue({ ...wanted, dayEnd: endOfToday() }) : undefined,
      ]);
      return reply.send({ tasks: tasks.slice(0, pageMax).map((task) => viewTask(task, { account, roles })), more: tasks.length > pageMax, ...(counts === undefined ? {} : { counts: counts.map(viewCount) }) });
    },
  );
}

function viewCount({ programmeTitle, title, ...count }: QueueCountRow): QueueCount {
  return { ...count, programmeTitle: localised(programmeTitle), title: localised(title) };
}

function endOfToday(): string {
  return instantOf(addDays(dateOf(new Date().toISOString()), 1), '00:00');
}

function addSearch(app: FastifyInstance, { register }: RouteParts): void {
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
}

function addTasks(app: FastifyInstance, { cases }: RouteParts): void {
  app.post<{ Params: Place & { taskId: string } }>(
    '/api/v1/staff/:municipality/tasks/:taskId/claim',
    { config: { access: { who: 'staff', roles: STAFF_PERMISSIONS.claimTask } }, schema: { tags: ['staff'], summary: 'Take a task', params: TASK, response: { 200: { $ref: 'TaskView#' } } } },
    async (request, reply) => {
      const { municipality, taskId } = request.params;
      const { account, roles } = staffOf(request);
      const task = await cases.claimTask({ municipality, taskId, account, roles: rolesOfQueue(roles) });
      if (!task) return refuse(reply, { code: 'task.notFound' });
      return 'code' in task ? refuseWith(reply, task) : reply.send(viewTask(task, { account, roles }));
    },
  );

  app.post<{ Params: Place & { taskId: string } }>(
    '/api/v1/staff/:municipality/tasks/:taskId/give-back',
    {
      config: { access: { who: 'staff', roles: STAFF_PERMISSIONS.giveBackTask } },
      schema: { tags: ['staff'], summary: 'Give a task back, so that others may take it; a supervisor also what a colleague holds', params: TASK, response: { 200: { $ref: 'TaskView#' } } },
    },
    async (request, reply) => {
      const { municipality, taskId } = request.params;
      const { account, roles } = staffOf(request);
      const any = STAFF_PERMISSIONS.releaseTask.some((role) => roles.includes(role));
      const task = await cases.giveBackTask({ municipality, taskId, account, any });
      if (!task) return refuse(reply, { code: 'task.notFound' });
      return 'code' in task ? refuseWith(reply, task) : reply.send(viewTask(task, { account, roles }));
    },
  );
}

function addIncidents(app: FastifyInstance, { cases }: RouteParts): void {
  app.get<{ Params: Place }>(
    '/api/v1/staff/:municipality/incidents',
    { config: { access: { who: 'staff', roles: STAFF_PERMISSIONS.seeIncidents } }, schema: { tags: ['staff'], summary: 'What could not be carried out, and waits for a person', params: MUNICIPALITY, response: { 200: { $ref: 'IncidentList#' } } } },
    async (request, reply) => {
      const list = await cases.incidents({ municipality: request.params.municipality, reader: staffActor(request), purpose: 'incidents' });
      return reply.send({ incidents: list.map(({ incidentId, commandKey, code, openedAt, summary }) => ({ incidentId, commandKey, code, openedAt, summary: viewSummary(summary) })) });
    },
  );
}
