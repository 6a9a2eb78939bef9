import type { Value } from './situation.js';

/** An own property of an answer; lists and prototypes have none. */
export function readOwn(value: Value | undefined, name: string): Value | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as { readonly [name: string]: Value })[name] : undefined;
}

export function isUnanswered(value: Value | undefined): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

/** "I would rather not say" is an answer of its own: `{"refused": true}`. */
export function isRefused(value: Value): boolean {
  return typeof value === 'object' && readOwn(value, 'refused') === true;
}
