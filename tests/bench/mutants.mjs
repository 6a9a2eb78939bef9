// Mutants of sound programmes: one node deleted, retyped, renamed or swapped. Does `check` notice, and if not, does the
// mutant behave otherwise at all? Everything follows from the seed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkCase, checkOverlay, checkProgramme } from '#definitions/check/check.js';
import { readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { canonicalise } from '#definitions/language/canonical.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import { runCase, situationOfCase } from '#definitions/language/programme-case.js';
import { evaluateProgramme, hiddenPaths, prepareProgramme, requiredDocuments } from '#definitions/language/programme.js';

export const OPERATIONS = ['deleted', 'retyped', 'renamed', 'swapped'];
const SITUATIONS = 40;

/** A small generator with a fixed seed: the same mutants on every machine. */
export function createDice(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return (sides) => Math.floor(next() * sides);
}

export async function readSubjects(folder) {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  return Promise.all(names.map(async (name) => subjectOf(name, await readProgrammeFolder(join(folder, name)))));
}

/** What a mutant is compared with: what is found in the sound programme, and how it behaves. */
function subjectOf(name, { programme, overlays, cases }) {
  const subject = { name, programme, overlays, cases, situations: situationsOf(programme, { cases, dice: createDice(7) }) };
  return { ...subject, plain: canonicalise(plain(programme)), found: countFindings(programme, overlays), behaviour: behaviourOf(programme, subject) };
}

// --- making mutants

/** Words for people: whoever changes them writes another text, and no check knows which one was meant. */
const isText = (value) => typeof value === 'object' && value !== null && typeof value.el === 'string';
const PROSE = ['sources', 'legalBasis', 'contact'];
const isId = (value) => typeof value === 'string' && /^[a-z][A-Za-z0-9.-]*$/.test(value);

function listNodes(value, path = []) {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    const inside = isText(value) || PROSE.includes(key) ? [] : listNodes(value[key], here);
    return [here, ...inside];
  });
}

function place(document, path) {
  return path.slice(0, -1).reduce((value, key) => value[key], document);
}

const OTHER_TYPES = { string: [7, true, []], number: ['7', true, []], boolean: ['true', 1, {}], object: ['x', 1, true] };

const MUTATE = {
  deleted: (holder, key) => (Array.isArray(holder) ? holder.splice(key, 1).length > 0 : delete holder[key]),
  retyped: (holder, key, dice) => {
    const others = OTHER_TYPES[typeof holder[key]];
    holder[key] = structuredClone(others[dice(others.length)]);
    return true;
  },
  /** The name of a property, or a value that names something. */
  renamed: (holder, key, dice) => {
    if (isId(holder[key]) && (Array.isArray(holder) || dice(2) === 0)) {
      holder[key] = `${holder[key]}X`;
      return true;
    }
    if (Array.isArray(holder)) return false;
    const entries = Object.entries(holder).map(([name, value]) => [name === key ? `${name}X` : name, value]);
    for (const name of Object.keys(holder)) delete holder[name];
    Object.assign(holder, Object.fromEntries(entries));
    return true;
  },
  /** With another value beside it. */
  swapped: (holder, key, dice) => {
    if (isText(holder) || isText(holder[key])) return false;
    const others = Object.keys(holder).filter((name) => name !== String(key) && !isText(holder[name]) && canonicalise(holder[name]) !== canonicalise(holder[key]));
    if (others.length === 0) return false;
    const other = others[dice(others.length)];
    [holder[key], holder[other]] = [holder[other], holder[key]];
    return true;
  },
};

/** As many mutants as asked for, the operations in turn, the programmes and nodes at random, none twice. */
export function makeMutants(subjects, { count, seed }) {
  const dice = createDice(seed);
  const nodes = subjects.map(({ programme }) => listNodes(programme));
  const seen = new Set();
  const mutants = [];
  while (mutants.length < count) {
    const position = dice(subjects.length);
    const path = nodes[position][dice(nodes[position].length)];
    const operation = OPERATIONS[mutants.length % OPERATIONS.length];
    const document = structuredClone(subjects[position].programme);
    const isDone = MUTATE[operation](place(document, path), path.at(-1), dice);
    const written = isDone ? canonicalise(document) : '';
    if (!isDone || seen.has(written) || written === canonicalise(subjects[position].programme)) continue;
    seen.add(written);
    mutants.push({ subject: subjects[position], operation, path: `/${path.join('/')}`, document });
  }
  return mutants;
}

// --- judging them

