// Turns the sources into what Node runs: dist/. Plain JavaScript, because it must run before anything is built.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const FLOORS = ['definitions', 'forms', 'engine', 'workflows', 'commands'];
const WIDGET_SOURCES = ['widgets', 'forms', 'definitions'];
const BUNDLE_SOURCES = ['workflows', 'engine/contract', 'engine/decide', 'forms', 'definitions/language', 'definitions/types'];
/** Change it when this file produces other output from the same sources. */
const RECIPE = '2';
/**
 * The library writes down a stack for every promise of a workflow; whole ones are a seventh of what its thread does. The kernel
 * waits in few places, and three lines tell them apart. On the first line, so that the source map still fits.
 */
export const SHORT_STACKS = 'Error.stackTraceLimit = 3; ';
const LOCK_WAIT_MS = 180_000;

/**
 * Brings dist/ up to date and says what it did. Work whose sources did not change is skipped.
 *
 * @param {{ root?: string, log?: (line: string) => void, widgets?: boolean, workflows?: boolean }} options
 * @returns {Promise<{ transpiled: number, pruned: number, bundled: boolean, widgets: boolean, milliseconds: number }>}
 */
export async function build({ root = ROOT, log = () => {}, widgets = true, workflows = true } = {}) {
  const started = performance.now();
  const dist = join(root, 'dist');
  mkdirSync(dist, { recursive: true });
  const unlock = await lock(join(dist, '.lock'), log);
  try {
    const manifest = readManifest(join(dist, '.build.json'));
    const { transpiled, pruned } = await transpile({ root, dist, manifest, log });
    const bundled = workflows && (await bundleWorkflows({ root, dist, manifest, log }));
    const built = widgets && (await buildWidgetFiles({ root, dist, manifest, log }));
    const milliseconds = Math.round(performance.now() - started);
    if (transpiled + pruned > 0 || bundled || built) log(`build: ready in ${(milliseconds / 1000).toFixed(1)} s`);
    return { transpiled, pruned, bundled, widgets: built, milliseconds };
  } finally {
    unlock();
  }
}

async function transpile({ root, dist, manifest, log }) {
  const sources = FLOORS.flatMap((floor) => filesUnder(join(root, floor), (path) => isSource(path)));
  const wanted = new Map(sources.map((path) => [relative(root, path), hashOf(readFileSync(path))]));
  const known = manifest.files ?? {};
  const stale = [...wanted].filter(([path, hash]) => known[path] !== hash || !existsSync(outputOf(dist, path)));
  if (stale.length > 0) {
    log(`build: ${stale.length} of ${wanted.size} source files to transpile`);
    const { transform } = await import('esbuild');
    await Promise.all(stale.map(([path]) => transpileOne({ root, dist, path, transform })));
  }
  const pruned = prune(dist, wanted);
  manifest.files = Object.fromEntries(wanted);
  saveManifest(dist, manifest);
  return { transpiled: stale.length, pruned };
}

async function transpileOne({ root, dist, path, transform }) {
  const output = outputOf(dist, path);
  const result = await transform(readFileSync(join(root, path), 'utf8'), {
    loader: 'ts',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcefile: relative(dirname(output), join(root, path)),
    sourcemap: 'external',
    sourcesContent: false,
    tsconfigRaw: { compilerOptions: { target: 'es2022', useDefineForClassFields: true, verbatimModuleSyntax: true } },
  });
  mkdirSync(dirname(output), { recursive: true });
  writeWhole(`${output}.map`, result.map);
  writeWhole(output, `${result.code}//# sourceMappingURL=${output.split('/').at(-1)}.map\n`);
}

/** What no source stands behind any more would still answer imports. */
function prune(dist, wanted) {
  let pruned = 0;
  for (const floor of FLOORS) {
    for (const file of filesUnder(join(dist, floor), (path) => /\.js(\.map)?$/.test(path))) {
      const path = relative(dist, file);
      if (path.startsWith(join('workflows', 'bundle.'))) continue;
      if (wanted.has(path.replace(/\.js(\.map)?$/, '.ts'))) continue;
      rmSync(file);
      pruned += 1;
    }
  }
  return pruned;
}

