// 1,000 programmes with one mistake each: how many does `check` find, and what slips through?
import { fileURLToPath } from 'node:url';
import { checkProgramme } from '#definitions/check/check.js';
import { OPERATIONS, judge, kindOf, makeMutants, readSubjects } from './mutants.mjs';
import { keepTable, printTable, round } from './table.mjs';

/** All programmes of the library, and the largest definition that the caps let in. */
function timeOfCheck(list) {
  const timed = (document) => {
    const start = performance.now();
    checkProgramme(document);
    return performance.now() - start;
  };
  for (const { programme } of list) checkProgramme(programme);
  const library = list.reduce((sum, { programme }) => sum + timed(programme), 0);
  const worst = Object.entries(hostileProgrammes(list[0].programme)).map(([name, document]) => `${name} ${Math.round(timed(document))} ms`);
  return `the ${list.length} programmes together ${Math.round(library)} ms; ${worst.join(', ')}`;
}

/** As large as the caps let in, in the shapes that cost most: many readers of one large value, chains, long tables, a long road. */
function hostileProgrammes(base) {
  const text = { el: 'α', en: 'a' };
  const wide = { '+': Array.from({ length: 1500 }, (_, position) => position) };
  const chain = Array.from({ length: 200 }, (_, position) => ({ id: `c${position}`, title: text, type: 'number', value: position === 0 ? wide : { '+': [{ computed: `c${position - 1}` }, { computed: `c${position - 1}` }] } }));
  const rules = (count, condition) => Array.from({ length: count }, (_, position) => ({ id: `r${position}`, title: text, condition: condition(position), severity: 'blocking', reason: { false: text }, legalBasis: 'x' }));
  const rows = Array.from({ length: 1000 }, (_, position) => ({ anyOf: [{ a: position }, { a: -1 - position }], value: position }));
  const steps = Array.from({ length: 200 }, (_, position) => (position === 199 ? { kind: 'end', id: 's199', title: text, stage: 'g0', citizenText: text, outcome: 'completed' } : { kind: 'branch', id: `s${position}`, title: text, cases: Array.from({ length: 10 }, (__, at) => ({ when: true, next: `s${Math.min(199, position + 1 + at)}` })), otherwise: `s${position + 1}` }));
  return {
    'computed values in a chain, read by 800 conditions': { ...base, computed: chain, rules: rules(800, () => ({ '>': [{ computed: 'c199' }, 1] })) },
    'a table of 1,000 rows with two keys': { ...base, tables: [...base.tables, { id: 'long', title: text, columns: ['a'], rows, otherwise: 0 }] },
    'a road of 200 branches with ten ways': { ...base, flow: { start: 's0', stages: Array.from({ length: 30 }, (_, position) => ({ id: `g${position}`, title: text })), steps } },
  };
}

const COUNT = process.argv.includes('--quick') ? 100 : 1000;
const SEED = Number(process.env.DIKTYO_MUTANTS_SEED ?? 20260301);

const subjects = await readSubjects(fileURLToPath(new URL('../../definitions/programmes', import.meta.url)));
const judged = makeMutants(subjects, { count: COUNT, seed: SEED }).map((mutant) => ({ ...mutant, verdict: judge(mutant) }));
if (process.argv.includes('--list')) for (const { verdict, subject, operation, path } of judged) if (verdict !== 'found' && verdict !== 'equivalent') console.log(verdict, subject.name, operation, path);

const countOf = (list, verdict) => list.filter((mutant) => mutant.verdict === verdict).length;
const share = (part, whole) => (whole === 0 ? '–' : `${round((100 * part) / whole, 1)} %`);
const row = (name, list) => {
  const [found, cases, equivalent, order, slipped] = ['found', 'cases', 'equivalent', 'order', 'slipped'].map((verdict) => countOf(list, verdict));
  const different = list.length - equivalent;
  return [name, list.length, equivalent, order, share(found, different - order), share(found, different), share(found + cases, different - order), slipped];
};
const rows = [...OPERATIONS.map((operation) => row(operation, judged.filter((mutant) => mutant.operation === operation))), row('**all**', judged)];
const kinds = new Map();
for (const mutant of judged.filter(({ verdict }) => verdict === 'slipped')) kinds.set(kindOf(mutant), (kinds.get(kindOf(mutant)) ?? 0) + 1);
const slipped = [...kinds].sort(([, left], [, right]) => right - left).map(([kind, count]) => [kind, count]);
const text = [
  `${COUNT} mutants of ${subjects.length} programmes, seed ${SEED}; the goal of the share found by \`check\` is ≥ 95 %. Command: \`npm run bench mutants\`.`,
  '',
  printTable(['one node', 'mutants', 'equivalent', 'another order', '`check` alone', '`check` alone, another order counted as missed', '`check` and the own cases', 'slip through'], rows),
  '',
  `Time of \`check\`: ${timeOfCheck(subjects)}.`,
  '',
  'What slips through, by where it lies:',
  '',
  printTable(['where', 'mutants'], slipped.slice(0, 15)),
].join('\n');
console.log(text);
if (!process.argv.includes('--quick')) keepTable('mutants', text);
