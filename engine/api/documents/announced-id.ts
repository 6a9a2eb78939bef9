import { randomBytes } from 'node:crypto';
import { equalTexts, keyedHash } from '#engine/access/codes.js';

/** What an announcement fixed. `owner` is `draft/<id>`, `case/<id>` or `nobody`. */
export interface Announced {
  readonly municipality: string;
  readonly owner: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
}

/**
 * A document's id proves its own announcement: its last twelve digits are a keyed hash of the rest and of what was
 * announced. So a PUT whose owner, type or length differ is refused before one byte of it is read, on any API process.
 */
export function announcedId(key: Uint8Array, announced: Announced): string {
  const hex = randomBytes(10).toString('hex');
  const head = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}`;
  return `${head}-${proof(key, head, announced)}`;
}

export function isAnnounced(key: Uint8Array, { documentId, ...announced }: Announced & { readonly documentId: string }): boolean {
  const head = documentId.slice(0, 23);
  return equalTexts(documentId, `${head}-${proof(key, head, announced)}`);
}

function proof(key: Uint8Array, head: string, { municipality, owner, mediaType, sizeBytes }: Announced): string {
  return keyedHash(key, 'document', head, municipality, owner, mediaType, String(sizeBytes)).slice(0, 12);
}
