// 1,000 programmes with one mistake each: how many does `check` find, and what slips through?
import { fileURLToPath } from 'node:url';
import { OPERATIONS, judge, kindOf, makeMutants, readSubjects } from './mutants.mjs';
import { keepTable, printTable, round } from './table.mjs';

const COUNT = process.argv.includes('--quick') ? 100 : 1000;
const SEED = Number(process.env.DIKTYO_MUTANTS_SEED ?? 20260301);

const subjects = await readSubjects(fileURLToPath(new URL('../../definitions/programmes', import.meta.url)));
const judged = makeMutants(subjects, { count: COUNT, seed: SEED }).map((mutant) => ({ ...mutant, verdict: judge(mutant) }));
if (process.argv.includes('--list')) for (const { verdict, subject, operation, path } of judged) if (verdict === 'slipped' || verdict === 'cases') console.log(verdict, subject.name, operation, path);

const countOf = (list, verdict) => list.filter((mutant) => mutant.verdict === verdict).length;
const share = (part, whole) => (whole === 0 ? '–' : `${round((100 * part) / whole, 1)} %`);
const row = (name, list) => {
  const [found, cases, equivalent, slipped] = ['found', 'cases', 'equivalent', 'slipped'].map((verdict) => countOf(list, verdict));
  const different = list.length - equivalent;
  return [name, list.length, equivalent, share(found, different), share(found + cases, different), slipped];
};
const rows = [...OPERATIONS.map((operation) => row(operation, judged.filter((mutant) => mutant.operation === operation))), row('**all**', judged)];
const kinds = new Map();
for (const mutant of judged.filter(({ verdict }) => verdict === 'slipped')) kinds.set(kindOf(mutant), (kinds.get(kindOf(mutant)) ?? 0) + 1);
const slipped = [...kinds].sort(([, left], [, right]) => right - left).map(([kind, count]) => [kind, count]);
const text = [
  `${COUNT} mutants of ${subjects.length} programmes, seed ${SEED}; the goal of the share found by \`check\` is ≥ 95 %. Command: \`npm run bench mutants\`.`,
  '',
  printTable(['one node', 'mutants', 'equivalent', 'found by `check`', 'found by `check` or the own cases', 'slip through'], rows),
  '',
  'What slips through, by where it lies:',
  '',
  printTable(['where', 'mutants'], slipped.slice(0, 15)),
].join('\n');
console.log(text);
if (!process.argv.includes('--quick')) keepTable('mutants', text);
