// The kernel against an empty one with the same messages, timers and one-row decisions: same servers, same run, in turns.
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import postgres from 'postgres';
import { createCases } from '#engine/cases/cases.js';
import { CASE_WORKFLOW, caseWorkflowId, EVENT_UPDATE, TASK_QUEUES } from '#engine/contract/kernel.js';
import { createRegister } from '#engine/register/register.js';
import { createOutbox } from '#engine/relay/outbox.js';
import { Relay } from '#engine/relay/relay.js';
import { openTemporalClient } from '#engine/relay/temporal-client.js';
import { openStore } from '#engine/store/connection.js';
import { readProcessorSeconds } from './process-usage.mjs';
import { compareRounds, keepTable, median, printTable, round } from './table.mjs';
import { publishTwoReviews } from './two-review-programme.mjs';
import { MEMORY_WORDS, openWorld } from './world.mjs';

const MUNICIPALITY = '9230';
const QUICK = process.argv.includes('--quick');
/** `--only tryRecovery`: one part, whose table is printed and not kept. */
const ONLY = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const ROUNDS = QUICK ? 2 : 6;
const CASES = QUICK ? 40 : 80;
const AT_ONCE = 20;
const OPEN = QUICK ? { few: 200, many: 1_000 } : { few: 1_000, many: 10_000 };

const START = { workflowIdReusePolicy: 'REJECT_DUPLICATE', workflowIdConflictPolicy: 'USE_EXISTING', workflowTaskTimeout: '4s' };

export async function benchCases() {
  const world = await openWorld();
  try {
    const tools = await openTools(world);
    const rows = [];
    for (const compare of [compareThroughput, compareLatency, compareRelay, tryRecovery, compareStartRate].filter(({ name }) => ONLY === undefined || name === ONLY)) {
      say(compare.name);
      rows.push(...(await compare(tools)));
    }
    const table = printTable(['goal', 'wanted', 'measured'], rows);
    console.log(table);
    if (ONLY === undefined) keepTable('cases', table);
    await tools.close();
  } finally {
    await world.close();
  }
}

const say = (line) => process.stderr.write(`${new Date().toISOString()} ${line}\n`);

async function openTools(world) {
  const { hash, answers } = await publishTwoReviews({ ownerUrl: world.ownerUrl, municipality: MUNICIPALITY });
  const api = openStore({ databaseUrl: world.roleUrl('diktyo_api'), connectionsMax: 8, log: () => undefined, application: 'bench' });
  const relayStore = openStore({ databaseUrl: world.roleUrl('diktyo_relay'), connectionsMax: 2, log: () => undefined, application: 'bench' });
  const temporal = openTemporalClient({ address: world.temporalAddress, namespace: 'default', tls: false });
  const sql = postgres(world.ownerUrl, { max: 1, onnotice: () => undefined });
  const workers = { product: await world.startPart('worker'), floor: await world.startScript('empty-kernel/worker.mjs', { DATABASE_URL: world.ownerUrl }, MEMORY_WORDS.worker) };
  const file = () => fileOne({ register: createRegister(api), hash, answers });
  return {
    world, hash, temporal, sql, workers, file,
    client: temporal.client,
    cases: createCases(api),
    outbox: createOutbox(relayStore),
    close: async () => {
      await Promise.all([temporal.connection.close(), sql.end(), api.close(), relayStore.close()]);
    },
  };
}

async function fileOne({ register, hash, answers }) {
  const applicationId = randomUUID();
  const words = { el: 'έτοιμο', en: 'ready' };
  await register.submit({
    municipality: MUNICIPALITY, programmeId: 'two-reviews', hash, submissionKey: applicationId, bodyHash: applicationId, applicationId,
    trackingNonce: randomBytes(16).toString('hex'), trackingCodeHash: randomBytes(32).toString('hex'), answers, subject: { language: 'el' },
    actor: { kind: 'citizen' }, channel: 'web', documentIds: [],
    status: { stage: 'received', stageTitle: words, stepTitle: words, holder: { kind: 'system' }, sentence: words, missing: [], next: words, closed: false },
  });
  return applicationId;
}

