import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { ReplayHistoriesIterable, WorkflowBundleOption } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import { packageRoot } from '#engine/settings/package-root.js';

const { History } = temporal.api.history.v1;

export interface Recorded {
  readonly workflowId: string;
  readonly history: Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
}

/** Every history that the server holds, of every run. */
export async function fetchHistories(client: Client): Promise<readonly Recorded[]> {
  const recorded: Recorded[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    recorded.push({ workflowId: `${workflowId}@${runId}`, history: await client.workflow.getHandle(workflowId, runId).fetchHistory() });
  }
  return recorded;
}

/** Ids of those that do not replay under this code, with what was said. */
export async function findUnreplayable(workflowBundle: WorkflowBundleOption, histories: Iterable<{ workflowId: string; history: unknown }>): Promise<readonly string[]> {
  const failures: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories as unknown as ReplayHistoriesIterable)) {
    if (error) failures.push(`${workflowId}: ${error.message.slice(0, 200)}`);
  }
  return failures;
}

export const CORPUS = join(packageRoot(), 'tests/histories');

/** `DIKTYO_RECORD_HISTORIES=1 npx vitest run tests/workflows` adds to the corpus; a new kernel release adds, it never replaces. */
export function keep(kernel: 'case' | 'late-event' | 'delivery', { name, history }: { readonly name: string; readonly history: Recorded['history'] }): void {
  if (process.env['DIKTYO_RECORD_HISTORIES'] !== '1') return;
  mkdirSync(join(CORPUS, kernel), { recursive: true });
  writeFileSync(join(CORPUS, kernel, `${name}.json`), `${JSON.stringify(History.toObject(history as never, { enums: String, longs: String, bytes: String }), null, 1)}\n`);
}

export function readKept(text: string): unknown {
  return History.fromObject(JSON.parse(text) as Record<string, unknown>);
}
