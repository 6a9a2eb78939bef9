import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '#commands/main.js';
import { textsIn } from '#commands/texts.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { eachNode, readSources } from '../house/sources.js';
import { builtFolder } from '../support/shared.js';

const CLEAN_ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(DATABASE_URL|TEMPORAL_|DIKTYO_|SMTP_|LANG|LC_)/.test(name)),
) as NodeJS.ProcessEnv;

function diktyo(words: readonly string[], env: NodeJS.ProcessEnv = {}): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, [join(packageRoot(), 'bin/diktyo.mjs'), ...words], { encoding: 'utf8', env: { ...CLEAN_ENVIRONMENT, ...env }, timeout: 60_000 });
}

beforeAll(async () => {
  await builtFolder();
});

describe('diktyo', () => {
  test('lists its commands, each with a line', () => {
    const { status, stdout } = diktyo(['--help']);
    expect(status).toBe(0);
    for (const name of ['start', 'api', 'worker', 'relay', 'migrate', 'doctor']) expect(stdout).toMatch(new RegExp(`^  ${name} .*\\w`, 'm'));
    expect(stdout).not.toContain('demo-services');
  });

  test('refuses a command it does not know', () => {
    const { status, stderr } = diktyo(['fly']);
    expect(status).toBe(2);
    expect(stderr).toContain("unknown command 'fly'");
  });

  test.each(COMMANDS.map(({ name }) => name))('%s refuses an option that it does not know, with 2 and before it does anything', (name) => {
    const { status, stderr } = diktyo([name, '--flying-carpet']);
    expect(status).toBe(2);
    expect(stderr).toContain("unknown option '--flying-carpet'");
  });

  test('api without settings ends with 2 and names what is missing, in the language of the terminal', () => {
    const english = diktyo(['api']);
    expect(english.status).toBe(2);
    expect(english.stderr).toContain('DATABASE_URL is missing');
    expect(diktyo(['api'], { LANG: 'el_GR.UTF-8' }).stderr).toContain('Λείπει η μεταβλητή DATABASE_URL');
  });

  test('migrate without a database says which one it needs', () => {
    const { status, stderr } = diktyo(['migrate']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/Λείπει η μεταβλητή DATABASE_URL[\s\S]*DATABASE_URL is missing/);
  });

  test('tells its version', () => {
    const { status, stdout } = diktyo(['--version']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('start opens no demo accounts where production was declared', () => {
    const { status, stdout } = diktyo(['start', '--json'], { DIKTYO_MODE: 'production' });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ready: false, error: { code: 'start.notInProduction' } });
    expect(stdout).toMatch(/diktyo migrate.*diktyo api/);
  });

  test('start on a port base that cannot be is one line of JSON for a program', () => {
    const { status, stdout } = diktyo(['start', '--json', '--port-base', '80']);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ ready: false, error: { code: 'start.portBaseInvalid' } });
  });
});

describe('diktyo doctor', () => {
  const base = '47310';

  test('examines Node, disk and ports anywhere, and passes over what is not configured', () => {
    const { status, stdout } = diktyo(['doctor', '--json', '--port-base', base, '--data', '/nonexistent/diktyo']);
    const { good, findings } = JSON.parse(stdout) as { good: boolean; findings: readonly { code: string; state: string }[] };
    expect(Object.fromEntries(findings.map(({ code, state }) => [code, state]))).toEqual({
      node: 'good',
      disk: 'good',
      ports: 'good',
      settings: 'skipped',
      database: 'skipped',
      temporal: 'skipped',
    });
    expect([good, status]).toEqual([true, 0]);
  });

  test('says what is wrong with a database and a Temporal that do not answer, and how to mend it', () => {
    const env = { DATABASE_URL: 'postgres://diktyo_api:not-told@127.0.0.1:1/diktyo', TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const { status, stdout } = diktyo(['doctor', '--port-base', base], { ...env, DIKTYO_LANGUAGE: 'el' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ Βάση δεδομένων[\s\S]*Ελέγξτε τη DATABASE_URL/);
    expect(stdout).toMatch(/✗ Temporal \(127\.0\.0\.1:1\)[\s\S]*Ελέγξτε την TEMPORAL_ADDRESS/);
    expect(stdout).not.toContain('not-told');
  });
});

test('every sentence the commands ask for exists, and every sentence is asked for', () => {
  const asked = new Set<string>();
  const prefixes = new Set<string>();
  for (const { tree } of readSources(['commands'])) {
    eachNode(tree, (node) => {
      if (ts.isStringLiteralLike(node) && /^(start|port|migrate|doctor|temporal|audit|demo|publish|grant|site|decide|explain|usage|new|check|cases|diff|import|help|file|database|found|unexpected)\.(?!db$|json$)[A-Za-z.]+$/.test(node.text)) asked.add(node.text);
      if (ts.isTemplateHead(node) && /^(start|port|doctor|demo|audit|publish|decide|explain|help)\./.test(node.text)) prefixes.add(node.text);
    });
  }
  const known = Object.keys(textsIn('el'));
  expect([...asked].filter((key) => !known.includes(key))).toEqual([]);
  // What the doctor says of a trouble before how to mend it.
  for (const key of [...asked].filter((each) => /^(database|temporal)\./.test(each))) if (known.includes(`${key}.state`)) asked.add(`${key}.state`);
  expect(known.filter((key) => !asked.has(key) && ![...prefixes].some((prefix) => key.startsWith(prefix)))).toEqual([]);
});
