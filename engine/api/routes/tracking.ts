import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnnounceDocument, CitizenAction, CitizenCase, TrackChallenge, TrackOpen, TrackRequest } from '#definitions/types/wire.js';
import type { Actor } from '#engine/contract/case.js';
import { keyedHash, parseCode, randomDigits, randomToken } from '#engine/access/codes.js';
import { act } from '../actions.js';
import type { DocumentOwner } from '../documents/receiving.js';
import { addUploadBodies, announce, checkUpload, receive } from '../documents/receiving.js';
import { idempotencyKeyOf } from '../plugins/access.js';
import type { Limit } from '../plugins/limits.js';
import { addressKey, limit, tooMany } from '../plugins/limits.js';
import { refuse } from '../problems/problem.js';
import { viewCitizenCase, viewTrackAnswer } from '../views/case-view.js';
import { localised } from '../views/localised.js';
import { DOCUMENT } from './paths.js';
import type { RouteParts } from './route-parts.js';

const CODE_MINUTES = 10;
const SESSION_MINUTES = 20;
const ANYONE = { access: { who: 'anyone' }, keyless: 'it changes nothing of the case' } as const;
const CITIZEN = { access: { who: 'citizen' } } as const;
const ACTOR: Actor = { kind: 'citizen' };

/** Codes that fit nothing, in this process: per municipality and over all. Of one address: plugins/misses.ts. */
const MUNICIPALITY_MISSES: Limit = { max: 300, windowMs: 60_000 };
const ALL_MISSES: Limit = { max: 1_500, windowMs: 60_000 };
/** Attempts with one code: a real owner needs a few. */
const PER_CODE: Limit = { max: 20, windowMs: 600_000 };

/** Following a case: the code alone shows stage and dates; a one-time code opens the case for some minutes. */
export function addTrackingRoutes(app: FastifyInstance, parts: RouteParts): void {
  addStage(app, parts);
  addSecondFactor(app, parts);
  addOwnCase(app, parts);
  addOwnDocuments(app, parts);
}

interface Guarded {
  readonly trackingCodeHash: string;
  readonly missed: () => void;
}

/** Hash of the code, unless too many misses came before. A text that can be no code is looked up all the same: one path, one time. */
function guard(request: FastifyRequest<{ Body: TrackRequest }>, reply: FastifyReply, { settings }: RouteParts): Guarded | FastifyReply {
  const { municipality, trackingCode } = request.body;
  const { counters, metrics, missWatch } = request.server;
  const ofAddress = { key: `track:${addressKey(request)}`, ...missWatch.limitOf(municipality) };
  const misses = [
    ofAddress,
    { key: `track:municipality:${municipality}`, ...MUNICIPALITY_MISSES },
    { key: 'track:all', ...ALL_MISSES },
  ];
  const seconds = Math.max(...misses.map(({ key, ...rule }) => counters.blockedFor(key, rule)));
  if (seconds > 0) {
    // Whoever goes on all the same waits longer and longer; only their own address, or a few could shut out everybody.
    if (counters.blockedFor(ofAddress.key, ofAddress) > 0) counters.count(ofAddress.key, ofAddress);
    return tooMany(reply, seconds);
  }
  const trackingCodeHash = keyedHash(settings.codeKey, 'tracking', parseCode(trackingCode) ?? `no code ${trackingCode}`);
  return {
    trackingCodeHash,
    missed: () => {
      for (const { key, ...rule } of misses) counters.count(key, rule);
      metrics.trackingMisses.inc();
    },
  };
}

function addStage(app: FastifyInstance, parts: RouteParts): void {
  app.post<{ Body: TrackRequest }>(
    '/api/v1/tracking',
    { config: ANYONE, schema: { tags: ['tracking'], summary: 'Stage and dates of an application, by its code', body: { $ref: 'TrackRequest#' }, response: { 200: { $ref: 'TrackAnswer#' } } } },
    async (request, reply) => {
      const guarded = guard(request, reply, parts);
      if (!('trackingCodeHash' in guarded)) return guarded;
      const found = await parts.tracking.findStage({ municipality: request.body.municipality, trackingCodeHash: guarded.trackingCodeHash });
      if (found) return reply.send(viewTrackAnswer(found));
      guarded.missed();
      return refuse(reply, { code: 'tracking.codeUnknown' });
    },
  );
}