/** By code: positions move when something is taken out. */
function countFindings(document, overlays) {
  const own = checkProgramme(document);
  const isSound = own.every(({ severity }) => severity !== 'error');
  const counts = new Map();
  for (const { code } of [...own, ...(isSound ? overlays.flatMap((overlay) => checkOverlay(document, overlay)) : [])]) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

function situationsOf(programme, { cases, dice }) {
  const figures = [...new Set(JSON.stringify([programme.rules, programme.points ?? 0, programme.computed, programme.tables, programme.parameters, programme.form]).match(/(?<![\w"-])\d{1,12}(?![\w"-])/g) ?? ['1'])].map(Number);
  const days = ['1950-01-01', '1999-12-31', '2008-02-29', '2015-06-15', '2018-07-23', '2023-07-18', '2024-02-29', '2026-03-15'];
  const pick = (list) => list[dice(list.length)];
  const answer = (question) => {
    const { type, options = [], items = [], itemsMax = 3 } = question;
    if (type === 'money' || type === 'number') return Math.max(0, pick(figures) + dice(3) - 1);
    if (type === 'yesNo') return dice(2) === 0;
    if (type === 'declaration') return true;
    if (type === 'date') return pick(days);
    if (type === 'choice') return pick(options)?.value ?? 'x';
    if (type === 'choices') return options.map(({ value }) => value).filter(() => dice(2) === 0);
    if (type === 'repeat') return Array.from({ length: dice(Math.min(itemsMax, 4) + 1) }, () => answersTo(items));
    return 'x';
  };
  const answersTo = (questions) => Object.fromEntries(questions.filter(() => dice(12) > 0).map((question) => [question.id, answer(question)]));
  const factOf = ({ type }) => (type === 'boolean' ? dice(2) === 0 : type === 'date' ? pick(days) : type === 'text' ? 'x' : pick(figures));
  const steps = programme.flow.steps.filter(({ kind }) => kind === 'assess');
  const generated = Array.from({ length: SITUATIONS }, (_, position) => ({
    asOf: pick(days.slice(4)),
    isFiled: position % 2 === 0,
    answers: answersTo(programme.form.pages.flatMap(({ questions }) => questions)),
    facts: Object.fromEntries(programme.facts.filter(() => dice(6) > 0).map((fact) => [fact.id, factOf(fact)])),
    findings: Object.fromEntries(steps.map((step) => [step.id, answersTo(step.questions ?? step.findings ?? [])])),
    documents: Object.fromEntries(programme.documents.map(({ id }) => [id, pick(['missing', 'provided', 'accepted', 'refused'])])),
  }));
  return [...cases.map(situationOfCase), ...generated];
}

const DECIDED_WITH = ['rules', 'points', 'computed', 'tables', 'parameters'];
/** Of what is evaluated, the parts that are not: what a person reads of it, and where it comes from. */
const TOLD = {
  rules: ['id', 'title', 'severity', 'reason', 'legalBasis', 'serverOnly'],
  points: [],
  computed: ['id', 'title', 'type', 'legalBasis', 'visible'],
  tables: ['id', 'title', 'legalBasis', 'invented'],
  parameters: ['id', 'title', 'unit', 'legalBasis', 'invented'],
};
const byId = (left, right) => (left.id < right.id ? -1 : 1);
const byForm = (left, right) => (canonicalise(left) < canonicalise(right) ? -1 : 1);
/** What is said by leaving it out. */
const DEFAULTS = { from: 'entered', kind: 'calendar', currency: 'EUR', requiredWhen: true, optional: false, invented: false, noteRequired: false };
/** Operators whose operands may stand in any order. */
const COMMUTATIVE = ['and', 'or', '+', '*', 'min', 'max', '==', '!=', 'list'];
/** Sets that are written as lists. */
const SETS = ['acceptedTypes', 'afmLastDigits', 'weekdays', 'overlayable', 'facts', 'messages', 'steps'];
/** Lists whose order people see and that decides nothing. */
const SEEN_IN_ORDER = ['pages', 'questions', 'items', 'findings', 'options', 'outcomes', 'stages', 'documents', 'commodities', 'contents', 'places', 'resources', 'figures', 'legalBasis', 'sources'];

/** One way of writing for what means the same; of `loosely`, also for what differs only in the order in which people see it. */
function plain(value, { loosely = false, name = '' } = {}) {
  if (Array.isArray(value)) {
    const parts = value.map((part) => plain(part, { loosely }));
    const isSet = COMMUTATIVE.includes(name) || SETS.includes(name) || (loosely && SEEN_IN_ORDER.includes(name));
    return isSet ? parts.sort(byForm) : parts;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key, part]) => DEFAULTS[key] !== part).map(([key, part]) => [key, plain(part, { loosely, name: key })]));
}

/** Keys whose values are words of the language, not names of this programme. */
const VOCABULARY = ['type', 'kind', 'role', 'channels', 'sensitivity', 'acceptedTypes', 'severity', 'model', 'by', 'unit', 'noun', 'property', 'outcome'];

