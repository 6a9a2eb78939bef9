/**
 * Staff sign in with any OpenID Connect provider: authorization code with PKCE, state and nonce. What must be
 * remembered between the two requests travels sealed in the browser's own cookie, so any API process can finish.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import * as oidc from 'openid-client';
import type { Settings } from '#engine/contract/settings.js';

export type LoginOutcome =
  | { readonly ok: true; readonly issuer: string; readonly subject: string; readonly returnTo: string }
  | { readonly ok: false; readonly code: 'login.failed' | 'login.unavailable' };

export interface StaffLogin {
  /** Where to send the browser, and what it must bring back. @throws LoginUnavailableError */
  begin(returnTo: string): Promise<{ readonly address: string; readonly sealed: string }>;
  finish(input: { readonly currentAddress: string; readonly sealed: string | undefined }): Promise<LoginOutcome>;
}

export class LoginUnavailableError extends Error {}

export const CALLBACK_PATH = '/api/v1/staff/callback';
export const LOGIN_MINUTES = 10;
const PROVIDER_TIMEOUT_SECONDS = 8;
/** Only pages of the desk: a sign-in must never end on somebody else's page. */
const RETURN_PATH = /^\/desk(?:\/[A-Za-z0-9_-]+)*\/?$/;

interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
  readonly endsAt: number;
}

export function createStaffLogin({ login, publicUrl, codeKey }: Pick<Settings, 'login' | 'publicUrl' | 'codeKey'>): StaffLogin {
  const callback = `${publicUrl}${CALLBACK_PATH}`;
  const sealingKey = createHmac('sha256', codeKey).update('login\0seal').digest();
  let found: Promise<oidc.Configuration> | null = null;
  const provider = async (): Promise<oidc.Configuration> => {
    found ??= discover(login);
    try {
      return await found;
    } catch {
      found = null;
      throw new LoginUnavailableError('the identity provider does not answer');
    }
  };
  return {
    begin: async (returnTo) => {
      const begun: Begun = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        returnTo: RETURN_PATH.test(returnTo) ? returnTo : '/desk',
        endsAt: Date.now() + LOGIN_MINUTES * 60_000,
      };
      const address = oidc.buildAuthorizationUrl(await provider(), {
        redirect_uri: callback,
        scope: 'openid',
        response_type: 'code',
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
        // Counters are shared: whoever sits down identifies themselves.
        prompt: 'login',
      });
      return { address: address.href, sealed: seal(sealingKey, begun) };
    },
    finish: async ({ currentAddress, sealed }) => {
      const begun = sealed === undefined ? null : unseal(sealingKey, sealed);
      if (!begun || begun.endsAt < Date.now()) return { ok: false, code: 'login.failed' };
      try {
        const tokens = await oidc.authorizationCodeGrant(await provider(), new URL(`${callback}${new URL(currentAddress, publicUrl).search}`), {
          expectedState: begun.state,
          expectedNonce: begun.nonce,
          pkceCodeVerifier: begun.verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        return claims ? { ok: true, issuer: claims.iss, subject: claims.sub, returnTo: begun.returnTo } : { ok: false, code: 'login.failed' };
      } catch (error) {
        return { ok: false, code: error instanceof LoginUnavailableError || isNetworkFault(error) ? 'login.unavailable' : 'login.failed' };
      }
    },
  };
}

function discover({ issuer, clientId, clientSecret, insecure }: Settings['login']): Promise<oidc.Configuration> {
  const authentication = clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret);
  return oidc.discovery(new URL(issuer), clientId, undefined, authentication, {
    timeout: PROVIDER_TIMEOUT_SECONDS,
    // The settings allow this for a loopback issuer in development only.
    ...(insecure ? { execute: [oidc.allowInsecureRequests] } : {}),
  });
}

function isNetworkFault(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && ['TimeoutError', 'AbortError'].includes(error.name));
}

function seal(key: Buffer, begun: Begun): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([cipher.update(JSON.stringify(begun), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

function unseal(key: Buffer, sealed: string): Begun | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < 29) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
  try {
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')) as Begun;
  } catch {
    return null;
  }
}
