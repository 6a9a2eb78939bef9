import type { Settings } from '../contract/settings.js';

/** The processes that read settings; a variable only one of them needs is asked of that one only. */
export type Part = 'api' | 'worker' | 'relay';

export interface SettingRefusal {
  readonly code: 'setting.missing' | 'setting.invalid' | 'setting.notForProduction';
  readonly variable: string;
  /** What would have been accepted: a key of texts.el.json and texts.en.json, and what stands in its sentence. */
  readonly expected: { readonly text: ExpectedText; readonly params: Readonly<Record<string, string>> };
}

export type ExpectedText = 'example' | 'origin' | 'https' | 'hostAndPort' | 'wholeNumber' | 'oneOf' | 'address' | 'randomBytes' | 'secretText' | 'ownKey' | 'ownProvider';

export type ReadSettings = { readonly ok: true; readonly settings: Settings } | { readonly ok: false; readonly refusals: readonly SettingRefusal[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** Known to everybody, and refused in production. */
export const DEVELOPMENT_CODE_KEY = Buffer.from('diktyo development code key, not secret').toString('base64');

const CODE_KEY_BYTES_MIN = 32;
const HOST_AND_PORT = /^(\[[0-9a-fA-F:]+\]|[^\s:/]+):(\d{1,5})$/;
/** Where only one of the two is given, the other is this. */
const REQUESTS_PER_MINUTE = { address: 1_200, staff: 1_200 } as const;
const REQUESTS_PER_MINUTE_MAX = 1_000_000;
const WATCH_CASES_PER_MINUTE_MAX = 6_000;
/** RFC 6750, and long enough not to be guessed. */
const METRICS_TOKEN = /^[A-Za-z0-9._~+/-]{24,500}=*$/;
const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];
const LOG_LEVELS: readonly Settings['logLevel'][] = ['debug', 'info', 'warn', 'error'];

/** Reads what a process is told by its environment. Every refusal names its variable; all of them are told at once. */
export function readSettings(environment: Environment, part: Part): ReadSettings {
  const reader = new Reader(environment);
  const mode = reader.oneOf('DIKTYO_MODE', ['development', 'production'] as const, 'development');
  const settings: Settings = {
    mode,
    publicUrl: readPublicUrl(reader, { mode, part }),
    host: reader.text('DIKTYO_HOST') ?? '127.0.0.1',
    port: reader.integer('DIKTYO_PORT', { min: 0, max: 65_535, fallback: 4300 }),
    databaseUrl: reader.url('DATABASE_URL', ['postgres:', 'postgresql:']),
    databaseConnectionsMax: reader.integer('DIKTYO_DATABASE_CONNECTIONS_MAX', { min: 1, max: 500, fallback: part === 'relay' ? 2 : 10 }),
    temporal: readTemporal(reader, mode),
    codeKey: readCodeKey(reader, { mode, part }),
    login: readLogin(reader, { mode, part }),
    messages: readMessages(reader, { mode, part }),
    trustedProxies: (reader.text('DIKTYO_TRUSTED_PROXIES') ?? '').split(',').map((peer) => peer.trim()).filter((peer) => peer !== ''),
    ...readScanner(reader),
    ...readPace(reader),
    ...readMetricsToken(reader),
    ...readWatch(reader),
    logLevel: reader.oneOf('DIKTYO_LOG_LEVEL', LOG_LEVELS, 'info'),
  };
  return reader.refusals.length === 0 ? { ok: true, settings } : { ok: false, refusals: reader.refusals };
}

interface Asked {
  readonly mode: Settings['mode'];
  readonly part: Part;
}

function readPublicUrl(reader: Reader, { mode, part }: Asked): string {
  const given = reader.text('DIKTYO_PUBLIC_URL');
  if (given === undefined) {
    if (mode === 'production' && part !== 'relay') reader.missing('DIKTYO_PUBLIC_URL', 'https://engine.example.gr');
    return `http://127.0.0.1:${reader.text('DIKTYO_PORT') ?? '4300'}`;
  }
  const url = parseUrl(given);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    reader.invalid('DIKTYO_PUBLIC_URL', 'origin');
    return given;
  }
  if (mode === 'production' && url.protocol !== 'https:') {
    reader.notForProduction('DIKTYO_PUBLIC_URL', 'https');
  }
  return url.origin;
}

