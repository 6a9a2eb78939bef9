import { describe, expect, it } from 'vitest';
import type { CallDefinition } from '#engine/connect/calls/call-registry.js';
import { createCallRegistry } from '#engine/connect/calls/call-registry.js';

const definition = (more: Partial<CallDefinition>): CallDefinition => ({
  name: 'lookUp', title: { el: 'α', en: 'a' }, inputSchema: {}, outputSchema: {}, isRepeatable: false, run: () => Promise.resolve(null), ...more,
});
const answered = (output: unknown, outputSchema: object = {}) =>
  createCallRegistry([definition({ outputSchema, run: () => Promise.resolve(output as never) })]).run({ name: 'lookUp', input: {}, idempotencyKey: 'k' });

const circle: Record<string, unknown> = {};
circle['self'] = circle;

describe('What a developer’s activity answers', () => {
  it.each([
    ['nothing at all', undefined],
    ['a number that JSON has not', { count: 1n }],
    ['a circle', circle],
    ['the character NUL, which the record cannot keep', { text: 'α\u0000β' }],
    ['half a character', { text: 'α\ud83d' }],
    ['half a character in a name', { ['\udc00']: 1 }],
    ['more than the record takes', { text: 'α'.repeat(100_001) }],
  ])('is refused by the registry when it is %s: the outside was touched, so a person looks', async (_what, output) => {
    expect(await answered(output)).toEqual({ status: 'uncertain', code: 'call.outputInvalid' });
  });

  it.each([
    ['escapes that are only spelled out', { text: String.raw`\u0000 \ud83d` }],
    ['whole characters of two halves', { text: '🔥', ['🔥']: null }],
  ])('is kept when it holds %s', async (_what, output) => {
    expect(await answered(output)).toEqual({ status: 'done', output });
  });

  it('is checked as it will be kept, not as it was', async () => {
    const schema = { type: 'object', properties: { count: { type: 'number' } } };
    expect(await answered({ count: Number.NaN }, schema)).toEqual({ status: 'uncertain', code: 'call.outputInvalid' });
    expect(await answered({ count: 1, gone: undefined }, schema)).toEqual({ status: 'done', output: { count: 1 } });
  });
});

describe('A worker', () => {
  it.each([0, -1, Number.NaN, 101, 3_600])('does not start with a call that may take %s seconds: the case would give it up before', (timeoutSeconds) => {
    expect(() => createCallRegistry([definition({ timeoutSeconds })])).toThrow(/lookUp/);
  });

  it.each([0.5, 100])('starts with one that may take %s', (timeoutSeconds) => {
    expect(createCallRegistry([definition({ timeoutSeconds })]).names).toEqual(['lookUp']);
  });
});