/** A filed case with both its actions recorded, so that only the kernel's own work is timed. */
async function prepareCase({ file, cases }) {
  const caseId = await file();
  for (const stepId of ['first', 'second']) {
    await cases.recordAction({
      municipality: MUNICIPALITY, caseId, key: `${stepId}-${caseId}`, kind: 'reviewed', actor: { kind: 'staff', account: caseId, role: 'desk' },
      payload: { stepId, outcome: 'pass' }, payloadHash: stepId, graceSeconds: 36_000,
    });
  }
  return caseId;
}

const sides = {
  product: {
    start: ({ client, hash }, caseId) =>
      client.workflow.start(CASE_WORKFLOW, { ...START, taskQueue: TASK_QUEUES.kernel, workflowId: caseWorkflowId(MUNICIPALITY, caseId), args: [{ caseId, municipality: MUNICIPALITY, definitionHash: hash, kernelVersion: 1 }] }),
    update: (handle, id) => handle.executeUpdate(EVENT_UPDATE, { updateId: id, args: [{ id, kind: 'reviewed' }] }),
  },
  floor: {
    start: ({ client }, caseId) => client.workflow.start('emptyCase', { ...START, taskQueue: 'empty-kernel', workflowId: `empty/${caseId}`, args: [{ caseId }] }),
    update: (handle, id) => handle.executeUpdate('event', { updateId: id, args: [{ id }] }),
  },
};

async function runCase(tools, { side, caseId }) {
  const handle = await sides[side].start(tools, caseId);
  for (const step of ['first', 'second']) await sides[side].update(handle, `${step}-${caseId}`);
  await handle.result();
}

