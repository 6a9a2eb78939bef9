// Brings the generated parts of definitions/MANUAL*.md up to date: findings, changes and every property of the schemas.
// `node bin/manual.mjs` writes; `node bin/manual.mjs --check` ends with 1 when a manual is stale.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const schemas = join(root, 'definitions/schemas');

export const MANUALS = [
  { language: 'el', file: join(root, 'definitions/MANUAL.el.md') },
  { language: 'en', file: join(root, 'definitions/MANUAL.md') },
];

const WORDS = {
  el: {
    findings: ['Κωδικός', 'Βαρύτητα', 'Τι λέει', 'Πώς διορθώνεται'],
    error: 'σφάλμα',
    warning: 'προειδοποίηση',
    changes: ['Είδος αλλαγής', 'Πρόχειρη', 'Κατατεθειμένη', 'Σε εξέταση', 'Παροχή που τρέχει'],
    adopt: 'ισχύει',
    ask: 'ρωτάμε τον πολίτη',
    pinned: 'μένει στην παλιά',
    properties: ['Ιδιότητα', 'Τιμή', 'Υποχρεωτική', 'Τι σημαίνει'],
    required: 'ναι',
    list: 'κατάλογος από',
    object: 'αντικείμενο',
    text: 'κείμενο',
    whole: 'ακέραιος',
    number: 'αριθμός',
    truth: 'true ή false',
    or: 'ή',
    always: 'πάντα',
    from: 'από',
    upTo: 'έως',
    characters: 'έως {limit} χαρακτήρες',
    anyValue: 'οποιαδήποτε τιμή',
  },
  en: {
    findings: ['Code', 'Severity', 'What it says', 'How to mend it'],
    error: 'error',
    warning: 'warning',
    changes: ['Kind of change', 'Draft', 'Filed', 'In review', 'Benefit running'],
    adopt: 'in force',
    ask: 'we ask the citizen',
    pinned: 'keeps the old one',
    properties: ['Property', 'Value', 'Required', 'What it means'],
    required: 'yes',
    list: 'list of',
    object: 'object',
    text: 'text',
    whole: 'whole number',
    number: 'number',
    truth: 'true or false',
    or: 'or',
    always: 'always',
    from: 'from',
    upTo: 'to',
    characters: 'up to {limit} characters',
    anyValue: 'any value',
  },
};

const GREEK = /\p{Script=Greek}/u;

