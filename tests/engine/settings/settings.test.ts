import { describe, expect, test } from 'vitest';
import { settingRefusalText } from '#engine/settings/refusal-text.js';
import { DEVELOPMENT_CODE_KEY, readSettings } from '#engine/settings/settings.js';
import type { Part } from '#engine/settings/settings.js';

const KEY = Buffer.alloc(32, 7).toString('base64');
const PRODUCTION = {
  DIKTYO_MODE: 'production',
  DIKTYO_PUBLIC_URL: 'https://engine.example.gr',
  DATABASE_URL: 'postgres://diktyo_api:secret@db.example.gr:5432/diktyo',
  TEMPORAL_ADDRESS: 'temporal.example.gr:7233',
  DIKTYO_CODE_KEY: KEY,
  DIKTYO_LOGIN_ISSUER: 'https://login.example.gr',
  DIKTYO_LOGIN_CLIENT_ID: 'diktyo',
  SMTP_URL: 'smtps://mail.example.gr',
  SMTP_FROM: 'diktyo@example.gr',
};
const DEVELOPMENT = { DATABASE_URL: 'postgres://diktyo_api:secret@127.0.0.1:4305/diktyo' };

type Environment = Readonly<Record<string, string | undefined>>;

const refusalsOf = (environment: Environment, part: Part = 'api'): readonly string[] => {
  const read = readSettings(environment, part);
  return read.ok ? [] : read.refusals.map(({ code, variable }) => `${code} ${variable}`);
};

describe('In development', () => {
  test('only the database must be named; the rest has defaults on this machine', () => {
    const read = readSettings(DEVELOPMENT, 'api');
    expect(read).toMatchObject({
      ok: true,
      settings: {
        mode: 'development',
        publicUrl: 'http://127.0.0.1:4300',
        host: '127.0.0.1',
        port: 4300,
        temporal: { address: '127.0.0.1:7233', namespace: 'default', tls: false },
        login: { issuer: 'http://127.0.0.1:4302', clientId: 'diktyo-desk', insecure: true },
        messages: { kind: 'catcher' },
        trustedProxies: [],
        logLevel: 'info',
      },
    });
  });

  test('an identity provider over plain http is accepted on this machine only', () => {
    expect(refusalsOf({ ...DEVELOPMENT, DIKTYO_LOGIN_ISSUER: 'http://localhost:9000' })).toEqual([]);
    expect(refusalsOf({ ...DEVELOPMENT, DIKTYO_LOGIN_ISSUER: 'http://login.example.gr' })).toEqual(['setting.invalid DIKTYO_LOGIN_ISSUER']);
  });
});

describe('The token for metrics', () => {
  test.each(['', 'short', 'with spaces in it and more', 'ελληνικά-γράμματα-πολλά-πολλά'])('%j is not one', (token) => {
    expect(refusalsOf({ ...DEVELOPMENT, DIKTYO_METRICS_TOKEN: token })).toEqual(token === '' ? [] : ['setting.invalid DIKTYO_METRICS_TOKEN']);
  });
  test('is long, and nothing a header cannot carry', () => {
    expect(readSettings({ ...PRODUCTION, DIKTYO_METRICS_TOKEN: 'a1'.repeat(24) }, 'api')).toMatchObject({ ok: true, settings: { metricsToken: 'a1'.repeat(24) } });
  });
});

describe('The pace of the watch over cases', () => {
  test('is a whole number of cases a minute; not given, the relay has its own', () => {
    expect(readSettings({ ...PRODUCTION, DIKTYO_WATCH_CASES_PER_MINUTE: '600' }, 'relay')).toMatchObject({ ok: true, settings: { watch: { casesPerMinute: 600 } } });
    expect(refusalsOf({ ...PRODUCTION, DIKTYO_WATCH_CASES_PER_MINUTE: '0' }, 'relay')).toEqual(['setting.invalid DIKTYO_WATCH_CASES_PER_MINUTE']);
    expect(readSettings(PRODUCTION, 'relay')).not.toHaveProperty('settings.watch');
  });
});

