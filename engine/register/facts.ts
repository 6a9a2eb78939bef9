import { createHmac } from 'node:crypto';
import type { CaseIdentifier, Facts } from '#engine/contract/rooms.js';
import type { Store } from '#engine/store/connection.js';

const PURPOSE = 'identityMatch';

/**
 * What the record tells of the people of a case. Numbers are hashed here, with the key of the installation (`codeKey`), so that they
 * meet each other across municipalities and nobody can read them, or try them out, from the table alone.
 */
export function createFacts(store: Store, codeKey: Uint8Array): Facts {
  return {
    read: ({ municipality, caseId, identifiers, lookups }) =>
      store.call('read_facts', [municipality, caseId, { json: identifiers.map((identifier) => ({ subject: identifier.subject, hash: matchHash(codeKey, identifier) })) }, { json: lookups }]),
  };
}

function matchHash(codeKey: Uint8Array, { kind, value }: CaseIdentifier): string {
  return createHmac('sha256', codeKey).update([PURPOSE, kind, value].join('\0')).digest('hex');
}
