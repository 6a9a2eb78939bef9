import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineClient, StaffCredentials } from '#commands/demo/engine-client.js';
import { createEngineClient } from '#commands/demo/engine-client.js';
import type { Role } from '#definitions/types/programme.js';
import { randomToken } from '#engine/access/codes.js';
import { csrfHashOf, csrfTokenOf, freshCookie, SESSION_COOKIE, sessionHashOf } from '#engine/access/session-cookie.js';
import { createAccess } from '#engine/access/sessions.js';
import { openStore } from '#engine/store/connection.js';
import type { StartedSystem } from './started-system.js';

export interface SystemSecrets {
  readonly ownerPassword: string;
  readonly rolePasswords: Readonly<Record<string, string>>;
  readonly codeKey: string;
}

export const readSecrets = (system: StartedSystem): SystemSecrets => JSON.parse(readFileSync(join(system.dataFolder, 'secrets.json'), 'utf8')) as SystemSecrets;

/** The database of a started system, as one of its roles. */
export function databaseUrlOf(system: StartedSystem, role: string): string {
  const { ownerPassword, rolePasswords } = readSecrets(system);
  const password = role === 'postgres' ? ownerPassword : (rolePasswords[role] ?? '');
  return `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${system.portBase + 5}/diktyo`;
}

export interface DeskClient {
  readonly client: EngineClient;
  readonly staff: StaffCredentials;
}

/** A session of a demo account, opened as the engine opens it after a sign-in (the sign-in itself is a journey's). */
export async function openDesk(system: StartedSystem, { municipality, role }: { readonly municipality: string; readonly role: Role }): Promise<DeskClient> {
  const key = Buffer.from(readSecrets(system).codeKey, 'base64');
  const token = randomToken();
  const csrfToken = csrfTokenOf(key, token);
  const store = openStore({ databaseUrl: databaseUrlOf(system, 'diktyo_api'), connectionsMax: 1, log: () => undefined, application: 'tests' });
  try {
    const issuer = `http://127.0.0.1:${system.portBase + 2}`;
    const opened = await createAccess(store).openStaffSession({ issuer, subject: `${role}-${municipality}`, sessionHash: sessionHashOf(key, token), csrfHash: csrfHashOf(key, csrfToken), hoursValid: 2 });
    if (opened === null) throw new Error(`no account for ${role} in ${municipality}`);
  } finally {
    await store.close();
  }
  return { client: createEngineClient(system.urls.api.replace(/\/api\/v1$/, '')), staff: { cookie: `${SESSION_COOKIE}=${freshCookie(key, { token, now: Date.now() })}`, csrfToken } };
}
