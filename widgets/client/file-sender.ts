import type { AnnounceDocument, DocumentView } from '#definitions/types/wire.js';
import type { DocumentKind } from '#definitions/types/programme.js';
import type { FileView, Uploads } from '#widgets/fields/uploads.js';
import type { EngineClient, Reply } from './engine-client.js';
import { isUnsettled, newKey, patiently } from './engine-client.js';

/** The ids of the files at one place, changed. */
export type EditIds = (ids: readonly string[]) => readonly string[];

/** The widget whose files these are. */
export interface FileOwner {
  readonly client: EngineClient;
  /** A refusal as a sentence. */
  tellReply(reply: Reply<unknown>): string;
  /** The list changed: render again. */
  requestUpdate(): void;
}

export interface FileSenderOptions {
  /** Path under which documents are announced and sent. */
  readonly path: string;
  /** Makes sure that there is somebody to whom the file belongs. */
  authorize(): Promise<Reply<string>>;
  /** A file arrived, or one that had arrived was taken away. */
  edit(pointer: string, change: EditIds): void;
}

/** A file of this page; its `key` is the key of its announcement too. */
interface Sending extends FileView {
  pointer: string;
  readonly file: File;
  readonly kind: string;
  documentId?: string;
}

const PATIENCE_MS = 1_200_000;

/** Sends files one after the other, goes on by itself after a cut of the network, and tells what became of each. */
export class FileSender implements Uploads {
  readonly #owner: FileOwner;
  readonly #options: FileSenderOptions;
  readonly #known = new Map<string, FileView>();
  #sendings: readonly Sending[] = [];
  #queue: Promise<void> = Promise.resolve();

  constructor(owner: FileOwner, options: FileSenderOptions) {
    this.#owner = owner;
    this.#options = options;
  }

  /** Documents that the engine already has, as a resumed draft tells them. */
  know(documents: readonly DocumentView[]): void {
    for (const { documentId: key, name, sizeBytes, state } of documents) this.#known.set(key, { key, name, sizeBytes, state: state === 'expected' ? 'failed' : state, percent: 100 });
  }

  get isBusy(): boolean {
    return this.#sendings.some(({ state }) => state === 'uploading' || state === 'waiting');
  }

  list(pointer: string, documentIds: readonly string[]): readonly FileView[] {
    return [
      ...documentIds.map((key): FileView => this.#known.get(key) ?? { key, name: key.slice(0, 8), sizeBytes: 0, state: 'clean', percent: 100 }),
      ...this.#sendings.filter((sending) => sending.pointer === pointer),
    ];
  }

  add(pointer: string, file: File, { id: kind }: DocumentKind): void {
    const sending: Sending = { key: newKey(), name: file.name.slice(-200), sizeBytes: file.size, state: 'uploading', percent: 0, pointer, file, kind };
    this.#sendings = [...this.#sendings, sending];
    this.#start(sending);
  }

  again(_pointer: string, key: string): void {
    for (const sending of this.#sendings) if (sending.key === key) this.#start(sending);
  }

  remove(pointer: string, key: string): void {
    this.#sendings = this.#sendings.filter((sending) => sending.key !== key);
    if (this.#known.has(key)) this.#options.edit(pointer, (ids) => ids.filter((id) => id !== key));
    this.#owner.requestUpdate();
  }

  drop(pointer: string, position: number): void {
    this.#sendings = this.#sendings.filter((sending) => {
      const [at = '', ...rest] = sending.pointer.startsWith(`${pointer}/`) ? sending.pointer.slice(pointer.length + 1).split('/') : [];
      if (Number(at) > position) sending.pointer = [pointer, Number(at) - 1, ...rest].join('/');
      return at !== String(position);
    });
  }

  #start(sending: Sending): void {
    this.#show(sending, { state: 'uploading' });
    this.#queue = this.#queue.then(() => this.#send(sending));
  }

  async #send(sending: Sending): Promise<void> {
    const reply = await patiently(() => this.#sendOnce(sending), { patienceMs: PATIENCE_MS, onWaiting: () => this.#show(sending, { state: 'waiting' }) });
    if (!this.#isWanted(sending)) return;
    // What the engine has refused it refuses again.
    if (!reply.ok) return this.#show(sending, { state: isUnsettled(reply) ? 'failed' : 'refused', message: this.#owner.tellReply(reply) });
    this.know([reply.value]);
    this.#options.edit(sending.pointer, (ids) => [...ids, reply.value.documentId]);
    this.remove(sending.pointer, sending.key);
  }

  async #sendOnce(sending: Sending): Promise<Reply<DocumentView>> {
    const { client } = this.#owner;
    const { path, authorize } = this.#options;
    if (!this.#isWanted(sending)) return { ok: false, status: 410 };
    const owner = await authorize();
    if (!owner.ok) return owner;
    const { key, kind, name, sizeBytes, file } = sending;
    const authorization = owner.value;
    if (sending.documentId === undefined) {
      const body: AnnounceDocument = { kind, name, mediaType: file.type as AnnounceDocument['mediaType'], sizeBytes };
      const announced = await client<DocumentView>({ path, body, key, authorization });
      if (!announced.ok) return announced;
      sending.documentId = announced.value.documentId;
    }
    return client({ path: `${path}/${sending.documentId}`, file, authorization, onProgress: (percent) => this.#show(sending, { state: 'uploading', percent }) });
  }

  /** Taken away while it was on its way: it is not sent further. */
  #isWanted(sending: Sending): boolean {
    return this.#sendings.includes(sending);
  }

  #show(sending: Sending, change: Partial<FileView>): void {
    Object.assign(sending, { percent: 0, message: undefined }, change);
    this.#owner.requestUpdate();
  }
}