function readTemporal(reader: Reader, mode: Settings['mode']): Settings['temporal'] {
  const address = reader.text('TEMPORAL_ADDRESS');
  if (address === undefined && mode === 'production') reader.missing('TEMPORAL_ADDRESS', 'temporal.example.gr:7233');
  if (address !== undefined && !HOST_AND_PORT.test(address)) {
    reader.invalid('TEMPORAL_ADDRESS', 'hostAndPort');
  }
  const apiKey = reader.text('TEMPORAL_API_KEY');
  const tls = reader.oneOf('TEMPORAL_TLS', ['true', 'false'] as const, apiKey === undefined ? 'false' : 'true') === 'true';
  return {
    address: address ?? '127.0.0.1:7233',
    namespace: reader.text('TEMPORAL_NAMESPACE') ?? 'default',
    tls,
    ...(apiKey === undefined ? {} : { apiKey }),
  };
}

function readCodeKey(reader: Reader, { mode, part }: Asked): Uint8Array {
  const given = reader.text('DIKTYO_CODE_KEY');
  if (given === undefined && mode === 'production' && part !== 'relay') {
    reader.missing('DIKTYO_CODE_KEY', 'openssl rand -base64 32');
  }
  if (given === DEVELOPMENT_CODE_KEY && mode === 'production') {
    reader.notForProduction('DIKTYO_CODE_KEY', 'ownKey');
  }
  const key = Buffer.from(given ?? DEVELOPMENT_CODE_KEY, 'base64');
  if (key.length < CODE_KEY_BYTES_MIN) {
    reader.invalid('DIKTYO_CODE_KEY', 'randomBytes', { min: String(CODE_KEY_BYTES_MIN) });
  }
  return new Uint8Array(key);
}

function readLogin(reader: Reader, { mode, part }: Asked): Settings['login'] {
  const given = reader.text('DIKTYO_LOGIN_ISSUER');
  const clientSecret = reader.text('DIKTYO_LOGIN_CLIENT_SECRET');
  if (mode === 'production' && part === 'api') {
    if (given === undefined) reader.missing('DIKTYO_LOGIN_ISSUER', 'https://login.example.gr');
    if (reader.text('DIKTYO_LOGIN_CLIENT_ID') === undefined) reader.missing('DIKTYO_LOGIN_CLIENT_ID', 'diktyo');
  }
  const issuer = given ?? 'http://127.0.0.1:4302';
  const url = parseUrl(issuer);
  const isLoopback = url !== undefined && url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !isLoopback)) {
    reader.invalid('DIKTYO_LOGIN_ISSUER', 'https');
  } else if (given !== undefined && mode === 'production' && isLoopback) {
    reader.notForProduction('DIKTYO_LOGIN_ISSUER', 'ownProvider');
  }
  return {
    issuer,
    clientId: reader.text('DIKTYO_LOGIN_CLIENT_ID') ?? 'diktyo-desk',
    insecure: mode === 'development' && isLoopback,
    ...(clientSecret === undefined ? {} : { clientSecret }),
  };
}

/** Without SMTP, messages stay in the outbox catcher: a development convenience that would lose mail in production. */
function readMessages(reader: Reader, { mode, part }: Asked): Settings['messages'] {
  const url = reader.text('SMTP_URL');
  if (url === undefined) {
    if (mode === 'production' && part === 'worker') reader.missing('SMTP_URL', 'smtps://user:password@mail.example.gr');
    return { kind: 'catcher' };
  }
  const parsed = parseUrl(url);
  if (!parsed || !['smtp:', 'smtps:'].includes(parsed.protocol)) {
    reader.invalid('SMTP_URL', 'address', { protocols: 'smtp://, smtps://' });
  }
  const from = reader.text('SMTP_FROM');
  if (from === undefined) reader.missing('SMTP_FROM', 'diktyo@example.gr');
  return { kind: 'smtp', url, from: from ?? '' };
}

