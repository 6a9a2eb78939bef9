import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleSources, workflowCode } from '#workflows/worker/workflow-code.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { CORPUS, findUnreplayable, readKept } from '../workflows/replaying.js';

const KERNELS = ['case', 'late-event', 'delivery'];

const kept = KERNELS.flatMap((kernel) =>
  readdirSync(join(CORPUS, kernel))
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ workflowId: `${kernel}/${name}`, text: readFileSync(join(CORPUS, kernel, name), 'utf8') }))
    .map(({ workflowId, text }) => ({ workflowId, text, history: readKept(text) })),
);

describe('The kept histories', () => {
  it('hold every command of the kernel', () => {
    const all = kept.map(({ text }) => text).join('');
    for (const type of ['EVENT_TYPE_TIMER_STARTED', 'EVENT_TYPE_TIMER_CANCELED', 'EVENT_TYPE_TIMER_FIRED', 'EVENT_TYPE_ACTIVITY_TASK_COMPLETED', 'EVENT_TYPE_ACTIVITY_TASK_FAILED', 'EVENT_TYPE_MARKER_RECORDED', 'EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED', 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED']) {
      expect(all).toContain(type);
    }
  });

  it('replay under today’s kernel', async () => {
    expect(await findUnreplayable(await workflowCode(), kept)).toEqual([]);
  });

  it('of cases do not replay under an incompatible one', async () => {
    const cases = kept.filter(({ workflowId }) => workflowId.startsWith('case/'));
    expect(await findUnreplayable(await bundleSources(join(packageRoot(), 'tests/workflows/fixtures/incompatible.ts')), cases)).toHaveLength(cases.length);
  });
});
