import type { AnnounceDocument, DocumentView } from '#definitions/types/wire.js';
import type { DocumentKind } from '#definitions/types/programme.js';
import type { FileView, Uploads } from '#widgets/fields/uploads.js';
import type { EngineClient, Reply } from './engine-client.js';
import { newKey, pauseOrOnline } from './engine-client.js';

export interface FileSenderOptions {
  readonly client: EngineClient;
  /** Path under which documents are announced and sent. */
  readonly path: string;
  /** Makes sure that there is somebody to whom the file belongs; the refusal when that failed, null when nobody answered. */
  authorize(): Promise<string | Reply<never> | null>;
  /** A refusal as a sentence. */
  tell(reply: Reply<unknown>): string;
  /** The list changed: render again. */
  changed(): void;
  /** A file arrived. */
  arrived(pointer: string, documentId: string): void;
  /** A file that had arrived was taken away. */
  removed(pointer: string, documentId: string): void;
}

interface Sending {
  pointer: string;
  readonly file: File;
  readonly kind: string;
  readonly announceKey: string;
  documentId?: string;
  view: FileView;
}

const ATTEMPTS_MAX = 40;

/** Sends files one after the other, goes on by itself after a cut of the network, and tells what became of each. */
export class FileSender implements Uploads {
  readonly #options: FileSenderOptions;
  readonly #known = new Map<string, FileView>();
  #sendings: readonly Sending[] = [];
  #queue: Promise<void> = Promise.resolve();

  constructor(options: FileSenderOptions) {
    this.#options = options;
  }

  /** Documents that the engine already has, as a resumed draft tells them. */
  know(documents: readonly DocumentView[]): void {
    for (const { documentId, name, sizeBytes, state } of documents) {
      this.#known.set(documentId, { key: documentId, name, sizeBytes, state: state === 'expected' ? 'failed' : state, percent: 100 });
    }
  }

  get isBusy(): boolean {
    return this.#sendings.some(({ view }) => view.state === 'uploading' || view.state === 'waiting');
  }

  list(pointer: string, documentIds: readonly string[]): readonly FileView[] {
    const there = documentIds.map((id) => this.#known.get(id) ?? { key: id, name: id.slice(0, 8), sizeBytes: 0, state: 'clean' as const, percent: 100 });
    return [...there, ...this.#sendings.filter((sending) => sending.pointer === pointer).map(({ view }) => view)];
  }

  add(pointer: string, file: File, document: DocumentKind): void {
    const view: FileView = { key: newKey(), name: file.name.slice(-200), sizeBytes: file.size, state: 'uploading', percent: 0 };
    const sending: Sending = { pointer, file, kind: document.id, announceKey: newKey(), view };
    this.#sendings = [...this.#sendings, sending];
    this.#start(sending);
  }

  again(_pointer: string, key: string): void {
    const sending = this.#sendings.find(({ view }) => view.key === key);
    if (sending !== undefined) this.#start(sending);
  }

  remove(pointer: string, key: string): void {
    this.#sendings = this.#sendings.filter(({ view }) => view.key !== key);
    if (this.#known.has(key)) this.#options.removed(pointer, key);
    this.#options.changed();
  }

  drop(pointer: string, position: number): void {
    this.#sendings = this.#sendings.filter((sending) => {
      const [at = '', ...rest] = sending.pointer.startsWith(`${pointer}/`) ? sending.pointer.slice(pointer.length + 1).split('/') : [];
      if (Number(at) > position) sending.pointer = [pointer, Number(at) - 1, ...rest].join('/');
      return at !== String(position);
    });
  }

  #start(sending: Sending): void {
    this.#show(sending, { state: 'uploading', percent: 0 });
    this.#queue = this.#queue.then(() => this.#send(sending));
  }

  async #send(sending: Sending): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX && this.#sendings.includes(sending); attempt += 1) {
      const reply = await this.#sendOnce(sending);
      if (!this.#sendings.includes(sending)) return;
      if (reply.ok) return this.#arrive(sending, reply.value);
      if (reply.status !== 0 && reply.status !== 429 && reply.status !== 503) return this.#show(sending, { state: 'failed', message: this.#options.tell(reply) });
      this.#show(sending, { state: 'waiting', percent: 0 });
      await pauseOrOnline(Math.min(15_000, 500 * 2 ** attempt));
    }
    this.#show(sending, { state: 'failed' });
  }

  async #sendOnce(sending: Sending): Promise<Reply<DocumentView>> {
    const authorization = await this.#options.authorize();
    if (typeof authorization !== 'string') return authorization ?? { ok: false, status: 0 };
    if (sending.documentId === undefined) {
      const body: AnnounceDocument = { kind: sending.kind, name: sending.view.name, mediaType: sending.file.type as AnnounceDocument['mediaType'], sizeBytes: sending.file.size };
      const announced = await this.#options.client.call<DocumentView>({ method: 'POST', path: this.#options.path, body, key: sending.announceKey, authorization });
      if (!announced.ok) return announced;
      sending.documentId = announced.value.documentId;
    }
    return this.#put(sending, { authorization, documentId: sending.documentId });
  }

  /** XMLHttpRequest, because only it tells how far the bytes have come. */
  #put(sending: Sending, { authorization, documentId }: { authorization: string; documentId: string }): Promise<Reply<DocumentView>> {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open('PUT', `${this.#options.client.origin}${this.#options.path}/${documentId}`);
      request.setRequestHeader('authorization', authorization);
      request.setRequestHeader('content-type', sending.file.type);
      request.setRequestHeader('idempotency-key', documentId);
      request.timeout = 300_000;
      request.upload.onprogress = ({ loaded, total }) => this.#show(sending, { state: 'uploading', percent: Math.round((100 * loaded) / Math.max(1, total)) });
      request.onload = () => resolve(replyOf(request));
      request.onerror = request.ontimeout = () => resolve({ ok: false, status: 0 });
      request.send(sending.file);
    });
  }

  #arrive(sending: Sending, document: DocumentView): void {
    this.#sendings = this.#sendings.filter((other) => other !== sending);
    this.know([document]);
    this.#options.arrived(sending.pointer, document.documentId);
    this.#options.changed();
  }

  #show(sending: Sending, change: Partial<FileView>): void {
    const { message, ...view } = sending.view;
    sending.view = { ...view, ...change };
    this.#options.changed();
  }
}

function replyOf(request: XMLHttpRequest): Reply<DocumentView> {
  try {
    const json = JSON.parse(request.responseText) as DocumentView & { code?: string };
    if (request.status >= 200 && request.status < 300) return { ok: true, value: json };
    return json.code === undefined ? { ok: false, status: 0 } : { ok: false, status: request.status, problem: json as never };
  } catch {
    return { ok: false, status: 0 };
  }
}
