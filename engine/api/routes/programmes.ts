import type { FastifyInstance } from 'fastify';
import { evaluateProgramme } from '#definitions/language/programme.js';
import type { Answers } from '#definitions/language/programme.js';
import type { Programme } from '#definitions/types/programme.js';
import type { EvaluateAnswers } from '#definitions/types/wire.js';
import { refuse } from '../problems/problem.js';
import { todayInAthens } from '../today.js';
import { localised } from '../views/localised.js';
import { MUNICIPALITY, PROGRAMME } from './paths.js';
import type { RouteParts } from './route-parts.js';

const ANYONE = { access: { who: 'anyone' } } as const;
const KEPT = { ...ANYONE, kept: true } as const;

export function addProgrammeRoutes(app: FastifyInstance, { municipalities, programmes, versions }: RouteParts): void {
  app.get(
    '/api/v1/municipalities',
    { config: KEPT, schema: { tags: ['programmes'], summary: 'The municipalities', response: { 200: { $ref: 'MunicipalityList#' } } } },
    async (_request, reply) => {
      const list = await municipalities.list();
      return reply.header('cache-control', 'public, max-age=60').send({ municipalities: list.map(({ code, name, unit }) => ({ code, name: localised(name), unit })) });
    },
  );

  app.get<{ Params: { municipality: string } }>(
    '/api/v1/municipalities/:municipality/programmes',
    { config: KEPT, schema: { tags: ['programmes'], summary: 'What a municipality offers now', params: MUNICIPALITY, response: { 200: { $ref: 'ProgrammeList#' } } } },
    async (request, reply) => {
      const known = await municipalities.find(request.params.municipality);
      if (!known) return refuse(reply, { code: 'request.notFound' });
      const places = { municipality: known.name };
      const list = await programmes.listCurrent(known.code);
      void reply.header('cache-control', 'public, max-age=5');
      return reply.send({ programmes: list.map(({ programmeId, hash, title, summary }) => ({ id: programmeId, hash, title: localised(title, places), summary: localised(summary, places) })) });
    },
  );

  app.get<{ Params: { municipality: string; programme: string }; Querystring: { hash?: string } }>(
    '/api/v1/municipalities/:municipality/programmes/:programme',
    {
      config: KEPT,
      schema: {
        tags: ['programmes'],
        summary: 'A programme as the browser needs it: the current version, or the one named',
        params: PROGRAMME,
        querystring: { type: 'object', additionalProperties: false, properties: { hash: { type: 'string', pattern: '^sha256-[0-9a-f]{64}$' } } },
        response: { 200: { $ref: 'ProgrammeView#' } },
      },
    },
    async (request, reply) => {
      const { municipality, programme: programmeId } = request.params;
      const { hash } = request.query;
      const known = await municipalities.find(municipality);
      const version = hash === undefined ? await versions.readCurrent({ municipality, programmeId }) : await versions.read({ municipality, hash });
      if (!known || !version || version.prepared.programme.id !== programmeId) return refuse(reply, { code: 'programme.notFound' });
      void reply.header('cache-control', hash === undefined ? 'public, max-age=5' : 'public, max-age=86400, immutable');
      return reply.send({ hash: version.hash, municipality, municipalityName: localised(known.name), programme: withoutServerRules(version.prepared.programme) });
    },
  );

  app.post<{ Params: { municipality: string; programme: string }; Body: EvaluateAnswers }>(
    '/api/v1/municipalities/:municipality/programmes/:programme/evaluate',
    {
      config: { ...ANYONE, keyless: 'it changes nothing' },
      schema: { tags: ['programmes'], summary: 'What the rules say of these answers; nothing is kept', params: PROGRAMME, body: { $ref: 'EvaluateAnswers#' }, response: { 200: { $ref: 'Evaluation#' } } },
    },
    async (request, reply) => {
      const { municipality, programme } = request.params;
      const { hash, answers, asOf } = request.body;
      const version = await versions.read({ municipality, hash });
      if (!version || version.prepared.programme.id !== programme) return refuse(reply, { code: 'programme.notFound' });
      const today = asOf ?? todayInAthens();
      return reply.send(evaluateProgramme(version.prepared, { answers: answers as Answers, asOf: today }));
    },
  );
}

/** Rules marked as the server's own are never sent to a browser. */
export function withoutServerRules(programme: Programme): Record<string, unknown> {
  return { ...programme, rules: programme.rules.filter((rule) => rule.serverOnly !== true) };
}
