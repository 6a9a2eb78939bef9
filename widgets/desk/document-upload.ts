import type { AnnounceDocument, DocumentView } from '#definitions/types/wire.js';
import type { ApiAnswer } from './api-call.js';
import { deskState } from './desk-state.js';

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
  readonly #path: string;
  readonly #key = crypto.randomUUID();

  constructor({ file, kind, path }: { readonly file: File; readonly kind: string; readonly path: string }) {
    this.file = file;
    this.kind = kind;
    this.#path = path;
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
    const answer = await deskState.call<DocumentView>({ method: 'POST', path: this.#path, body, idempotencyKey: this.#key });
    if (answer.kind !== 'value') {
      this.#fail(answer);
      return null;
    }
    this.documentId = answer.value.documentId;
    return this.documentId;
  }

  async #sendBytes(documentId: string): Promise<boolean> {
    const answer = await deskState.call<DocumentView>({ method: 'PUT', path: `${this.#path}/${encodeURIComponent(documentId)}`, bytes: this.file });
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