function addSecondFactor(app: FastifyInstance, parts: RouteParts): void {
  const { settings, tracking } = parts;
  app.post<{ Body: TrackChallenge }>(
    '/api/v1/tracking/challenge',
    { config: ANYONE, schema: { tags: ['tracking'], summary: 'Send a one-time code; the answer is the same whether there is anybody to send to', body: { $ref: 'TrackChallenge#' }, response: { 202: { type: 'null' } } } },
    async (request, reply) => {
      const guarded = guard(request, reply, parts);
      if (!('trackingCodeHash' in guarded)) return guarded;
      const { trackingCodeHash } = guarded;
      const slow = limit(reply, app.counters, { key: `challenge:${trackingCodeHash}`, ...PER_CODE });
      if (slow) return slow;
      const code = randomDigits();
      const { sent } = await tracking.openChallenge({
        municipality: request.body.municipality,
        trackingCodeHash,
        channel: request.body.channel,
        codeHash: oneTimeHash(settings.codeKey, { trackingCodeHash, oneTimeCode: code }),
        code,
        minutesValid: CODE_MINUTES,
      });
      if (!sent) guarded.missed();
      return reply.code(202).send();
    },
  );

  app.post<{ Body: TrackOpen }>(
    '/api/v1/tracking/open',
    { config: ANYONE, schema: { tags: ['tracking'], summary: 'Open the case with the one-time code', body: { $ref: 'TrackOpen#' }, response: { 200: { $ref: 'TrackSession#' } } } },
    async (request, reply) => {
      const guarded = guard(request, reply, parts);
      if (!('trackingCodeHash' in guarded)) return guarded;
      const { trackingCodeHash } = guarded;
      const slow = limit(reply, app.counters, { key: `open:${trackingCodeHash}`, ...PER_CODE });
      if (slow) return slow;
      const { municipality, oneTimeCode } = request.body;
      const token = randomToken();
      const opened = await tracking.answerChallenge({
        municipality,
        trackingCodeHash,
        codeHash: oneTimeHash(settings.codeKey, { trackingCodeHash, oneTimeCode }),
        sessionHash: keyedHash(settings.codeKey, 'citizenSession', municipality, token),
        minutesValid: SESSION_MINUTES,
      });
      const view = opened && (await readOwnCase(parts, { municipality, caseId: opened.caseId }));
      if (view) return reply.send({ token: `${municipality}.${token}`, expiresAt: new Date(Date.now() + SESSION_MINUTES * 60_000).toISOString(), view });
      guarded.missed();
      return refuse(reply, { code: 'tracking.oneTimeCodeWrong' });
    },
  );
}

function oneTimeHash(key: Uint8Array, { trackingCodeHash, oneTimeCode }: { readonly trackingCodeHash: string; readonly oneTimeCode: string }): string {
  return keyedHash(key, 'oneTime', trackingCodeHash, oneTimeCode);
}

interface OwnCase {
  readonly municipality: string;
  readonly caseId: string;
}

async function readOwnCase(parts: RouteParts, { municipality, caseId }: OwnCase): Promise<CitizenCase | null> {
  const file = await parts.cases.readFile({ municipality, caseId, reader: ACTOR, purpose: 'tracking' });
  const version = file && (await parts.versions.read({ municipality, hash: file.hash }));
  const known = await parts.municipalities.find(municipality);
  if (!file || !version || !known) return null;
  return viewCitizenCase(file, { programme: version.prepared.programme, municipalityName: localised(known.name) });
}

/** Present on every route that declares `citizen`. */
function ownCaseOf(request: FastifyRequest): NonNullable<FastifyRequest['citizen']> {
  if (!request.citizen) throw new Error('a route for owners ran without one');
  return request.citizen;
}

function ownerOf(request: FastifyRequest): DocumentOwner {
  const { municipality, caseId } = ownCaseOf(request);
  return { municipality, caseId, by: ACTOR };
}

function addOwnCase(app: FastifyInstance, parts: RouteParts): void {
  app.get(
    '/api/v1/tracking/case',
    { config: CITIZEN, schema: { tags: ['tracking'], summary: 'The case, for its owner', response: { 200: { $ref: 'CitizenCase#' } } } },
    async (request, reply) => {
      const view = await readOwnCase(parts, ownCaseOf(request));
      return view ? reply.send(view) : refuse(reply, { code: 'case.notFound' });
    },
  );

  app.post<{ Body: CitizenAction }>(
    '/api/v1/tracking/actions',
    { config: CITIZEN, schema: { tags: ['tracking'], summary: 'Hand in papers, or withdraw', body: { $ref: 'CitizenAction#' }, response: { 200: { $ref: 'ActionResult#' } } } },
    (request, reply) => act(reply, parts, { ...ownCaseOf(request), key: idempotencyKeyOf(request), actor: ACTOR, body: request.body }),
  );
}

function addOwnDocuments(app: FastifyInstance, parts: RouteParts): void {
  app.post<{ Body: AnnounceDocument }>(
    '/api/v1/tracking/documents',
    { config: CITIZEN, schema: { tags: ['tracking'], summary: 'Announce a file; its bytes follow with PUT', body: { $ref: 'AnnounceDocument#' }, response: { 201: { $ref: 'DocumentView#' } } } },
    async (request, reply) => {
      const { municipality, caseId } = ownCaseOf(request);
      const file = await parts.cases.readFile({ municipality, caseId, reader: ACTOR, purpose: 'upload' });
      const version = file && (await parts.versions.read({ municipality, hash: file.hash }));
      if (!version) return refuse(reply, { code: 'case.notFound' });
      return announce(reply, parts, { body: request.body, owner: ownerOf(request), programme: version.prepared.programme });
    },
  );
  void app.register(async (uploads) => {
    addUploadBodies(uploads);
    uploads.put(
      '/api/v1/tracking/documents/:documentId',
      {
        config: { ...CITIZEN, upload: true, keyless: 'the document is its own key' },
        schema: { tags: ['tracking'], summary: 'The bytes of an announced file', params: DOCUMENT, response: { 200: { $ref: 'DocumentView#' } } },
        preParsing: async (request, reply) => void checkUpload(request, reply, { settings: parts.settings, owner: ownerOf(request) }),
      },
      (request, reply) => receive(request, reply, { parts, owner: ownerOf(request) }),
    );
  });
}
