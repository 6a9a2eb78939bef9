import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashDocument, readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { canonicalise } from '#definitions/language/canonical.js';
import { evaluateProgramme, prepareProgramme } from '#definitions/language/programme.js';
import type { Answers } from '#definitions/language/programme.js';
import type { Programme } from '#definitions/types/programme.js';
import { startApi } from '#engine/api/main.js';
import type { Running } from '#engine/contract/settings.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { openStore } from '#engine/store/connection.js';
import { fc } from '#tests/support/properties.js';
import { openBrowser } from '../support/browser.js';
import type { TestDatabase } from '../support/database.js';
import { createTestDatabase } from '../support/database.js';
import { builtFolder } from '../support/shared.js';
import { partsOf, programmes, situations } from './generated.js';
import { AS_OF } from './small-programme.js';

const MUNICIPALITY = '9230';
const SEED = 4;
const PROGRAMMES = 24;
const SITUATIONS = 5;
const SHIPPED = ['wildfire-aid', 'rent-allowance', 'minimum-income', 'power-reconnection'];

interface Question {
  readonly programme: Programme;
  readonly hash: string;
  readonly answers: Answers;
  readonly asOf: string;
}

/** Generated definitions with full and partial answers, and shipped ones with the answers of their own cases. */
async function questions(): Promise<readonly Question[]> {
  const asked: Question[] = [];
  for (const programme of fc.sample(programmes, { seed: SEED, numRuns: PROGRAMMES })) {
    const hash = hashDocument(programme);
    fc.sample(fc.tuple(situations, fc.func(fc.boolean())), { seed: asked.length, numRuns: SITUATIONS }).forEach(([situation, keep], position) => {
      const { answers } = position === 0 ? situation : partsOf(situation, keep);
      asked.push({ programme, hash, answers, asOf: AS_OF });
    });
  }
  for (const name of SHIPPED) {
    const { programme, cases } = await readProgrammeFolder(join(packageRoot(), 'definitions/programmes', name));
    for (const { answers, asOf } of cases) asked.push({ programme, hash: hashDocument(programme), answers: answers as Answers, asOf });
  }
  // As JSON has them: what a browser sends.
  return JSON.parse(JSON.stringify(asked)) as readonly Question[];
}

let database: TestDatabase;
let api: Running;
let asked: readonly Question[] = [];
let fromApi: readonly string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  asked = await questions();
  const owner = openStore({ databaseUrl: database.ownerUrl, connectionsMax: 1, log: () => undefined, application: 'diktyo-test' });
  const register = createProgrammeRegister(owner);
  for (const { programme, hash } of new Map(asked.map((question) => [question.hash, question])).values()) await register.publish({ municipality: MUNICIPALITY, hash, programme, publishedBy: 'test' });
  await owner.close();
  api = await startApi({
    mode: 'development',
    publicUrl: 'http://127.0.0.1:4399',
    host: '127.0.0.1',
    port: 0,
    databaseUrl: database.apiUrl,
    databaseConnectionsMax: 3,
    temporal: { address: '127.0.0.1:1', namespace: 'default', tls: false },
    codeKey: new Uint8Array(randomBytes(32)),
    login: { issuer: 'http://127.0.0.1:1', clientId: 'diktyo-desk', insecure: true },
    messages: { kind: 'catcher' },
    trustedProxies: [],
    requestsPerMinute: { address: 100_000, staff: 100_000 },
    logLevel: 'error',
  });
  const answers: string[] = [];
  for (const question of asked) answers.push(await askApi(question));
  fromApi = answers;
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

async function askApi({ programme, hash, answers, asOf }: Question): Promise<string> {
  const response = await fetch(`${api.url}/api/v1/municipalities/${MUNICIPALITY}/programmes/${programme.id}/evaluate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ hash, answers, asOf }),
  });
  const body = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${body}`);
  return body;
}

/** What the worker's process runs, as it is built: its own cache reads the version from the database with its own role. */
const WORKER = `
const [dist, databaseUrl] = process.argv.slice(1);
const { openStore } = await import(dist + '/engine/store/connection.js');
const { createProgrammeRegister } = await import(dist + '/engine/register/programmes.js');
const { createProgrammeCache } = await import(dist + '/engine/activities/programme-cache.js');
const { evaluateProgramme } = await import(dist + '/definitions/language/programme.js');
const store = openStore({ databaseUrl, connectionsMax: 1, log: () => undefined, application: 'diktyo-test' });
const cache = createProgrammeCache(createProgrammeRegister(store));
process.stdin.setEncoding('utf8');
let given = '';
for await (const chunk of process.stdin) given += chunk;
const told = [];
for (const { hash, answers, asOf } of JSON.parse(given)) {
  const prepared = await cache.read('${MUNICIPALITY}', hash);
  told.push(JSON.stringify(evaluateProgramme(prepared, { answers, asOf })));
}
await store.close();
process.stdout.write(JSON.stringify(told));
`;

