// The evaluator against two published JSON Logic engines on the same twelve conditions and households, in one run.
// Every engine must agree with the hand-written conditions on every household before anything is timed.
import { cpuUsage, memoryUsage } from 'node:process';
import jsonLogic from 'json-logic-js';
import { LogicEngine } from 'json-logic-engine';
import { evaluateProgramme, prepareProgramme } from '#definitions/language/programme.js';
import { startRun } from '#definitions/language/run.js';
import { keepTable, median, printTable, round } from './table.mjs';

const HOUSEHOLDS = 1000;
const ROUNDS = 5;
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 500);

/** A small generator with a fixed seed: the same households on every machine. */
function createDice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const dice = createDice(20180723);
const pick = (list) => list[dice(list.length)];
const REGIONS = ['north', 'south', 'east', 'west', 'islands'];
const TENURES = ['owned', 'rented', 'lent', 'none'];
const JOBS = ['employed', 'unemployed', 'retired', 'student', 'child'];

function makeHousehold() {
  const members = Array.from({ length: 1 + dice(5) }, () => {
    const age = dice(90);
    const adult = age >= 18;
    return { age, adult, incomeCents: adult ? dice(900_000) : 0, pensionCents: age > 65 ? dice(400_000) : 0, job: pick(JOBS), disabilityPercent: dice(10) === 0 ? 67 + dice(30) : 0, resident: dice(20) !== 0, prisoner: dice(100) === 0, months: dice(48), school: pick(['none', 'primary', 'secondary']) };
  });
  const vehicles = Array.from({ length: dice(3) }, () => ({ valueCents: dice(1_500_000), engineCc: 900 + dice(1500), adapted: dice(10) === 0 }));
  const household = { region: pick(REGIONS), tenure: pick(TENURES), category: pick(['a', 'b', 'c', 'd']), rentCents: dice(60_000), depositsCents: dice(1_200_000), propertyCents: dice(15_000_000), singleParent: dice(4) === 0, debt: dice(6) === 0, members, vehicles };
  for (let field = 0; field < 23; field += 1) household[`other${field}`] = dice(100);
  return household;
}

const households = Array.from({ length: HOUSEHOLDS }, makeHousehold);

/** Limit: base for the first, 500 per mille per further person of 14 and over, 300 per child. */
const HAND = [
  (h) => ['north', 'east', 'islands'].includes(h.region),
  (h) => ['owned', 'rented', 'lent'].includes(h.tenure),
  (h) => ['a', 'b', 'd'].includes(h.category),
  (h) => h.members.reduce((sum, m) => sum + m.incomeCents, 0) * 1000 <= 600_000 * scale(h),
  (h) => h.members.reduce((sum, m) => sum + m.incomeCents + m.pensionCents, 0) * 1000 <= 700_000 * scale(h),
  (h) => h.depositsCents * 1000 <= 500_000 * scale(h),
  (h) => h.members.some((m) => m.age < 18),
  (h) => h.members.every((m) => m.resident),
  (h) => !h.members.some((m) => m.prisoner),
  (h) => h.members.some((m) => m.disabilityPercent >= 67 || m.job === 'unemployed'),
  (h) => h.vehicles.every((v) => v.valueCents <= 900_000 || v.adapted),
  (h) => !h.debt || h.singleParent,
];

function scale(h) {
  const over = h.members.filter((m) => m.age >= 14).length;
  return 500 + 500 * over + 300 * (h.members.length - over);
}

