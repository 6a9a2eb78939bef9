import type { Draft } from './finding.js';
import { below } from './finding.js';

/** Looked at before anything else reads the document. */
export const CAPS = {
  bytesMax: 262_144,
  depthMax: 110,
  nodesMax: 60_000,
  questionsMax: 500,
  expressionDepthMax: 32,
  textLengthMax: 4_000,
  findingsMax: 500,
} as const;

const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

interface Visit {
  readonly value: unknown;
  readonly pointer: string;
  readonly depth: number;
}

/**
 * Size, depth, names that reach prototypes, values that JSON cannot hold. Never recursive, and it ends at the first cap:
 * a hostile document costs no more than a large honest one.
 */
export function findBeyondCaps(document: unknown): readonly Draft[] {
  const waiting: Visit[] = [{ value: document, pointer: '', depth: 0 }];
  const found: Draft[] = [];
  let bytes = 0;
  let nodes = 0;
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    nodes += 1;
    bytes += sizeOf(visit.value);
    if (nodes > CAPS.nodesMax) return [{ code: 'capNodes', pointer: '', params: { limit: CAPS.nodesMax } }];
    if (bytes > CAPS.bytesMax) return [{ code: 'capBytes', pointer: '', params: { limit: CAPS.bytesMax } }];
    if (visit.depth > CAPS.depthMax) return [{ code: 'capDepth', pointer: visit.pointer.slice(0, 200), params: { limit: CAPS.depthMax } }];
    const draft = unfit(visit);
    if (draft !== undefined) found.push(draft);
    if (found.length >= CAPS.findingsMax) return found;
    if (draft === undefined) waiting.push(...inside(visit));
  }
  return found;
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' ? value.length + 3 : 4;
}

function unfit({ value, pointer }: Visit): Draft | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : { code: 'notJson', pointer };
  if (typeof value !== 'object') return { code: 'notJson', pointer };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) return { code: 'notJson', pointer };
  const name = Object.keys(value).find((candidate) => FORBIDDEN_NAMES.has(candidate));
  return name === undefined ? undefined : { code: 'nameForbidden', pointer: below(pointer, name), params: { name } };
}

function inside({ value, pointer, depth }: Visit): Visit[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, part]: [string, unknown]) => ({ value: part, pointer: below(pointer, name), depth: depth + 1 }));
}
