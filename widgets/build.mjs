// Bundles the widgets for browsers: `node widgets/build.mjs`, or buildWidgets() from bin/build.mjs. Plain JavaScript,
// because it runs before anything is built.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { build, transform } from 'esbuild';
import { minify } from 'terser';
import { zip } from './packing.mjs';
import { MINIFYING, nameAlike, openDirectly, shorten } from './pieces.mjs';
import { shortener } from './short-names.mjs';

/** Public widgets: tag `diktyo-<name>`, entry `widgets/<name>/index.ts`. */
const WIDGETS = ['apply', 'track'];
/**
 * Goals, KiB of gzip. `applyStart`: the start page of an application, ready to read and press; `applyVisit`: from there to
 * the receipt of a form that asks nothing seldom, as the wildfire form: the test of sizes proves it in a browser; `apply`:
 * all that any form may need, which no visit loads; `track`: what it adds to that.
 */
const GOALS_KIB = { loader: 3, applyStart: 25, applyVisit: 25, apply: null, track: 8 };
/** Loaded by those alone who need it. */
const SELDOM = /\/(rare-fields|whole-language|detours|texts\/(saved|rare)\/[a-z]{2})\.ts$/;
const MEASURED_LANGUAGE = 'el';

/**
 * Writes `embed/v1.js` (fixed address, short cache), `chunks/*` (content-hashed, immutable), `<folder>.js` and
 * `<folder>/index.html` of applications that declare an `entry.json`, each script compressed beside it (`.br`, `.gz`), and
 * `manifest.json` with the sizes.
 *
 * @param {{ root: string, outDir: string, log?: (line: string) => void }} options outDir: relative to root or absolute
 * @returns {Promise<{ sizes: Record<string, number> }>} bytes of the `.gz`
 */
