import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeCode, keyedHash, parseCode, randomDigits, resumeCodeOf, trackingCodeOf } from '#engine/access/codes.js';
import { fc } from '#tests/support/properties.js';

const key = randomBytes(32);
const codes = fc.uint8Array({ minLength: 12, maxLength: 32 }).map(encodeCode);
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('a code that people carry', () => {
  it('has five groups of four symbols, and never I, L, O or U', () => {
    fc.assert(fc.property(codes, (code) => { expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}$/); }));
  });

  it('holds at least 80 bits: 95 of them change it', () => {
    const seen = new Set<string>();
    for (let bit = 0; bit < 95; bit += 1) {
      const bytes = new Uint8Array(12);
      bytes[11 - Math.floor(bit / 8)] = 1 << (bit % 8);
      seen.add(encodeCode(bytes));
    }
    expect(seen.size).toBe(95);
  });

  it('is read however it is spaced, joined and cased', () => {
    fc.assert(
      fc.property(codes, fc.constantFrom(' ', '', ' - ', '–', '\u00a0', '. '), fc.boolean(), (code, joint, lower) => {
        const typed = ` ${code.split('-').join(joint)} `;
        expect(parseCode(lower ? typed.toLowerCase() : typed)).toBe(code);
      }),
    );
  });

  it('is read when typed with Greek capitals or letters that look alike', () => {
    const greek: Record<string, string> = { A: 'Α', B: 'Β', E: 'Ε', Z: 'Ζ', H: 'Η', K: 'Κ', M: 'Μ', N: 'Ν', P: 'Ρ', T: 'Τ', Y: 'Υ', X: 'Χ', 0: 'Ο', 1: 'Ι', S: 'ς', V: 'ώ' };
    fc.assert(fc.property(codes, (code) => { expect(parseCode(Array.from(code, (letter) => greek[letter] ?? letter).join(''))).toBe(code); }));
    fc.assert(fc.property(codes, (code) => { expect(parseCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code); }));
  });

  it('shows every single wrong symbol and every exchange of two', () => {
    fc.assert(
      fc.property(codes, fc.nat(19), fc.nat(19), fc.constantFrom(...ALPHABET), (code, place, other, symbol) => {
        const letters = code.replaceAll('-', '').split('');
        const wrong = letters.with(place, symbol).join('');
        expect(parseCode(wrong)).toBe(symbol === letters[place] ? code : null);
        const exchanged = letters.with(place, letters[other] ?? '').with(other, letters[place] ?? '').join('');
        expect(parseCode(exchanged)).toBe(letters[place] === letters[other] ? code : null);
      }),
    );
  });

  it('is nothing at all for any other text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => { expect(parseCode(text) === null || text.length >= 20).toBe(true); }));
    expect(parseCode('')).toBeNull();
    expect(parseCode('A'.repeat(100_000))).toBeNull();
  });

  it('depends on the key and on what it is for', () => {
    const nonce = randomBytes(16).toString('hex');
    expect(trackingCodeOf(key, nonce)).toBe(trackingCodeOf(key, nonce));
    expect(trackingCodeOf(randomBytes(32), nonce)).not.toBe(trackingCodeOf(key, nonce));
    expect(keyedHash(key, 'tracking', 'A')).not.toBe(keyedHash(key, 'resume', 'A'));
    expect(keyedHash(key, 'tracking', 'A', 'B')).not.toBe(keyedHash(key, 'tracking', 'AB'));
    const request = { municipality: '9230', idempotencyKey: 'k'.repeat(20), bodyHash: 'x' };
    expect(resumeCodeOf(key, request)).not.toBe(resumeCodeOf(key, { ...request, bodyHash: 'y' }));
  });

  it('sent as six digits uses all of them', () => {
    const seen = new Set(Array.from({ length: 400 }, () => randomDigits()));
    for (const digits of seen) expect(digits).toMatch(/^[0-9]{6}$/);
    expect(seen.size).toBeGreaterThan(390);
  });
});
