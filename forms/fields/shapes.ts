/** The shapes that JSON values may have. */

export { isRecord as isObject, isUnanswered as isBlank, readOwn as ownValue } from '#definitions/language/reading.js';
import { isRecord } from '#definitions/language/reading.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** A number that rules can count with. */
export function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** What nobody answers has no shape. */
export function isAnything(_value: unknown): _value is unknown {
  return true;
}

/** What becomes of each member of a repeated group; what is no member, and no list, stays as it is. */
export function mapMembers(value: unknown, map: (member: JsonObject, position: number) => unknown): unknown {
  return isList(value) ? value.map((member, position) => (isRecord(member) ? map(member, position) : member)) : value;
}

/** Without what is undefined. */
export function definedOf(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
