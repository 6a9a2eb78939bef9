import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AnnounceDocument } from '#definitions/types/wire.js';
import { STAFF_PERMISSIONS } from '#engine/access/permissions.js';
import type { DocumentOwner } from '../documents/receiving.js';
import { addUploadBodies, announce, checkUpload, receive } from '../documents/receiving.js';
import { refuse } from '../problems/problem.js';
import { CASE, CASE_DOCUMENT, MUNICIPALITY, MUNICIPALITY_DOCUMENT } from './paths.js';
import type { RouteParts } from './route-parts.js';
import { staffActor } from './staff-queue.js';

interface Place {
  readonly municipality: string;
  /** Of a case; without one the files wait for the application that the clerk is about to file. */
  readonly caseId?: string;
}

const UPLOAD = { access: { who: 'staff', roles: STAFF_PERMISSIONS.uploadDocument } } as const;
const PLACES = [
  { path: '/api/v1/staff/:municipality/documents', params: MUNICIPALITY, one: MUNICIPALITY_DOCUMENT },
  { path: '/api/v1/staff/:municipality/cases/:caseId/documents', params: CASE, one: CASE_DOCUMENT },
] as const;

/** Before an application exists the clerk says under which version it will be filed: the file is then held to it at once. */
const OF_VERSION = { type: 'object', additionalProperties: false, properties: { hash: { type: 'string', pattern: '^sha256-[0-9a-f]{64}$', description: 'the version that will be filed under' } } } as const;

/** Papers at the counter: taken in for a case or an application, and read. */
export function addStaffDocumentRoutes(app: FastifyInstance, parts: RouteParts): void {
  for (const { path, params, one } of PLACES) {
    app.post<{ Params: Place; Body: AnnounceDocument; Querystring: { hash?: string } }>(
      path,
      { config: { ...UPLOAD, keyless: 'an announcement without its bytes is nothing' }, schema: { tags: ['staff'], summary: 'Announce a file; its bytes follow with PUT', params, querystring: OF_VERSION, body: { $ref: 'AnnounceDocument#' }, response: { 201: { $ref: 'DocumentView#' } } } },
      async (request, reply) => {
        const { municipality, caseId } = request.params;
        if (caseId === undefined) {
          const { hash } = request.query;
          const filedUnder = hash === undefined ? null : await parts.versions.read({ municipality, hash });
          return announce(reply, parts, { body: request.body, owner: ownerOf(request), ...(filedUnder ? { programme: filedUnder.prepared.programme } : {}) });
        }
        const file = await parts.cases.readFile({ municipality, caseId, reader: staffActor(request), purpose: 'upload' });
        const version = file && (await parts.versions.read({ municipality, hash: file.hash }));
        if (!version) return refuse(reply, { code: 'case.notFound' });
        return announce(reply, parts, { body: request.body, owner: ownerOf(request), programme: version.prepared.programme });
      },
    );
    void app.register(async (uploads) => {
      addUploadBodies(uploads);
      uploads.put<{ Params: Place & { documentId: string } }>(
        `${path}/:documentId`,
        {
          config: { ...UPLOAD, upload: true, keyless: 'the document is its own key' },
          schema: { tags: ['staff'], summary: 'The bytes of an announced file', params: one, response: { 200: { $ref: 'DocumentView#' } } },
          preParsing: async (request, reply) => void checkUpload(request, reply, { settings: parts.settings, owner: ownerOf(request) }),
        },
        (request, reply) => receive(request, reply, { parts, owner: ownerOf(request) }),
      );
    });
  }
  addReading(app, parts);
}

const LOOK = { type: 'object', additionalProperties: false, properties: { view: { enum: ['inline'] } } } as const;

function addReading(app: FastifyInstance, { register }: RouteParts): void {
  app.get<{ Params: { municipality: string; caseId: string; documentId: string }; Querystring: { view?: 'inline' } }>(
    '/api/v1/staff/:municipality/cases/:caseId/documents/:documentId',
    { config: { access: { who: 'staff', roles: STAFF_PERMISSIONS.downloadDocument }, file: true }, schema: { tags: ['staff'], summary: 'A clean file, to save, or to look at inside the desk; who reads it is written down', params: CASE_DOCUMENT, querystring: LOOK } },
    async (request, reply) => {
      const { municipality, caseId, documentId } = request.params;
      const document = await register.readDocument({ municipality, caseId, documentId, reader: staffActor(request) });
      if (!document) return refuse(reply, { code: 'document.notFound' });
      const isLook = request.query.view === 'inline';
      return reply
        .header('content-type', document.mediaType)
        .header('content-disposition', `${isLook ? 'inline' : 'attachment'}; filename="document"; filename*=UTF-8''${encodeName(document.name)}`)
        .header('content-security-policy', isLook ? policyOfLook(document.mediaType) : "default-src 'none'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .send(Buffer.from(document.bytes));
    },
  );
}

/**
 * Shown in the desk's own frame and nowhere else; nothing may load or run. A browser's PDF viewer does not start in a
 * sandbox, and needs none: it is a process of its own that reaches no page, and active content never passed the inspection.
 */
function policyOfLook(mediaType: string): string {
  const sandbox = mediaType === 'application/pdf' ? '' : '; sandbox';
  return `default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'${sandbox}`;
}

/** RFC 8187. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function ownerOf(request: FastifyRequest): DocumentOwner {
  const { municipality, caseId } = request.params as Place;
  return { municipality, by: staffActor(request), ...(caseId === undefined ? {} : { caseId }) };
}
