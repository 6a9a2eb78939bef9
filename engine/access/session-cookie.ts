import { equalTexts, keyedHash } from './codes.js';

/** `__Host-`: only over a trustworthy connection, for this very host and every path, never set by a neighbour. */
export const SESSION_COOKIE = '__Host-diktyo-session';
export const LOGIN_COOKIE = '__Host-diktyo-login';
export const COOKIE_RULES = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;
/** Absolute; how long a session may rest is the register's to know. */
export const SESSION_HOURS = 10;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export function isSessionToken(token: string | undefined): token is string {
  return token !== undefined && TOKEN.test(token);
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
