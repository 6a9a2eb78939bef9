import type { Type } from './type.js';

/** A place in a programme where an expression stands. */
export interface Site {
  readonly expression: unknown;
  readonly pointer: string;
  readonly wanted: Type;
  /** Shape path of the repeated group in whose element it stands, or "". */
  readonly group: string;
  /** The form's questions, or the findings of this step. */
  readonly step?: string;
}

/** An expression that stands by itself, outside any group. */
export function site(expression: unknown, pointer: string, wanted: Type): Site {
  return { expression, pointer, wanted, group: '' };
}
