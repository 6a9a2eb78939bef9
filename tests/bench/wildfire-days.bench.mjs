// The first three days after the wildfire of July 2018, end to end through the real product: people file on the web and at
// four desks, three in ten without papers, until every file waits for its decision. Time is compressed; nobody waits for a day.
import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runAudit } from '#commands/audit.js';
import { createAccess } from '#engine/access/sessions.js';
import { demoAccounts } from '#engine/connect/login/development-provider.js';
import { openStore } from '#engine/store/connection.js';
import { readProcessorSeconds } from './process-usage.mjs';
import { keepTable, printTable, round } from './table.mjs';
import { countQueue, openClient, readProgramme, signIn } from './wildfire-days-client.mjs';
import { measureHistories, readMemory, watchLoad } from './wildfire-days-gauge.mjs';
import { openPostbox, replayDay } from './wildfire-days-office.mjs';
import { DESKS, FILED_AT_DESK_PER_MILLE, MUNICIPALITIES, PAPERS_MISSING_PER_MILLE, planDays } from './wildfire-days-people.mjs';
import { openWorld } from './world.mjs';

const QUICK = process.argv.includes('--quick');
const PEOPLE_PER_SECOND = 6;
const INSPECTORS_EACH = 2;
const AUDIT_TRIES = 60;
const QUIET_MS = 15_000;
const UNDER_WAY = ['outbox.unsent', 'effect.stuck', 'action.notApplied'];

const say = (line) => process.stderr.write(`${new Date().toISOString()} ${line}\n`);

export async function benchWildfireDays() {
  const world = await openWorld();
  try {
    const parts = await startParts(world);
    const days = planDays(QUICK ? 0.1 : 1);
    const { office, receiptsFile } = await openOffice(world);
    const stopWatching = watchLoad();
    const before = usedSoFar(parts, world);
    const begun = Date.now();
    const told = [];
    for (const people of days) {
      const day = await replayDay(office, { people, perSecond: PEOPLE_PER_SECOND });
      told.push({ people, ...day, memory: memoryOf(parts) });
      say(`day ${told.length}: ${people.length} files ready after ${round(day.seconds, 0)} s`);
    }
    const run = { seconds: (Date.now() - begun) / 1_000, load: stopWatching(), before, used: usedSoFar(parts, world), highest: memoryOf(parts) };
    const audit = await auditWhenQuiet(world, receiptsFile);
    await delay(QUIET_MS);
    const toDecide = await countToDecide(office);
    const histories = await measureHistories({ address: world.temporalAddress, cases: office.receipts });
    const text = tell({ told, run, audit, histories, counts: office.client.counts, atRest: memoryOf(parts), toDecide });
    console.log(text);
    if (!QUICK) keepTable('wildfire-days', text);
    if (audit.findings.length > 0 || toDecide !== office.receipts.length) process.exitCode = 1;
  } finally {
    await world.close();
  }
}

/** As production runs them; the identity provider is told the same secret as the desk. */
async function startParts(world) {
  const login = { DIKTYO_LOGIN_CLIENT_SECRET: randomBytes(24).toString('base64url'), DIKTYO_LOGIN_ISSUER: issuerOf(world) };
  const [api, worker, relay] = await Promise.all([world.startPart('api', login), world.startPart('worker'), world.startPart('relay'), world.startPart('demo-services', login)]);
  return { api, worker, relay };
}

/** The development provider names itself by number. */
const issuerOf = (world) => world.issuer.replace('localhost', '127.0.0.1');

