import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { canonicalise } from '#definitions/language/canonical.js';
import type { AnnounceDocument, CreateDraft, DraftView, ResumeDraft, SaveDraft } from '#definitions/types/wire.js';
import { checkAnswers } from '#forms/answers/answers.js';
import type { Answers } from '#engine/contract/case.js';
import type { Draft } from '#engine/contract/rooms.js';
import { keyedHash, parseCode, resumeCodeOf } from '#engine/access/codes.js';
import { dateOf } from '#engine/decide/calendar.js';
import { keepLeftovers, moveAnswers } from '../draft-changes.js';
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
/** Of the database's integer: no draft was ever saved that often. */
const VERSION_MAX = 2_147_483_647;
/** Who applies is kept beside the answers, under a name that no question can have. */
const ON_BEHALF = '$onBehalf';
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
      const { municipality, programmeId, hash } = draft;
      const now = await parts.versions.readCurrent({ municipality, programmeId });
      // The form that its owner sees may ask for a paper that the draft's own version does not know yet.
      const knows = now?.prepared.programme.documents.some(({ id }) => id === request.body.kind) === true;
      const version = knows ? now : await parts.versions.read({ municipality, hash });
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

function addDraftBeginning(app: FastifyInstance, parts: RouteParts): void {
  const { register, settings, versions } = parts;
  app.post<{ Params: Place; Body: CreateDraft }>(
    '/api/v1/municipalities/:municipality/drafts',
    { config: { access: { who: 'anyone' } }, schema: { tags: ['drafts'], summary: 'Begin an application; the resume code is told once', params: MUNICIPALITY, body: { $ref: 'CreateDraft#' }, response: { 201: { $ref: 'DraftCreated#' } } } },
    async (request, reply) => {
      const { municipality } = request.params;
      const { programme: programmeId, hash, answers, onBehalf } = request.body;
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
        answers: { ...(answers as Answers), ...kept(onBehalf) },
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
      if (draft) return reply.send(await viewDraftNow(draft, parts));
      app.counters.count(missKey, MISSES);
      return refuse(reply, { code: 'access.codeUnknown' });
    },
  );
}

function addDraftKeeping(app: FastifyInstance, parts: RouteParts): void {
  const { register, versions } = parts;
  app.get<{ Params: Place }>(
    '/api/v1/municipalities/:municipality/drafts/current',
    { config: DRAFT, schema: { tags: ['drafts'], summary: 'The draft of the code', params: MUNICIPALITY, response: { 200: { $ref: 'DraftView#' } } } },
    async (request, reply) => reply.send(await viewDraftNow(draftOf(request), parts)),
  );

  app.put<{ Params: Place; Body: SaveDraft }>(
    '/api/v1/municipalities/:municipality/drafts/current',
    {
      config: { ...DRAFT, keyless: 'the version is the key: the same save twice is one' },
      schema: { tags: ['drafts'], summary: 'Keep the answers so far', params: MUNICIPALITY, body: { $ref: 'SaveDraft#' }, response: { 200: { $ref: 'DraftView#' } } },
    },
    async (request, reply) => {
      const { municipality, programmeId, resumeCodeHash, ...before } = draftOf(request);
      const { version, answers, hash = before.hash, onBehalf } = request.body;
      if (version > VERSION_MAX) return refuse(reply, { code: 'draft.changedElsewhere' });
      const known = await versions.read({ municipality, hash });
      if (known?.prepared.programme.id !== programmeId) return refuse(reply, { code: 'programme.notFound' });
      const { programme } = known.prepared;
      const findings = draftFindings(programme, answers);
      if (findings.length > 0) return refuse(reply, { code: 'application.answersInvalid', findings });
      const together = { ...keepLeftovers(before.answers, { answers: answers as Answers, programme }), ...kept(onBehalf) };
      const saved = await register.saveDraft({ municipality, resumeCodeHash, version, answers: together, hash });
      if (!saved) return refuse(reply, { code: 'access.codeUnknown' });
      return 'code' in saved ? refuseWith(reply, saved) : reply.send(await viewDraftNow(saved, parts));
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

/** As the version in force takes it: with what it asks anew, and without what it no longer asks. */
async function viewDraftNow(draft: Draft, { versions }: RouteParts): Promise<DraftView> {
  const { municipality, programmeId, hash } = draft;
  const [own, now] = await Promise.all([versions.read({ municipality, hash }), versions.readCurrent({ municipality, programmeId })]);
  if (!own || !now) return viewDraft(draft);
  const { answers, behaviour, questions } = moveAnswers(draft.answers, { before: own.prepared.programme, after: now.prepared.programme, today: dateOf(new Date().toISOString()) });
  const view = { ...viewDraft(draft), answers: { ...withoutUnasked(answers, now.prepared.programme) } };
  return own.hash === now.hash ? view : { ...view, change: { hash: now.hash, behaviour, questions: [...questions] } };
}

/** Leftovers of earlier versions stay in the draft; no form shows them. */
function withoutUnasked(answers: Answers, { form }: ProgrammeOfForm): Answers {
  const asked = new Set(form.pages.flatMap(({ questions }) => questions).map(({ id }) => id));
  return Object.fromEntries(Object.entries(answers).filter(([id]) => asked.has(id)));
}

function kept(onBehalf: CreateDraft['onBehalf']): Answers {
  return onBehalf === undefined ? {} : { [ON_BEHALF]: onBehalf };
}

export function viewDraft({ draftId, programmeId, hash, answers: held, version, expiresAt, documents }: Draft): DraftView {
  const { [ON_BEHALF]: onBehalf, ...answers } = held;
  const view = { draftId, programme: programmeId, hash, answers, version, expiresAt, documents: documents.map(viewDocument) };
  return onBehalf === 'self' || onBehalf === 'relative' ? { ...view, onBehalf } : view;
}
