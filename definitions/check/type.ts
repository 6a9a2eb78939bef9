import type { QuestionEntry, QuestionIndex } from '#definitions/language/question-index.js';

/** What an expression gives. `whole` is a number written down, which is money or a count as its neighbour needs. */
export type Type =
  | { readonly kind: 'any' | 'boolean' | 'number' | 'money' | 'whole' | 'date' | 'text' | 'composite' | 'file' }
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'choice'; readonly options: readonly string[]; readonly isOpen: boolean }
  | { readonly kind: 'list'; readonly of: Type }
  | { readonly kind: 'element'; readonly shape: string; readonly index: QuestionIndex };

export type Kind = Type['kind'];

export const ANY: Type = { kind: 'any' };
export const BOOLEAN: Type = { kind: 'boolean' };
export const NUMBER: Type = { kind: 'number' };
export const MONEY: Type = { kind: 'money' };
export const WHOLE: Type = { kind: 'whole' };
export const DATE: Type = { kind: 'date' };
export const TEXT: Type = { kind: 'text' };

const NUMERIC: readonly Kind[] = ['any', 'number', 'money', 'whole'];
const TEXTUAL: readonly Kind[] = ['any', 'text', 'literal', 'choice'];

export function isNumeric({ kind }: Type): boolean {
  return NUMERIC.includes(kind);
}

export function isTextual({ kind }: Type): boolean {
  return TEXTUAL.includes(kind);
}

/** May a value of `found` stand where `wanted` is expected? */
export function fits(found: Type, wanted: Type): boolean {
  if (found.kind === 'any' || wanted.kind === 'any') return true;
  if (isNumeric(found) && isNumeric(wanted)) return found.kind === 'whole' || wanted.kind === 'whole' || found.kind === wanted.kind;
  if (isTextual(found) && isTextual(wanted)) return true;
  if (found.kind === 'list' && wanted.kind === 'list') return fits(found.of, wanted.of);
  return found.kind === wanted.kind;
}

/** The type of both, where they fit: what is declared wins over what is written down. */
export function commonType(left: Type, right: Type): Type {
  if (left.kind === 'any' || left.kind === 'whole' || left.kind === 'literal') return right.kind === 'any' ? left : right;
  return left;
}

/** `isOpen`: the options are set by overlays, so that a literal not among them may be right. */
export function typeOfQuestion({ question, shape }: QuestionEntry, { index, isOpen }: { index: QuestionIndex; isOpen: boolean }): Type {
  switch (question.type) {
    case 'money':
      return MONEY;
    case 'number':
      return NUMBER;
    case 'date':
      return DATE;
    case 'yesNo':
    case 'declaration':
      return BOOLEAN;
    case 'choice':
      return { kind: 'choice', options: (question.options ?? []).map((option) => option.value), isOpen };
    case 'choices':
      return { kind: 'list', of: { kind: 'choice', options: (question.options ?? []).map((option) => option.value), isOpen } };
    case 'repeat':
      return { kind: 'list', of: { kind: 'element', shape, index } };
    case 'address':
      return { kind: 'composite' };
    case 'identity':
      return { kind: 'list', of: ANY };
    case 'file':
      return { kind: 'list', of: { kind: 'file' } };
    case 'computed':
    case 'information':
      return ANY;
    default:
      return TEXT;
  }
}