/** A virus scanner that speaks clamd's protocol. */
function readScanner(reader: Reader): Pick<Settings, 'clamd'> {
  const address = reader.text('CLAMD_ADDRESS');
  if (address === undefined) return {};
  const [, host, port] = HOST_AND_PORT.exec(address) ?? [];
  if (host !== undefined && port !== undefined) return { clamd: { host, port: Number(port) } };
  reader.invalid('CLAMD_ADDRESS', 'hostAndPort');
  return {};
}

function readPace(reader: Reader): Pick<Settings, 'requestsPerMinute'> {
  const variables = { address: 'DIKTYO_REQUESTS_PER_MINUTE', staff: 'DIKTYO_STAFF_REQUESTS_PER_MINUTE' } as const;
  if (reader.text(variables.address) === undefined && reader.text(variables.staff) === undefined) return {};
  const read = (variable: string, fallback: number): number => reader.integer(variable, { min: 1, max: REQUESTS_PER_MINUTE_MAX, fallback });
  return { requestsPerMinute: { address: read(variables.address, REQUESTS_PER_MINUTE.address), staff: read(variables.staff, REQUESTS_PER_MINUTE.staff) } };
}

/** A secret of the installation, sent as `Authorization: Bearer …` by whatever collects metrics. */
function readMetricsToken(reader: Reader): Pick<Settings, 'metricsToken'> {
  const metricsToken = reader.text('DIKTYO_METRICS_TOKEN');
  if (metricsToken === undefined) return {};
  if (!METRICS_TOKEN.test(metricsToken)) reader.invalid('DIKTYO_METRICS_TOKEN', 'secretText');
  return { metricsToken };
}

/** How many cases a minute the relay compares with Temporal while nothing is wrong. */
function readWatch(reader: Reader): Pick<Settings, 'watch'> {
  const variable = 'DIKTYO_WATCH_CASES_PER_MINUTE';
  if (reader.text(variable) === undefined) return {};
  return { watch: { casesPerMinute: reader.integer(variable, { min: 1, max: WATCH_CASES_PER_MINUTE_MAX, fallback: 120 }) } };
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Collects every refusal instead of stopping at the first. Never repeats a value: it may be a secret. */
class Reader {
  readonly refusals: SettingRefusal[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  text(variable: string): string | undefined {
    const value = this.#environment[variable]?.trim();
    return value === undefined || value === '' ? undefined : value;
  }

  integer(variable: string, { min, max, fallback }: { min: number; max: number; fallback: number }): number {
    const text = this.text(variable);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    this.invalid(variable, 'wholeNumber', { min: String(min), max: String(max) });
    return fallback;
  }

  oneOf<T extends string>(variable: string, allowed: readonly T[], fallback: T): T {
    const text = this.text(variable);
    if (text === undefined) return fallback;
    const found = allowed.find((value) => value === text);
    if (found === undefined) this.invalid(variable, 'oneOf', { values: allowed.join(', ') });
    return found ?? fallback;
  }

  url(variable: string, protocols: readonly string[]): string {
    const text = this.text(variable);
    if (text === undefined) {
      this.missing(variable, `${protocols[0] ?? ''}//role:password@host:5432/diktyo`);
      return '';
    }
    const url = parseUrl(text);
    if (!url || !protocols.includes(url.protocol)) {
      this.invalid(variable, 'address', { protocols: protocols.map((protocol) => `${protocol}//`).join(', ') });
    }
    return text;
  }

  missing(variable: string, example: string): void {
    this.refusals.push({ code: 'setting.missing', variable, expected: { text: 'example', params: { example } } });
  }

  invalid(variable: string, text: ExpectedText, params: Readonly<Record<string, string>> = {}): void {
    this.refusals.push({ code: 'setting.invalid', variable, expected: { text, params } });
  }

  notForProduction(variable: string, text: ExpectedText): void {
    this.refusals.push({ code: 'setting.notForProduction', variable, expected: { text, params: {} } });
  }
}
