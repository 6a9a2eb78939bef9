/**
 * JSON as the door reads it: RFC 8259, and nothing that two parsers could read differently.
 * Refused besides bad syntax: byte order mark, bytes that are not UTF-8, duplicate keys, NUL and lone surrogates in
 * strings, keys that name a prototype, nesting deeper than 32, numbers that a double cannot hold.
 */
import type { Json, Refusal } from '#engine/contract/case.js';

export const JSON_DEPTH_MAX = 32;

export type ParsedJson = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly refusal: Refusal };

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for.
const NOT_PLAIN = /[\u0000-\u001f\\]/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const WHOLE_NUMBER = /^-?[0-9]+$/;
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Thrown and caught inside this file only: unwinding collects the pointer. */
class Refused {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  readonly path: (string | number)[] = [];
  constructor(code: string, params: Readonly<Record<string, string>> = {}) {
    this.code = code;
    this.params = params;
  }
}

export function parseJson(bytes: Uint8Array): ParsedJson {
  const text = decode(bytes);
  if (text === null) return { ok: false, refusal: { code: 'request.jsonEncoding', pointer: '' } };
  try {
    return { ok: true, value: new Reader(text).document() };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { ok: false, refusal: { code: error.code, pointer: pointerOf(error.path.reverse()), params: error.params } };
  }
}

export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return null;
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}

/** Unwinding leaves the place of what was refused, a step for every object and list; nothing is noted while all is well. */
function refusedWithin(error: unknown, place: string | number | undefined): unknown {
  if (error instanceof Refused && place !== undefined) error.path.push(place);
  return error;
}

class Reader {
  private readonly text: string;
  private at = 0;
  constructor(text: string) {
    this.text = text;
  }

  document(): Json {
    const value = this.value(0);
    this.space();
    if (this.at < this.text.length) this.syntax();
    return value;
  }

  private value(depth: number): Json {
    this.space();
    switch (this.text[this.at]) {
      case '{':
        return this.object(depth + 1);
      case '[':
        return this.array(depth + 1);
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private object(depth: number): Json {
    this.enter(depth);
    const object: Record<string, Json> = {};
    if (this.closes('}')) return object;
    let within: string | undefined;
    try {
      for (;;) {
        this.space();
        if (this.text[this.at] !== '"') this.syntax();
        const key = this.string();
        within = key;
        if (FORBIDDEN_KEYS.has(key)) throw new Refused('request.jsonForbiddenKey');
        if (Object.hasOwn(object, key)) throw new Refused('request.jsonDuplicateKey');
        this.space();
        this.expect(':');
        object[key] = this.value(depth);
        within = undefined;
        if (this.closes('}')) return object;
        this.expect(',');
      }
    } catch (error) {
      throw refusedWithin(error, within);
    }
  }

  private array(depth: number): Json {
    this.enter(depth);
    const array: Json[] = [];
    if (this.closes(']')) return array;
    let within: number | undefined;
    try {
      for (;;) {
        within = array.length;
        array.push(this.value(depth));
        within = undefined;
        if (this.closes(']')) return array;
        this.expect(',');
      }
    } catch (error) {
      throw refusedWithin(error, within);
    }
  }

  private string(): string {
    const from = ++this.at;
    const quote = this.text.indexOf('"', from);
    const plain = quote < 0 ? '' : this.text.slice(from, quote);
    if (quote >= 0 && !NOT_PLAIN.test(plain)) {
      this.at = quote + 1;
      return plain;
    }
    return this.escapedString(from);
  }

  private escapedString(from: number): string {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (Number.isNaN(code) || code < 0x20) this.syntax();
      if (code === 0x22) break;
      if (code === 0x5c) this.at += 1;
      this.at += 1;
    }
    const raw = this.text.slice(from, this.at);
    this.at += 1;
    const value = this.unescape(raw);
    // Only an escape can bring these in: the bytes were valid UTF-8 and control characters are refused above.
    if (value.includes('\0') || LONE_SURROGATE.test(value)) throw new Refused('request.jsonCharacter');
    return value;
  }

  private unescape(raw: string): string {
    return raw.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S])|$)/g, (_whole, hex?: string, letter?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      const plain = letter === undefined ? undefined : ESCAPES[letter];
      return plain ?? this.syntax();
    });
  }

  private number(): number {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text)?.[0];
    if (found === undefined) return this.syntax();
    this.at += found.length;
    const value = Number(found);
    const exact = Number.isFinite(value) && !(WHOLE_NUMBER.test(found) && !Number.isSafeInteger(value));
    if (!exact) throw new Refused('request.jsonNumber');
    return Object.is(value, -0) ? 0 : value;
  }

  private word<Value extends Json>(word: string, value: Value): Value {
    if (!this.text.startsWith(word, this.at)) return this.syntax();
    this.at += word.length;
    return value;
  }

  private enter(depth: number): void {
    if (depth > JSON_DEPTH_MAX) throw new Refused('request.jsonDepth', { limit: String(JSON_DEPTH_MAX) });
    this.at += 1;
  }

  private closes(bracket: string): boolean {
    this.space();
    if (this.text[this.at] !== bracket) return false;
    this.at += 1;
    return true;
  }

  private expect(character: string): void {
    if (this.text[this.at] !== character) this.syntax();
    this.at += 1;
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  private syntax(): never {
    throw new Refused('request.jsonSyntax', { position: String(this.at) });
  }
}
