/**
 * Codes that people carry: tracking and resume codes. Twenty symbols of a 32-letter alphabet without I, L, O and U
 * (after Crockford), in groups of four: 95 bits and a check symbol over GF(32), which catches every single wrong symbol
 * and every exchange of two. Only a keyed hash of a code is ever stored.
 */
import { createHmac, randomBytes, randomFillSync, timingSafeEqual } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DATA_SYMBOLS = 19;
const GROUP = 4;
/** What reads alike, or sits on the same key of a Greek keyboard. Ρ is read as P, as it looks. */
const TWINS: Readonly<Record<string, string>> = {
  O: '0', I: '1', L: '1', U: 'V',
  Α: 'A', Β: 'B', Ε: 'E', Ζ: 'Z', Η: 'H', Ι: '1', Κ: 'K', Μ: 'M', Ν: 'N', Ο: '0', Ρ: 'P', Τ: 'T', Υ: 'Y', Χ: 'X',
  Δ: 'D', Φ: 'F', Γ: 'G', Ξ: 'J', Λ: '1', Σ: 'S', Ω: 'V', Π: 'P', Ψ: 'C', Θ: 'V',
};

/** What a keyed hash is for: the same code never hashes alike for two purposes. */
export type CodePurpose = 'tracking' | 'resume' | 'staffSession' | 'csrf' | 'citizenSession' | 'oneTime' | 'login' | 'document' | 'metrics';

/** `ABCD-…`, from at least 12 bytes; the same bytes give the same code. */
export function encodeCode(bytes: Uint8Array): string {
  const symbols: number[] = [];
  // Five bits at a time, from the last of the twelve bytes.
  let [held, count, next] = [0, 0, 11];
  while (symbols.length < DATA_SYMBOLS) {
    if (count < 5) {
      held |= (bytes[next] ?? 0) << count;
      count += 8;
      next -= 1;
    }
    symbols.push(held & 31);
    held >>= 5;
    count -= 5;
  }
  symbols.push(checkSymbol(symbols));
  return grouped(symbols);
}

function grouped(symbols: readonly number[]): string {
  let text = '';
  symbols.forEach((symbol, place) => {
    text += `${place > 0 && place % GROUP === 0 ? '-' : ''}${ALPHABET[symbol] ?? ''}`;
  });
  return text;
}

/** The code as it was given out, from what a person typed; `null` when it cannot be one. */
export function parseCode(typed: string): string | null {
  if (typed.length > 200) return null;
  const plain = typed.normalize('NFKD').replace(/[\p{M}\s\p{Pd}._]/gu, '').toUpperCase().replaceAll('ς', 'Σ');
  const symbols = Array.from(plain, (letter) => ALPHABET.indexOf(TWINS[letter] ?? letter));
  if (symbols.length !== DATA_SYMBOLS + 1 || symbols.includes(-1)) return null;
  if (checkSymbol(symbols.slice(0, DATA_SYMBOLS)) !== symbols[DATA_SYMBOLS]) return null;
  return grouped(symbols);
}

/** Hex of HMAC-SHA256(key, purpose ‖ 0 ‖ parts…); what the database keeps instead of the code. */
export function keyedHash(key: Uint8Array, purpose: CodePurpose, ...parts: readonly string[]): string {
  return keyedBytes(key, purpose, ...parts).toString('hex');
}

/** The tracking code of a receipt: whoever has the nonce and the key can give it out again, nobody else. */
export function trackingCodeOf(key: Uint8Array, nonce: string): string {
  return encodeCode(keyedBytes(key, 'tracking', 'code', nonce));
}

/** The resume code of a draft. It depends on the whole first request, so that only a repeat of that very request hears it again. */
export function resumeCodeOf(key: Uint8Array, request: { readonly municipality: string; readonly idempotencyKey: string; readonly bodyHash: string }): string {
  return encodeCode(keyedBytes(key, 'resume', 'code', request.municipality, request.idempotencyKey, request.bodyHash));
}

/** An unguessable token of 256 bits, for sessions. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

const NONCE_BYTES = 16;
const nonces = Buffer.alloc(NONCE_BYTES * 256);
let noncesUsed = nonces.length;

/** Hex of 128 random bits. Drawn many at a time, because each drawing is a call of the system; what was given out is wiped. */
export function randomNonce(): string {
  if (noncesUsed === nonces.length) {
    randomFillSync(nonces);
    noncesUsed = 0;
  }
  const from = noncesUsed;
  noncesUsed += NONCE_BYTES;
  const nonce = nonces.toString('hex', from, noncesUsed);
  nonces.fill(0, from, noncesUsed);
  return nonce;
}

/** Six decimal digits, evenly distributed. */
export function randomDigits(): string {
  for (;;) {
    const value = randomBytes(4).readUInt32BE();
    if (value < 4_294_000_000) return String(value % 1_000_000).padStart(6, '0');
  }
}

export function equalTexts(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function keyedBytes(key: Uint8Array, purpose: CodePurpose, ...parts: readonly string[]): Buffer {
  return createHmac('sha256', key).update([purpose, ...parts].join('\0')).digest();
}

/** Σ αⁱ·dᵢ in GF(32) with x⁵+x²+1: α has order 31, more than there are places. */
function checkSymbol(symbols: readonly number[]): number {
  return symbols.reduce((sum, symbol) => timesAlpha(sum ^ symbol), 0);
}

function timesAlpha(value: number): number {
  const shifted = value << 1;
  return (shifted & 32) === 0 ? shifted : (shifted ^ 0b100101) & 31;
}
