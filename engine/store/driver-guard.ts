/*
 * The driver (postgres 3.4.9) writes to its socket from a deferred callback. When the connection dies in between, the
 * socket is gone, the callback throws, and nobody can catch it: one killed database would end every process of ours
 * (porsager/postgres #1066, #1154, #1208). One statement per command and one driver instance per connection make this
 * unlikely; this guard makes it harmless. It lets pass exactly that error, and nothing else.
 */

const DRIVER_FILE = /[\\/]postgres[\\/](src|cjs|cf)[\\/](src[\\/])?connection\.js/;

let isInstalled = false;
let caughtCount = 0;

/** True for the driver's own deferred write to a socket that is gone. */
export function isDeferredWriteError(error: unknown): boolean {
  if (!(error instanceof TypeError)) return false;
  const [first = ''] = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return DRIVER_FILE.test(first) && /\b(nextWrite|write|execute|connected|drain)\b/.test(first);
}

/** How many deferred writes failed in this process since it started: for metrics and for the kill tests. */
export function countDeferredWriteErrors(): number {
  return caughtCount;
}

/** Installs the guard once per process. Every other uncaught exception still ends the process, as without it. */
export function guardDriver(log: (line: string) => void): void {
  if (isInstalled) return;
  isInstalled = true;
  process.on('uncaughtException', (error: unknown) => {
    if (isDeferredWriteError(error)) {
      caughtCount += 1;
      log('store: a write to a lost connection was dropped by the driver');
      return;
    }
    // Somebody else listens too: theirs to judge. Alone, do what Node would have done.
    if (process.listenerCount('uncaughtException') > 1) return;
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
}
