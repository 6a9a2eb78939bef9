import type { Store } from './connection.js';
import { StoreUnavailableError } from './errors.js';

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

const TRIES = 20;
const PAUSE_MS = 500;

/**
 * The same for a process that may come up before its database does: an answer is waited for, about ten seconds.
 *
 * @throws UnsafeStoreError at once when something was found, StoreUnavailableError when there was no answer in that time
 */
export async function awaitSafe(store: Store): Promise<void> {
  for (let count = 1; ; count += 1) {
    try {
      return await assertSafe(store);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || count >= TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