const list = (...values) => values;
const v = (path) => ({ var: path });
const logicSum = (value) => ({ reduce: [v('members'), { '+': [v('accumulator'), ...value.map((name) => v(`current.${name}`))] }, 0] });
const logicOver = { reduce: [v('members'), { '+': [v('accumulator'), { if: [{ '>=': [v('current.age'), 14] }, 1, 0] }] }, 0] };
const logicUnder = { reduce: [v('members'), { '+': [v('accumulator'), { if: [{ '<': [v('current.age'), 14] }, 1, 0] }] }, 0] };
const logicScale = { '+': [500, { '*': [500, logicOver] }, { '*': [300, logicUnder] }] };
// The sum stands on the left: one of the engines fails when it stands right of a comparison.
const LOGIC = [
  { in: [v('region'), list('north', 'east', 'islands')] },
  { in: [v('tenure'), list('owned', 'rented', 'lent')] },
  { in: [v('category'), list('a', 'b', 'd')] },
  { '<=': [{ '*': [logicSum(['incomeCents']), 1000] }, { '*': [600_000, logicScale] }] },
  { '<=': [{ '*': [logicSum(['incomeCents', 'pensionCents']), 1000] }, { '*': [700_000, logicScale] }] },
  { '<=': [{ '*': [v('depositsCents'), 1000] }, { '*': [500_000, logicScale] }] },
  { some: [v('members'), { '<': [v('age'), 18] }] },
  { all: [v('members'), v('resident')] },
  { none: [v('members'), v('prisoner')] },
  { some: [v('members'), { or: [{ '>=': [v('disabilityPercent'), 67] }, { '==': [v('job'), 'unemployed'] }] }] },
  { or: [{ '!': [{ some: [v('vehicles'), { and: [{ '>': [v('valueCents'), 900_000] }, { '!': [v('adapted')] }] }] }] }, false] },
  { or: [{ '!': [v('debt')] }, v('singleParent')] },
];

const each = (name, as, where) => ({ [name]: { of: v(as === 'v' ? 'vehicles' : 'members'), as, where } });
const ownSum = (value) => ({ sum: { of: v('members'), as: 'm', value } });
const ownScale = { '+': [500, { '*': [500, each('count', 'm', { '>=': [v('m.age'), 14] })] }, { '*': [300, each('count', 'm', { '<': [v('m.age'), 14] })] }] };
const OWN = [
  { in: [v('region'), { list: ['north', 'east', 'islands'] }] },
  { in: [v('tenure'), { list: ['owned', 'rented', 'lent'] }] },
  { in: [v('category'), { list: ['a', 'b', 'd'] }] },
  { '<=': [{ '*': [ownSum(v('m.incomeCents')), 1000] }, { '*': [600_000, ownScale] }] },
  { '<=': [{ '*': [ownSum({ '+': [v('m.incomeCents'), v('m.pensionCents')] }), 1000] }, { '*': [700_000, ownScale] }] },
  { '<=': [{ '*': [v('depositsCents'), 1000] }, { '*': [500_000, ownScale] }] },
  each('some', 'm', { '<': [v('m.age'), 18] }),
  each('all', 'm', v('m.resident')),
  each('none', 'm', v('m.prisoner')),
  each('some', 'm', { or: [{ '>=': [v('m.disabilityPercent'), 67] }, { '==': [v('m.job'), 'unemployed'] }] }),
  each('all', 'v', { or: [{ '<=': [v('v.valueCents'), 900_000] }, v('v.adapted')] }),
  { or: [{ not: v('debt') }, v('singleParent')] },
];

const text = (words) => ({ el: words, en: words });

function questionsOf(sample, element) {
  return Object.entries(sample).map(([id, value]) => {
    const type = { number: /Cents$/.test(id) ? 'money' : 'number', boolean: 'yesNo', string: 'text', object: 'repeat' }[typeof value];
    return { id, type, label: text(id), ...(type === 'repeat' ? { items: questionsOf(element[id], element) } : {}) };
  });
}

function makeProgramme(conditions) {
  const questions = questionsOf({ ...households[0] }, { members: households[0].members[0], vehicles: { valueCents: 1, engineCc: 1, adapted: true } });
  return {
    schemaVersion: '1', id: 'bench', title: text('Bench'), summary: text('Bench'), mode: 'rolling', category: 'bench', legalBasis: ['-'], opening: { from: '2026-01-01' }, contact: { phone: '-' }, nextSteps: text('-'),
    form: { pages: [{ id: 'one', title: text('One'), questions }] }, documents: [], parameters: [], tables: [], facts: [], computed: [],
    rules: conditions.map((condition, position) => ({ id: `c${position}`, title: text(`c${position}`), condition, severity: 'blocking', reason: { true: text('Ναι'), false: text('Όχι') }, legalBasis: 'ΚΥΑ' })),
    flow: { start: 'end', stages: [{ id: 's', title: text('s') }], steps: [{ kind: 'end', id: 'end', title: text('e'), citizenText: text('e'), outcome: 'completed' }] }, messages: [], holidays: [], overlayable: [],
  };
}

