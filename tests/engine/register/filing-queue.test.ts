import { describe, expect, it } from 'vitest';
import type { Filing, FilingAnswer, FileTogether } from '#engine/register/filing-queue.js';
import { makeFilingQueue } from '#engine/register/filing-queue.js';
import { StoreUnavailableError } from '#engine/store/errors.js';
import { MANDRA, MARATHON, sampleFiling } from './sample-case.js';

interface Statement {
  readonly municipality: string;
  readonly keys: readonly string[];
  /** Lets the database answer, with receipts unless an error is given. */
  end(error?: Error): void;
}

/** A database that answers only when it is told to. */
function slowDatabase(): { readonly statements: Statement[]; readonly file: FileTogether } {
  const statements: Statement[] = [];
  const file: FileTogether = (municipality, filings) =>
    new Promise((resolve, reject) => {
      const keys = filings.map(({ submissionKey }) => submissionKey);
      const receipts = Object.fromEntries(filings.map((filing): [string, FilingAnswer] => [filing.submissionKey, { applicationId: filing.applicationId, protocolNumber: '1/2026', filedAt: '', trackingNonce: '', repeated: false }]));
      statements.push({ municipality, keys, end: (error) => (error ? reject(error) : resolve(receipts)) });
    });
  return { statements, file };
}

const filing = (submissionKey: string, municipality = MANDRA): Filing => ({ ...sampleFiling({ submissionKey, municipality }), nameWords: [] });
/** What was read of the network in this turn is through, and what waited for it has been sent. */
const turn = async (): Promise<void> => {
  for (let count = 0; count < 3; count += 1) await new Promise((resolve) => setImmediate(resolve));
};
const named = (count: number, from = 0): string[] => Array.from({ length: count }, (_, index) => `key-${from + index}`);
const outcomeOf = (answer: Promise<unknown>): Promise<string> => answer.then(() => 'filed', (error: unknown) => (error as Error).message);

describe('filings that wait for the same protocol counter', () => {
  it('go at once when nobody is before them, and together when they came together', async () => {
    const { statements, file } = slowDatabase();
    const submit = makeFilingQueue(file);
    void Promise.all(named(3).map((key) => submit(filing(key))));
    await turn();
    expect(statements.map(({ keys }) => keys)).toEqual([named(3)]);
  });

  it('that come while a statement is under way go together in the next, at most fifty, in the order in which they came', async () => {
    const { statements, file } = slowDatabase();
    const submit = makeFilingQueue(file);
    const answers = [submit(filing('first'))];
    await turn();
    answers.push(...named(60).map((key) => submit(filing(key))));
    await turn();
    expect(statements).toHaveLength(1);
    for (const expected of [['first'], named(50), named(10, 50)]) {
      expect(statements.at(-1)?.keys).toEqual(expected);
      statements.at(-1)?.end();
      await turn();
    }
    expect(await Promise.all(answers)).toHaveLength(61);
    expect(statements).toHaveLength(3);
  });

  it('of another municipality do not wait for them', async () => {
    const { statements, file } = slowDatabase();
    const submit = makeFilingQueue(file);
    void submit(filing('here'));
    await turn();
    void submit(filing('there', MARATHON));
    await turn();
    expect(statements.map(({ municipality }) => municipality)).toEqual([MANDRA, MARATHON]);
  });

  it('with the same key never meet in one statement', async () => {
    const { statements, file } = slowDatabase();
    const submit = makeFilingQueue(file);
    void Promise.all(['twice', 'twice', 'once'].map((key) => submit(filing(key))));
    await turn();
    statements[0]?.end();
    await turn();
    expect(statements.map(({ keys }) => keys)).toEqual([['twice', 'once'], ['twice']]);
  });

  it('are tried one by one when their statement fails, so that a bad one fails alone', async () => {
    const sent: number[] = [];
    const submit = makeFilingQueue(async (_municipality, filings) => {
      sent.push(filings.length);
      if (filings.some(({ submissionKey }) => submissionKey === 'bad')) throw new Error('a bug');
      return Object.fromEntries(filings.map(({ submissionKey, applicationId }) => [submissionKey, { applicationId, protocolNumber: '1/2026', filedAt: '', trackingNonce: '', repeated: false }]));
    });
    expect(await Promise.all(['good', 'bad', 'fine'].map((key) => outcomeOf(submit(filing(key)))))).toEqual(['filed', 'a bug', 'filed']);
    expect(sent).toEqual([3, 1, 1, 1]);
  });

  it('hear all that the database is away when their statement found it so; the next are sent again', async () => {
    const { statements, file } = slowDatabase();
    const submit = makeFilingQueue(file);
    const lost = Promise.all(['a', 'b'].map((key) => outcomeOf(submit(filing(key)))));
    await turn();
    const later = outcomeOf(submit(filing('c')));
    statements[0]?.end(new StoreUnavailableError('gone', true));
    await turn();
    statements[1]?.end();
    expect(await lost).toEqual(Array.from({ length: 2 }, () => 'the database is not available: gone'));
    expect(await later).toBe('filed');
  });

  it('that have waited too long behind a database that does not answer are told to ask again', async () => {
    let time = 0;
    const { statements, file } = slowDatabase();
    const submit = makeFilingQueue(file, () => time);
    const first = outcomeOf(submit(filing('first')));
    await turn();
    const late = outcomeOf(submit(filing('late')));
    time = 6_000;
    const recent = outcomeOf(submit(filing('recent')));
    statements[0]?.end(new StoreUnavailableError('no answer in time', true));
    await turn();
    statements[1]?.end();
    expect(await Promise.all([first, late, recent])).toEqual(['the database is not available: no answer in time', 'the database is not available: busy', 'filed']);
    expect(statements[1]?.keys).toEqual(['recent']);
  });
});