async function openOffice(world) {
  const store = openStore({ databaseUrl: world.ownerUrl, connectionsMax: 1, application: 'bench', log: () => undefined });
  const access = createAccess(store);
  for (const { subject, name, municipality, role } of demoAccounts()) await access.grant({ issuer: issuerOf(world), subject, name, municipality, role, by: 'bench' });
  await store.close();

  const client = openClient(world.engineUrl);
  const person = async (municipality, role) => ({ municipality, staff: await signIn({ engineUrl: world.engineUrl, account: `${role}-${municipality}` }) });
  const deciders = await Promise.all(MUNICIPALITIES.map((municipality) => person(municipality, 'decider')));
  const clerks = await Promise.all(DESKS.map(async (desk) => ({ desk, ...(await person(desk.municipality, 'desk')) })));
  const inspectors = await Promise.all(MUNICIPALITIES.flatMap((municipality) => Array.from({ length: INSPECTORS_EACH }, () => person(municipality, 'inspector'))));
  const programmes = Object.fromEntries(await Promise.all(MUNICIPALITIES.map(async (municipality) => [municipality, await readProgramme(client, municipality)])));
  const receiptsFile = join(world.folder, 'receipts.jsonl');
  const receipts = [];
  const keepReceipt = ({ key, protocolNumber, applicationId, municipality }) => {
    receipts.push({ municipality, caseId: applicationId });
    appendFileSync(receiptsFile, `${JSON.stringify({ key, protocolNumber, applicationId })}\n`);
  };
  return { office: { client, readCode: openPostbox(client), programmes, clerks, inspectors, deciders, keepReceipt, receipts }, receiptsFile };
}

/** What the deciders themselves find on their lists. */
async function countToDecide({ client, deciders }) {
  const counts = await Promise.all(deciders.map((decider) => countQueue(client, decider)));
  return counts.reduce((sum, count) => sum + count, 0);
}

const memoryOf = (parts) => Object.fromEntries(Object.entries(parts).map(([name, { pid }]) => [name, readMemory(pid)]));

const usedSoFar = ({ api, worker, relay }, { postgresPid }) => ({
  api: readProcessorSeconds(api.pid),
  worker: readProcessorSeconds(worker.pid),
  relay: readProcessorSeconds(relay.pid),
  PostgreSQL: readProcessorSeconds(postgresPid),
  all: readProcessorSeconds(process.pid),
});

/** Messages of the last files may still be on their way. */
async function auditWhenQuiet(world, receiptsFile) {
  for (let count = 1; ; count += 1) {
    const report = await runAudit({ databaseUrl: world.roleUrl('diktyo_audit'), temporal: { address: world.temporalAddress, namespace: 'default' }, receiptsFile, graceSeconds: 0 });
    if (count >= AUDIT_TRIES || !report.findings.some(({ code }) => UNDER_WAY.includes(code))) return report;
    await delay(1_000);
  }
}

