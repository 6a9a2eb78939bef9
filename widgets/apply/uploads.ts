import type { CreateDraft } from '#definitions/types/wire.js';
import type { GivenAnswers } from '#forms/pages/prepared.js';
import type { EngineClient, Reply } from '#widgets/client/engine-client.js';
import { FileSender } from '#widgets/client/file-sender.js';
import type { Draft } from './draft.js';

/** What files need of the application they belong to. */
export interface Uploading {
  readonly client: EngineClient;
  readonly draft: Draft;
  /** What the draft keeps from now on; null while no application is open. */
  content(): CreateDraft | null;
  typed(): GivenAnswers;
  set(id: string, value: unknown): void;
  tell(reply: Reply<unknown>): string;
  changed(): void;
}

type Edit = (ids: readonly string[]) => readonly string[];

/** Files go at once, under a draft that is made for the first of them; what has arrived is an answer. */
export function createUploads({ client, draft, content, typed, set, tell, changed }: Uploading): FileSender {
  const edit = (pointer: string, change: Edit): void => {
    const [id = '', ...rest] = pointer.slice(1).split('/');
    set(id, editIds(typed()[id], { path: rest, change }));
  };
  return new FileSender({
    client,
    path: draft.documentsPath,
    authorize: async () => {
      const kept = content();
      if (kept === null) return null;
      await draft.ensure(kept);
      return draft.current === undefined ? draft.refused : `Draft ${draft.current.code}`;
    },
    tell,
    changed,
    arrived: (pointer, documentId) => edit(pointer, (ids) => [...ids, documentId]),
    removed: (pointer, documentId) => edit(pointer, (ids) => ids.filter((id) => id !== documentId)),
  });
}

/** The files of a question, or of a member of a list: `/household/0/photo`. */
function editIds(value: unknown, { path, change }: { readonly path: readonly string[]; readonly change: Edit }): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return change(Array.isArray(value) ? (value as readonly string[]) : []);
  const inner = (one: unknown): unknown => editIds(one, { path: rest, change });
  if (Array.isArray(value)) return value.map((one: unknown, position) => (String(position) === head ? inner(one) : one));
  const object = (value ?? {}) as Readonly<Record<string, unknown>>;
  return { ...object, [head]: inner(object[head]) };
}
