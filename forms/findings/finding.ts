import type { Text } from '#definitions/types/programme.js';
import type { FindingCode } from './codes.js';

/** A number to print as it is, an amount in cents, a date (`yyyy-mm-dd`), or a text in the reader's language. */
export type FindingParam = number | string | Text | { readonly cents: number } | { readonly date: string };

/** What a field type says of a value; `at` is a JSON pointer inside the value, "" for the whole. */
export interface FieldFinding {
  readonly code: FindingCode;
  readonly at?: string;
  readonly params?: Readonly<Record<string, FindingParam>>;
}

/** One thing that is wrong with the answers. */
export interface Finding {
  readonly code: FindingCode;
  /** JSON pointer into the answers. */
  readonly pointer: string;
  /** `label` is the question's, where there is one. */
  readonly params: Readonly<Record<string, FindingParam>>;
}

/** RFC 6901. */
export function escapePointer(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The pointer to what a path names: `household.0.born` → `/household/0/born`. Names of questions need no escape. */
export function pointerTo(path: string): string {
  return `/${path.replaceAll('.', '/')}`;
}
