import type { Language } from '../texts.js';
import { textOf } from '../texts.js';

export type Level = 'debug' | 'info' | 'warn' | 'error';

export interface SignIn {
  readonly role: string;
  readonly municipality: string;
  readonly account: string;
  readonly password: string;
}

export type UrlName = 'site' | 'desk' | 'api' | 'openapi' | 'temporal' | 'outbox';

export interface Summary {
  readonly urls: Readonly<Partial<Record<UrlName, string>>>;
  readonly signIns: readonly SignIn[];
  readonly dataFolder: string;
  readonly milliseconds: number;
}

export interface LogRecord {
  readonly level: Level;
  readonly part: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** How a start tells what it does: to a person, or to a program. */
export interface Reporter {
  /** What is being done, before everything is ready. */
  step(key: string, params?: Readonly<Record<string, string | number>>): void;
  /** How far a long piece of work has come; on a terminal it replaces the line before. */
  progress(line: string): void;
  record(record: LogRecord): void;
  /** A line that a process wrote: pino's JSON, or anything. */
  line(part: string, line: string): void;
  ready(summary: Summary): void;
  /** From here on the servers' complaints about each other's end are not worth a line. */
  ending(): void;
}

const URL_NAMES: readonly UrlName[] = ['site', 'desk', 'api', 'openapi', 'outbox', 'temporal'];
const FOREIGN_PARTS = new Set(['postgres', 'temporal']);
const PINO_LEVELS: Readonly<Record<number, Level>> = { 10: 'debug', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'error' };
const PROGRESS_EVERY_MS = 1_000;
/** Fields of a record that say nothing to a reader at a terminal, or are part of the line about a request. */
const SILENT_FIELDS = new Set(['reqId', 'requestId', 'method', 'route', 'status', 'milliseconds', 'level', 'time', 'pid', 'hostname', 'msg', 'message', 'part', 'name', 'ts', 'logging-call-at']);

/** One JSON line when ready, then one per record on standard output; what comes before goes to standard error. */
export function jsonReporter(): Reporter {
  let isReady = false;
  let isEnding = false;
  const write = ({ level, part, message, time, ...fields }: LogRecord): void => {
    (isReady ? process.stdout : process.stderr).write(`${JSON.stringify({ time: instantOf(time), level, part, message, ...fields })}\n`);
  };
  return {
    step: (key, params) => write({ level: 'info', part: 'start', message: textOf('en', key, params) }),
    progress: (line) => write({ level: 'info', part: 'start', message: line }),
    record: write,
    line: (part, line) => {
      if (!isEnding || !FOREIGN_PARTS.has(part)) write(readLine(part, line));
    },
    ending: () => (isEnding = true),
    ready: ({ urls, signIns }) => {
      isReady = true;
      process.stdout.write(`${JSON.stringify({ ready: true, urls, signIns })}\n`);
    },
  };
}

/** Pino counts milliseconds; every record of ours tells its time in one way. */
function instantOf(time: unknown): string {
  const told = typeof time === 'number' || typeof time === 'string' ? new Date(time) : new Date();
  return (Number.isNaN(told.getTime()) ? new Date() : told).toISOString();
}

export function terminalReporter(language: Language): Reporter {
  const isTerminal = process.stdout.isTTY;
  let isOpenLine = false;
  let isReady = false;
  let isEnding = false;
  let progressAt = 0;
  const write = (line: string): void => {
    process.stdout.write(`${isOpenLine ? '\r\u001b[K' : ''}${line}\n`);
    isOpenLine = false;
  };
  const record = (entry: LogRecord): void => {
    // Until everything is ready only what goes wrong is worth a line between the steps.
    const isWorthALine = isReady ? entry.level !== 'debug' : entry.level === 'warn' || entry.level === 'error';
    if (isWorthALine) write(readable(entry));
  };
  return {
    step: (key, params) => write(`· ${textOf(language, key, params)}`),
    progress: (line) => {
      if (!isTerminal) {
        if (Date.now() - progressAt < PROGRESS_EVERY_MS) return;
        progressAt = Date.now();
        return write(`  ${line}`);
      }
      process.stdout.write(`\r\u001b[K  ${line}`);
      isOpenLine = true;
    },
    record,
    line: (part, line) => {
      if (!isEnding || !FOREIGN_PARTS.has(part)) record(readLine(part, line));
    },
    ending: () => (isEnding = true),
    ready: (summary) => {
      isReady = true;
      for (const line of summaryLines(summary, language)) write(line);
    },
  };
}

function summaryLines({ urls, signIns, dataFolder, milliseconds }: Summary, language: Language): string[] {
  const say = (key: string, params?: Readonly<Record<string, string | number>>): string => textOf(language, key, params);
  // Programs want the base of the API; a person wants the page that tells of it.
  const named = URL_NAMES.flatMap((name) => (urls[name] === undefined ? [] : [{ label: say(`start.url.${name}`), url: name === 'api' ? urls[name].replace(/\/v1$/, '') : urls[name] }]));
  const width = Math.max(...named.map(({ label }) => label.length));
  const lines = ['', say('start.ready', { seconds: (milliseconds / 1000).toFixed(1) }), ''];
  lines.push(...named.map(({ label, url }) => `  ${label.padEnd(width)}  ${url}`));
  if (signIns.length > 0) {
    // The development identity provider offers the accounts on its page and asks for no password.
    const areChosen = signIns.every(({ password }) => !/\w/.test(password));
    lines.push('', say(areChosen ? 'start.signInsChosen' : 'start.signIns'), '');
    lines.push(...tableOf(signIns.map(({ account, password, role, municipality }) => [account, ...(areChosen ? [] : [password]), `${role}, ${municipality}`])));
  }
  return [...lines, '', say('start.demoOnly'), say('start.data', { folder: dataFolder }), say('start.howToEnd'), ''];
}

function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

function readLine(part: string, line: string): LogRecord {
  const parsed = parseObject(line);
  if (!parsed) return { level: levelOfText(line, part), part, message: line };
  const { level, msg, message, ...rest } = parsed;
  const text = typeof msg === 'string' ? msg : typeof message === 'string' ? message : '';
  return { ...rest, level: levelOf(level), part, message: text };
}

function levelOf(level: unknown): Level {
  if (typeof level === 'number') return PINO_LEVELS[level] ?? 'info';
  const word = typeof level === 'string' ? level.toLowerCase() : '';
  return word === 'debug' || word === 'warn' || word === 'error' ? word : word === 'fatal' ? 'error' : 'info';
}

/** PostgreSQL writes `… LOG:  text`; routine lines of the servers are of no interest to whoever started the system. */
function levelOfText(line: string, part: string): Level {
  if (/\b(FATAL|PANIC|ERROR):/.test(line)) return 'error';
  if (/\bWARNING:/.test(line)) return 'warn';
  const isNodesOwn = line.startsWith('(node:') || line.startsWith('(Use `node ');
  return FOREIGN_PARTS.has(part) || isNodesOwn ? 'debug' : 'info';
}

function parseObject(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function readable({ level, part, message, ...fields }: LogRecord): string {
  const time = new Date().toTimeString().slice(0, 8);
  const extras = Object.entries(fields)
    .filter(([name, value]) => !SILENT_FIELDS.has(name) && value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${shortened(value)}`);
  return [time, part.padEnd(8), level.padEnd(5), requestLine(fields) ?? message, ...extras].join(' ').trimEnd();
}

/** `POST /api/v1/… 201 12 ms` instead of five fields. */
function requestLine({ method, route, status, milliseconds }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof method !== 'string' || typeof route !== 'string' || typeof status !== 'number') return undefined;
  return `${method} ${route} ${status}${typeof milliseconds === 'number' ? ` ${Math.round(milliseconds)} ms` : ''}`;
}

function shortened(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'message' in value) return JSON.stringify(value.message);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
