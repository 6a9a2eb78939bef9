import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { runAudit } from '#commands/audit.js';
import type { CaseState } from '#engine/contract/case.js';
import { askKnown, describeKernel } from '#engine/relay/hand-over.js';
import { openTemporalClient } from '#engine/relay/temporal-client.js';
import { openStore } from '#engine/store/connection.js';
import { databaseUrlOf } from '#tests/support/desk-client.js';
import type { StartedSystem } from '#tests/support/started-system.js';
import { PARTS } from '#tests/support/started-system.js';
import type { Companion } from './companions.js';
import { replayCases } from './replay.js';
import type { ActionTry, Town } from './town.js';

export interface Judged {
  readonly system: StartedSystem;
  readonly companions: readonly Companion[];
  readonly town: Town;
  readonly personal: readonly string[];
  readonly touched: ReadonlySet<number>;
  readonly hasPutBackTemporal: boolean;
  readonly since: string;
}

export interface Unsettled {
  readonly outbox: number;
  readonly actions: number;
  readonly effects: number;
}

/** What is still under way: rows to hand over, actions to decide, messages that nobody has given up yet. */
export async function readUnsettled(sql: postgres.Sql): Promise<Unsettled> {
  const [row] = await sql<Unsettled[]>`
    select (select count(*)::int from diktyo.outbox where sent_at is null) as outbox,
      (select count(*)::int from diktyo.case_command m where not exists (
        select 1 from diktyo.case_event e where e.municipality = m.municipality and e.case_id = m.case_id and e.event_id = m.event_id)) as actions,
      (select count(*)::int from diktyo.effect f where f.status in ('planned', 'trying', 'notSent') and f.last_error is distinct from 'message.noAddress'
        and f.message_id is distinct from '@one-time-code' and not exists (
          select 1 from diktyo.incident i where i.municipality = f.municipality and i.case_id = f.case_id and i.command_key = f.command_key and i.settled_at is null)) as effects`;
  return row ?? { outbox: -1, actions: -1, effects: -1 };
}

export const openOwner = (system: StartedSystem): postgres.Sql => postgres(databaseUrlOf(system, 'postgres'), { max: 2, connect_timeout: 5, onnotice: () => undefined });

/** Everything that does not hold. */
export async function judge(judged: Judged): Promise<readonly string[]> {
  const { system } = judged;
  const sql = openOwner(system);
  const store = openStore({ databaseUrl: databaseUrlOf(system, 'postgres'), connectionsMax: 2, application: 'tests', log: () => undefined, statementTimeoutMs: 60_000 });
  try {
    const { disagreements, replayed } = await replayCases(sql, store);
    return [
      ...(replayed === 0 ? ['no case was replayed'] : []),
      ...disagreements,
      ...(await judgeAudit(judged)),
      ...(await judgeActions(sql, judged.town.tries)),
      ...(await judgeMessages(sql, judged.town)),
      ...(await judgeKernels(sql, system)),
      ...(await judgeConnections(sql)),
      ...judgeLogs(judged),
      ...judgeEnds(judged),
      ...judgeMemory(judged),
    ];
  } finally {
    await store.close();
    await sql.end();
  }
}

async function judgeAudit({ system, town, since }: Judged): Promise<readonly string[]> {
  const { findings, counts } = await runAudit({
    databaseUrl: databaseUrlOf(system, 'diktyo_audit'),
    temporal: { address: `127.0.0.1:${system.portBase + 3}`, namespace: 'default' },
    graceSeconds: 0,
    receiptsFile: town.receiptsFile,
    since,
  });
  const receipts = readFileSync(town.receiptsFile, 'utf8').trim().split('\n').length;
  return [...findings.map((found) => `audit: ${JSON.stringify(found)}`), ...(counts['receipts'] === receipts ? [] : [`the audit read ${counts['receipts'] ?? 0} of ${receipts} receipts`])];
}

interface AppliedEvent {
  readonly event_id: string;
  readonly case_id: string;
  readonly version: number;
  readonly accepted: boolean;
}

