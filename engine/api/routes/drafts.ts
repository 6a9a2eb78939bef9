import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { canonicalise } from '#definitions/language/canonical.js';
import type { AnnounceDocument, CreateDraft, DraftView, ResumeDraft, SaveDraft } from '#definitions/types/wire.js';
import { checkAnswers } from '#forms/answers/answers.js';
import type { Answers } from '#engine/contract/case.js';
import type { Draft } from '#engine/contract/rooms.js';
import { keyedHash, parseCode, resumeCodeOf } from '#engine/access/codes.js';
import { dateOf } from '#engine/decide/calendar.js';
import type { DocumentOwner } from '../documents/receiving.js';
import { addUploadBodies, announce, checkUpload, receive } from '../documents/receiving.js';
import { MISSES, idempotencyKeyOf } from '../plugins/access.js';
import { addressKey, tooMany } from '../plugins/limits.js';
import { answerFindings } from '../problems/answers.js';
import { refuse, refuseWith } from '../problems/problem.js';
import { viewDocument } from '../views/case-view.js';
import { MUNICIPALITY, MUNICIPALITY_DOCUMENT } from './paths.js';
import type { RouteParts } from './route-parts.js';

const DAYS_KEPT = 60;
const DRAFT = { access: { who: 'draft' } } as const;

interface Place {
  readonly municipality: string;
}

/** An application that is not yet one: kept without an account, found again on any device by its code. */
export function addDraftRoutes(app: FastifyInstance, parts: RouteParts): void {
  addDraftBeginning(app, parts);
  addDraftKeeping(app, parts);
  app.post<{ Params: Place; Body: AnnounceDocument }>(
    '/api/v1/municipalities/:municipality/drafts/current/documents',
    { config: DRAFT, schema: { tags: ['drafts'], summary: 'Announce a file; its bytes follow with PUT', params: MUNICIPALITY, body: { $ref: 'AnnounceDocument#' }, response: { 201: { $ref: 'DocumentView#' } } } },
    async (request, reply) => {
      const draft = draftOf(request);
      const version = await parts.versions.read({ municipality: draft.municipality, hash: draft.hash });
      if (!version) return refuse(reply, { code: 'programme.notFound' });
      const filesKnown = draft.documents.filter(({ kind, state }) => kind === request.body.kind && state !== 'refused' && state !== 'expected').length;
      return announce(reply, parts, { body: request.body, owner: ownerOf(request), programme: version.prepared.programme, filesKnown });
    },
  );
  void app.register(async (uploads) => {
    addUploadBodies(uploads);
    uploads.put<{ Params: Place & { documentId: string } }>(
      '/api/v1/municipalities/:municipality/drafts/current/documents/:documentId',
      {
        config: { ...DRAFT, upload: true, keyless: 'the document is its own key' },
        schema: { tags: ['drafts'], summary: 'The bytes of an announced file', params: MUNICIPALITY_DOCUMENT, response: { 200: { $ref: 'DocumentView#' } } },
        preParsing: async (request, reply) => void checkUpload(request, reply, { settings: parts.settings, owner: ownerOf(request) }),
      },
      (request, reply) => receive(request, reply, { parts, owner: ownerOf(request) }),
    );
  });
}

