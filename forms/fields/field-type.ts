import type { DocumentKind, Programme, Question } from '#definitions/types/programme.js';
import type { FieldFinding } from '#forms/findings/finding.js';
import type { FindingCode } from '#forms/findings/codes.js';
import type { FormTexts } from '#forms/findings/tell.js';
import { isBlank, isString } from './shapes.js';

/** What a field type may look at when it judges a value. */
export interface FieldContext {
  readonly question: Question;
  /** First and last day that a date may be, inclusive, when the question sets them. */
  readonly dateMin?: string | undefined;
  readonly dateMax?: string | undefined;
  /** The kind of paper a file question asks for. */
  readonly document?: DocumentKind | undefined;
}

export interface SummaryContext {
  readonly question: Question;
  readonly texts: FormTexts;
  /** Whose question it is: a computed value is told in its unit. */
  readonly programme?: Programme;
}

/**
 * A field type: a file in this folder and a line in `common-types.ts` or `rare-types.ts`, and its codes in `findings/by-type.ts`. Nothing outside the file asks for its name.
 * All functions are total: they take any JSON value and never throw.
 */
export interface FieldType {
  /** An answer is kept under the question's id; texts between questions and computed values keep none. */
  readonly isAnswered: boolean;
  /** What to say when it must be answered and is not. */
  readonly missing: FindingCode;
  /** The blank control's value. */
  empty(question: Question): unknown;
  /** From what a person typed to the answer as it is kept; undefined: not answered. What cannot be understood stays, for `validate` to name. */
  normalise(raw: unknown): unknown;
  /** Judges an answer as it stands: nothing is coerced. The value is never undefined. What is wrong at one place comes in order of precedence. */
  validate(value: unknown, context: FieldContext): readonly FieldFinding[];
  /** The answer for check-your-answers, on one line or several, in the reader's language. */
  summarise(value: unknown, context: SummaryContext): string;
}

/** What is a type's own. Its functions are asked only for values of its shape. */
export interface OwnParts<Kept> extends Partial<Pick<FieldType, 'isAnswered' | 'missing' | 'empty'>> {
  /** The shape of its answers; what has another is `mistaken`. */
  readonly shape: (value: unknown) => value is Kept;
  readonly mistaken?: FindingCode;
  /** Tidies what was typed on a line; asked again until nothing changes. */
  tidy?(line: string): string;
  /** From what was typed, tidied, to what is kept; what comes out blank is not answered. */
  normalise?(typed: unknown): unknown;
  /** What is wrong, in order of precedence; a bare code is about the whole. */
  validate?(kept: Kept, context: FieldContext): FindingCode | readonly FieldFinding[];
  summarise?(kept: Kept, context: SummaryContext): string;
}

/** A field type from what is its own: blank is not answered, the wrong shape is told alike everywhere. */
export function fieldType<Kept>({ shape, mistaken = 'answer.type', tidy = (line) => line, normalise = (typed) => typed, validate = () => [], summarise = printable, ...own }: OwnParts<Kept>): FieldType {
  return {
    isAnswered: true,
    missing: 'answer.missing',
    empty: () => '',
    ...own,
    normalise: (raw) => {
      const kept = normalise(isString(raw) ? settle(raw, tidy) : raw);
      return isBlank(kept) ? undefined : kept;
    },
    validate: (value, context) => {
      const found = shape(value) ? validate(value, context) : mistaken;
      return typeof found === 'string' ? [{ code: found }] : found;
    },
    summarise: (value, context) => (shape(value) ? summarise(value, context) : printable(value)),
  };
}

/** Taking a separator away may bring a letter and its accent together: so again, until nothing changes. */
function settle(line: string, tidy: (line: string) => string, rounds = 6): string {
  const tidied = tidy(line);
  return tidied === line || rounds === 0 ? tidied : settle(tidied, tidy, rounds - 1);
}

/** What can be shown of anything. */
export function printable(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
