/** An object of the document or of the answers: no list, no null. */
export function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property; lists and prototypes have none. */
export function readOwn(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function isUnanswered(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || (typeof value === 'string' && value === '');
}
