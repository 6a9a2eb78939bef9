/** A value of the language. Money is whole cents, numbers are whole, dates are `yyyy-mm-dd`. */
export type Value = boolean | number | string | null | readonly Value[] | { readonly [name: string]: Value };

/**
 * Answers by question id; a repeated group is a list of such objects.
 * An own property that is absent, null or "" is *not answered*; `{"refused": true}` is *refused to answer*.
 */
export type Answers = { readonly [questionId: string]: Value };

export const DOCUMENT_STATUSES = ['missing', 'provided', 'accepted', 'refused'] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

/** Everything a programme may look at. Nothing else exists for it: no clock, no chance. */
export interface Situation {
  readonly answers: Answers;
  /** What registers and the history tell, by fact id. An absent fact is awaited from its register. */
  readonly facts?: { readonly [factId: string]: Value };
  /** What was recorded in `assess` steps, by step id. */
  readonly findings?: { readonly [stepId: string]: Answers };
  readonly documents?: { readonly [documentId: string]: DocumentStatus };
  /** Answer paths that are not applicable, beyond those the form itself hides. */
  readonly hidden?: ReadonlySet<string>;
  /** The application is filed: a question that may stay empty and is empty will not be answered any more. */
  readonly isFiled?: boolean;
  /** yyyy-mm-dd; chooses the parameter values in force, and is the `asOf` of the language. */
  readonly asOf: string;
}

/**
 * Why a value is not known, the most urgent last: what is *not applicable* will never be asked, a *fault* is an error of
 * the definition or the data (never a "no").
 */
export const UNKNOWN_KINDS = ['notApplicable', 'refused', 'awaitingRegistry', 'awaitingDocument', 'missing', 'fault'] as const;
export type UnknownKind = (typeof UNKNOWN_KINDS)[number];

export type Outcome =
  | { readonly known: true; readonly value: Value }
  | {
      readonly known: false;
      readonly because: UnknownKind;
      /** Answer paths (`household.0.birthDate`), `fact:<id>`, `document:<id>`; of a fault, its code. */
      readonly paths: readonly string[];
    };
