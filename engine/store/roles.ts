import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type postgres from 'postgres';

/** The roles of the product. `diktyo_owner` owns everything, can never sign in, and row-level security binds it too. */
export const STORE_ROLES = ['diktyo_api', 'diktyo_worker', 'diktyo_relay', 'diktyo_audit'] as const;
export type StoreRole = (typeof STORE_ROLES)[number];
export const OWNER_ROLE = 'diktyo_owner';

/** A role without a password here keeps the one it has; `diktyo_audit` then stays without sign-in. */
export type RolePasswords = Readonly<Partial<Record<StoreRole, string>>>;

const SCRAM_ROUNDS = 4_096;
/** Roles belong to the whole cluster: two databases migrated at once meet here. */
const MEETING_STATES = new Set(['42710', '23505', 'XX000', '40001']);
const ATTEMPTS = 8;

/** Creates the roles that are missing and sets the passwords given. The connecting role needs CREATEROLE. */
export async function ensureRoles(sql: postgres.Sql, passwords: RolePasswords): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await createMissing(sql);
      for (const role of STORE_ROLES) {
        const password = passwords[role];
        if (password !== undefined) await sql.unsafe(`alter role ${role} login password '${scramVerifier(password)}'`);
      }
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !MEETING_STATES.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}

async function createMissing(sql: postgres.Sql): Promise<void> {
  const found = await sql<{ rolname: string }[]>`select rolname from pg_roles where rolname like 'diktyo\\_%'`;
  const known = new Set(found.map(({ rolname }) => rolname));
  for (const role of [OWNER_ROLE, ...STORE_ROLES]) if (!known.has(role)) await sql.unsafe(`create role ${role} nologin`);
  const [member] = await sql<{ can: boolean }[]>`select pg_has_role(current_user, ${OWNER_ROLE}, 'SET') as can`;
  if (!member?.can) await sql.unsafe(`grant ${OWNER_ROLE} to current_user with set true, inherit true`);
}

/** What PostgreSQL itself would store, so that the password appears in no statement and no server log. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, SCRAM_ROUNDS, 32, 'sha256');
  const keyOf = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${SCRAM_ROUNDS}:${salt.toString('base64')}$${storedKey}:${keyOf('Server Key').toString('base64')}`;
}
