import { StoreError, StoreUnavailableError } from '#engine/store/errors.js';
import { UnsafeStoreError } from '#engine/store/safety.js';
import { CommandRefused, UsageRefused } from './command.js';
import { wordsOfFound } from './doctor/found-words.js';
import { textOf } from './texts.js';
import type { Language } from './texts.js';

type Params = Readonly<Record<string, string>>;

/** Where the address of a database was read: what has to be mended is named. */
export interface DatabasePlace {
  readonly databaseUrl: string;
  /** `DATABASE_URL`, or the file with the secrets of a local start. */
  readonly setting: string;
}

export interface Trouble {
  /** Of its sentence, without a dot at the end of it. */
  readonly key: string;
  readonly params: Params;
}

const FILES: Readonly<Record<string, string>> = {
  ENOENT: 'file.missing',
  EACCES: 'file.forbidden',
  EPERM: 'file.forbidden',
  EROFS: 'file.forbidden',
  EISDIR: 'file.isFolder',
  ENOTDIR: 'file.isNoFolder',
  EEXIST: 'file.isNoFolder',
  ENOTEMPTY: 'file.forbidden',
  ENAMETOOLONG: 'file.nameLong',
  ELOOP: 'file.missing',
  ENOSPC: 'file.full',
  EDQUOT: 'file.full',
};

const ANSWERS: Readonly<Record<string, string>> = {
  '28P01': 'database.password',
  '28000': 'database.password',
  '3D000': 'database.unknown',
  '42501': 'database.forbidden',
  '53300': 'database.full',
  '57P03': 'database.starting',
  ECONNREFUSED: 'database.silent',
  ECONNRESET: 'database.silent',
  ENOENT: 'database.silent',
  EHOSTUNREACH: 'database.silent',
  ENETUNREACH: 'database.silent',
  CONNECT_TIMEOUT: 'database.silent',
  ETIMEDOUT: 'database.silent',
  CONNECTION_CLOSED: 'database.silent',
  CONNECTION_ENDED: 'database.silent',
  ENOTFOUND: 'database.host',
  EAI_AGAIN: 'database.host',
};
/** Functions, schemas and tables come with the migrations. */
const NOT_MIGRATED = new Set(['3F000', '42883', '42P01']);

/** Which setting, which role at which server, and how to mend it; never a password. */
export function databaseTrouble(error: unknown, { databaseUrl, setting }: DatabasePlace): Trouble {
  const { user, host, database } = readAddress(databaseUrl);
  const code = codeOf(error);
  const key = NOT_MIGRATED.has(code) ? 'database.notMigrated' : (ANSWERS[code] ?? 'database.other');
  return { key, params: { setting, user, host, database, reason: code === '' ? nameOf(error) : code } };
}

/** @throws UsageRefused when nobody could read it as the address of a database */
export function requireAddress({ databaseUrl, setting }: DatabasePlace): string {
  if (!/^postgres(ql)?:\/\/[^/]/.test(databaseUrl) || readAddress(databaseUrl).host === '') throw new UsageRefused('database.address', { setting });
  return databaseUrl;
}

function readAddress(databaseUrl: string): { readonly user: string; readonly host: string; readonly database: string } {
  try {
    const { username, host, pathname } = new URL(databaseUrl);
    return { user: decodeURIComponent(username), host, database: decodeURIComponent(pathname.slice(1)) };
  } catch {
    return { user: '', host: '', database: '' };
  }
}

function codeOf(error: unknown): string {
  if (error instanceof StoreUnavailableError) return error.reason;
  if (error instanceof StoreError) return error.code;
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function unsafe({ findings }: UnsafeStoreError, { setting }: DatabasePlace): CommandRefused {
  const inLanguage = (language: Language): Params => ({ setting, found: findings.map(wordsOfFound).map(({ key, params }) => textOf(language, key, params)).join(', ') });
  return new CommandRefused('database.unsafe', { el: inLanguage('el'), en: inLanguage('en') });
}

/** What a person can mend of an error that no command expected: files, ports, databases. Anything else is a bug. */
export function refusalOf(error: unknown, environment: NodeJS.ProcessEnv = process.env): CommandRefused | undefined {
  if (error instanceof CommandRefused) return error;
  const place = { databaseUrl: environment['DATABASE_URL'] ?? '', setting: 'DATABASE_URL' };
  if (error instanceof UnsafeStoreError) return unsafe(error, place);
  // By its name: what throws it brings the driver with it, which most commands never need.
  if (error instanceof Error && error.name === 'MigrationDriftError') return new CommandRefused('migrate.drift', { file: String((error as { readonly file?: unknown }).file) });
  if (error instanceof StoreUnavailableError || error instanceof StoreError) {
    const { key, params } = databaseTrouble(error, place);
    return new CommandRefused(key, params);
  }
  const { code = '', path, port, address } = error as NodeJS.ErrnoException & { readonly port?: number; readonly address?: string };
  if (code === 'EADDRINUSE' || code === 'EADDRNOTAVAIL' || (code === 'EACCES' && port !== undefined)) return new CommandRefused('port.cannotListen', { port: port ?? '', host: address ?? '' });
  const file = FILES[code];
  return typeof path === 'string' && file !== undefined ? new CommandRefused(file, { path }) : undefined;
}