async function askWorker(dist: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', WORKER, `file://${dist}`, database.urlOf('diktyo_worker')], { cwd: packageRoot(), stdio: ['pipe', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (told += chunk));
  child.stdin.end(JSON.stringify(asked.map(({ hash, answers, asOf }) => ({ hash, answers, asOf }))));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code).toBe(0);
  return JSON.parse(told) as readonly string[];
}

/** The page evaluates by itself and reports what it found, and what its policy refused. */
const PAGE = `
import { evaluateProgramme, prepareProgramme } from '#definitions/language/programme.js';
const violations = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => violations.push(violatedDirective + ' ' + blockedURI));
const given = await (await fetch('/asked')).json();
const prepared = new Map(Object.entries(given.programmes).map(([hash, programme]) => [hash, prepareProgramme(programme, given.hashed ? { version: hash } : {})]));
const told = given.asked.map(({ hash, answers, asOf }) => JSON.stringify(evaluateProgramme(prepared.get(hash), { answers, asOf })));
if (location.hash === '#eval') { try { Function('return 1')(); } catch {} }
await new Promise((resolve) => setTimeout(resolve));
await fetch('/told', { method: 'POST', body: JSON.stringify({ told, violations }) });
`;
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

interface Told {
  readonly told: readonly string[];
  readonly violations: readonly string[];
}

async function askBrowser(given: unknown, hash = ''): Promise<Told> {
  const { outputFiles } = await build({ stdin: { contents: PAGE, resolveDir: packageRoot(), loader: 'ts' }, absWorkingDir: packageRoot(), bundle: true, minify: true, write: false, charset: 'utf8', format: 'esm', target: 'es2022', platform: 'browser', conditions: ['source'] });
  const script = outputFiles[0]?.text ?? '';
  let settle: (told: Told) => void = () => undefined;
  const told = new Promise<Told>((resolve) => (settle = resolve));
  const server: Server = createServer((request, response) => {
    const files: Readonly<Record<string, readonly [string, string]>> = {
      '/': ['text/html', '<!doctype html><meta charset="utf-8"><title>t</title><script type="module" src="/page.js"></script>'],
      '/page.js': ['text/javascript', script],
      '/asked': ['application/json', JSON.stringify(given)],
    };
    if (request.method === 'POST') {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk)).on('end', () => settle(JSON.parse(body) as Told));
    }
    const [type, text] = files[request.url ?? ''] ?? ['text/plain', ''];
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': POLICY }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const failed = new Promise<never>((_resolve, reject) => page.on('pageerror', reject));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${hash}`);
    return await Promise.race([told, failed]);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

async function readViews(): Promise<Readonly<Record<string, unknown>>> {
  const views: Record<string, unknown> = {};
  for (const { programme, hash } of asked) {
    if (views[hash] !== undefined) continue;
    const view = (await (await fetch(`${api.url}/api/v1/municipalities/${MUNICIPALITY}/programmes/${programme.id}?hash=${hash}`)).json()) as { readonly programme: unknown };
    views[hash] = view.programme;
  }
  return views;
}

describe('one evaluator', () => {
  it('is asked about enough: every outcome, definitions of every shape', () => {
    expect(new Set(asked.map(({ hash }) => hash)).size).toBeGreaterThanOrEqual(PROGRAMMES);
    expect(asked.length).toBeGreaterThan(PROGRAMMES * SITUATIONS);
    expect(new Set(fromApi.map((told) => (JSON.parse(told) as { readonly outcome: string }).outcome))).toEqual(new Set(['eligible', 'ineligible', 'undecided']));
  });

  it('the sources here say what the API says, whatever the order of names in the definition', () => {
    asked.forEach(({ programme, answers, asOf }, position) => {
      expect(canonicalise(JSON.parse(fromApi[position] ?? ''))).toBe(canonicalise(JSON.parse(JSON.stringify(evaluateProgramme(prepareProgramme(programme), { answers, asOf })))));
    });
  });

  it('the worker, as it is built, answers the very bytes of the API', async () => {
    expect(await askWorker(await builtFolder())).toEqual(fromApi);
  });

  it("a real browser answers the very bytes of the API, from the definition that the API gives it, under script-src 'self'", async () => {
    const given = { programmes: await readViews(), hashed: true, asked: asked.map(({ hash, answers, asOf }) => ({ hash, answers, asOf })) };
    const { told, violations } = await askBrowser(given);
    expect(violations).toEqual([]);
    expect(told).toEqual(fromApi);
  });

  it('the browser finds the same hash by itself; and its policy does tell of code made from text', async () => {
    const [first] = asked;
    if (first === undefined) throw new Error('nothing asked');
    const { told, violations } = await askBrowser({ programmes: { [first.hash]: first.programme }, hashed: false, asked: [first] }, '#eval');
    expect((JSON.parse(told[0] ?? '') as { readonly version: string }).version).toBe(first.hash);
    expect(violations).toEqual(['script-src eval']);
  });
});
