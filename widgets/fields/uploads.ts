import type { DocumentKind } from '#definitions/types/programme.js';

/** A file on its way, or there. */
export interface FileView {
  /** The document's id once the engine gave one, else a name of its own. */
  readonly key: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** `quarantined`: arrived, not yet looked through. */
  readonly state: 'uploading' | 'waiting' | 'failed' | 'quarantined' | 'clean' | 'refused';
  readonly percent: number;
  /** Why it was not taken, in the reader's language. */
  readonly message?: string;
}

/** Where the files of file questions go; `pointer` is the question's. */
export interface Uploads {
  list(pointer: string, documentIds: readonly string[]): readonly FileView[];
  add(pointer: string, file: File, document: DocumentKind): void;
  again(pointer: string, key: string): void;
  remove(pointer: string, key: string): void;
  /** A member of the list at `pointer` is gone: its files are not sent, and those of the members after it go on with them. */
  drop(pointer: string, position: number): void;
}
