import postgres from 'postgres';
import { guardDriver } from './driver-guard.js';
import type { StoreError } from './errors.js';
import { StoreUnavailableError, judgeDriverError } from './errors.js';
import { makeSlots } from './slots.js';

/** JSON goes to the database as text and is cast there: the driver never guesses a type from a value. */
export interface JsonArgument {
  readonly json: unknown;
}

export type Argument = string | number | boolean | null | Uint8Array | JsonArgument;

/**
 * The only door to the database. One call is one SQL function, one statement, one round trip, one commit. There is
 * nothing to begin, so nothing can be left half done.
 */
export interface Store {
  /** Calls `diktyo.<functionName>`; answers its single value: `jsonb` parsed, instants ISO 8601 UTC inside it, SQL null as `null`. */
  call<Result>(functionName: string, args?: readonly Argument[]): Promise<Result>;
  /** The first row of a function that returns columns; `null` when there is none. For bytes, which JSON cannot carry. */
  callRow<Row>(functionName: string, args?: readonly Argument[]): Promise<Row | null>;
  /** Does the database answer, migrated and with settings that keep what was accepted? Never throws. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

export interface StoreOrder {
  readonly databaseUrl: string;
  readonly connectionsMax: number;
  readonly log: (line: string) => void;
  /** Shown in pg_stat_activity. */
  readonly application: string;
  readonly statementTimeoutMs?: number;
  readonly lockTimeoutMs?: number;
  /** How long a call may wait for a free connection. */
  readonly waitMs?: number;
}

const FUNCTION_NAME = /^[a-z][a-z0-9_]{0,62}$/;
const STATEMENT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 3_000;
const WAIT_MS = 5_000;
const WAITERS_MAX = 10_000;
const CONNECT_TIMEOUT_SECONDS = 3;
/** A call is given up this long after the server should have given it up itself: then the server is frozen or gone. */
const DEADLINE_MARGIN_MS = 1_500;

export function openStore(order: StoreOrder): Store {
  guardDriver(order.log);
  const deadlineMs = (order.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS) + DEADLINE_MARGIN_MS;
  const slots = makeSlots<postgres.Sql>({
    countMax: order.connectionsMax,
    waitersMax: WAITERS_MAX,
    waitMs: order.waitMs ?? WAIT_MS,
    open: () => openDriver(order),
    discard: async (driver) => {
      await driver.end({ timeout: 0 }).catch(() => undefined);
    },
    mustDiscard: (error) => error instanceof CallFailure && error.discard,
  });

  const run = async (functionName: string, args: readonly Argument[], shape: 'value' | 'columns'): Promise<readonly Record<string, unknown>[]> => {
    const statement = statementOf(functionName, args, shape);
    const values = args.map(valueOf);
    try {
      return await slots.use(async (driver) => {
        try {
          return await withDeadline(driver.unsafe(statement, values, { prepare: true }), deadlineMs);
        } catch (thrown) {
          throw new CallFailure(judgeDriverError(thrown, functionName));
        }
      });
    } catch (thrown) {
      throw thrown instanceof CallFailure ? thrown.error : thrown;
    }
  };

  const call = async <Result>(functionName: string, args: readonly Argument[] = []): Promise<Result> => {
    const [row] = await run(functionName, args, 'value');
    return (row?.['value'] ?? null) as Result;
  };

  return {
    call,
    callRow: async <Row>(functionName: string, args: readonly Argument[] = []) => ((await run(functionName, args, 'columns'))[0] ?? null) as Row | null,
    ready: () => call<readonly string[]>('examine_settings').then((found) => found.length === 0, () => false),
    close: () => slots.close(),
  };
}

/** Carries the judgement through the pool; never leaves this file. */
class CallFailure extends Error {
  readonly error: StoreError | StoreUnavailableError;
  readonly discard: boolean;

  constructor({ error, discard }: { error: StoreError | StoreUnavailableError; discard: boolean }) {
    super(error.message);
    this.error = error;
    this.discard = discard;
  }
}

/** One driver instance is one connection: whatever state it is left in dies with it. */
function openDriver(order: StoreOrder): postgres.Sql {
  const statementTimeoutMs = order.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
  return postgres(order.databaseUrl, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    fetch_types: false,
    prepare: true,
    backoff: false,
    onnotice: () => undefined,
    connection: {
      application_name: order.application,
      TimeZone: 'UTC',
      statement_timeout: statementTimeoutMs,
      lock_timeout: order.lockTimeoutMs ?? LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: statementTimeoutMs,
    },
  });
}

function statementOf(functionName: string, args: readonly Argument[], shape: 'value' | 'columns'): string {
  if (!FUNCTION_NAME.test(functionName)) throw new Error(`not the name of a function: ${functionName}`);
  const places = args.map((argument, index) => (isJson(argument) ? `$${index + 1}::text::jsonb` : `$${index + 1}`));
  const invocation = `diktyo.${functionName}(${places.join(', ')})`;
  return shape === 'value' ? `select ${invocation} as value` : `select * from ${invocation}`;
}

function valueOf(argument: Argument): string | number | boolean | null | Uint8Array {
  return isJson(argument) ? (JSON.stringify(argument.json) ?? null) : argument;
}

function isJson(argument: Argument): argument is JsonArgument {
  return typeof argument === 'object' && argument !== null && 'json' in argument;
}

/** A frozen server says nothing at all, not even that the statement timed out. */
async function withDeadline<Result>(work: PromiseLike<Result>, milliseconds: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailableError('no answer in time', true)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
