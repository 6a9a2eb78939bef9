import { equalTexts, keyedHash } from './codes.js';

/** `__Host-`: only over a trustworthy connection, for this very host and every path, never set by a neighbour. */
export const SESSION_COOKIE = '__Host-diktyo-session';
export const LOGIN_COOKIE = '__Host-diktyo-login';
export const COOKIE_RULES = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;
/** From signing in, however busy. */
export const SESSION_HOURS = 10;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** How long a session may rest. The cookie itself proves when it was last used, so every API process knows. */
const REST_MINUTES_MAX = 60;

export interface SessionCookie {
  readonly token: string;
  /** The proof is older than a minute: send a fresh one. */
  readonly isStale: boolean;
}

/** `token.minute.proof`. */
export function freshCookie(key: Uint8Array, { token, now }: { readonly token: string; readonly now: number }): string {
  const minute = String(Math.floor(now / 60_000));
  return `${token}.${minute}.${keyedHash(key, 'staffSession', 'used', token, minute).slice(0, 32)}`;
}

/** `null` for a cookie that is not ours, or whose session has rested too long. */
export function readCookie(key: Uint8Array, { value, now }: { readonly value: string | undefined; readonly now: number }): SessionCookie | null {
  const [token = '', minute = ''] = value?.split('.') ?? [];
  if (!TOKEN.test(token) || !/^[0-9]{1,12}$/.test(minute)) return null;
  const usedAt = Number(minute) * 60_000;
  if (!equalTexts(value ?? '', freshCookie(key, { token, now: usedAt }))) return null;
  if (now - usedAt > REST_MINUTES_MAX * 60_000) return null;
  return { token, isStale: now - usedAt >= 60_000 };
}

export function sessionHashOf(key: Uint8Array, token: string): string {
  return keyedHash(key, 'staffSession', token);
}

/** Derived from the session, so that it need not be kept: whoever can read it through the API is on our own origin. */
export function csrfTokenOf(key: Uint8Array, token: string): string {
  return keyedHash(key, 'csrf', token);
}

export function csrfHashOf(key: Uint8Array, csrfToken: string): string {
  return keyedHash(key, 'csrf', 'hash', csrfToken);
}

export function isCsrfToken(key: Uint8Array, { sent, csrfHash }: { readonly sent: string; readonly csrfHash: string }): boolean {
  return equalTexts(csrfHashOf(key, sent), csrfHash);
}
