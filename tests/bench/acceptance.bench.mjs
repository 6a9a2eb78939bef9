// Acceptance (validated, RLS, protocol number, outbox, audit, idempotent) against a bare insert of the same three rows
// behind the same HTTP server: in turns, same machine, same database.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { freePort } from '#commands/servers/ports.js';
import { fileForSeconds } from './load.mjs';
import { readProcessorSeconds } from './process-usage.mjs';
import { compareRounds, keepTable, median, printTable, round } from './table.mjs';
import { openWorld } from './world.mjs';

const QUICK = process.argv.includes('--quick');
// Many short rounds: what else the machine does then falls on few of them, and the middle one stays.
const ROUNDS = QUICK ? 3 : 11;
const SECONDS = 4;
const CROWD_SECONDS = QUICK ? 4 : 8;
const CONNECTIONS = 32;
const MUNICIPALITY = '9230';
const FAST = { DIKTYO_REQUESTS_PER_MINUTE: '1000000', DIKTYO_STAFF_REQUESTS_PER_MINUTE: '1000000', DIKTYO_DATABASE_CONNECTIONS_MAX: '16' };

const world = await openWorld();
try {
  const identity = await world.startPart('demo-services');
  const api = await world.startPart('api', FAST);
  const floorPort = await freePort();
  const floor = await world.startScript('floor-server.mjs', { DATABASE_URL: world.ownerUrl, FLOOR_PORT: String(floorPort) });
  const body = await composeBody(world.engineUrl);
  const sides = {
    product: { pid: api.pid, url: `${world.engineUrl}/api/v1/municipalities/${MUNICIPALITY}/applications` },
    floor: { pid: floor.pid, url: `http://localhost:${floorPort}/floor/${MUNICIPALITY}/applications` },
  };
  const measured = { product: [], floor: [] };
  for (let turn = 0; turn <= ROUNDS; turn += 1) {
    for (const name of turn % 2 === 0 ? ['product', 'floor'] : ['floor', 'product']) {
      const one = await measure(sides[name], { body, postgresPid: world.postgresPid });
      if (turn > 0) measured[name].push(one);
    }
  }
  const crowd = await fileForSeconds({ url: sides.product.url, body, connections: 1_000, seconds: CROWD_SECONDS });
  const lost = await countLost({ ownerUrl: world.ownerUrl, acknowledged: [...measured.product, crowd] });
  const rows = tell(measured, { crowd, lost, bytes: Buffer.byteLength(body) });
  const table = printTable(['goal', 'wanted', 'measured'], rows);
  console.log(table);
  keepTable('acceptance', table);
  identity.kill();
} finally {
  await world.close();
}
process.exit(0);

/** The wildfire form filled in whole, a household of five; the floor takes the same bytes. */
async function composeBody(engineUrl) {
  const { programmes } = await (await fetch(`${engineUrl}/api/v1/municipalities/${MUNICIPALITY}/programmes`)).json();
  const { hash } = programmes.find(({ id }) => id === 'wildfire-aid');
  const answers = JSON.parse(readFileSync(fileURLToPath(new URL('wildfire-answers.json', import.meta.url)), 'utf8'));
  return JSON.stringify({ programme: 'wildfire-aid', hash, answers, documentIds: [], language: 'el' });
}

async function measure({ pid, url }, { body, postgresPid }) {
  const before = readProcessorSeconds(pid) + readProcessorSeconds(postgresPid);
  const result = await fileForSeconds({ url, body, connections: CONNECTIONS, seconds: SECONDS });
  const used = readProcessorSeconds(pid) + readProcessorSeconds(postgresPid) - before;
  if (result.accepted === 0) throw new Error(`nothing was accepted: ${JSON.stringify(result)}`);
  return { ...result, rate: result.accepted / result.seconds, cpuMicroseconds: (used * 1e6) / result.accepted };
}

/** Every acknowledged filing must be a row; a request cut off at the end of a window may have left one more. */
async function countLost({ ownerUrl, acknowledged }) {
  const sql = postgres(ownerUrl, { max: 1 });
  const [row] = await sql`select count(*)::int as count from diktyo.application`;
  await sql.end();
  // The warming round is not among them, so only a shortage is a finding.
  return Math.max(0, acknowledged.reduce((sum, { accepted }) => sum + accepted, 0) - row.count);
}

function tell({ product, floor }, { crowd, lost, bytes }) {
  const [rate, processor] = ['rate', 'cpuMicroseconds'].map((key) => compareRounds(product, floor, key));
  const middle = (side, key, digits = 0) => round(median(side.map((one) => one[key])), digits);
  const strange = Object.entries(crowd.statuses).filter(([status]) => !/^(2..|429|503)$/.test(status));
  return [
    [`accepted/s, product / floor (${bytes} bytes, ${CONNECTIONS} connections)`, '≥ 0.5', `${round(rate.middle)} (${middle(product, 'rate')} / ${middle(floor, 'rate')}; ${rate.spread})`],
    ['API + PostgreSQL CPU per acceptance, product / floor', '≤ 2', `${round(processor.middle)} (${middle(product, 'cpuMicroseconds')} / ${middle(floor, 'cpuMicroseconds')} µs; ${processor.spread})`],
    ['p50 / p99 of acceptance', '', `${middle(product, 'p50Ms')} / ${middle(product, 'p99Ms')} ms (floor ${middle(floor, 'p50Ms')} / ${middle(floor, 'p99Ms')} ms)`],
    ['1,000 connections: acknowledged and lost', '0', String(lost)],
    ['1,000 connections: answers other than 2xx, 429, 503; errors', '0; 0', `${strange.reduce((sum, [, count]) => sum + count, 0)}; ${crowd.errors}`],
    ['1,000 connections: accepted/s, p99', 'p99 ≤ 3 s', `${round(crowd.accepted / crowd.seconds, 0)}, ${crowd.p99Ms} ms (${JSON.stringify(crowd.statuses).replaceAll('"', '')})`],
  ];
}