const percentile = (values, share) => [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
const both = (values, digits = 1) => `${round(percentile(values, 0.5) / 1_000, digits)} / ${round(percentile(values, 0.99) / 1_000, digits)} s`;

function tell(result) {
  const { run } = result;
  const cores = availableParallelism();
  const busy = (run.used.all - run.before.all) / run.seconds;
  const heading = `${cores} cores shared with others: load ${round(run.load.first, 1)} at the start, ${round(run.load.mean, 1)} on average; all of this bench (servers and callers too) got ${round(busy, 1)} cores. Command: \`node tests/bench/wildfire-days.bench.mjs${QUICK ? ' --quick' : ''}\`.`;
  const setting = [
    `${DESKS.length} clerks and ${INSPECTORS_EACH * MUNICIPALITIES.length} inspectors, each a closed loop over HTTP; people come ${PEOPLE_PER_SECOND} a second; ${FILED_AT_DESK_PER_MILLE / 10} % file at a desk`,
    `(assumed), the others on the web; ${PAPERS_MISSING_PER_MILLE / 10} % come without papers and bring them 10 to 40 % of the day later.`,
    `Desks of 2018, by their shares of day 2: ${DESKS.map(({ name, municipality }) => `${name} as ${municipality}`).join(', ')}. Times of people's work are none, so waiting is queueing behind four clerks.`,
  ].join('\n');
  return [heading, '', setting, '', printTable(['day', 'filed (web / desk; without papers)', 'replayed in', 'ready per minute', 'filing → decision-ready p50 / p99', 'API, worker MiB'], result.told.map(tellDay)), '', printTable(['goal', 'wanted', 'measured'], tellGoals(result))].join('\n');
}

function tellDay({ people, seconds, lives, memory }, index) {
  const byDesk = people.filter(({ filedBy }) => filedBy === 'desk').length;
  const ready = lives.map(({ readyAt, filedAt }) => readyAt - filedAt);
  return [String(index + 1), `${people.length} (${people.length - byDesk} / ${byDesk}; ${lives.filter(({ cameWithoutPapers }) => cameWithoutPapers).length})`, `${round(seconds, 0)} s`, String(round((lives.length / seconds) * 60, 0)), both(ready), `${memory.api.nowMib}, ${memory.worker.nowMib}`];
}

function tellGoals({ told, run, audit, histories, counts, atRest, toDecide }) {
  const lives = told.flatMap((day) => day.lives);
  const cases = lives.length;
  const lost = audit.findings.filter(({ code }) => code.startsWith('receipt') || code === 'workflow.missing').length;
  const span = (to, from, some = lives) => some.map((life) => life[to] - life[from]);
  const complete = lives.filter(({ cameWithoutPapers, onListAt }) => !cameWithoutPapers && onListAt !== undefined);
  const others = Object.entries(counts).filter(([status]) => !/^(2..|429|503)$/.test(status));
  const memory = (name) => `${run.highest[name].nowMib} / ${run.highest[name].highestMib} / ${atRest[name].nowMib} MiB`;
  const cost = Object.keys(run.used).filter((name) => name !== 'all').map((name) => `${name} ${round(((run.used[name] - run.before[name]) * 1_000) / cases, 0)}`);
  const requests = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const codes = [...new Set(audit.findings.map(({ code }) => code))];
  return [
    ['filings acknowledged and lost', '0', `${lost} of ${cases}`],
    ['findings of `diktyo audit` (receipts, applications, outbox, workflows)', '0', `${[audit.findings.length, ...codes].join(' ')} (${audit.counts.applications} applications, ${audit.counts.receipts} receipts)`],
    ['files on the lists of the deciders at the end', `${cases}`, `${toDecide}`],
    ['filing → decision-ready p50 / p99, with the wait for people', '', both(span('readyAt', 'filedAt'))],
    ['the same, of those who came with papers', '', both(span('readyAt', 'filedAt', lives.filter(({ cameWithoutPapers }) => !cameWithoutPapers)))],
    ['last human action → decision-ready p50 / p99 (the engine alone)', '', both(span('readyAt', 'lastActedAt'), 2)],
    ['receipt → on the clerks\' list p50 / p99 (the engine alone; papers complete)', '', both(span('onListAt', 'filedAt', complete), 2)],
    ['API memory at the end / highest / at rest', '≤ 250 MiB', memory('api')],
    ['worker memory at the end / highest / at rest', '≤ 450 MiB', memory('worker')],
    ['relay memory at the end / highest / at rest', '', memory('relay')],
    ['answers 503; 429; others that are not 2xx', '', `${counts[503] ?? 0}; ${counts[429] ?? 0}; ${others.map(([status, count]) => `${status}: ${count}`).join(', ') || 0} (of ${requests} requests, ${round(requests / run.seconds, 0)}/s)`],
    ['decision-ready files per minute, whole run', '', `${round((cases / run.seconds) * 60, 0)} (${round(run.seconds, 0)} s)`],
    ['CPU per file, ms', '', cost.join(', ')],
    ['history of a case: events p50 / most; KiB p50 / most', '', `${percentile(histories.map(({ events }) => events), 0.5)} / ${percentile(histories.map(({ events }) => events), 1)}; ${round(percentile(histories.map(({ bytes }) => bytes), 0.5) / 1_024, 1)} / ${round(percentile(histories.map(({ bytes }) => bytes), 1) / 1_024, 1)}`],
  ];
}

await benchWildfireDays();
process.exit(process.exitCode ?? 0);