/** Each accepted action once, under the version its client was told; nobody's after one that was sent when it had been answered. */
async function judgeActions(sql: postgres.Sql, tries: readonly ActionTry[]): Promise<readonly string[]> {
  const rows = await sql<AppliedEvent[]>`select event_id, case_id, version, accepted from diktyo.case_event`;
  const recorded = new Set((await sql<{ key: string }[]>`select case_id || ' ' || event_id as key from diktyo.case_command`).map(({ key }) => key));
  const applied = new Map(rows.map((row) => [`${row.case_id} ${row.event_id}`, row]));
  const found: string[] = [];
  for (const { key, caseId, kind, outcome, version, code } of tries) {
    const event = applied.get(`${caseId} ${key}`);
    const what = `${kind} ${key} of ${caseId}`;
    if (outcome === 'accepted' && event?.accepted !== true) found.push(`${what} was accepted and is ${event === undefined ? 'nowhere' : 'recorded as refused'}`);
    if (outcome === 'accepted' && event !== undefined && event.version !== version) found.push(`${what} was told version ${version ?? 0} and has ${event.version}`);
    if (outcome === 'refused' && event?.accepted === true) found.push(`${what} was refused (${code ?? ''}) and has been applied`);
    if (outcome === 'unknown' && recorded.has(`${caseId} ${key}`) && event === undefined) found.push(`${what} was recorded and never decided`);
  }
  return [...found, ...judgeOrder(tries)];
}

function judgeOrder(tries: readonly ActionTry[]): readonly string[] {
  const found: string[] = [];
  const accepted = tries.filter(({ outcome }) => outcome === 'accepted');
  for (const caseId of new Set(accepted.map((tried) => tried.caseId))) {
    const own = accepted.filter((tried) => tried.caseId === caseId);
    for (const before of own) {
      for (const after of own) {
        if ((before.answeredAt ?? Infinity) < after.sentAt && (before.version ?? 0) >= (after.version ?? 0)) found.push(`${caseId}: ${after.kind} was sent after the answer to ${before.kind} and stands before it`);
      }
    }
  }
  return found;
}

interface SentEffect {
  readonly place: string;
  readonly status: string;
  readonly retries: number;
  readonly incidents: number;
  readonly message_id: string;
}

/** One message a key; one more for each time that a person said so. What is said to have been sent has come. */
async function judgeMessages(sql: postgres.Sql, { mail }: Town): Promise<readonly string[]> {
  const effects = await sql<SentEffect[]>`
    select concat_ws('/', f.municipality, f.case_id, f.command_key) as place, f.status, coalesce(f.message_id, '') as message_id,
      (select count(*)::int from diktyo.incident i where i.municipality = f.municipality and i.case_id = f.case_id and i.command_key = f.command_key) as incidents,
      (select count(*)::int from diktyo.case_event e join diktyo.incident i on i.municipality = e.municipality and i.case_id = e.case_id and i.incident_id = e.payload->>'incidentId'
        where e.municipality = f.municipality and e.case_id = f.case_id and i.command_key = f.command_key and e.accepted and e.payload->>'resolution' = 'retry') as retries
    from diktyo.effect f where f.kind = 'message'`;
  const received = new Map<string, number>();
  for (const { id } of mail.received) received.set(id, (received.get(id) ?? 0) + 1);
  const found: string[] = [];
  for (const { place, status, retries, incidents, message_id } of effects) {
    const id = createHash('sha256').update(place).digest('hex').slice(0, 40);
    const times = received.get(id) ?? 0;
    received.delete(id);
    if (times > 1 + retries) found.push(`the message ${place} came ${times} times, retried ${retries} times`);
    if (status === 'sent' && times === 0) found.push(`the message ${place} is said to be sent and never came`);
    if (times > 0 && retries === 0 && ['planned', 'notSent', 'trying'].includes(status)) found.push(`the message ${place} came and is said to be ${status}`);
    if (status === 'uncertain' && incidents === 0 && message_id !== '@one-time-code') found.push(`the message ${place} is uncertain and nobody is told`);
  }
  for (const id of received.keys()) found.push(`a message came that nobody planned: ${id}`);
  return found;
}

/** An open case's kernel knows its version and holds its alarms; a closed one has none. */
export async function judgeKernels(sql: postgres.Sql, system: StartedSystem): Promise<readonly string[]> {
  const cases = await sql<{ municipality: string; case_id: string; version: number; closed: boolean; state: CaseState | null }[]>`select municipality, case_id, version, closed, state from diktyo.case_record`;
  const temporal = openTemporalClient({ address: `127.0.0.1:${system.portBase + 3}`, namespace: 'default', tls: false });
  const found: string[] = [];
  try {
    for (const { municipality, case_id: caseId, version, closed, state } of cases) {
      const { state: kernel } = await describeKernel(temporal, { municipality, caseId });
      if (closed || kernel !== 'running') {
        if (closed === (kernel === 'running')) found.push(`${caseId} is ${closed ? 'closed' : 'open'} and its kernel ${kernel}`);
        continue;
      }
      const known = await askKnown(temporal, { municipality, caseId, deadlineMs: 20_000 });
      if (known?.version !== version) found.push(`the kernel of ${caseId} knows version ${known?.version ?? 'none'}, the record ${version}`);
      else if (JSON.stringify(sorted(known.timers)) !== JSON.stringify(sorted(state?.timers ?? {}))) found.push(`the kernel of ${caseId} holds the alarms ${JSON.stringify(known.timers)}, the record ${JSON.stringify(state?.timers)}`);
    }
  } finally {
    await temporal.connection.close();
  }
  return found;
}