function addDraftBeginning(app: FastifyInstance, { register, settings, versions }: RouteParts): void {
  app.post<{ Params: Place; Body: CreateDraft }>(
    '/api/v1/municipalities/:municipality/drafts',
    { config: { access: { who: 'anyone' } }, schema: { tags: ['drafts'], summary: 'Begin an application; the resume code is told once', params: MUNICIPALITY, body: { $ref: 'CreateDraft#' }, response: { 201: { $ref: 'DraftCreated#' } } } },
    async (request, reply) => {
      const { municipality } = request.params;
      const { programme: programmeId, hash, answers } = request.body;
      const version = await versions.read({ municipality, hash });
      if (!version || version.prepared.programme.id !== programmeId) return refuse(reply, { code: 'programme.notFound' });
      const findings = draftFindings(version.prepared.programme, answers);
      if (findings.length > 0) return refuse(reply, { code: 'application.answersInvalid', findings });
      const bodyHash = createHash('sha256').update(canonicalise(request.body)).digest('hex');
      const idempotencyKey = idempotencyKeyOf(request);
      const resumeCode = resumeCodeOf(settings.codeKey, { municipality, idempotencyKey, bodyHash });
      const draft = await register.createDraft({
        municipality,
        draftId: randomUUID(),
        programmeId,
        hash,
        resumeCodeHash: keyedHash(settings.codeKey, 'resume', resumeCode),
        // The body belongs to the key: with another body it is another draft, and nobody is given the code of the first.
        key: keyedHash(settings.codeKey, 'resume', 'key', idempotencyKey, bodyHash),
        answers: answers as Answers,
        daysKept: DAYS_KEPT,
      });
      return reply.code(201).send({ resumeCode, draft: viewDraft(draft) });
    },
  );

  app.post<{ Params: Place; Body: ResumeDraft }>(
    '/api/v1/municipalities/:municipality/drafts/resume',
    {
      config: { access: { who: 'anyone' }, keyless: 'it changes nothing' },
      schema: { tags: ['drafts'], summary: 'Find a draft again by its code', params: MUNICIPALITY, body: { $ref: 'ResumeDraft#' }, response: { 200: { $ref: 'DraftView#' } } },
    },
    async (request, reply) => {
      const missKey = `miss:${addressKey(request)}`;
      const seconds = app.counters.blockedFor(missKey, MISSES);
      if (seconds > 0) return tooMany(reply, seconds);
      const code = parseCode(request.body.resumeCode);
      const { municipality } = request.params;
      const draft = code === null ? null : await register.readDraft({ municipality, resumeCodeHash: keyedHash(settings.codeKey, 'resume', code) });
      if (draft) return reply.send(viewDraft(draft));
      app.counters.count(missKey, MISSES);
      return refuse(reply, { code: 'access.codeUnknown' });
    },
  );
}

function addDraftKeeping(app: FastifyInstance, { register, versions }: RouteParts): void {
  app.get<{ Params: Place }>(
    '/api/v1/municipalities/:municipality/drafts/current',
    { config: DRAFT, schema: { tags: ['drafts'], summary: 'The draft of the code', params: MUNICIPALITY, response: { 200: { $ref: 'DraftView#' } } } },
    async (request, reply) => reply.send(viewDraft(draftOf(request))),
  );

  app.put<{ Params: Place; Body: SaveDraft }>(
    '/api/v1/municipalities/:municipality/drafts/current',
    {
      config: { ...DRAFT, keyless: 'the version is the key: the same save twice is one' },
      schema: { tags: ['drafts'], summary: 'Keep the answers so far', params: MUNICIPALITY, body: { $ref: 'SaveDraft#' }, response: { 200: { $ref: 'DraftView#' } } },
    },
    async (request, reply) => {
      const { municipality, hash, resumeCodeHash } = draftOf(request);
      const { version, answers } = request.body;
      const known = await versions.read({ municipality, hash });
      const findings = known ? draftFindings(known.prepared.programme, answers) : [];
      if (findings.length > 0) return refuse(reply, { code: 'application.answersInvalid', findings });
      const saved = await register.saveDraft({ municipality, resumeCodeHash, version, answers: answers as Answers });
      if (!saved) return refuse(reply, { code: 'access.codeUnknown' });
      return 'code' in saved ? refuseWith(reply, saved) : reply.send(viewDraft(saved));
    },
  );
}

type ProgrammeOfForm = Parameters<typeof checkAnswers>[0];

function draftFindings(programme: ProgrammeOfForm, answers: unknown): ReturnType<typeof answerFindings> {
  return answerFindings(checkAnswers(programme, answers, { today: dateOf(new Date().toISOString()), stage: 'draft' }), programme);
}

/** Present on every route that declares `draft`. */
function draftOf(request: FastifyRequest): NonNullable<FastifyRequest['draft']> {
  if (!request.draft) throw new Error('a route for drafts ran without one');
  return request.draft;
}

function ownerOf(request: FastifyRequest): DocumentOwner {
  const { municipality, draftId } = draftOf(request);
  return { municipality, draftId, by: { kind: 'citizen' } };
}

export function viewDraft({ draftId, programmeId, hash, answers, version, expiresAt, documents }: Draft): DraftView {
  return { draftId, programme: programmeId, hash, answers: { ...answers }, version, expiresAt, documents: documents.map(viewDocument) };
}
