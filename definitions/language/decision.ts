import type { Text } from '#definitions/types/programme.js';
import type { UnknownKind, Value } from './situation.js';

/** What a rule or a line of points read. Of a repeated group the value is its size. */
export type Read =
  | { readonly path: string; readonly value: Value }
  | { readonly param: string; readonly from: string; readonly value: Value }
  /** In a running case with the register that told it, and the day. */
  | { readonly fact: string; readonly value: Value; readonly source?: string; readonly on?: string }
  | { readonly document: string; readonly value: Value }
  | { readonly computed: string; readonly value: Value }
  | { readonly table: string; readonly row: number; readonly value: Value };

export const RULE_VALUES = ['true', 'false', 'unknown', 'notApplicable'] as const;
export type RuleValue = (typeof RULE_VALUES)[number];

/** The smallest change of a figure that would make a false rule true. */
export interface NearestChange {
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly value: number;
  readonly limit: number;
  /** Never 0: by how much the value is too high (`<`, `<=`) or too low (`>`, `>=`). */
  readonly by: number;
  readonly unit: 'cents' | 'count';
  readonly text: Text;
}

export interface RuleDecision {
  readonly id: string;
  readonly title: Text;
  readonly value: RuleValue;
  readonly severity: 'blocking' | 'advisory';
  readonly reason: Text;
  readonly legalBasis: string;
  readonly read: readonly Read[];
  /** Answer paths, `fact:<id>`, `document:<id>`; of a fault its code. Empty unless `value` is unknown. */
  readonly missing: readonly string[];
  readonly because?: UnknownKind;
  readonly nearest?: NearestChange;
}

export interface PointsLineDecision {
  readonly id: string;
  readonly title: Text;
  /** null while unknown. */
  readonly points: number | null;
  /** null: no bound. */
  readonly min: number | null;
  readonly max: number | null;
  readonly reason: Text;
  readonly legalBasis?: string;
  readonly read: readonly Read[];
  readonly missing: readonly string[];
}

/** The total is the sum of the lines, always: a cap of the whole is a line of its own. */
export interface PointsDecision {
  readonly min: number | null;
  readonly max: number | null;
  readonly total: number | null;
  readonly lines: readonly PointsLineDecision[];
}

export const OUTCOMES = ['eligible', 'ineligible', 'undecided'] as const;

export interface Decision {
  readonly programme: string;
  readonly version: string;
  readonly asOf: string;
  readonly outcome: (typeof OUTCOMES)[number];
  readonly rules: readonly RuleDecision[];
  readonly points: PointsDecision;
  /** null: unknown or not applicable. */
  readonly computed: { readonly [computedId: string]: Value };
  readonly missing: readonly string[];
}
