// Everything `npm test` does: build, type-check, lint, run the tests, and one plain line of result at the end.
//   node bin/test.mjs [--long] [a part of a test file's path …]
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const output = join(root, 'test-output');
const words = process.argv.slice(2);
const long = words.includes('--long');
const filters = words.filter((word) => word !== '--long');
/** The other versions of Node that `--long` runs everything under. */
const OTHER_NODES = ['24', '26'];

/** Properties of pure rooms, of which `--long` tries many times as many examples, and others each time. */
const LONG_FILES = ['tests/definitions', 'tests/forms', 'tests/engine/decide', 'tests/engine/access/codes', 'tests/engine/api/json'];
const LONG_TIMES = '50';
/** Everybody does everything while everything falls: its length and its seed may be given. */
const STORM_FILE = 'tests/faults/storm.long.ts';
const KEPT_SETTINGS = ['DIKTYO_TEST_LOGS', 'DIKTYO_STORM_SECONDS', 'DIKTYO_STORM_SEED'];

const total = { passed: 0, failed: 0 };

// The tests start servers of their own; what this terminal is set to work with is not theirs.
for (const name of Object.keys(process.env)) if (/^(DATABASE_URL|TEMPORAL_|SMTP_)/.test(name) || (name.startsWith('DIKTYO_') && !KEPT_SETTINGS.includes(name))) delete process.env[name];

function count({ passed = 0, failed = 0 }) {
  total.passed += passed;
  total.failed += failed;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function run(command, args, { env = {}, quiet = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    let text = '';
    child.stdout?.on('data', (chunk) => (text += chunk));
    child.stderr?.on('data', (chunk) => (text += chunk));
    child.on('error', (error) => resolve({ code: 1, text: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

/** One check that says nothing unless it fails. */
async function check(name, args) {
  const startedAt = performance.now();
  const { code, text } = await run(process.execPath, args, { quiet: true });
  say(`${code === 0 ? 'passed' : 'FAILED'}: ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (code !== 0) say(text.trim());
  count(code === 0 ? { passed: 1 } : { failed: 1 });
}

async function runTests(name, { node = process.execPath, env = {}, args = filters } = {}) {
  say(`\ntests: ${name}`);
  const file = join(output, `results-${name.replaceAll(/[^a-z0-9]+/gi, '-')}.json`);
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args], { env });
  count(resultsOf(file, code));
}

/** A skipped test counts as failed, and so does a file that could not be loaded, and a run that ended badly without a failed test. */
function resultsOf(file, code) {
  if (!existsSync(file)) return { failed: 1 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));
  const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed')).length;
  const failed = numFailedTests + numPendingTests + numTodoTests + unloaded;
  if (numPendingTests + numTodoTests > 0) say(`${numPendingTests + numTodoTests} tests were skipped: that counts as failed`);
  return { passed: numPassedTests, failed: failed === 0 && (code !== 0 || numPassedTests === 0) ? 1 : failed };
}

/** Another Node from its npm package, kept in .cache. */
async function otherNode(version) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(root, '.cache', `node-${version}`);
  const binary = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    say(`obtaining Node ${version}`);
    const { code, text } = await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`], { quiet: true, cwd: folder });
    if (code !== 0 || !existsSync(binary)) {
      say(text.trim());
      return undefined;
    }
  }
  return binary;
}

mkdirSync(output, { recursive: true });
rmSync(join(output, 'summary.txt'), { force: true });
try {
  await build({ log: say });
  if (filters.length === 0) {
    await Promise.all([check('types', ['node_modules/typescript/bin/tsc', '-b']), check('lint', ['node_modules/eslint/bin/eslint.js', '.'])]);
  }
  await runTests(`Node ${process.versions.node}`);
  if (long) {
    await runTests('long', { env: { DIKTYO_TIMES: LONG_TIMES }, args: [...LONG_FILES, '--testTimeout=3600000'] });
    await runTests('storm', { env: { DIKTYO_LONG: 'true' }, args: [STORM_FILE] });
    for (const version of OTHER_NODES) {
      const node = await otherNode(version);
      if (node === undefined) count({ failed: 1 });
      else await runTests(`Node ${version}`, { node });
    }
  }
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  count({ failed: 1 });
}
const summary = `${total.passed} passed, ${total.failed} failed`;
writeFileSync(join(output, 'summary.txt'), `${summary}\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
say(summary);
