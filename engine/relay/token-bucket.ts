export interface TokenBucket {
  /** Resolves when one may pass. */
  take(): Promise<void>;
}

/** Lets through so many a second, and a few at once after a pause. */
export function createTokenBucket({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }): TokenBucket {
  let tokens = burst;
  let countedAt = performance.now();
  let line: Promise<void> = Promise.resolve();

  const waitForOne = async (): Promise<void> => {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - countedAt) / 1000) * perSecond);
    countedAt = now;
    tokens -= 1;
    if (tokens < 0) await new Promise((resolve) => setTimeout(resolve, (-tokens / perSecond) * 1000));
  };

  return {
    take() {
      line = line.then(waitForOne);
      return line;
    },
  };
}
