import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '#commands/main.js';
import { textsIn } from '#commands/texts.js';
import { packageRoot } from '#engine/settings/package-root.js';
import type { TestDatabase } from '../support/database.js';
import { createTestDatabase } from '../support/database.js';
import { builtFolder } from '../support/shared.js';

const CLEAN = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(DATABASE_URL|TEMPORAL_|DIKTYO_|SMTP_|LANG|LC_)/.test(name))) as NodeJS.ProcessEnv;
const SHIPPED = join(packageRoot(), 'definitions/programmes/volunteer-registry');
const SECRET = 'not-told-to-anybody';

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let place: string;
let database: TestDatabase;
beforeAll(async () => {
  await builtFolder();
  database = await createTestDatabase();
  place = mkdtempSync(join(tmpdir(), 'diktyo-exit-'));
  writeFileSync(join(place, 'empty.json'), '');
  writeFileSync(join(place, 'list.json'), '[]');
  writeFileSync(join(place, 'object.json'), '{}');
  writeFileSync(join(place, 'bytes.json'), Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 89) % 256)));
});
afterAll(async () => {
  rmSync(place, { recursive: true, force: true });
  await database.drop();
});

function diktyo(words: readonly string[], env: NodeJS.ProcessEnv = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(packageRoot(), 'bin/diktyo.mjs'), ...words], { cwd: place, encoding: 'utf8', env: { ...CLEAN, DIKTYO_SKIP_BUILD: '1', ...env }, timeout: 60_000 });
  return { status, stdout, stderr };
}

/** No stack, no driver's own words, nothing of what is secret, and a sentence in each language or in the one asked for. */
function tellsPeople({ stdout, stderr }: Ended): void {
  const told = stdout + stderr;
  expect(told).toMatch(/[α-ωά-ώ]{3}/);
  expect(told).not.toMatch(/\n\s+at |Error:|undefined|\{\w+\}|ENOENT|EISDIR|StoreUnavailable/);
  expect(told).not.toContain(SECRET);
}

const REFUSED_DATABASE = { DATABASE_URL: `postgres://diktyo_audit:${SECRET}@127.0.0.1:1/diktyo` };

/** 2: nothing was begun, because the words or the settings cannot be used. */
const USAGE: readonly (readonly [words: readonly string[], env?: NodeJS.ProcessEnv])[] = [
  [[]],
  [['fly']],
  [['chek', SHIPPED]],
  [['start', '--port-base', 'abc']],
  [['start', '--port-base', '80']],
  [['start', '--port-base', '65531']],
  [['start', '--port-base']],
  [['start', 'now']],
  [['doctor', '--port-base', 'abc']],
  [['doctor', '--language', 'fr']],
  [['api']],
  [['api'], { DATABASE_URL: 'nonsense' }],
  [['worker']],
  [['relay']],
  [['migrate']],
  [['migrate'], { DATABASE_URL: 'nonsense' }],
  [['migrate', 'everything']],
  [['audit']],
  [['audit'], { DATABASE_URL: '' }],
  [['audit'], { DATABASE_URL: 'nonsense' }],
  [['audit', '--grace-seconds', 'abc'], REFUSED_DATABASE],
  [['audit', '--grace-seconds', '-5'], REFUSED_DATABASE],
  [['audit', '--since', 'yesterday'], REFUSED_DATABASE],
  [['audit', '--since', '2026-02-02T09:00'], REFUSED_DATABASE],
  [['check']],
  [['cases']],
  [['cases', SHIPPED, '--language', 'xx']],
  [['decide']],
  [['decide', '--programme', SHIPPED, '--answers', 'object.json', '--as-of', '2026-02-30']],
  [['explain']],
  [['explain', SHIPPED, 'nothing-of-that-name']],
  [['diff', SHIPPED]],
  [['diff', SHIPPED, SHIPPED, SHIPPED]],
  [['new']],
  [['new', '../up']],
  [['new', 'soup', '--in', 'nowhere']],
  [['export']],
  [['import', 'object.json']],
  [['publish', SHIPPED]],
  [['grant']],
  [['grant', '--municipality', '9230', '--role', 'king', '--subject', 'x', '--name', 'y', '--issuer', 'https://id.example.org']],
  [['grant', '--municipality', '9230', '--role', 'desk', '--subject', 'x', '--name', 'y']],
  [['site']],
  [['site', 'example.gr', '--municipality', '9230']],
  [['publish', SHIPPED, '--municipality', 'Athens']],
  [['publish', SHIPPED, '--municipality', '9230']],
  [['publish', SHIPPED, '--municipality', '9230'], { DATABASE_URL: 'nonsense' }],
];

