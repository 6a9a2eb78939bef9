import { appendFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

/** What the client keeps of every filing that was acknowledged: the witness that no audit of the server can replace. */
export interface KeptReceipt {
  readonly key: string;
  readonly municipality: string;
  readonly applicationId: string;
  readonly protocolNumber: string;
  readonly trackingCode: string;
}

export interface Filing {
  readonly apiUrl: string;
  readonly municipality: string;
  readonly programme: string;
  readonly hash: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly receiptsFile?: string;
  /** A new key for every try: what a careless client does. The proof that the audit can fail. */
  readonly careless?: boolean;
  /** Give up waiting for an answer after this long, and try again. */
  readonly patienceMs?: number;
}

export interface FilingResult {
  readonly receipt: KeptReceipt;
  /** Tries that brought no receipt: refused connections, cut answers, 503. */
  readonly failedTries: number;
}

/** Files one application as a browser on a bad line does: same key, until a receipt is in hand. */
export async function fileUntilReceipt(filing: Filing): Promise<FilingResult> {
  const first = randomUUID();
  for (let failedTries = 0; ; failedTries += 1) {
    const key = filing.careless === true && failedTries > 0 ? randomUUID() : first;
    const answer = await tryOnce(filing, key);
    if (answer !== null) {
      const receipt = { key, municipality: filing.municipality, applicationId: answer['applicationId'] ?? '', protocolNumber: answer['protocolNumber'] ?? '', trackingCode: answer['trackingCode'] ?? '' };
      if (filing.receiptsFile !== undefined) appendFileSync(filing.receiptsFile, `${JSON.stringify(receipt)}\n`);
      return { receipt, failedTries };
    }
    await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 200));
  }
}

async function tryOnce(filing: Filing, key: string): Promise<Readonly<Record<string, string>> | null> {
  const { apiUrl, municipality, programme, hash, answers } = filing;
  try {
    const response = await fetch(`${apiUrl}/municipalities/${municipality}/applications`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ programme, hash, answers, documentIds: [], language: 'el' }),
      signal: AbortSignal.timeout(filing.patienceMs ?? 10_000),
    });
    if (response.status === 201 || response.status === 200) return (await response.json()) as Record<string, string>;
    if (response.status === 429 || response.status >= 500) return null;
    throw new RefusedFiling(`${response.status} ${await response.text()}`);
  } catch (error) {
    if (error instanceof RefusedFiling) throw error;
    return null;
  }
}

/** The engine understood and refused: trying again would not help, so the test must hear of it. */
export class RefusedFiling extends Error {}