/** How often each name stands somewhere, in paths and placeholders too. */
function countNames(document) {
  const counts = new Map();
  const count = (name) => counts.set(name, (counts.get(name) ?? 0) + 1);
  const visit = (value, key) => {
    if (Array.isArray(value)) for (const part of value) visit(part, key);
    else if (typeof value === 'object' && value !== null) for (const [name, part] of Object.entries(value)) visit(part, name);
    else if (typeof value === 'string' && !VOCABULARY.includes(key)) for (const name of new Set([value, ...(key === 'var' || key === 'known' ? value.split('.') : []), ...(value.match(/(?<=\{)[A-Za-z0-9-]+(?=\})/g) ?? [])])) count(name);
  };
  visit(document, '');
  return counts;
}

const NAMED = ['pages', 'questions', 'items', 'findings', 'outcomes', 'windows', 'priority', 'reserves', 'parts', 'options'];

/** Ids that nothing else names (pages, outcomes, options, unread questions): people never see them, and any other would do. */
function withoutIdleIds(document) {
  const counts = countNames(document);
  const strip = (value, key) => {
    if (Array.isArray(value)) return value.map((part) => strip(part, key));
    if (typeof value !== 'object' || value === null) return value;
    const isIdle = (name, part) => NAMED.includes(key) && (name === 'id' || (name === 'value' && key === 'options')) && counts.get(part) === 1;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, isIdle(name, part) ? '·' : strip(part, name)]));
  };
  return strip(document, '');
}

/** What the programme does on every situation; and, of what is not evaluated, what it says. */
function behaviourOf(document, { situations }) {
  const prepared = prepareProgramme(document, { version: 'mutant' });
  const readsOf = (line) => ({ ...line, read: line.read.map(({ row, value, ...read }) => canonicalise({ ...read, value: Array.isArray(value) ? [...value].sort() : value })).sort() });
  const decisions = situations.map((situation) => {
    const { outcome, rules, points, computed, missing } = JSON.parse(JSON.stringify(evaluateProgramme(prepared, situation)));
    const papers = [...requiredDocuments(prepared, situation)].sort(byId);
    const lines = points.lines.map(readsOf).sort(byId);
    return [outcome, rules.map(readsOf).sort(byId), { ...points, lines }, computed, [...missing].sort(), papers, [...hiddenPaths(prepared, situation.answers, situation)].sort()];
  });
  const told = DECIDED_WITH.map((name) => [name, (name === 'points' ? (document.points?.lines ?? []) : document[name]).map((each) => Object.fromEntries(['id', 'title', 'legalBasis', ...TOLD[name]].map((key) => [key, each[key] ?? null]))).sort(byId)]);
  const said = Object.fromEntries(Object.entries(withoutIdleIds(document)).filter(([name]) => !DECIDED_WITH.includes(name)));
  const decided = canonicalise([decisions, plain(told)]);
  return { exactly: decided + canonicalise(plain(said)), loosely: decided + canonicalise(plain(said, { loosely: true })) };
}

/**
 * `found`: check says something that it did not say before. `cases`: the programme's own cases fail, or contradict it.
 * `equivalent`: it does the same and says the same. `order`: as well, in another order on the page: a programme that an
 * official could have meant, and no other part of the definition says otherwise. `slipped`: a hole in the check, or another
 * sound programme.
 */
export function judge({ subject, document }) {
  const counts = countFindings(document, subject.overlays);
  if ([...counts].some(([code, count]) => count > (subject.found.get(code) ?? 0))) return 'found';
  if (failsCases(document, subject)) return 'cases';
  if (canonicalise(plain(document)) === subject.plain) return 'equivalent';
  const behaviour = behaviourOf(document, subject);
  if (behaviour.exactly === subject.behaviour.exactly) return 'equivalent';
  return behaviour.loosely === subject.behaviour.loosely ? 'order' : 'slipped';
}

function failsCases(document, { overlays, cases }) {
  return cases.some((example) => {
    const overlay = overlays.find(({ municipality }) => municipality === example.overlay);
    const applied = overlay === undefined ? { programme: document } : applyOverlay(document, overlay);
    return !('programme' in applied) || checkCase(example, { programme: applied.programme }).length > 0 || runCase(prepareProgramme(applied.programme, { version: 'mutant' }), example).length > 0;
  });
}

/** Where a mutant lies, without positions: what slips through is counted by this. */
export function kindOf({ operation, path }) {
  const names = path.split('/').filter((part) => part !== '' && !/^\d+$/.test(part));
  return `${names[0]} … ${names.slice(1).slice(-2).join('/') || names[0]} ${operation}`;
}
