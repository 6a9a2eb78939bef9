import type { Refusal } from '#engine/contract/case.js';
import type { Draft, Receipt, Register, StoredDocument, SubmitInput } from '#engine/contract/rooms.js';
import type { Store } from '#engine/store/connection.js';
import type { Filing, FilingAnswer } from './filing-queue.js';
import { makeFilingQueue } from './filing-queue.js';
import { foldWords, readSearchText } from './name-words.js';

/** Drafts, documents, filing and search. One method, one statement (filings of one municipality may share one). */
export function createRegister(store: Store): Register {
  const file = makeFilingQueue((municipality, filings) =>
    store.call<Readonly<Record<string, FilingAnswer>>>('file_applications', [municipality, { json: filings }]));
  return {
    createDraft: (input) => store.call<Draft>('create_draft', [{ json: input }]),
    readDraft: ({ municipality, resumeCodeHash }) => store.call<Draft | null>('read_draft', [municipality, resumeCodeHash]),
    saveDraft: async ({ municipality, resumeCodeHash, version, answers, hash }) =>
      valueOrRefusal(await store.call<Draft | Refused | null>('save_draft', [municipality, resumeCodeHash, version, { json: answers }, hash ?? null])),
    announceDocument: async (input) => valueOrRefusal(await store.call<StoredDocument | Refused>('announce_document', [{ json: input }])),
    storeDocument: async ({ bytes, ...input }) =>
      valueOrRefusal(await store.call<StoredDocument | Refused | null>('store_document', [{ json: input }, bytes])),
    readLooseDocuments: ({ municipality, documentIds, account }) => store.call('describe_loose_documents', [municipality, { json: documentIds }, account]),
    readDocument: async ({ municipality, documentId, caseId, reader }) => {
      const row = await store.callRow<{ description: StoredDocument; bytes: Uint8Array }>('read_document', [municipality, documentId, caseId, { json: reader }]);
      return row && { ...row.description, bytes: row.bytes };
    },
    submit: async (input) => valueOrRefusal<Receipt>(await file(withNameWords(input))),
    search: ({ municipality, text, reader, limit }) => {
      const question = readSearchText(text);
      return store.call('search_cases', [{ json: { municipality, reader, limit, ...question } }]);
    },
  };
}

interface Refused {
  readonly refusal: Refusal;
}

/** A function of the database answers `{ "refusal": … }` where the contract has a bare refusal. */
function valueOrRefusal<Value extends object | null>(answer: Value | Refused): Value | Refusal {
  return answer !== null && 'refusal' in answer ? (answer as Refused).refusal : (answer as Value);
}

function withNameWords(input: SubmitInput): Filing {
  return { ...input, nameWords: foldWords(`${input.subject.givenName ?? ''} ${input.subject.familyName ?? ''}`) };
}
