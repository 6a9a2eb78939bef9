import { StoreUnavailableError } from './errors.js';

/** One connection at a time, replaced as a whole when it fails: a poisoned driver instance is never used again. */
export interface Slots<Connection> {
  /** Runs `work` on a free connection; waits for one, first come first served. */
  use<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
  /** Gives up every idle connection and refuses new work; resolves when work in hand is done. */
  close(): Promise<void>;
}

export interface SlotsOrder<Connection> {
  readonly countMax: number;
  /** How many may wait for a connection, and how long. */
  readonly waitersMax: number;
  readonly waitMs: number;
  open(): Connection;
  discard(connection: Connection): Promise<void>;
  /** After a failure: is this connection to be given up? */
  mustDiscard(error: unknown): boolean;
}

interface Waiter<Connection> {
  readonly take: (connection: Connection) => void;
  readonly refuse: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export function makeSlots<Connection>(order: SlotsOrder<Connection>): Slots<Connection> {
  const idle: Connection[] = [];
  const waiters = new Set<Waiter<Connection>>();
  let openCount = 0;
  let isClosed = false;
  let onDrained: () => void = () => undefined;

  const acquire = (): Promise<Connection> => {
    if (isClosed) return Promise.reject(new StoreUnavailableError('closed', false));
    const free = idle.pop();
    if (free !== undefined) return Promise.resolve(free);
    if (openCount < order.countMax) {
      openCount += 1;
      return Promise.resolve(order.open());
    }
    if (waiters.size >= order.waitersMax) return Promise.reject(new StoreUnavailableError('busy', false));
    return new Promise((take, refuse) => {
      const timer = setTimeout(() => {
        waiters.delete(waiter);
        refuse(new StoreUnavailableError('busy', false));
      }, order.waitMs);
      const waiter: Waiter<Connection> = { take, refuse, timer };
      waiters.add(waiter);
    });
  };

  const release = (connection: Connection): void => {
    const [next] = waiters;
    if (next) {
      waiters.delete(next);
      clearTimeout(next.timer);
      next.take(connection);
      return;
    }
    if (!isClosed) {
      idle.push(connection);
      return;
    }
    openCount -= 1;
    void order.discard(connection).finally(onDrained);
  };

  const replace = (connection: Connection): void => {
    void order.discard(connection);
    if (waiters.size > 0) return release(order.open());
    openCount -= 1;
    if (isClosed) onDrained();
  };

  const use = async <Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> => {
    const connection = await acquire();
    try {
      const result = await work(connection);
      release(connection);
      return result;
    } catch (error) {
      if (order.mustDiscard(error)) replace(connection);
      else release(connection);
      throw error;
    }
  };

  const close = async (): Promise<void> => {
    isClosed = true;
    for (const waiter of waiters) {
      clearTimeout(waiter.timer);
      waiter.refuse(new StoreUnavailableError('closed', false));
    }
    waiters.clear();
    openCount -= idle.length;
    await Promise.all(idle.splice(0).map((connection) => order.discard(connection)));
    while (openCount > 0) await new Promise<void>((resolve) => (onDrained = resolve));
  };

  return { use, close };
}
