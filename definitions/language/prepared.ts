import type { PointsLine, Programme, Rule } from '#definitions/types/programme.js';
import type { Compiler } from './compiler.js';
import type { Node } from './run.js';

export interface PreparedRule {
  readonly rule: Rule;
  readonly when: Node | undefined;
  readonly condition: Node;
}

export interface PreparedLine {
  readonly line: PointsLine;
  readonly when: Node | undefined;
  readonly points: Node;
  readonly multiplier: Node | undefined;
}

/** A form whose expressions are compiled; it holds no case's data. */
export interface PreparedForm {
  /** At the top, where no element is named. */
  readonly compiler: Compiler;
  readonly expressions: WeakMap<object, Node>;
}

/** A programme whose expressions are compiled. Make it once per version; it holds no case's data. */
export interface PreparedProgramme extends PreparedForm {
  readonly programme: Programme;
  /** `sha256-<hex>` of the canonical form. */
  readonly version: string;
  /** `param:<id>`, `computed:<id>` and `fact:<id>` of those that are money. */
  readonly money: ReadonlySet<string>;
  readonly rules: readonly PreparedRule[];
  readonly lines: readonly PreparedLine[];
  readonly documents: readonly { readonly id: string; readonly required: Node }[];
}
