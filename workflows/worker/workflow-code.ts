import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { bundleWorkflowCode } from '@temporalio/worker';
import { packageRoot } from '#engine/settings/package-root.js';

const BUNDLES = new Map<string, Promise<WorkflowBundleOption>>();

/** The bundle that the build made, when this runs from it; from the sources, one is made and kept for this process. */
export function workflowCode(): Promise<WorkflowBundleOption> {
  const here = fileURLToPath(import.meta.url);
  const built = join(packageRoot(), 'dist/workflows/bundle.js');
  if (here.startsWith(join(packageRoot(), 'dist')) && existsSync(built)) return Promise.resolve({ codePath: built });
  return bundleSources(join(packageRoot(), 'workflows/index.ts'));
}

/** Bundles workflows written in TypeScript: the imports map of package.json leads to the sources. */
export function bundleSources(workflowsPath: string): Promise<WorkflowBundleOption> {
  const key = createHash('sha256').update(workflowsPath).digest('hex');
  const bundling = BUNDLES.get(key) ?? bundle(workflowsPath);
  BUNDLES.set(key, bundling);
  return bundling;
}

const SILENT = { trace: () => undefined, debug: () => undefined, info: () => undefined, log: () => undefined, warn: () => undefined, error: () => undefined };

async function bundle(workflowsPath: string): Promise<WorkflowBundleOption> {
  const root = packageRoot();
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    logger: SILENT,
    webpackConfigHook: (config) => ({
      ...config,
      resolve: {
        ...config.resolve,
        conditionNames: ['source', 'import', 'require', 'node', 'default'],
        extensionAlias: { '.js': ['.ts', '.js'] },
        alias: {
          ...(config.resolve?.alias as Record<string, string> | undefined),
          '#engine': join(root, 'engine'),
          '#definitions': join(root, 'definitions'),
          '#workflows': join(root, 'workflows'),
        },
      },
    }),
  });
  return { code };
}
