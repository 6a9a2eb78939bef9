import type { DocumentKind, Question } from '#definitions/types/programme.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import type { FindingCode } from '#forms/findings/codes.js';
import type { FormTexts } from '#forms/findings/tell.js';

/** What a field type may look at when it judges a value. */
export interface FieldContext {
  readonly question: Question;
  /** First and last day that a date may be, inclusive, when the question sets them. */
  readonly dateMin?: string;
  readonly dateMax?: string;
  /** The kind of paper a file question asks for. */
  readonly document?: DocumentKind;
}

export interface SummaryContext {
  readonly question: Question;
  readonly texts: FormTexts;
  /** Identifiers are shown by their last characters only. */
  readonly masked: boolean;
}

/**
 * A field type: a file in this folder and a line in `common-types.ts` or `rare-types.ts`, and its codes in `findings/by-type.ts`. Nothing outside the file asks for its name.
 * All functions are total: they take any JSON value and never throw.
 */
export interface FieldType {
  readonly type: Question['type'];
  /** An answer is kept under the question's id; texts between questions and computed values keep none. */
  readonly isAnswered: boolean;
  /** What to say when it must be answered and is not. */
  readonly missing: FindingCode;
  /** The blank control's value. */
  empty(question: Question): unknown;
  /** From what a person typed to the answer as it is kept; undefined: not answered. What cannot be understood stays, for `validate` to name. */
  normalise(raw: unknown, question: Question): unknown;
  /** Judges an answer as it stands: nothing is coerced. The value is never undefined. What is wrong at one place comes in order of precedence. */
  validate(value: unknown, context: FieldContext): readonly FieldFinding[];
  /** The answer for check-your-answers, on one line or several, in the reader's language. */
  summarise(value: unknown, context: SummaryContext): string;
}