const prepared = prepareProgramme(makeProgramme(OWN));
const nodes = prepared.rules.map(({ condition }) => condition);
const engine = new LogicEngine();
const asOf = '2026-03-15';

/** Twelve results; for ours every value read and every path missing is recorded too. */
const ENGINES = [
  { name: 'hand-written', judge: (h) => HAND.map((condition) => condition(h)) },
  { name: 'Diktyo, with its trace', judge: (h) => {
    const run = startRun({ answers: h, asOf });
    return nodes.map((node) => node(run));
  } },
  { name: 'Diktyo, whole decision with reasons', judge: (h) => evaluateProgramme(prepared, { answers: h, asOf }).rules.map(({ value }) => value === 'true') },
  { name: 'json-logic-engine, interpreted', judge: (h) => LOGIC.map((logic) => engine.run(logic, h)) },
  { name: 'json-logic-js', judge: (h) => LOGIC.map((logic) => jsonLogic.apply(logic, h)) },
];

for (const { name, judge } of ENGINES) {
  households.forEach((household, position) => {
    const expected = HAND.map((condition) => condition(household));
    const found = judge(household).map((value) => Boolean(value));
    if (JSON.stringify(found) !== JSON.stringify(expected)) throw new Error(`${name} differs on household ${position}: ${found} instead of ${expected}`);
  });
}

/** Households per CPU second, whole passes over all of them. */
function timeOne(judge) {
  const before = cpuUsage();
  const until = performance.now() + ROUND_MS;
  let passes = 0;
  while (performance.now() < until) {
    for (const household of households) judge(household);
    passes += 1;
  }
  const { user, system } = cpuUsage(before);
  return (passes * HOUSEHOLDS * 1e6) / (user + system);
}

const rates = new Map(ENGINES.map(({ name }) => [name, []]));
for (let turn = 0; turn < ROUNDS; turn += 1) for (const { name, judge } of ENGINES) rates.get(name).push(timeOne(judge));
const rate = (name) => median(rates.get(name));
const trace = rate('Diktyo, with its trace');

/** 100,000 applications by ten rules, every decision complete with its reasons, kept only while it is looked at. */
function judgeMany() {
  const ten = prepareProgramme(makeProgramme(OWN.slice(0, 10)));
  global.gc?.();
  const start = performance.now();
  let eligible = 0;
  for (let application = 0; application < 100_000; application += 1) {
    if (evaluateProgramme(ten, { answers: households[application % HOUSEHOLDS], asOf }).outcome === 'eligible') eligible += 1;
  }
  const seconds = (performance.now() - start) / 1000;
  const kept = [];
  global.gc?.();
  const heap = memoryUsage().heapUsed;
  for (let application = 0; application < 2000; application += 1) kept.push(evaluateProgramme(ten, { answers: households[application % HOUSEHOLDS], asOf }));
  global.gc?.();
  return { seconds, eligible, bytes: (memoryUsage().heapUsed - heap) / kept.length };
}

const many = judgeMany();
const rows = ENGINES.map(({ name }) => [name, Math.round(rate(name)).toLocaleString('en'), round(trace / rate(name), 2)]);
const goals = [
  ['with trace / json-logic-engine interpreted', '≥ 1.5', round(trace / rate('json-logic-engine, interpreted'))],
  ['with trace / json-logic-js', '≥ 5', round(trace / rate('json-logic-js'))],
  ['100,000 applications × 10 rules with reasons', '', `${round(many.seconds, 1)} s`],
  ['memory of one kept decision', '', many.bytes > 0 && global.gc !== undefined ? `${round(many.bytes / 1024, 1)} KiB` : 'run with --expose-gc'],
];
const told = [
  `${HOUSEHOLDS} households (mean 3 members, 10 fields each), 12 conditions; medians of ${ROUNDS} interleaved rounds of ${ROUND_MS} ms. Command: \`node --expose-gc tests/bench/language.bench.mjs\`.`,
  '',
  printTable(['engine', 'households per CPU s', 'slower than ours with trace, times'], rows),
  '',
  printTable(['goal', 'wanted', 'measured'], goals),
].join('\n');
process.stdout.write(`${told}\n`);
if (!process.argv.includes('--dry')) keepTable('language', told);
