export interface Loop {
  start(): void;
  /** Ends the pause at once, lets a turn that is under way come to its end, and begins no other. */
  stop(): Promise<void>;
  isStopping(): boolean;
}

/**
 * Work that comes back by itself until it is stopped, one turn at a time.
 *
 * @param turn answers after how many milliseconds it comes again; 0: at once. It keeps its failures to itself.
 */
export function createLoop(turn: () => Promise<number>, { firstPauseMs = 0 }: { readonly firstPauseMs?: number } = {}): Loop {
  let isStopping = false;
  let running: Promise<void> | undefined;
  let wake = (): void => undefined;

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    let pauseMs = firstPauseMs;
    for (;;) {
      if (pauseMs > 0 && !isStopping) await pause(pauseMs);
      if (isStopping) return;
      pauseMs = await turn();
    }
  };

  return {
    start() {
      running ??= run();
    },
    async stop() {
      isStopping = true;
      wake();
      await running;
    },
    isStopping: () => isStopping,
  };
}