describe('In production', () => {
  test.each(['api', 'worker', 'relay'] as const)('complete settings are accepted for %s', (part) => {
    expect(refusalsOf(PRODUCTION, part)).toEqual([]);
  });

  test.each([
    ['api', ['DATABASE_URL', 'DIKTYO_CODE_KEY', 'DIKTYO_LOGIN_CLIENT_ID', 'DIKTYO_LOGIN_ISSUER', 'DIKTYO_PUBLIC_URL', 'TEMPORAL_ADDRESS']],
    ['worker', ['DATABASE_URL', 'DIKTYO_CODE_KEY', 'DIKTYO_PUBLIC_URL', 'SMTP_URL', 'TEMPORAL_ADDRESS']],
    ['relay', ['DATABASE_URL', 'TEMPORAL_ADDRESS']],
  ] as const)('%s is told everything that is missing at once', (part, variables) => {
    expect([...refusalsOf({ DIKTYO_MODE: 'production' }, part)].sort()).toEqual(variables.map((variable) => `setting.missing ${variable}`));
  });

  test.each([
    ['the code key that everybody knows', { DIKTYO_CODE_KEY: DEVELOPMENT_CODE_KEY }, 'DIKTYO_CODE_KEY'],
    ['an engine over plain http', { DIKTYO_PUBLIC_URL: 'http://engine.example.gr' }, 'DIKTYO_PUBLIC_URL'],
    ['an identity provider of this machine', { DIKTYO_LOGIN_ISSUER: 'http://127.0.0.1:4302' }, 'DIKTYO_LOGIN_ISSUER'],
  ])('%s is refused', (_, changed, variable) => {
    expect(refusalsOf({ ...PRODUCTION, ...changed })).toEqual([`setting.notForProduction ${variable}`]);
  });
});

describe('A value that cannot be used', () => {
  test.each<[string, Environment]>([
    ['DIKTYO_MODE', { DIKTYO_MODE: 'staging' }],
    ['DIKTYO_PORT', { DIKTYO_PORT: '70000' }],
    ['DIKTYO_PORT', { DIKTYO_PORT: '43e2' }],
    ['DIKTYO_PUBLIC_URL', { DIKTYO_PUBLIC_URL: 'https://engine.example.gr/path' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://db/diktyo' }],
    ['TEMPORAL_ADDRESS', { TEMPORAL_ADDRESS: 'https://temporal.example.gr' }],
    ['TEMPORAL_TLS', { TEMPORAL_TLS: 'yes' }],
    ['DIKTYO_CODE_KEY', { DIKTYO_CODE_KEY: Buffer.alloc(31).toString('base64') }],
    ['DIKTYO_DATABASE_CONNECTIONS_MAX', { DIKTYO_DATABASE_CONNECTIONS_MAX: '0' }],
    ['SMTP_URL', { SMTP_URL: 'mail.example.gr', SMTP_FROM: 'a@example.gr' }],
    ['CLAMD_ADDRESS', { CLAMD_ADDRESS: 'clamd' }],
    ['DIKTYO_REQUESTS_PER_MINUTE', { DIKTYO_REQUESTS_PER_MINUTE: '0' }],
    ['DIKTYO_LOG_LEVEL', { DIKTYO_LOG_LEVEL: 'chatty' }],
  ])('of %s is refused by its name', (variable, changed) => {
    expect(refusalsOf({ ...DEVELOPMENT, ...changed })).toEqual([`setting.invalid ${variable}`]);
  });

  test('is never repeated in the refusal: it may be a secret', () => {
    const read = readSettings({ DATABASE_URL: 'secret-by-mistake', DIKTYO_CODE_KEY: 'hunter2' }, 'api');
    const told = read.ok ? [] : read.refusals.flatMap((refusal) => [settingRefusalText(refusal, 'el'), settingRefusalText(refusal, 'en')]);
    expect(told).toHaveLength(4);
    expect(told.join('\n')).not.toMatch(/secret-by-mistake|hunter2|[{}]/);
    expect(told[0]).toContain('DATABASE_URL');
  });

  test('mail without a sender is not sent', () => {
    expect(refusalsOf({ ...DEVELOPMENT, SMTP_URL: 'smtp://mail.example.gr' })).toEqual(['setting.missing SMTP_FROM']);
  });
});

test('a Temporal API key turns encryption on', () => {
  const read = readSettings({ ...DEVELOPMENT, TEMPORAL_API_KEY: 'key', TEMPORAL_ADDRESS: 'cloud.example:7233' }, 'worker');
  expect(read.ok && read.settings.temporal).toEqual({ address: 'cloud.example:7233', namespace: 'default', tls: true, apiKey: 'key' });
});

test('peers whose forwarded address is believed are a list', () => {
  const read = readSettings({ ...DEVELOPMENT, DIKTYO_TRUSTED_PROXIES: '10.0.0.1, 10.0.0.0/8,' }, 'api');
  expect(read.ok && read.settings.trustedProxies).toEqual(['10.0.0.1', '10.0.0.0/8']);
});

test('a scanner of uploads and the pace of callers can be set', () => {
  const read = readSettings({ ...DEVELOPMENT, CLAMD_ADDRESS: 'clamd.example.gr:3310', DIKTYO_REQUESTS_PER_MINUTE: '50' }, 'api');
  expect(read.ok && read.settings).toMatchObject({ clamd: { host: 'clamd.example.gr', port: 3310 }, requestsPerMinute: { address: 50, staff: 1200 } });
});
