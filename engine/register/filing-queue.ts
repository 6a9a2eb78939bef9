import type { Refusal } from '#engine/contract/case.js';
import type { Receipt, SubmitInput } from '#engine/contract/rooms.js';
import { StoreUnavailableError } from '#engine/store/errors.js';

export type Filing = SubmitInput & { readonly nameWords: readonly string[] };
export type FilingAnswer = Receipt | { readonly refusal: Refusal };

/** Files several applications of one municipality in one statement; answers by submission key. */
export type FileTogether = (municipality: string, filings: readonly Filing[]) => Promise<Readonly<Record<string, FilingAnswer>>>;

interface Waiting {
  readonly filing: Filing;
  readonly since: number;
  readonly answer: (answer: FilingAnswer) => void;
  readonly fail: (error: unknown) => void;
}

/** What waits for the protocol counter of one municipality. */
interface Counter {
  waiting: Waiting[];
  /** A statement is under way, or is about to be sent. */
  isBusy: boolean;
}

const TOGETHER_MAX = 50;
const WAITING_MAX = 10_000;
/** Whoever has waited this long behind a database that does not answer is told to ask again. */
const WAIT_MS = 5_000;

/**
 * Filings of one municipality wait for one protocol counter anyway. So one statement of them is under way at a time, and
 * those that come meanwhile go together in the next: one commit, one round trip. Alone, a filing goes as soon as the
 * requests that came in with it have been read, without any timer. A statement that fails is tried again filing by filing,
 * so that a bad one fails alone.
 */
export function makeFilingQueue(file: FileTogether, now: () => number = Date.now): (filing: Filing) => Promise<FilingAnswer> {
  const counters = new Map<string, Counter>();

  const send = async (municipality: string, counter: Counter): Promise<void> => {
    for (let batch = takeBatch(counter); batch.length > 0; batch = takeBatch(counter)) {
      await fileBatch(file, { municipality, batch });
      giveUpOn(counter, now() - WAIT_MS);
    }
    counters.delete(municipality);
  };

  return (filing) =>
    new Promise((answer, fail) => {
      const counter = counters.get(filing.municipality) ?? { waiting: [], isBusy: false };
      if (counter.waiting.length >= WAITING_MAX) return fail(new StoreUnavailableError('busy', false));
      counters.set(filing.municipality, counter);
      counter.waiting.push({ filing, since: now(), answer, fail });
      if (counter.isBusy) return;
      counter.isBusy = true;
      setImmediate(() => void send(filing.municipality, counter));
    });
}

/** The same key never twice in one statement, so that it never meets itself: the second goes with the next. */
function takeBatch(counter: Counter): readonly Waiting[] {
  const batch: Waiting[] = [];
  const left: Waiting[] = [];
  const keys = new Set<string>();
  for (const waiting of counter.waiting) {
    const key = waiting.filing.submissionKey;
    if (batch.length < TOGETHER_MAX && !keys.has(key)) {
      keys.add(key);
      batch.push(waiting);
    } else left.push(waiting);
  }
  counter.waiting = left;
  return batch;
}

function giveUpOn(counter: Counter, before: number): void {
  const late = counter.waiting.filter(({ since }) => since < before);
  if (late.length === 0) return;
  counter.waiting = counter.waiting.filter(({ since }) => since >= before);
  for (const { fail } of late) fail(new StoreUnavailableError('busy', false));
}

interface Batch {
  readonly municipality: string;
  readonly batch: readonly Waiting[];
}

/** Never throws: whatever happens is told to those who wait. */
async function fileBatch(file: FileTogether, { municipality, batch }: Batch): Promise<void> {
  try {
    const answers = await file(municipality, batch.map(({ filing }) => filing));
    for (const waiting of batch) settle(waiting, answers);
  } catch (error) {
    if (batch.length === 1 || error instanceof StoreUnavailableError) {
      for (const { fail } of batch) fail(error);
      return;
    }
    for (const waiting of batch) await fileBatch(file, { municipality, batch: [waiting] });
  }
}

function settle({ filing, answer, fail }: Waiting, answers: Readonly<Record<string, FilingAnswer>>): void {
  const found = answers[filing.submissionKey];
  if (found) answer(found);
  else fail(new Error('a filing was not answered'));
}
