import type { Store } from './connection.js';

/** What was found, as names that the start-up message lists: `synchronous_commit off`, `role is superuser`, … */
export class UnsafeStoreError extends Error {
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(`the database is not safe to work with: ${findings.join('; ')}`);
    this.name = 'UnsafeStoreError';
    this.findings = findings;
  }
}

/**
 * Refuses a database that would lose what was accepted, or a role that could read past the walls.
 *
 * @throws UnsafeStoreError when something was found, StoreUnavailableError when the database does not answer
 */
export async function assertSafe(store: Store): Promise<void> {
  const findings = await store.call<readonly string[]>('examine_safety');
  if (findings.length > 0) throw new UnsafeStoreError(findings);
}
