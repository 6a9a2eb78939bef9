import type { DocumentKind } from '#definitions/types/programme.js';
import type { AnnounceDocument, DocumentView } from '#definitions/types/wire.js';
import type { ApiAnswer } from './api-call.js';
import { deskState } from './desk-state.js';
import type { DeskTextKey } from './texts/el.js';

export type UploadStage = 'waiting' | 'sending' | 'stored' | 'failed';
export type UploadFailure = Exclude<ApiAnswer<unknown>, { kind: 'value' } | { kind: 'unchanged' }>;

const MEDIA_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
type MediaType = (typeof MEDIA_TYPES)[number];

/** One file on its way: announced under its own key, then its bytes. Trying again goes on where it stopped. */
export class DocumentUpload {
  stage: UploadStage = 'waiting';
  failure: UploadFailure | null = null;
  documentId: string | null = null;
  readonly file: File;
  readonly kind: string;
  /** What the engine found in it: `quarantined` until it has been looked through. */
  found: DocumentView['state'] | null = null;
  readonly #path: string;
  readonly #announcePath: string;
  readonly #key = crypto.randomUUID();

  constructor({ file, kind, path, hash }: { readonly file: File; readonly kind: string; readonly path: string; /** The version that will be filed under. */ readonly hash?: string }) {
    this.file = file;
    this.kind = kind;
    this.#path = path;
    this.#announcePath = hash === undefined ? path : `${path}?hash=${encodeURIComponent(hash)}`;
  }

  /** True when the file is stored. */
  async send(): Promise<boolean> {
    if (this.stage === 'stored') return true;
    this.stage = 'sending';
    this.failure = null;
    const announced = await this.#announce();
    const stored = announced !== null && (await this.#sendBytes(announced));
    this.stage = stored ? 'stored' : 'failed';
    return stored;
  }

  async #announce(): Promise<string | null> {
    if (this.documentId !== null) return this.documentId;
    const { name, size } = this.file;
    const body: AnnounceDocument = { kind: this.kind, name, mediaType: mediaTypeOf(this.file) ?? 'application/pdf', sizeBytes: size };
    const answer = await deskState.call<DocumentView>({ method: 'POST', path: this.#announcePath, body, idempotencyKey: this.#key });
    if (answer.kind !== 'value') {
      this.#fail(answer);
      return null;
    }
    this.documentId = answer.value.documentId;
    return this.documentId;
  }

  async #sendBytes(documentId: string): Promise<boolean> {
    const answer = await deskState.call<DocumentView>({ method: 'PUT', path: `${this.#path}/${encodeURIComponent(documentId)}`, bytes: this.file });
    if (answer.kind === 'value') this.found = answer.value?.state ?? null;
    if (answer.kind === 'value' && answer.value?.state !== 'refused') return true;
    return answer.kind === 'value' ? this.#fail({ kind: 'problem', status: 422, problem: null }) : this.#fail(answer);
  }

  #fail(answer: ApiAnswer<unknown>): false {
    this.failure = answer.kind === 'problem' ? answer : { kind: 'unreachable' };
    return false;
  }
}

/** The media type of a file that a paper may be; undefined for others. The engine looks at the bytes themselves. */
export function mediaTypeOf(file: File): MediaType | undefined {
  return MEDIA_TYPES.find((type) => type === file.type);
}

/** What the browser can tell at once of these files for a kind of paper; the engine looks at the bytes. */
export function findFileError(files: readonly File[], document: Pick<DocumentKind, 'filesMax' | 'sizeBytesMax' | 'acceptedTypes'>): DeskTextKey | null {
  if (files.length > document.filesMax) return 'errorFilesMany';
  if (files.some((file) => file.size > document.sizeBytesMax)) return 'errorFileSize';
  if (files.some((file) => !document.acceptedTypes.some((type) => type === mediaTypeOf(file)))) return 'errorFileType';
  return files.some((file) => file.size === 0) ? 'errorFileEmpty' : null;
}
