import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort } from '#commands/servers/ports.js';
import { startPostgres } from '#commands/servers/postgres-server.js';
import { startTemporalDevServer } from '#commands/servers/temporal-dev-server.js';
import { findTemporalProgram } from '#commands/servers/temporal-server.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { TEMPORAL_TEST_SETTINGS } from './temporal-settings.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the test files ask for what they share; nothing is started before somebody asks. */
    sharedServersUrl: string;
  }
}

interface Shared {
  readonly answer: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const OWNER_PASSWORD = 'test-owner';

/** Vitest's global set-up: PostgreSQL, Temporal and the build are started once per run, and only if a test file needs them. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'diktyo-tests-'));
  const started = new Map<string, Promise<Shared>>();
  const starters: Readonly<Record<string, () => Promise<Shared>>> = {
    '/database': () => startSharedDatabase(folder),
    '/temporal': () => startSharedTemporal(folder),
    '/time-skipping': findTimeSkipping,
    '/build': buildOnce,
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const starter = starters[path];
    if (!starter) return reply(response, 404, { error: `nothing is shared at ${path}` });
    const shared = started.get(path) ?? starter();
    started.set(path, shared);
    shared.then(
      ({ answer }) => reply(response, 200, answer),
      (error: unknown) => reply(response, 500, { error: error instanceof Error ? error.message : String(error) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  project.provide('sharedServersUrl', `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`);
  return async () => {
    server.closeAllConnections();
    server.close();
    const outcomes = await Promise.allSettled(started.values());
    await Promise.allSettled(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.stop() : undefined)));
    rmSync(folder, { recursive: true, force: true });
  };
}

function reply(response: ServerResponse, status: number, body: Readonly<Record<string, string>>): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function startSharedDatabase(folder: string): Promise<Shared> {
  const lines: string[] = [];
  const server = await startPostgres({
    folder: join(folder, 'postgres'),
    port: await freePort(),
    password: OWNER_PASSWORD,
    settings: ['max_connections=400', 'log_min_messages=warning'],
    log: (line) => lines.push(line),
  });
  return {
    answer: { ownerUrl: server.ownerUrl('postgres') },
    stop: async () => {
      await server.stop();
      if (process.env['DIKTYO_TEST_LOGS'] !== undefined) writeFileSync(process.env['DIKTYO_TEST_LOGS'], lines.join('\n'));
    },
  };
}

async function startSharedTemporal(folder: string): Promise<Shared> {
  const server = await startTemporalDevServer({
    file: join(folder, 'temporal.db'),
    port: await freePort(),
    ...TEMPORAL_TEST_SETTINGS,
    log: obtainingLine,
  });
  return { answer: { address: server.address }, stop: () => server.stop() };
}

async function findTimeSkipping(): Promise<Shared> {
  const { path } = await findTemporalProgram({ program: 'temporal-test-server', log: obtainingLine });
  return { answer: { path }, stop: () => Promise.resolve() };
}

async function buildOnce(): Promise<Shared> {
  const script = new URL(`file://${join(packageRoot(), 'bin/build.mjs')}`).href;
  const { build } = (await import(script)) as { build: (options: { log: (line: string) => void }) => Promise<unknown> };
  await build({ log: (line) => process.stderr.write(`${line}\n`) });
  return { answer: { dist: join(packageRoot(), 'dist') }, stop: () => Promise.resolve() };
}

function obtainingLine(line: string): void {
  if (/^temporal(-test-server)? /.test(line)) process.stderr.write(`${line}\n`);
}
