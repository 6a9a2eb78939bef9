/** The database could not answer in time or at all. Whether the command took effect may be unknown: ask again with the same key. */
export class StoreUnavailableError extends Error {
  readonly reason: string;
  /** False when it is certain that nothing was done. */
  readonly outcomeUnknown: boolean;

  constructor(reason: string, outcomeUnknown: boolean) {
    super(`the database is not available: ${reason}`);
    this.name = 'StoreUnavailableError';
    this.reason = reason;
    this.outcomeUnknown = outcomeUnknown;
  }
}

/** A statement was refused by the database: a bug of ours, or a role that may not do this. Carries no values. */
export class StoreError extends Error {
  readonly code: string;
  readonly functionName: string;

  constructor(functionName: string, code: string, message: string) {
    super(`${functionName}: ${code}${message === '' ? '' : ` ${message}`}`);
    this.name = 'StoreError';
    this.code = code;
    this.functionName = functionName;
  }
}

/** SQLSTATEs that say "not now": overload, shutdown, time-outs, a full disk, a standby, and settings that would lose data. */
const UNAVAILABLE_STATES = new Set([
  '25006', '40001', '40P01', '53000', '53100', '53200', '53300', '53400', '55P03', '57014', '57P01', '57P02', '57P03', '57P04', '57P05', '58000', '58030', 'DK503',
]);
/** Of these it is certain that the statement was rolled back. */
const UNDONE_STATES = new Set(['25006', '40001', '40P01', '53100', '53200', '53300', '55P03', '57014', '57P03', 'DK503']);
/** Data exceptions and violated constraints quote the values in their message. */
const QUOTES_VALUES = /^(22|23)/;
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'CONNECT_TIMEOUT']);

export interface JudgedError {
  readonly error: StoreError | StoreUnavailableError;
  /** The connection may be in an unknown state and is given up. */
  readonly discard: boolean;
}

/** Turns whatever the driver threw into one of our two errors, without any value of the statement in it. */
export function judgeDriverError(thrown: unknown, functionName: string): JudgedError {
  if (thrown instanceof StoreUnavailableError) return { error: thrown, discard: true };
  const { code = '', message = '', severity } = describe(thrown);
  if (severity === undefined) {
    return { error: new StoreUnavailableError(code === '' ? 'the connection failed' : code, !NOT_CONNECTED.has(code)), discard: true };
  }
  const isFatal = severity !== 'ERROR';
  if (isFatal || UNAVAILABLE_STATES.has(code) || code.startsWith('08')) {
    return { error: new StoreUnavailableError(code, !UNDONE_STATES.has(code)), discard: isFatal || code.startsWith('08') };
  }
  return { error: new StoreError(functionName, code, QUOTES_VALUES.test(code) ? '' : message), discard: false };
}

function describe(thrown: unknown): { code?: string; message?: string; severity?: string } {
  if (typeof thrown !== 'object' || thrown === null) return {};
  const { code, message, severity, severity_local: local } = thrown as Readonly<Record<string, unknown>>;
  const found = typeof severity === 'string' ? severity : local;
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof message === 'string' ? { message } : {}),
    ...(typeof found === 'string' ? { severity: found } : {}),
  };
}