const sorted = (timers: Readonly<Record<string, string>>): readonly (readonly [string, string])[] => Object.entries(timers).sort(([left], [right]) => (left < right ? -1 : 1));

/** Of two processes each; everybody else is one. */
const CONNECTIONS_MAX: Readonly<Record<string, number>> = { 'diktyo api': 20, 'diktyo worker': 20, 'diktyo relay': 4 };

async function judgeConnections(sql: postgres.Sql): Promise<readonly string[]> {
  const rows = await sql<{ application_name: string; count: number; idle: number }[]>`
    select application_name, count(*)::int as count, count(*) filter (where state like 'idle in transaction%')::int as idle
    from pg_stat_activity where backend_type = 'client backend' group by 1`;
  return rows.flatMap(({ application_name: name, count, idle }) => {
    const max = CONNECTIONS_MAX[name.replace('-', ' ')] ?? 8;
    return [...(count > max ? [`${name} holds ${count} connections`] : []), ...(idle > 0 ? [`${name} leaves ${idle} transactions open`] : [])];
  });
}

/** Words of a fault nobody caught. After an older copy of Temporal's data a kernel cannot fit its history. */
const UNCAUGHT = /uncaught|unhandled|TypeError|ReferenceError|RangeError|SyntaxError|heap out of memory|"msg":"fault"|"message":"fault"/i;
const MISFIT = /nondeterminis|TMPRL1100/i;
const FOREIGN = ['postgres', 'temporal'];

function judgeLogs({ system, companions, personal, hasPutBackTemporal }: Judged): readonly string[] {
  const own = system.records.filter(({ part }) => !FOREIGN.includes(String(part))).map((record) => JSON.stringify(record));
  const lines = [...own, ...companions.flatMap((companion) => companion.lines)];
  const all = [...lines, ...system.records.filter(({ part }) => FOREIGN.includes(String(part))).map((record) => JSON.stringify(record))].join('\n');
  const found = personal.filter((value) => all.includes(value)).map((value) => `a log holds «${value}»`);
  const wrong = lines.filter((line) => UNCAUGHT.test(line) || (!hasPutBackTemporal && MISFIT.test(line)));
  return [...found, ...wrong.slice(0, 10).map((line) => `log: ${line.slice(0, 1_500)}`)];
}

/** Whoever waited for its database in vain while it came up ends, and is started again. */
const WAITED = /StoreUnavailableError|awaitSafe/;

/** Whoever ended was ended: a part that falls by itself has a fault. */
function judgeEnds({ system, companions, touched }: Judged): readonly string[] {
  const fallen = companions.flatMap(({ exits }) => exits).filter(({ pid, code, lastLines }) => !touched.has(pid) && code !== 0 && !WAITED.test(lastLines.join(' ')));
  const ended = system.records.filter(({ part, message }) => ['api', 'worker', 'relay', 'demo'].includes(String(part)) && /ended unexpectedly \((?!SIGKILL|SIGTERM|0\))/.test(String(message)));
  const alive = PARTS.filter((part) => system.findProcess(part) === undefined).map((part) => `${part} does not run`);
  return [
    ...alive,
    ...fallen.map(({ part, code, signal, lastLines }) => `${part} fell by itself (${signal ?? code ?? ''}): ${lastLines.join(' | ').slice(-1_500)}`),
    ...ended.map(({ part, message }) => `${String(part)}: ${String(message)}`),
  ];
}

const RESIDENT_MB_MAX = { api: 500, worker: 700, relay: 350 } as const;

export function residentMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function judgeMemory({ system, companions }: Judged): readonly string[] {
  const parts = [...(['api', 'worker', 'relay'] as const).map((part) => ({ part, pid: system.findProcess(part) })), ...companions.map((companion) => ({ part: companion.part, pid: companion.pid() }))];
  return parts.flatMap(({ part, pid }) => {
    const mb = pid === undefined ? 0 : residentMb(pid);
    return mb > RESIDENT_MB_MAX[part] ? [`${part} holds ${Math.round(mb)} MB`] : [];
  });
}
