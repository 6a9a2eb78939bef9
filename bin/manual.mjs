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

/** Meanings of properties whose schema says none, or says it in one language only: `el / en`, by name, or by noun and name. */
const MEANINGS = {
  id: 'σύντομο λατινικό όνομα / short Latin name',
  title: 'τίτλος για ανθρώπους / title for people',
  label: 'η ερώτηση όπως τη διαβάζει ο πολίτης / the question as the citizen reads it',
  hint: 'σύντομη βοήθεια κάτω από τον τίτλο / short help below the title',
  help: 'μεγαλύτερη εξήγηση, όποτε τη ζητήσει / longer explanation on demand',
  intro: 'εισαγωγή της σελίδας / introduction of the page',
  purpose: 'γιατί το ρωτάμε / why it is asked',
  itemTitle: 'πώς λέγεται κάθε στοιχείο / what each element is called',
  value: 'η τιμή / the value',
  values: 'οι τιμές με τις ημερομηνίες τους / the values with their dates',
  when: 'ισχύει μόνο όταν / only when this holds',
  requiredWhen: 'ζητείται μόνο όταν· αν λείπει, πάντα / asked for only when; absent: always',
  visible: 'φαίνεται μόνο όταν / shown only when',
  condition: 'η συνθήκη που πρέπει να ισχύει / the condition that must hold',
  reason: 'οι λόγοι που διαβάζει ο πολίτης / the reasons that the citizen reads',
  true: 'ο λόγος όταν ισχύει / the reason when it holds',
  false: 'ο λόγος όταν δεν ισχύει / the reason when it does not hold',
  unknown: 'ο λόγος ή το βήμα όταν δεν ξέρουμε ακόμη / the reason or the step while it is not known',
  points: 'πόσα μόρια / how many points',
  lines: 'οι γραμμές της μοριοδότησης / the lines of points',
  table: 'το όνομα του πίνακα / the name of the table',
  key: 'στήλη και τιμή που ψάχνουμε / column and value that is looked up',
  of: 'πάνω σε τι / of what',
  as: 'το όνομα κάθε στοιχείου μέσα στη συνθήκη / the name of each element in the condition',
  where: 'η συνθήκη για κάθε στοιχείο / the condition on each element',
  by: 'διά τι / by what',
  to: 'ποια ημερομηνία μετακινείται / which date is moved',
  amount: 'πόσο / how much',
  list: 'οι τιμές του καταλόγου / the values of the list',
  date: 'ημερομηνία έτος-μήνας-ημέρα / date year-month-day',
  var: 'η διαδρομή της απάντησης / the path of the answer',
  known: 'η διαδρομή της απάντησης / the path of the answer',
  computed: 'το όνομα της υπολογιζόμενης τιμής / the name of the computed value',
  param: 'το όνομα της παραμέτρου / the name of the parameter',
  fact: 'το όνομα του γεγονότος / the name of the fact',
  document: 'το όνομα του δικαιολογητικού / the name of the paper',
  asOf: 'η ημερομηνία κρίσης / the date of judgement',
  schemaVersion: 'η έκδοση της γλώσσας, πάντα «1» / the version of the language, always “1”',
  base: 'το όνομα του βασικού προγράμματος / the name of the base programme',
  summary: 'τι δίνει το πρόγραμμα, με μία πρόταση / what the programme gives, in one sentence',
  category: 'ομάδα προγραμμάτων / group of programmes',
  opening: 'πότε δέχεται αιτήσεις / when applications are accepted',
  contact: 'πού βρίσκει βοήθεια ο πολίτης / where the citizen finds help',
  phone: 'τηλέφωνο / telephone',
  email: 'e-mail της υπηρεσίας / the service’s e-mail',
  place: 'πού βρίσκεται η υπηρεσία / where the service is',
  hours: 'ώρες λειτουργίας / opening hours',
  form: 'η αίτηση / the form',
  pages: 'οι σελίδες της αίτησης / the pages of the form',
  questions: 'οι ερωτήσεις της σελίδας / the questions of the page',
  documents: 'τα δικαιολογητικά / the papers',
  parameters: 'τα μεγέθη του νόμου / the figures of the law',
  tables: 'οι πίνακες / the tables',
  facts: 'όσα λένε τα μητρώα και το ιστορικό / what registers and the history tell',
  rules: 'οι κανόνες / the rules',
  selection: 'πώς δίνονται οι θέσεις / how places are given',
  flow: 'η πορεία της υπόθεσης / the steps of a case',
  messages: 'τα μηνύματα / the messages',
  overlayable: 'τι μπορεί να ορίσει κάθε δήμος / what a municipality may set',
  target: 'τι ορίζεται / what is set',
  set: 'οι ρυθμίσεις / the settings',
  sources: 'από πού το ξέρουμε / where it is known from',
  noun: 'είδος πράγματος / kind of thing',
  month: 'μήνας / month',
  day: 'ημέρα / day',
  min: 'το λιγότερο / at least',
  max: 'το πολύ / at most',
  start: 'το πρώτο βήμα / the first step',
  stages: 'τα στάδια που βλέπει ο πολίτης / the stages that the citizen sees',
  stage: 'το στάδιο του βήματος / the stage of the step',
  steps: 'τα βήματα / the steps',
  kind: 'το είδος / the kind',
  due: 'η προθεσμία του βήματος / the due time of the step',
  overdue: 'τι γίνεται αν περάσει η προθεσμία / what happens when it passes',
  escalateTo: 'ποιος ειδοποιείται / who is told',
  message: 'το μήνυμα που στέλνεται / the message that is sent',
  next: 'το επόμενο βήμα / the next step',
  eligible: 'το βήμα όταν δικαιούται / the step when entitled',
  ineligible: 'το βήμα όταν δεν δικαιούται / the step when not entitled',
  undecided: 'το βήμα όταν δεν ξέρουμε ακόμη / the step while it is not known',
  ask: 'το μήνυμα που ζητά τα χαρτιά / the message that asks for the papers',
  remind: 'οι υπενθυμίσεις / the reminders',
  after: 'μετά από πόσο / after how long',
  giveUp: 'πότε παύει η αναμονή / when waiting ends',
  role: 'ποιος υπάλληλος / which official',
  outcomes: 'οι δυνατές απαντήσεις του υπαλλήλου / the official’s possible answers',
  appeal: 'πώς προσφεύγει ο πολίτης / how the citizen appeals',
  text: 'το κείμενο / the text',
  days: 'ημέρες / days',
  authority: 'η αρχή που κρίνει την προσφυγή / the authority that judges the appeal',
  approved: 'το βήμα μετά την έγκριση / the step after approval',
  refused: 'το βήμα μετά την απόρριψη / the step after refusal',
  parts: 'οι δόσεις / the parts',
  until: 'έως πότε / until when',
  cases: 'οι δρόμοι, με τη σειρά / the ways, in their order',
  otherwise: 'αλλιώς / otherwise',
  activity: 'το όνομα της εργασίας του προγραμματιστή / the name of the developer’s activity',
  failed: 'το βήμα αν δεν γίνει / the step when it cannot be done',
  channels: 'κανάλια, με τη σειρά προτίμησης / channels, in order of preference',
  subject: 'το θέμα / the subject',
  body: 'το κείμενο του μηνύματος / the body of the message',
  answers: 'οι απαντήσεις / the answers',
  findings: 'τα ευρήματα, ανά βήμα / the findings, by step',
  expect: 'τι περιμένετε / what you expect',
  outcome: 'η έκβαση / the outcome',
  overlay: 'ο κωδικός του δήμου που το ορίζει / the code of the municipality that sets it',
  time: 'τοπική ώρα· αλλιώς το τέλος της ημέρας / local time; otherwise the end of the day',
  dateMin: 'η πρώτη ημερομηνία που επιτρέπεται / the earliest date allowed',
  dateMax: 'η τελευταία ημερομηνία που επιτρέπεται / the latest date allowed',
  sensitivity: 'κατηγορία προσωπικών δεδομένων / category of personal data',
  legalBasis: 'η διάταξη / the provision',
  acceptedTypes: 'είδη αρχείων / kinds of files',
  noteRequired: 'απαιτείται σημείωση / a note is required',
  places: 'πόσες θέσεις / how many places',
  and: 'όλα αυτά / all of these',
  or: 'ένα από αυτά / one of these',
  not: 'το αντίθετο / the opposite',
  if: 'συνθήκη, τότε, αλλιώς / condition, then, otherwise',
  ageAt: 'ημερομηνία γέννησης και ημερομηνία / birth date and date',
  monthsBetween: 'από και έως / from and to',
  daysBetween: 'από και έως / from and to',
  length: 'ο κατάλογος / the list',
  divRound: 'τι, διά τι, με ποια στρογγύλευση / what, by what, rounded how',
  count: 'πού, με ποιο όνομα, με ποια συνθήκη / where, by which name, on which condition',
  sum: 'πού, με ποιο όνομα, ποια τιμή / where, by which name, which value',
  some: 'πού, με ποιο όνομα, με ποια συνθήκη / where, by which name, on which condition',
  all: 'πού, με ποιο όνομα, με ποια συνθήκη / where, by which name, on which condition',
  none: 'πού, με ποιο όνομα, με ποια συνθήκη / where, by which name, on which condition',
  dateAdd: 'ποια ημερομηνία, πόσο, σε τι / which date, how much, in what',
  lookup: 'ποιος πίνακας και με ποιο κλειδί / which table and which key',
  band: 'ποιος πίνακας και ποιος αριθμός / which table and which number',
  'programme.computed': 'οι υπολογιζόμενες τιμές / the computed values',
  'programme.points': 'η μοριοδότηση / the points',
  'Overlayable.reason': 'γιατί υπάρχουν αυτά τα όρια / why there are these bounds',
  'PaymentPart.due': 'πότε καταβάλλεται η δόση / when the part is due',
  'computed.value': 'ο υπολογισμός / the calculation',
  'programme-case.expect.rules': 'όνομα κανόνα και τιμή / rule and value',
  'programme-case.expect.computed': 'όνομα υπολογιζόμενης τιμής και τιμή / computed value and its value',
  'programme-case.expect.points': 'το σύνολο των μορίων / the total of points',
  'programme-case.expect.documents': 'τα χαρτιά που ζητούνται / the papers that are asked for',
  'Option.value': 'το όνομα της επιλογής / the name of the option',
  'Option.label': 'η επιλογή όπως τη διαβάζει ο πολίτης / the option as the citizen reads it',
  'flow decide.appeal.kind': 'ημερολογιακές ή εργάσιμες ημέρες / calendar or working days',
  'PointsLine.points': 'πόσα μόρια δίνει η γραμμή / how many points the line gives',
  sq: 'αλβανικά / Albanian',
  ar: 'αραβικά / Arabic',
  fa: 'φαρσί / Farsi',
  ur: 'ουρντού / Urdu',
  uk: 'ουκρανικά / Ukrainian',
  ka: 'γεωργιανά / Georgian',
  fr: 'γαλλικά / French',
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
  const said = meaningOf(schema.description, language);
  const isWhole = said !== undefined && meaningOf(schema.description, 'el') !== undefined && meaningOf(schema.description, 'en') !== undefined;
  if (isWhole) return said;
  const key = [`${noun}.${name}`, name].find((candidate) => Object.hasOwn(MEANINGS, candidate));
  const meaning = key === undefined ? undefined : meaningOf(MEANINGS[key], language);
  if (meaning === undefined) throw new Error(`${noun}.${name}: no meaning in ${language}; describe it in its schema as "English / Ελληνικά"`);
  return meaning;
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