export async function buildWidgets({ root, outDir, log = (line) => process.stdout.write(`${line}\n`) }) {
  const target = resolve(root, outDir);
  const fresh = `${target}.${process.pid}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  const graph = await buildEntries({ root, out: fresh });
  const entries = Object.fromEntries(WIDGETS.map((name) => [name, relative(fresh, graph.entryOf(`widgets/${name}/index.ts`))]));
  const firstPieces = Object.entries(entries).map(([name, entry]) => [name, [...graph.reach(join(fresh, entry), { all: false })].map((path) => relative(fresh, path).replaceAll('\\', '/'))]);
  await buildLoader({ root, out: fresh, entries: Object.fromEntries(firstPieces) });
  const pages = await buildPages({ root, out: fresh });
  await pack(fresh);
  const sizes = measure({ out: fresh, graph, entries });
  await writeFile(join(fresh, 'manifest.json'), `${JSON.stringify({ loader: 'embed/v1.js', entries, pages, gzipBytes: sizes }, null, 2)}\n`);
  await replaceFolder(target, fresh);
  report(sizes, log);
  return { sizes };
}

const COMMON = {
  bundle: true,
  minify: true,
  charset: 'utf8',
  target: 'es2022',
  platform: 'browser',
  conditions: ['source'],
  legalComments: 'none',
  logLevel: 'warning',
};

/**
 * What a later chunk shares with an earlier one shall lie in the earlier one, not in a third: every piece is another
 * request, and compresses apart. So the later one is told to need all of it, which it finds there anyway.
 */
const LIES_IN = {
  // Files are part of both widgets: in the common piece from the start, one request and 800 bytes less in all.
  'widgets/apply/apply.ts': ['widgets/fields/file.ts', 'widgets/client/file-sender.ts'],
  'widgets/track/track.ts': ['widgets/client/today.ts'],
  'widgets/apply/detours.ts': ['widgets/apply/apply.ts'],
  'widgets/fields/rare-fields.ts': ['widgets/apply/apply.ts'],
  'forms/pages/whole-language.ts': ['widgets/apply/apply.ts'],
};

/** Indentation inside templates and styles is not needed by anybody who reads them. */
async function plain(source) {
  const styles = [...source.matchAll(/\bcss`([^`$]*)`/g)];
  const minified = await Promise.all(styles.map(async ([, text]) => (await transform(text, { loader: 'css', minify: true })).code.trim().replace(/(--[\w-]+[:,]) /g, '$1')));
  return source.replace(/\bcss`[^`$]*`/g, () => `css\`${minified.shift()}\``).replace(/\n\s+(?=[.@]?[a-z-]+=["$])/g, ' ').replace(/\n\s+/g, '\n').replace(/\n(?=[<>])/g, '').replace(/>\n(?=\$)/g, '>');
}

/** @param {{ root: string, isPublic?: boolean }} options isPublic: the public widgets, whose bytes are counted */
function plainer({ root, isPublic = false }) {
  return {
    name: 'plainer',
    setup(build) {
      const shortNamed = isPublic ? shortener(root) : (path, source) => source;
      build.onLoad({ filter: /[\\/](widgets|forms)[\\/].*\.ts$/ }, async ({ path }) => {
        const needs = (isPublic && LIES_IN[relative(root, path).replaceAll('\\', '/')]) || [];
        return { contents: needs.map((file) => `import ${JSON.stringify(join(root, file))};`).join('') + (await plain(shortNamed(path.replaceAll('\\', '/'), await readFile(path, 'utf8')))), loader: 'ts' };
      });
      // The few sentences that all widgets say: a second copy is smaller than a piece of its own.
      if (isPublic) build.onResolve({ filter: /^#widgets\/texts\/say\// }, ({ path, importer }) => ({ path: join(root, path.slice(1).replace(/js$/, 'ts')), suffix: `?${basename(dirname(dirname(importer)))}` }));
    },
  };
}

/**
 * Names of properties that only the public widgets' own code knows: nothing of the wire, of definitions, of the browser,
 * and nothing that stands in a template or a list of names. They are shortened in what is delivered.
 */
export const OWN_NAMES = [
  'renderHeading', 'renderContact', 'fieldStates', 'formTexts', 'isAsked', 'isChosen', 'isWords',
  'isAnswered', 'shape', 'mistaken', 'malformed', 'tidy', 'controls', 'isRight', 'summarise', 'normalise', 'validate', 'mayVanish', 'least', 'most', 'because', 'conditions', 'readCount',
  'isFinding', 'isFixed', 'decisive', 'settled', 'requestUpdate', 'municipalityTitle',
  'tellInstant', 'focusField', 'changeAnswer', 'patienceMs', 'onWaiting', 'saveForLater', 'startResuming',
  'pageOf', 'neighbour', 'expressions', 'withTime',
  'changeApplicant', 'bounds', 'fold', 'emit', 'authorize', 'loadTexts', 'focusTop', 'switchTo', 'isFirst',
  'waitMs', 'isFiled', 'isClosed', 'around',
  'described', 'position', 'tellReply', 'firstUnfinished', 'goOn', 'cell', 'asks', 'compiler', 'scope', 'depth', 'situation', 'entry', 'operators', 'tell', 'say', 'pageId', 'percent', 'updateComplete', 'uploads', 'below', 'documentOf', 'direction', 'speak', 'restore', 'settle', 'unasked', 'newQuestions', 'showErrors', 'onProgress', 'retryAfter',
];

async function buildEntries({ root, out }) {
  const result = await build({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: Object.fromEntries(WIDGETS.map((name) => [name, `widgets/${name}/index.ts`])),
    outdir: out,
    format: 'esm',
    splitting: true,
    entryNames: 'chunks/[name]-[hash]',
    chunkNames: 'chunks/[name]-[hash]',
    ...publicly(root),
    // Addresses are made of contents before the last hands go over them: so how these work is part of the contents.
    footer: { js: `/*${recipeOf(root)}*/` },
    metafile: true,
  });
  await shorten(join(out, 'chunks'), OWN_NAMES);
  await openDirectly({ root, out, outputs: result.metafile.outputs });
  await nameAlike(join(out, 'chunks'));
  return graphOf(result.metafile, root);
}

function recipeOf(root) {
  const files = ['widgets/build.mjs', 'widgets/pieces.mjs', 'widgets/short-names.mjs', 'package-lock.json'];
  return files.reduce((hash, file) => hash.update(readFileSync(join(root, file))), createHash('sha256')).digest('hex');
}

/** `answers/edit.js: stripHidden` → the export of it from the forms. */
function exportsOf(lines) {
  return lines.map((line) => line.split(': ')).map(([file, names]) => `export { ${names} } from '#forms/${file}';`).join('');
}

/** The language in a browser, in parts that build on one another: exactly what the public widgets import, and the trace. */
const LANGUAGE = {
  evaluator: "export { keepSituation, nodeOf, prepareForm, unaskedPaths } from '#definitions/language/form.js'; export { Unknown } from '#definitions/language/unknown.js'; export { FORM_OPERATORS } from '#definitions/language/operators/form-operators.js';",
  explanation: "export { readsOf } from '#definitions/language/trace.js';",
  formLogic: exportsOf([
    'pages/prepared.js: needsOperators, unaskedIn', 'pages/pages.js: listPages, neighbourPage, progressOf',
    'answers/check.js: checkQuestions, documentOf, judgeAnswers', 'answers/normalise.js: normaliseAnswer, normaliseAnswers', 'answers/edit.js: listDocumentIds, stripHidden',
  ]),
  telling: exportsOf(['answers/summarise.js: summariseAnswers, titleOfMember', 'findings/tell.js: inLanguage, localeOf, tellDate, tellFinding']),
};

/**
 * Bytes of gzip of the language as it is delivered: bundled alone, by the same steps as the widgets. Each with what stands
 * before it: the evaluator (conditions with three values, the form's words), the explanation (what was read, why not
 * known), the logic of forms (what is asked, required, wrong, kept and sent; beside the field types), and its words.
 *
 * @param {{ root: string }} options
 * @returns {Promise<Readonly<Record<'evaluator' | 'explanation' | 'formLogic' | 'telling', number>>>}
 */
export async function measureLanguage({ root }) {
  const sizes = {};
  let contents = '';
  for (const [part, more] of Object.entries(LANGUAGE)) {
    contents += more;
    const { outputFiles } = await build({ ...COMMON, absWorkingDir: root, stdin: { contents, resolveDir: join(root, 'widgets') }, write: false, format: 'esm', ...publicly(root) });
    const { code } = await minify(outputFiles[0].text, MINIFYING);
    sizes[part] = (await zip([Buffer.from(code)]))[0].length;
  }
  return sizes;
}

/** What is special about what citizens get. */
function publicly(root) {
  return { tsconfig: join(root, 'widgets/tsconfig.json'), plugins: [plainer({ root, isPublic: true })], mangleProps: new RegExp(`^(${OWN_NAMES.join('|')})$`) };
}

async function buildLoader({ root, out, entries }) {
  await build({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: ['widgets/embed/loader.ts'],
    outfile: join(out, 'embed/v1.js'),
    format: 'iife',
    supported: { 'dynamic-import': true },
    tsconfig: join(root, 'widgets/tsconfig.json'),
    define: { DIKTYO_ENTRIES: JSON.stringify(entries) },
  });
}

/** Applications with a page of their own (the desk): `entry.json` names the entry and the page. */
async function buildPages({ root, out }) {
  const pages = {};
  for (const { name } of readdirSync(join(root, 'widgets'), { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const declared = join(root, 'widgets', name, 'entry.json');
    if (!existsSync(declared)) continue;
    const { entry, page } = JSON.parse(readFileSync(declared, 'utf8'));
    if (!existsSync(join(root, entry))) continue;
    await build({
      ...COMMON,
      absWorkingDir: root,
      entryPoints: { [name]: entry },
      outdir: out,
      format: 'esm',
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      tsconfig: join(root, 'widgets/tsconfig.json'),
      plugins: [plainer({ root })],
    });
    pages[name] = { script: `${name}.js` };
    if (page === undefined) continue;
    await mkdir(join(out, name), { recursive: true });
    await writeFile(join(out, name, 'index.html'), readFileSync(join(root, page)));
    pages[name].page = `${name}/index.html`;
  }
  return pages;
}

/** Which output files an entry needs: at once, and later through import(). */
function graphOf({ outputs }, root) {
  const absolute = (path) => resolve(root, path);
  const byInput = new Map(Object.entries(outputs).map(([path, { entryPoint }]) => [entryPoint, absolute(path)]));
  const needs = new Map(
    Object.entries(outputs).map(([path, { imports, inputs }]) => [
      absolute(path),
      {
        now: imports.filter(({ kind }) => kind === 'import-statement').map((one) => absolute(one.path)),
        later: imports.filter(({ kind }) => kind === 'dynamic-import').map((one) => absolute(one.path)),
        inputs: Object.keys(inputs),
      },
    ]),
  );
  const reach = (path, { all }, seen = new Set()) => {
    if (seen.has(path) || !needs.has(path)) return seen;
    const { now, later, inputs } = needs.get(path);
    // Of the languages, one is needed.
    if (inputs.some((input) => /texts\/(?:\w+\/)?[a-z]{2}\.ts$/.test(input)) && !inputs.some((input) => input.endsWith(`/${MEASURED_LANGUAGE}.ts`))) return seen;
    seen.add(path);
    for (const next of all ? [...now, ...later] : now) reach(next, { all }, seen);
    return seen;
  };
  const holderOf = (input) => [...needs].find(([, { inputs }]) => inputs.includes(input))?.[0];
  const isSeldom = (path) => needs.get(path).inputs.some((input) => SELDOM.test(input));
  return { entryOf: (input) => byInput.get(input), holderOf, reach, isSeldom };
}

/** Whole: everything a form may ever need, every field type and one language. */
function measure({ out, graph, entries }) {
  const zipped = (path) => statSync(`${path}.gz`).size;
  const sum = (paths) => [...paths].reduce((total, path) => total + zipped(path), 0);
  const apply = graph.reach(join(out, entries.apply), { all: true });
  const track = [...graph.reach(join(out, entries.track), { all: true })].filter((path) => !apply.has(path));
  return {
    loader: zipped(join(out, 'embed/v1.js')),
    applyStart: sum(new Set([...graph.reach(join(out, entries.apply), { all: false }), ...graph.reach(graph.holderOf(`widgets/apply/texts/${MEASURED_LANGUAGE}.ts`), { all: false })])),
    applyVisit: sum([...apply].filter((path) => !graph.isSeldom(path))),
    apply: sum(apply),
    track: sum(track),
    parts: Object.fromEntries([...apply, ...track].map((path) => [basename(path), zipped(path)]).sort((one, other) => other[1] - one[1])),
  };
}

/** Beside each script what is sent of it: nobody waits for a compression, so it may be the best. */
async function pack(folder) {
  const paths = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.js')).map((path) => join(folder, path));
  const sources = paths.map((path) => readFileSync(path));
  const zipped = await zip(sources);
  await Promise.all(paths.map(async (path, place) => {
    await writeFile(`${path}.gz`, zipped[place]);
    await writeFile(`${path}.br`, await promisify(brotliCompress)(sources[place]));
  }));
}

function report(sizes, log) {
  for (const [name, goal] of Object.entries(GOALS_KIB)) {
    const kib = sizes[name] / 1024;
    log(`widgets: ${name} ${kib.toFixed(1)} KiB gzip${goal === null ? '' : ` (goal ${goal})`}`);
  }
}

/** A reader of the folder never sees half of it. */
async function replaceFolder(target, fresh) {
  const old = `${target}.${process.pid}.old`;
  await mkdir(dirname(target), { recursive: true });
  if (existsSync(target)) await rename(target, old);
  await rename(fresh, target);
  await rm(old, { recursive: true, force: true });
}

if (process.argv[1] && pathToFileURL(process.argv[1]).href === import.meta.url) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const { sizes } = await buildWidgets({ root, outDir: process.argv[2] ?? 'dist/assets' });
  process.stdout.write(`${JSON.stringify(sizes, null, 2)}\n`);
}