async function bundleWorkflows({ root, dist, manifest, log }) {
  if (!existsSync(join(root, 'workflows/index.ts'))) return false;
  const hash = treeHash(root, BUNDLE_SOURCES, (path) => isSource(path) && !path.includes('/workflows/worker/'));
  const output = join(dist, 'workflows/bundle.js');
  if (manifest.bundle === hash && existsSync(output)) return false;
  log('build: bundling the workflows');
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const quiet = { trace() {}, debug() {}, info() {}, log() {}, warn: (message) => log(`build: ${message}`), error: (message) => log(`build: ${message}`) };
  const { code } = await bundleWorkflowCode({ workflowsPath: join(dist, 'workflows/index.js'), logger: quiet });
  writeWhole(output, SHORT_STACKS + code);
  manifest.bundle = hash;
  saveManifest(dist, manifest);
  return true;
}

async function buildWidgetFiles({ root, dist, manifest, log }) {
  const script = join(root, 'widgets/build.mjs');
  if (!existsSync(script)) return false;
  const hash = treeHash(root, WIDGET_SOURCES, (path) => !path.endsWith('.md'));
  if (manifest.widgets === hash && existsSync(join(dist, 'assets'))) return false;
  log('build: bundling the widgets');
  const { buildWidgets } = await import(pathToFileURL(script).href);
  await buildWidgets({ root, outDir: 'dist/assets', log });
  manifest.widgets = hash;
  saveManifest(dist, manifest);
  return true;
}

function isSource(path) {
  return path.endsWith('.ts') && !path.endsWith('.d.ts');
}

function outputOf(dist, path) {
  return join(dist, path.replace(/\.ts$/, '.js'));
}

function treeHash(root, folders, wanted) {
  const hash = createHash('sha256').update(RECIPE).update(fileOrNothing(join(root, 'package-lock.json')));
  for (const folder of folders) {
    for (const path of filesUnder(join(root, folder), wanted)) hash.update(relative(root, path)).update('\0').update(readFileSync(path));
  }
  return hash.digest('hex');
}

function hashOf(content) {
  return createHash('sha256').update(RECIPE).update(content).digest('hex').slice(0, 24);
}

function fileOrNothing(path) {
  return existsSync(path) ? readFileSync(path) : '';
}

function filesUnder(folder, wanted) {
  if (!existsSync(folder)) return [];
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...filesUnder(path, wanted));
    else if (wanted(path)) found.push(path);
  }
  return found.sort();
}

function readManifest(path) {
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8'));
    return manifest.recipe === RECIPE ? manifest : { recipe: RECIPE };
  } catch {
    return { recipe: RECIPE };
  }
}

function saveManifest(dist, manifest) {
  writeWhole(join(dist, '.build.json'), JSON.stringify(manifest));
}

/** A reader of dist/ never sees half a file. */
function writeWhole(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}

/** One build at a time; a lock left by a dead process is taken over. */
async function lock(folder, log) {
  const owner = join(folder, 'owner');
  const until = Date.now() + LOCK_WAIT_MS;
  let told = false;
  for (;;) {
    try {
      mkdirSync(folder);
      writeFileSync(owner, String(process.pid));
      return () => rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned(folder, owner)) {
      rmSync(owner, { force: true });
      try {
        rmdirSync(folder);
      } catch {
        // Somebody else took it over.
      }
      continue;
    }
    if (Date.now() > until) throw new Error(`another build has held ${folder} for ${LOCK_WAIT_MS / 1000} s; remove it if none is running`);
    if (!told) log('build: waiting for another build to end');
    told = true;
    await delay(100);
  }
}

function isAbandoned(folder, owner) {
  try {
    const pid = Number(readFileSync(owner, 'utf8'));
    if (!(pid > 0)) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    if (error.code === 'EPERM') return false;
    if (error.code === 'ESRCH') return true;
    try {
      return Date.now() - statSync(folder).mtimeMs > 5_000;
    } catch {
      return false;
    }
  }
}

if (process.argv[1] && pathToFileURL(process.argv[1]).href === import.meta.url) {
  await build({ log: (line) => process.stdout.write(`${line}\n`) });
}