/** 1: it was begun, and refused, failed, or found something. */
const REFUSED: readonly (readonly [words: readonly string[], env?: NodeJS.ProcessEnv])[] = [
  [['start'], { DIKTYO_MODE: 'production' }],
  [['start', '--data', 'empty.json', '--port-base', '47420']],
  [['migrate'], REFUSED_DATABASE],
  [['doctor', '--port-base', '47430'], REFUSED_DATABASE],
  [['doctor', '--port-base', '47430'], { DATABASE_URL: 'nonsense' }],
  [['audit'], REFUSED_DATABASE],
  [['audit', '--receipts', 'nothing.json'], REFUSED_DATABASE],
  [['audit', '--receipts', '.'], REFUSED_DATABASE],
  [['audit', '--receipts', 'bytes.json'], REFUSED_DATABASE],
  [['check', 'nothing']],
  [['check', 'empty.json']],
  [['check', 'bytes.json']],
  [['cases', 'nothing']],
  [['decide', '--programme', 'nothing', '--answers', 'object.json']],
  [['decide', '--programme', SHIPPED, '--answers', 'nothing.json']],
  [['decide', '--programme', SHIPPED, '--answers', 'bytes.json']],
  [['decide', '--programme', SHIPPED, '--answers', 'list.json']],
  [['decide', '--programme', SHIPPED, '--answers', 'object.json', '--facts', 'list.json']],
  [['explain', 'nothing']],
  [['explain', SHIPPED, '--read', 'ό,τι να είναι']],
  [['diff', SHIPPED, 'nothing']],
  [['new', 'soup', '--in', 'empty.json']],
  [['export', 'nothing']],
  [['export', SHIPPED, '--out', 'nowhere/document.json']],
  [['export', SHIPPED, '--out', '.']],
  [['import', 'bytes.json', 'new-folder']],
  [['publish', SHIPPED, '--municipality', '9230', '--data', 'nowhere']],
  [['publish', SHIPPED, '--municipality', '9230'], REFUSED_DATABASE],
  [['site', '--municipality', '9230'], REFUSED_DATABASE],
  [['grant', '--municipality', '9230', '--role', 'desk', '--subject', 'x', '--name', 'y', '--issuer', 'https://id.example.org'], REFUSED_DATABASE],
];

describe('every command ends with one rule', () => {
  test.each(USAGE.map(([words, env = {}]) => ({ words, env })))('2, nothing begun: $words $env', ({ words, env }) => {
    const ended = diktyo(words, { DIKTYO_LANGUAGE: 'el', ...env });
    expect([words.join(' '), ended.status, ended.stdout], ended.stderr).toEqual([words.join(' '), 2, '']);
    tellsPeople(ended);
  });

  test.each(REFUSED.map(([words, env = {}]) => ({ words, env })))('1, refused or found: $words $env', ({ words, env }) => {
    const ended = diktyo(words, { DIKTYO_LANGUAGE: 'el', ...env });
    expect([words.join(' '), ended.status], ended.stderr + ended.stdout).toEqual([words.join(' '), 1]);
    tellsPeople(ended);
  });

  test('the table has every command that people call', () => {
    const named = new Set([...USAGE, ...REFUSED].map(([words]) => words[0]));
    expect(COMMANDS.filter(({ hidden, name }) => hidden !== true && !named.has(name)).map(({ name }) => name)).toEqual([]);
    expect(readdirSync(place).sort()).toEqual(['bytes.json', 'empty.json', 'list.json', 'object.json']);
  });

  test('and for programs each of them is one line of JSON with a code and both languages', () => {
    const asked = [['fly'], ['start', '--port-base', 'abc'], ['start', '--carpet'], ['audit'], ['export', SHIPPED, '--out', 'nowhere/document.json'], ['new'], ['decide', '--programme', SHIPPED, '--answers', 'list.json']];
    for (const words of asked) {
      const { stdout } = diktyo([...words, '--json']);
      expect(stdout.trimEnd().split('\n')).toHaveLength(1);
      const { error, ...rest } = JSON.parse(stdout) as { error: { code: string; el: string; en: string } };
      expect(error.el, stdout).toMatch(/[α-ω]{3}/);
      expect([error.code.length > 3, error.en.length > 3]).toEqual([true, true]);
      expect(rest).toEqual(words[0] === 'start' ? { ready: false } : {});
    }
  });
});