async function inParallel(items, { atOnce, work }) {
  let position = 0;
  const next = async () => {
    while (position < items.length) await work(items[position++]);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}

const prepareMany = async (tools, { side, count }) => {
  const ids = [];
  await inParallel(Array.from({ length: count }), { atOnce: 8, work: async () => ids.push(side === 'product' ? await prepareCase(tools) : randomUUID()) });
  return ids;
};

async function compareThroughput(tools) {
  const { workers, sql } = tools;
  const measured = { product: [], floor: [] };
  const transactions = [];
  for (let round_ = 0; round_ <= ROUNDS; round_ += 1) {
    for (const side of round_ % 2 === 0 ? ['product', 'floor'] : ['floor', 'product']) {
      const ids = await prepareMany(tools, { side, count: CASES });
      const [cpuBefore, txBefore, from] = [readProcessorSeconds(workers[side].pid), await writesSoFar(sql), performance.now()];
      await inParallel(ids, { atOnce: AT_ONCE, work: (caseId) => runCase(tools, { side, caseId }) });
      const seconds = (performance.now() - from) / 1000;
      const writes = (await writesSoFar(sql)) - txBefore - 1;
      // The first round warms both up.
      if (round_ === 0) continue;
      measured[side].push({ rate: CASES / seconds, cpuMs: ((readProcessorSeconds(workers[side].pid) - cpuBefore) * 1000) / CASES });
      if (side === 'product') transactions.push(writes / CASES);
    }
  }
  const [rate, processor] = ['rate', 'cpuMs'].map((key) => compareRounds(measured.product, measured.floor, key));
  const middle = (side, key) => round(median(measured[side].map((one) => one[key])), 1);
  const last = (await prepareMany(tools, { side: 'product', count: 1 }))[0];
  await runCase(tools, { side: 'product', caseId: last });
  const { events } = await tools.client.workflow.getHandle(caseWorkflowId(MUNICIPALITY, last)).fetchHistory();
  const timers = events.filter((event) => event.timerStartedEventAttributes ?? event.timerCanceledEventAttributes).length;
  return [
    ['complete cases/s, product / empty kernel', '≥ 0.8', `${round(rate.middle)} (${middle('product', 'rate')} / ${middle('floor', 'rate')}; ${rate.spread})`],
    ['worker CPU per case, product / empty kernel', '≤ 1.3', `${round(processor.middle)} (${middle('product', 'cpuMs')} / ${middle('floor', 'cpuMs')} ms; ${processor.spread})`],
    ['events of a two-update case', `≤ 17 + ${timers + 1} commands`, String(events.length)],
    ['our own write transactions per case', '3 (one per decide)', String(round(median(transactions), 2))],
  ];
}

/** Every writing transaction takes a number; asking takes one too. */
async function writesSoFar(sql) {
  const [row] = await sql`select pg_current_xact_id()::text as id`;
  return Number(row.id);
}

async function timeUpdates(tools, { side, ids }) {
  const times = [];
  for (const caseId of ids) {
    const handle = await sides[side].start(tools, caseId);
    // The first task is over when a first update has been answered.
    await sides[side].update(handle, `first-${caseId}`);
    const from = performance.now();
    await sides[side].update(handle, `second-${caseId}`);
    times.push(performance.now() - from);
  }
  return times;
}

const percentile = (values, share) => [...values].sort((left, right) => left - right)[Math.min(values.length - 1, Math.floor(values.length * share))];

async function compareLatency(tools) {
  const idle = { product: [], floor: [] };
  const rounds = { product: [], floor: [] };
  for (let part = 0; part < (QUICK ? 4 : 9); part += 1) {
    for (const side of part % 2 === 0 ? ['product', 'floor'] : ['floor', 'product']) {
      const times = await timeUpdates(tools, { side, ids: await prepareMany(tools, { side, count: 10 }) });
      idle[side].push(...times);
      rounds[side].push({ p50: percentile(times, 0.5) });
    }
  }
  const p50 = { product: percentile(idle.product, 0.5), floor: percentile(idle.floor, 0.5) };
  const { spread } = compareRounds(rounds.product, rounds.floor, 'p50');
  const loaded = await timeUnderHalfLoad(tools);
  return [
    ['update p50 idle, product / empty kernel', '≤ 1.25', `${round(p50.product / p50.floor)} (${round(p50.product, 1)} / ${round(p50.floor, 1)} ms; ${spread})`],
    ['update p99 at half load / p50 idle', '≤ 8', `${round(percentile(loaded, 0.99) / p50.product)} (${round(percentile(loaded, 0.5), 0)} / ${round(percentile(loaded, 0.99), 0)} ms)`],
  ];
}

/** Half of what a closed loop of twenty reaches, paced evenly. */
async function timeUnderHalfLoad(tools) {
  const sample = await prepareMany(tools, { side: 'product', count: CASES });
  const from = performance.now();
  await inParallel(sample, { atOnce: AT_ONCE, work: (caseId) => runCase(tools, { side: 'product', caseId }) });
  const perSecond = (CASES / ((performance.now() - from) / 1000)) / 2;
  const ids = await prepareMany(tools, { side: 'product', count: QUICK ? 60 : 200 });
  const times = [];
  await Promise.all(ids.map(async (caseId, index) => {
    await delay((index / perSecond) * 1000);
    const handle = await sides.product.start(tools, caseId);
    for (const step of ['first', 'second']) {
      const begun = performance.now();
      await sides.product.update(handle, `${step}-${caseId}`);
      times.push(performance.now() - begun);
    }
  }));
  return times;
}

/** Without a worker: what the outbox around a start costs, not what deciding costs. */
async function compareRelay(tools) {
  tools.workers.product.kill('SIGKILL');
  const count = QUICK ? 150 : 400;
  const ratios = [];
  for (let part = 0; part < 3; part += 1) {
    const bare = await prepareMany(tools, { side: 'floor', count });
    const from = performance.now();
    await inParallel(bare, { atOnce: 10, work: (caseId) => startOnce(() => sides.product.start(tools, caseId)) });
    const bareSeconds = (performance.now() - from) / 1000;
    await stopAll(tools, bare);
    await inParallel(Array.from({ length: count }), { atOnce: 8, work: () => tools.file() });
    const begun = performance.now();
    const relay = new Relay({ outbox: tools.outbox, temporal: tools.temporal, log: () => undefined }, { startsPerSecond: 100_000 });
    const waiting = (await tools.outbox.lag()).waiting;
    relay.start();
    while ((await tools.outbox.lag()).waiting > 0) await delay(20);
    ratios.push(waiting / ((performance.now() - begun) / 1000) / (count / bareSeconds));
    await relay.stop();
  }
  tools.workers.product = await tools.world.startPart('worker');
  return [['outbox relay rows/s / bare idempotent start loop', '≥ 0.85', String(round(median(ratios)))]];
}

/** Cases of the floor's making are unknown to the register; their kernels would ask for ever. */
const stopAll = (tools, ids) => inParallel(ids, { atOnce: 10, work: (caseId) => tools.client.workflow.getHandle(caseWorkflowId(MUNICIPALITY, caseId)).terminate() });

async function startOnce(start) {
  try {
    await start();
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

async function tryRecovery(tools) {
  const { world, workers } = tools;
  await untilAllAreTakenUp(tools);
  const [one, ...others] = await prepareMany(tools, { side: 'product', count: 3 });
  const first = await sides.product.start(tools, one);
  await sides.product.update(first, `first-${one}`);
  workers.product.kill('SIGKILL');
  const began = performance.now();
  workers.product = await world.startPart('worker');
  await sides.product.update(first, `second-${one}`);
  const workerSeconds = (performance.now() - began) / 1000;

  const serverSeconds = [];
  for (const [index, awaySeconds] of [0, 20].entries()) {
    const caseId = others[index];
    const handle = await sides.product.start(tools, caseId);
    await sides.product.update(handle, `first-${caseId}`);
    const accepting = await world.restartTemporal({ awaySeconds });
    await retry(() => sides.product.update(handle, `second-${caseId}`));
    serverSeconds.push((performance.now() - accepting) / 1000);
  }
  return [
    ['next update after kill -9 of the worker (a new one is started at once)', 'within 3 s + its start', `${round(workerSeconds, 1)} s`],
    ['next update after kill -9 of the Temporal server (started again at once)', 'within 5 s of accepting', `${round(serverSeconds[0], 1)} s`],
    ['next update after 20 s without the Temporal server', '', `${round(serverSeconds[1], 1)} s`],
  ];
}

/** Else an update waits behind the hundreds of fresh cases that the relay's turn has left, and that is what would be timed. */
async function untilAllAreTakenUp({ sql }) {
  const from = performance.now();
  for (;;) {
    const [{ waiting }] = await sql`select count(*)::int as waiting from diktyo.case_record where version = 0`;
    if (waiting === 0) return;
    if (performance.now() - from > 300_000) throw new Error(`${waiting} cases were never taken up`);
    await delay(500);
  }
}

async function retry(work) {
  for (let count = 0; ; count += 1) {
    try {
      return await work();
    } catch (error) {
      if (count > 100) throw error;
      await delay(100);
    }
  }
}

async function compareStartRate(tools) {
  let open = 0;
  const openUntil = async (count) => {
    const needed = Math.max(0, count - open);
    await inParallel(Array.from({ length: needed }), { atOnce: 10, work: async () => sides.floor.start(tools, randomUUID()) });
    open += needed;
  };
  const rate = async () => {
    const rates = [];
    for (let part = 0; part < 3; part += 1) {
      const from = performance.now();
      await openUntil(open + 150);
      rates.push(150 / ((performance.now() - from) / 1000));
      await delay(2_000);
    }
    return median(rates);
  };
  await openUntil(OPEN.few);
  await delay(3_000);
  const few = await rate();
  await openUntil(OPEN.many);
  await delay(5_000);
  const many = await rate();
  return [[`start rate with ${OPEN.many} open / with ${OPEN.few}`, '≥ 0.85', `${round(many / few)} (${round(many, 0)} / ${round(few, 0)})`]];
}

await benchCases();
process.exit(0);
