// Writes definitions/types from definitions/schemas: `npm run types`.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const schemas = join(root, 'definitions/schemas');
const types = join(root, 'definitions/types');

/** Folder of schemas → file of types; each file holds every noun of its folder. */
const SHEETS = [
  { from: '.', to: 'programme.ts' },
  { from: 'wire', to: 'wire.ts' },
];

async function readNouns(folder) {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile() && entry.name.endsWith('.json'));
  const nouns = new Map();
  for (const { name } of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    nouns.set(name, JSON.parse(await readFile(join(folder, name), 'utf8')));
  }
  return nouns;
}

/** One schema with a `$defs` entry per noun: the generator repeats a type when `$ref` has a neighbour or lies in another file. */
function gather(nouns) {
  const $defs = {};
  const titleOf = (ref, file) => {
    const [path, pointer] = ref.split('#');
    let node = nouns.get(path === '' ? file : path);
    for (const key of (pointer ?? '').split('/').filter(Boolean)) node = node[key];
    if (node?.title === undefined) throw new Error(`${file}: ${ref} has no title`);
    return node.title;
  };
  const rewrite = (node, file) => {
    if (Array.isArray(node)) return node.map((item) => rewrite(item, file));
    if (typeof node !== 'object' || node === null) return node;
    if (typeof node.$ref === 'string') return { $ref: `#/$defs/${titleOf(node.$ref, file)}` };
    return Object.fromEntries(
      Object.entries(node).filter(([key]) => !['$defs', '$schema', '$id'].includes(key)).map(([key, value]) => [key, rewrite(value, file)]),
    );
  };
  for (const [file, schema] of nouns) {
    for (const noun of [schema, ...Object.values(schema.$defs ?? {})]) $defs[noun.title] = rewrite(noun, file);
  }
  const properties = Object.fromEntries(Object.keys($defs).map((title) => [title, { $ref: `#/$defs/${title}` }]));
  return { title: 'Nouns', description: 'Every noun of this sheet.', type: 'object', additionalProperties: false, properties, required: [], $defs };
}

/** @returns {Promise<{file: string, text: string}[]>} the types as they should be, not yet written */
export async function generateTypes() {
  const made = [];
  for (const { from, to } of SHEETS) {
    const text = await compile(gather(await readNouns(join(schemas, from))), 'Nouns', {
      additionalProperties: false,
      ignoreMinAndMaxItems: true,
      bannerComment: '/* Generated from definitions/schemas by `npm run types`. Do not edit. */',
      style: { singleQuote: true, printWidth: 120 },
    });
    made.push({ file: join(types, to), text });
  }
  made.push({ file: join(types, 'schemas.ts'), text: await sheetOfSchemas() });
  return made;
}

/** The schemas themselves as a module, because the check runs in browsers too, where no file can be read. */
async function sheetOfSchemas() {
  const nouns = Object.fromEntries(await readNouns(schemas));
  return `/* Generated from definitions/schemas by \`npm run types\`. Do not edit. */\n\n/** Every noun's schema by file name. */\nexport const SCHEMAS: { readonly [file: string]: unknown } = ${JSON.stringify(nouns)};\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(types, { recursive: true });
  for (const { file, text } of await generateTypes()) await writeFile(file, text);
}
