import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnnounceDocument } from '#definitions/types/wire.js';
import type { Programme } from '#definitions/types/programme.js';
import type { Actor, Refusal } from '#engine/contract/case.js';
import type { StoredDocument } from '#engine/contract/rooms.js';
import { refuse, refuseWith } from '../problems/problem.js';
import { viewDocument } from '../views/case-view.js';
import type { RouteParts } from '../routes/route-parts.js';
import { announcedId, isAnnounced } from './announced-id.js';
import { inspectDocument } from './inspection.js';

export const MEDIA_TYPES = ['application/pdf', 'image/jpeg', 'image/png'];
export const UPLOAD_BYTES_MAX = 20_000_000;
const UPLOADS_AT_ONCE_MAX = 12;
const BUSY_SECONDS = 5;

export interface DocumentOwner {
  readonly municipality: string;
  readonly draftId?: string;
  readonly caseId?: string;
  readonly by: Actor;
}

interface Announcement {
  readonly body: AnnounceDocument;
  readonly owner: DocumentOwner;
  /** Whose papers are known: kind, type and size are held to it. */
  readonly programme?: Programme;
  /** Files of this kind that are already there. */
  readonly filesKnown?: number;
}

/** First half of an upload: what will come. The answer's `documentId` is the address of the second half. */
export async function announce(reply: FastifyReply, parts: RouteParts, { body, owner, programme, filesKnown = 0 }: Announcement): Promise<FastifyReply> {
  const refused = programme ? judgePaper(body, { programme, filesKnown }) : null;
  if (refused) return refuseWith(reply, refused);
  const { municipality, by, ...of } = owner;
  const { kind, mediaType, sizeBytes } = body;
  const documentId = announcedId(parts.settings.codeKey, { municipality, owner: ownerKey(owner), mediaType, sizeBytes });
  const stored = await parts.register.announceDocument({ municipality, documentId, owner: of, kind, name: plainName(body.name), mediaType, sizeBytes, by });
  return 'code' in stored ? refuseWith(reply, stored) : reply.code(201).send(viewDocument(stored));
}

/** Whether a programme takes this file: its kind, type and size, and how many there are already. */
export function judgePaper({ kind, mediaType, sizeBytes }: Pick<StoredDocument, 'kind' | 'mediaType' | 'sizeBytes'>, { programme, filesKnown }: { readonly programme: Programme; readonly filesKnown: number }): PaperRefusal | null {
  const known = programme.documents.find(({ id }) => id === kind);
  if (!known) return { code: 'document.kindUnknown', pointer: '/kind' };
  if (!known.acceptedTypes.some((type) => type === mediaType)) return { code: 'document.typeNotAccepted', pointer: '/mediaType', params: { expected: known.acceptedTypes.join(', ') } };
  if (sizeBytes > known.sizeBytesMax) return { code: 'document.tooLarge', pointer: '/sizeBytes', params: { limit: String(known.sizeBytesMax) } };
  if (filesKnown >= known.filesMax) return { code: 'document.tooMany', pointer: '/kind', params: { limit: String(known.filesMax) } };
  return null;
}

interface PaperRefusal extends Refusal {
  readonly code: 'document.kindUnknown' | 'document.typeNotAccepted' | 'document.tooLarge' | 'document.tooMany';
}

/** A name is text to show, never a path: no folders, no control or direction characters. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return plain === '' || /^\.+$/.test(plain) ? 'document' : plain;
}

function ownerKey({ draftId, caseId }: DocumentOwner): string {
  if (draftId !== undefined) return `draft/${draftId}`;
  return caseId === undefined ? 'nobody' : `case/${caseId}`;
}

/** Routes under here take files and nothing else; all others take JSON and nothing else. */
export function addUploadBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(MEDIA_TYPES, { parseAs: 'buffer', bodyLimit: UPLOAD_BYTES_MAX }, (_request: FastifyRequest, body: Buffer, done) => done(null, body));
}

/** Before the bytes: is this what was announced, and is there room for it now? */
export function checkUpload(request: FastifyRequest, reply: FastifyReply, { settings, owner }: { readonly settings: RouteParts['settings']; readonly owner: DocumentOwner }): FastifyReply | null {
  const { documentId } = request.params as { documentId: string };
  const sizeBytes = Number(request.headers['content-length']);
  const mediaType = request.headers['content-type']?.trim().toLowerCase() ?? '';
  if (!MEDIA_TYPES.includes(mediaType)) return refuse(reply, { code: 'request.mediaType', params: { expected: MEDIA_TYPES.join(', ') } });
  const announced = { municipality: owner.municipality, owner: ownerKey(owner), mediaType, sizeBytes };
  return isAnnounced(settings.codeKey, { documentId, ...announced }) ? null : refuse(reply, { code: 'document.notAsAnnounced' });
}

let uploadsNow = 0;

/** Second half: the bytes. Whatever fails the inspection is remembered as refused, and not kept. */
export async function receive(request: FastifyRequest, reply: FastifyReply, { parts, owner }: { readonly parts: RouteParts; readonly owner: DocumentOwner }): Promise<FastifyReply> {
  const bytes = request.body;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return refuse(reply, { code: 'request.bodyMissing' });
  const { documentId } = request.params as { documentId: string };
  if (uploadsNow >= UPLOADS_AT_ONCE_MAX) return refuse(reply, { code: 'engine.busy', retryAfterSeconds: BUSY_SECONDS });
  uploadsNow += 1;
  try {
    const structure = inspectDocument(bytes, request.headers['content-type']?.trim().toLowerCase() ?? '');
    const verdict = structure ? 'refused' : await parts.scanner.scan(bytes);
    const state = verdict === 'unknown' ? 'quarantined' : verdict;
    const { municipality, draftId, caseId } = owner;
    const stored = await parts.register.storeDocument({
      municipality,
      documentId,
      owner: { ...(draftId === undefined ? {} : { draftId }), ...(caseId === undefined ? {} : { caseId }) },
      bytes,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      state,
    });
    if (!stored) return refuse(reply, { code: 'document.notFound' });
    if ('code' in stored) return refuseWith(reply, stored);
    if (stored.state === 'refused') return refuseWith(reply, structure ?? { code: 'document.malware' });
    return reply.send(viewDocument(stored));
  } finally {
    uploadsNow -= 1;
  }
}

