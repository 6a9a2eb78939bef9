import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { freePort } from '#commands/servers/ports.js';
import type { TemporalDevServer } from '#commands/servers/temporal-dev-server.js';
import { startTemporalDevServer } from '#commands/servers/temporal-dev-server.js';
import { askShared } from './shared.js';
import { TEMPORAL_TEST_SETTINGS } from './temporal-settings.js';

export interface TestTemporal {
  readonly address: string;
  readonly namespace: string;
}

export interface OwnTemporal extends TestTemporal {
  readonly server: TemporalDevServer;
  /** kill -9, as a power cut would. */
  kill(): Promise<void>;
  /** On the same file and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The dev server this run shares. Keep apart from other test files by task queue and workflow id. */
export async function sharedTemporal(): Promise<TestTemporal> {
  const { address = '' } = await askShared('/temporal');
  return { address, namespace: 'default' };
}

/** A dev server of one's own, with its own file: for tests that kill or fill it. */
export async function startTemporal({ folder, log }: { readonly folder?: string; readonly log?: (line: string) => void } = {}): Promise<OwnTemporal> {
  const home = folder ?? mkdtempSync(join(tmpdir(), 'diktyo-temporal-'));
  const port = await freePort();
  const start = (): Promise<TemporalDevServer> =>
    startTemporalDevServer({ file: join(home, 'temporal.db'), port, ...TEMPORAL_TEST_SETTINGS, ...(log ? { log } : {}) });
  let server = await start();
  return {
    address: server.address,
    namespace: 'default',
    get server() {
      return server;
    },
    kill: async () => {
      server.kill();
      await server.ended;
    },
    restart: async () => {
      server = await start();
    },
    stop: async () => {
      await server.stop();
      if (folder === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A server whose clock skips while somebody awaits a result or `env.sleep`. One per test: it is up in a tenth of a second. */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const { path = '' } = await askShared('/time-skipping');
  return TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
}