/** The check's own words, compiled in memory: this script must run before anything is built. */
async function readCheck() {
  const { outputFiles } = await build({
    stdin: { contents: "export { EL } from './texts/el.js'; export { EN } from './texts/en.js'; export { FINDING_CODES, tell } from './finding.js'; export { BEHAVIOUR } from './changes.js';", resolveDir: join(root, 'definitions/check'), loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['source'],
    absWorkingDir: root,
    write: false,
    logLevel: 'error',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

async function readSchemas() {
  const names = (await readdir(schemas, { withFileTypes: true })).filter((entry) => entry.isFile() && entry.name.endsWith('.json')).map(({ name }) => name);
  const read = await Promise.all(names.map(async (name) => [name, JSON.parse(await readFile(join(schemas, name), 'utf8'))]));
  const order = ['programme.json', 'form.json', 'question.json', 'document-kind.json', 'parameter.json', 'table.json', 'fact.json', 'computed.json', 'rule.json', 'points.json', 'flow.json', 'due.json', 'message.json', 'calendar.json', 'stock.json', 'indicators.json', 'subject.json', 'overlay.json', 'programme-case.json', 'text.json', 'identifier.json', 'role.json', 'expression.json', 'selection.json'];
  const rank = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
  return read.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function tableOf(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What the engine would fill in, is a gap in the manual; what the writer must type with braces, stays. */
function withGaps(words) {
  return words.replace(/\{(?!municipality\})[A-Za-z]+\}/g, '…');
}

function findingsPart(language, check) {
  const words = WORDS[language];
  const texts = language === 'el' ? check.EL : check.EN;
  const rows = check.FINDING_CODES.map((code) => [`\`${code}\``, words[check.tell({ code, pointer: '' }, '').severity], withGaps(texts[code].message), withGaps(texts[code].fix)]);
  return tableOf(words.findings, rows);
}

function changesPart(language, check) {
  const words = WORDS[language];
  const rows = Object.entries(check.BEHAVIOUR).map(([name, stages]) => [`\`${name}\``, ...['draft', 'filed', 'inReview', 'benefitRunning'].map((stage) => words[stages[stage]])]);
  return tableOf(words.changes, rows);
}

/** A description in one language; schemas write both, in either order, with ` / ` between. */
export function meaningOf(description, language) {
  const halves = (description ?? '').split(' / ');
  const found = halves.find((half) => GREEK.test(half) === (language === 'el') && half.trim() !== '');
  return halves.length === 1 && !halves.some((half) => GREEK.test(half)) && language === 'el' ? undefined : found;
}

function propertyMeaning(name, schema, { language, noun }) {
  const said = { el: meaningOf(schema.description, 'el'), en: meaningOf(schema.description, 'en') };
  if (said.el === undefined || said.en === undefined) throw new Error(`${noun}.${name}: no meaning; describe it in its schema as "English / Ελληνικά"`);
  return said[language];
}

function valueOf(schema, language, path) {
  const words = WORDS[language];
  if (schema.properties !== undefined && path !== undefined) return path;
  if (schema.const !== undefined) return `${words.always} \`${JSON.stringify(schema.const)}\``;
  if (schema.$ref !== undefined) return refName(schema.$ref);
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => valueOf({ type }, language)).join(` ${words.or} `);
  if (schema.type === 'array') return `${words.list} ${schema.items === undefined ? words.anyValue : schema.items.title === undefined ? valueOf(schema.items, language) : schema.items.title}${range(schema.minItems, schema.maxItems, words)}`;
  if (schema.type === 'string') return `${words.text}${schema.maxLength === undefined ? '' : `, ${words.characters.replace('{limit}', schema.maxLength)}`}`;
  if (schema.type === 'integer') return `${words.whole}${range(schema.minimum, schema.maximum, words)}`;
  if (schema.type === 'number') return `${words.number}${range(schema.minimum, schema.maximum, words)}`;
  if (schema.type === 'boolean') return words.truth;
  return schema.title ?? words.object;
}

function range(least, most, words) {
  return [...(least === undefined ? [] : [`${words.from} ${least}`]), ...(most === undefined ? [] : [`${words.upTo} ${most}`])].map((part, at) => (at === 0 ? `, ${part}` : ` ${part}`)).join('');
}

function refName(ref) {
  const [file, pointer] = ref.split('#');
  const last = (pointer ?? '').split('/').at(-1);
  return last === '' || last === undefined ? file.replace('.json', '') : last;
}

/** Every object with properties in a schema, outermost first: `programme`, `programme.opening`, … */
export function nounsOf(name, schema) {
  const nouns = [];
  const visit = (node, path) => {
    if (typeof node !== 'object' || node === null) return;
    if (node.properties !== undefined) nouns.push({ path, node });
    for (const [property, part] of Object.entries(node.properties ?? {})) visit(part, `${path}.${property}`);
    if (node.items !== undefined) visit(node.items, node.items.title ?? path);
    for (const [property, part] of Object.entries(node.$defs ?? {})) visit(part, `${path} ${property}`);
  };
  visit(schema, name.replace('.json', ''));
  return nouns;
}

function schemasPart(language, files) {
  const words = WORDS[language];
  return files
    .flatMap(([file, schema]) => (schema.properties === undefined && schema.$defs === undefined ? [{ path: file.replace('.json', ''), node: schema }] : nounsOf(file, schema)))
    .map(({ path, node }) => {
      if (node.properties === undefined) return `**\`${path}\`**: ${[meaningOf(node.description, language), ...(node.enum === undefined ? [] : [valueOf(node, language)])].join(': ')}`;
      const rows = Object.entries(node.properties).map(([name, part]) => [`\`${name}\``, valueOf(part, language, `${path}.${name}`), node.required?.includes(name) === true ? words.required : '', propertyMeaning(name, part, { language, noun: path })]);
      const said = meaningOf(node.description, language);
      return `**\`${path}\`**${said === undefined ? '' : `: ${said}`}\n\n${tableOf(words.properties, rows)}`;
    })
    .join('\n\n');
}

/** A manual with its generated parts as they should be. */
export async function freshManual(text, language) {
  const check = await readCheck();
  const parts = { findings: findingsPart(language, check), changes: changesPart(language, check), schemas: schemasPart(language, await readSchemas()) };
  return text.replace(/(<!-- generated: (\w+) -->)[\s\S]*?(<!-- end of \2 -->)/g, (whole, ...[begin, name, end]) => {
    if (!Object.hasOwn(parts, name)) throw new Error(`no generated part ${name}`);
    return `${begin}\n\n${parts[name]}\n\n${end}`;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { language, file } of MANUALS) {
    const text = await readFile(file, 'utf8');
    const fresh = await freshManual(text, language);
    if (fresh === text) continue;
    if (process.argv.includes('--check')) {
      process.stderr.write(`${file}: node bin/manual.mjs\n`);
      process.exitCode = 1;
    } else await writeFile(file, fresh);
  }
}
