import { describe, expect, it } from 'vitest';
import { parseJson } from '#engine/api/bodies/json.js';
import { examples, fc } from '#tests/support/properties.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function refusalOf(text: string | Uint8Array): { code: string; pointer?: string } | null {
  const parsed = parseJson(typeof text === 'string' ? bytes(text) : text);
  return parsed.ok ? null : { code: parsed.refusal.code, pointer: parsed.refusal.pointer ?? '' };
}

describe('JSON at the door', () => {
  it('reads what JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const parsed = parseJson(bytes(text));
        if (parsed.ok) expect(parsed.value).toEqual(JSON.parse(text, (_key, value) => (Object.is(value, -0) ? 0 : value)));
        else expect(parsed.refusal.code).toMatch(/jsonCharacter|jsonForbiddenKey|jsonNumber|jsonDuplicateKey/);
      }),
    );
  });

  it('refuses as bad syntax exactly what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('{', '}', '[', ']', '"', 'a', ':', ',', '1', '-', '0', '.', 'e', ' ', 'true', 'null', '\\', '\n', '"k"')).map((parts) => parts.join('')), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        const refusal = refusalOf(text);
        if (valid) expect(refusal === null || refusal.code !== 'request.jsonSyntax').toBe(true);
        else expect(refusal).not.toBeNull();
      }),
      examples(2000),
    );
  });

  it.each([
    ['a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), 'request.jsonEncoding', ''],
    ['bytes that are not UTF-8', new Uint8Array([0x22, 0xc3, 0x28, 0x22]), 'request.jsonEncoding', ''],
    ['a surrogate encoded as UTF-8', new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]), 'request.jsonEncoding', ''],
    ['a duplicate key', '{"a":{"b":1,"b":2}}', 'request.jsonDuplicateKey', '/a/b'],
    ['a duplicate key in disguise', '{"a":1,"\\u0061":2}', 'request.jsonDuplicateKey', '/a'],
    ['__proto__', '[{"__proto__":{}}]', 'request.jsonForbiddenKey', '/0/__proto__'],
    ['__proto__ in disguise', '{"\\u005f_proto__":1}', 'request.jsonForbiddenKey', '/__proto__'],
    ['constructor', '{"constructor":{"prototype":{}}}', 'request.jsonForbiddenKey', '/constructor'],
    ['NUL', '{"a/b":"x\\u0000"}', 'request.jsonCharacter', '/a~1b'],
    ['a lone surrogate', '["\\ud800"]', 'request.jsonCharacter', '/0'],
    ['a number beyond the doubles', '{"income":1e400}', 'request.jsonNumber', '/income'],
    ['a whole number that a double would change', '{"income":9007199254740993}', 'request.jsonNumber', '/income'],
    ['33 levels', '['.repeat(33) + ']'.repeat(33), 'request.jsonDepth', '/0'.repeat(32)],
    ['20,000 levels', '['.repeat(20_000), 'request.jsonDepth', '/0'.repeat(32)],
    ['nothing', '', 'request.jsonSyntax', ''],
    ['two documents', '{} {}', 'request.jsonSyntax', ''],
    ['a control character', '["a\nb"]', 'request.jsonSyntax', '/0'],
    ['NaN', '[NaN]', 'request.jsonSyntax', '/0'],
  ])('refuses %s and says where', (_name, text, code, pointer) => {
    expect(refusalOf(text)).toEqual({ code, pointer });
  });

  it('accepts 32 levels, a pair of surrogates and the largest safe integer', () => {
    expect(refusalOf('['.repeat(32) + ']'.repeat(32))).toBeNull();
    expect(parseJson(bytes('["\\ud83d\\ude00",9007199254740991]'))).toEqual({ ok: true, value: ['😀', 9_007_199_254_740_991] });
  });
});