describe('the help', () => {
  test('is in the language of the terminal, or the one that is asked for, with every command and option', () => {
    const greek = diktyo(['--help'], { DIKTYO_LANGUAGE: 'el' });
    expect(greek.status).toBe(0);
    expect(greek.stdout).toMatch(/^Χρήση: diktyo \[εντολή\] \[επιλογές\]$[\s\S]*^Επιλογές:$[\s\S]*^Εντολές:$/m);
    expect(greek.stdout).not.toMatch(/Usage|Options|Commands|display|for command/);
    const check = diktyo(['check', '--help', '--language', 'el']);
    expect(check.stdout).toMatch(/Χρήση: diktyo check \[επιλογές\]/);
    const english = diktyo(['start', '--help'], { DIKTYO_LANGUAGE: 'en' }).stdout;
    for (const { flags } of COMMANDS[0]?.options ?? []) expect(english).toContain(flags);
  });

  test('has a sentence for every command and option, and none for what there is not', () => {
    const wanted = COMMANDS.flatMap(({ name, options }) => [`help.${name}`, ...options.map(({ flags }) => /--([a-z-]+)/.exec(flags)?.[1] ?? '').map((option) => (option === 'language' ? 'help.language' : `help.${name}.${option}`))]);
    const names = COMMANDS.map(({ name }) => name);
    const known = Object.keys(textsIn('el')).filter((key) => names.includes(key.split('.')[1] ?? '') && key.startsWith('help.'));
    expect(known.sort()).toEqual([...new Set(wanted)].filter((key) => key !== 'help.language').sort());
  });
});

describe('a database that lets nobody in', () => {
  const wrong = (): string => database.urlOf('diktyo_audit').replace(/:\/\/([^:]+):[^@]+@/, `://$1:${SECRET}@`);

  test('is told by the doctor with role, server, setting and remedy, and without the password', () => {
    const { host } = new URL(wrong());
    const greek = diktyo(['doctor', '--port-base', '47440'], { DATABASE_URL: wrong(), DIKTYO_LANGUAGE: 'el' });
    expect(greek.status).toBe(1);
    expect(greek.stdout).toContain(`✗ Βάση δεδομένων: ο διακομιστής ${host} δεν δέχεται τον ρόλο diktyo_audit`);
    expect(greek.stdout).toMatch(/Ελέγξτε ρόλο και συνθηματικό: DATABASE_URL[\s\S]*diktyo migrate[\s\S]*DIKTYO_AUDIT_PASSWORD/);
    const json = diktyo(['doctor', '--port-base', '47440', '--json'], { DATABASE_URL: wrong() });
    expect(json.stdout).toMatch(new RegExp(`The server ${host} does not let the role “diktyo_audit” in`));
    expect(greek.stdout + greek.stderr + json.stdout + json.stderr).not.toContain(SECRET);
  });

  test.each(['audit', 'migrate', 'api'])('and by %s in the same words', (command) => {
    const ended = diktyo([command], { DATABASE_URL: wrong() });
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(/δεν δέχεται τον ρόλο «diktyo_audit»[\s\S]*does not let the role “diktyo_audit” in/);
    tellsPeople(ended);
  });

  test('and a role that reaches past the walls is told in words, in both languages', () => {
    const ended = diktyo(['api'], { DATABASE_URL: database.ownerUrl, DIKTYO_PORT: '0' });
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(/ο ρόλος είναι υπερχρήστης[\s\S]*the role is superuser/);
  });
});

describe('diktyo audit', () => {
  test('tells people everything in their language, and programs what it told before', () => {
    const env = { DATABASE_URL: database.urlOf('diktyo_audit') };
    const greek = diktyo(['audit'], { ...env, DIKTYO_LANGUAGE: 'el' });
    expect([greek.status, greek.stderr]).toEqual([0, '']);
    expect(greek.stdout).toMatch(/^Τι συγκρίθηκε:\n[\s\S]* {2}αιτήσεις: 0\n[\s\S]*Έλεγχος: όλα συμφωνούν\.\n$/);
    expect(greek.stdout).not.toMatch(/[A-Za-z]{3}/);
    expect(diktyo(['audit', '--language', 'en'], { ...env, DIKTYO_LANGUAGE: 'el' }).stdout).toMatch(/^What was compared:[\s\S]* {2}applications: 0\n[\s\S]*Audit: everything agrees\.\n$/);
    expect(JSON.parse(diktyo(['audit', '--json'], env).stdout)).toMatchObject({ ok: true, counts: { applications: 0, outboxUnsent: 0 }, findings: [] });
  });
});
