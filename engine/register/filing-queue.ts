import type { Refusal } from '#engine/contract/case.js';
import type { Receipt, SubmitInput } from '#engine/contract/rooms.js';
import { StoreUnavailableError } from '#engine/store/errors.js';

export type Filing = SubmitInput & { readonly nameWords: readonly string[] };
export type FilingAnswer = Receipt | { readonly refusal: Refusal };

/** Files several applications of one municipality in one statement; answers by submission key. */
export type FileTogether = (municipality: string, filings: readonly Filing[]) => Promise<Readonly<Record<string, FilingAnswer>>>;

interface Waiting {
  readonly filing: Filing;
  readonly answer: (answer: FilingAnswer) => void;
  readonly fail: (error: unknown) => void;
}

interface Counter {
  waiting: Waiting[];
  inFlight: number;
  /** Keys under way: the same key never twice at once, so that one statement never meets itself. */
  readonly keys: Set<string>;
}

const TOGETHER_MAX = 50;
/** One prepares its rows while the other waits for the disk; a third would only wait for the counter. */
const IN_FLIGHT_MAX = 2;

/**
 * Filings of one municipality wait for one protocol counter anyway. Alone, a filing goes at once; under load those that
 * came meanwhile go together. A statement that fails is tried again filing by filing, so that a bad one fails alone.
 */
export function makeFilingQueue(file: FileTogether): (filing: Filing) => Promise<FilingAnswer> {
  const counters = new Map<string, Counter>();

  const pump = (municipality: string, counter: Counter): void => {
    while (counter.inFlight < IN_FLIGHT_MAX && counter.waiting.length > 0) {
      const batch = takeBatch(counter);
      if (batch.length === 0) return;
      counter.inFlight += 1;
      void fileBatch(file, { municipality, batch }).finally(() => {
        counter.inFlight -= 1;
        for (const { filing } of batch) counter.keys.delete(filing.submissionKey);
        if (counter.inFlight === 0 && counter.waiting.length === 0) counters.delete(municipality);
        else pump(municipality, counter);
      });
    }
  };

  return (filing) =>
    new Promise((answer, fail) => {
      const counter = counters.get(filing.municipality) ?? { waiting: [], inFlight: 0, keys: new Set() };
      counters.set(filing.municipality, counter);
      counter.waiting.push({ filing, answer, fail });
      pump(filing.municipality, counter);
    });
}

function takeBatch(counter: Counter): readonly Waiting[] {
  const batch: Waiting[] = [];
  const left: Waiting[] = [];
  for (const waiting of counter.waiting) {
    const key = waiting.filing.submissionKey;
    if (batch.length < TOGETHER_MAX && !counter.keys.has(key)) {
      counter.keys.add(key);
      batch.push(waiting);
    } else left.push(waiting);
  }
  counter.waiting = left;
  return batch;
}

interface Batch {
  readonly municipality: string;
  readonly batch: readonly Waiting[];
}

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
