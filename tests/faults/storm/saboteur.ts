import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import type { Entropy } from '#commands/demo/entropy.js';
import { databaseUrlOf } from '#tests/support/desk-client.js';
import type { Part, StartedSystem } from '#tests/support/started-system.js';
import { findDescendants } from '#tests/support/started-system.js';
import type { Companion } from './companions.js';
import type { StormMail } from './mail.js';
import { MAIL_MOODS } from './mail.js';

export interface Saboteur {
  /** What was done, with the second of the storm. */
  readonly done: readonly string[];
  /** Everybody whom it killed, froze or told to end. */
  readonly touched: ReadonlySet<number>;
  hasPutBackTemporal(): boolean;
  /** Until the storm is over; whoever was frozen has woken then. */
  run(untilMs: number): Promise<void>;
}

export interface SaboteurOrder {
  readonly system: StartedSystem;
  readonly companions: readonly Companion[];
  readonly mail: StormMail;
  readonly chance: Entropy;
  /** Cases whose row a stranger may hold. */
  readonly someCase: () => { readonly municipality: string; readonly caseId: string } | undefined;
}

type Victim = Part | 'api beside' | 'worker beside' | 'relay beside';

const OURS: readonly Victim[] = ['api', 'worker', 'relay', 'api beside', 'worker beside', 'relay beside'];
const ALL: readonly Victim[] = [...OURS, 'postgres', 'temporal'];
const SLOTS_MAX = 210;
const TEMPORAL_FILES = ['temporal.db', 'temporal.db-wal', 'temporal.db-shm'] as const;

/** Seeded: which fault comes next, whom it meets and how long it lasts follow from the seed; the moment does not. */
export function createSaboteur(order: SaboteurOrder): Saboteur {
  const { system, companions, mail, chance } = order;
  const startedAt = Date.now();
  const done: string[] = [];
  const touched = new Set<number>();
  const under = new Set<Promise<void>>();
  const copies = mkdtempSync(join(tmpdir(), 'diktyo-storm-copy-'));
  let hasCopy = false;
  let hasPutBack = false;
  const say = (what: string): void => void done.push(`${((Date.now() - startedAt) / 1000).toFixed(1)} s: ${what}`);
  const pidOf = (victim: Victim): number | undefined =>
    victim.endsWith(' beside') ? companions.find(({ part }) => `${part} beside` === victim)?.pid() : system.findProcess(victim as Part);
  const signal = (victim: Victim, name: NodeJS.Signals): number | undefined => {
    const pid = pidOf(victim);
    if (pid === undefined) return undefined;
    touched.add(pid);
    try {
      process.kill(pid, name);
      say(`${name} ${victim} (${pid})`);
    } catch {
      return undefined;
    }
    return pid;
  };

  /** Frozen, it still holds what it had claimed, and goes on with it when it wakes. */
  const freeze = async (victim: Victim): Promise<void> => {
    const pid = signal(victim, 'SIGSTOP');
    if (pid === undefined) return;
    const isRelay = victim.startsWith('relay');
    const ms = isRelay && chance.chance(200) ? 65_000 : chance.chance(250) ? 15_000 + chance.below(15_000) : 1_000 + chance.below(9_000);
    await delay(ms);
    try {
      process.kill(pid, 'SIGCONT');
      say(`SIGCONT ${victim} (${pid}) after ${ms} ms`);
    } catch {
      // Somebody else has ended it meanwhile.
    }
  };

  /** PostgreSQL takes nobody new then and waits for those it has: somebody in a hurry asks it a second time. */
  const tellToEnd = async (victim: Victim): Promise<void> => {
    if (signal(victim, 'SIGTERM') === undefined || victim !== 'postgres') return;
    await delay(6_000);
    signal(victim, 'SIGINT');
  };

  const fillSlots = async (): Promise<void> => {
    say('every connection slot is taken');
    const held = Array.from({ length: SLOTS_MAX }, () => postgres(databaseUrlOf(system, 'postgres'), { max: 1, connect_timeout: 3, onnotice: () => undefined }));
    await Promise.all(held.map((sql) => sql`select pg_sleep(5)`.catch(() => undefined)));
    await Promise.all(held.map((sql) => sql.end({ timeout: 1 }).catch(() => undefined)));
  };

  const holdRow = async (): Promise<void> => {
    const held = order.someCase();
    if (held === undefined) return;
    const isCounter = chance.chance(300);
    say(isCounter ? `a stranger holds the protocol counter of ${held.municipality}` : `a stranger holds the case ${held.caseId}`);
    const sql = postgres(databaseUrlOf(system, 'postgres'), { max: 1, connect_timeout: 3, onnotice: () => undefined });
    await sql
      .begin(async (row) => {
        if (isCounter) await row`select 1 from diktyo.protocol_counter where municipality = ${held.municipality} for update`;
        else await row`select 1 from diktyo.case_record where case_id = ${held.caseId} for update`;
        await delay(5_000);
      })
      .catch(() => undefined);
    await sql.end({ timeout: 1 }).catch(() => undefined);
  };

  const killBackend = (): void => {
    const backends = findDescendants(system.findProcess('postgres') ?? -1).filter(({ line }) => / diktyo_(api|worker|relay) /.test(line));
    if (backends.length === 0) return;
    const { pid } = chance.pick(backends);
    try {
      process.kill(pid, 'SIGKILL');
      say(`SIGKILL of a database connection (${pid})`);
    } catch {
      // It ended by itself.
    }
  };

  /** The files as kill -9 leaves them; the start command needs a moment before it starts the server again. */
  const copyTemporal = (): void => {
    const isBack = hasCopy && chance.chance(600);
    if (signal('temporal', 'SIGKILL') === undefined) return;
    for (const name of TEMPORAL_FILES) {
      const [own, copy] = [join(system.dataFolder, name), join(copies, name)];
      const [from, to] = isBack ? [copy, own] : [own, copy];
      rmSync(to, { force: true });
      if (existsSync(from)) copyFileSync(from, to);
    }
    say(isBack ? "Temporal's data are the older copy" : "Temporal's data are copied");
    hasPutBack ||= isBack;
    hasCopy = true;
  };

  const spoilMail = async (): Promise<void> => {
    const mood = chance.pick(MAIL_MOODS.slice(1));
    say(`the mail server is ${mood}`);
    mail.setMood(mood);
    await delay(3_000 + chance.below(9_000));
    mail.setMood('taking');
  };

  const faults: readonly (readonly [weight: number, act: () => Promise<void> | void])[] = [
    [22, () => void signal(chance.pick(OURS), 'SIGKILL')],
    [26, () => freeze(chance.pick(ALL))],
    [8, () => tellToEnd(chance.pick(ALL))],
    [5, () => void signal('postgres', 'SIGKILL')],
    [6, () => void signal('postgres', 'SIGQUIT')],
    [6, () => void signal('temporal', 'SIGKILL')],
    [5, copyTemporal],
    [5, fillSlots],
    [9, holdRow],
    [4, killBackend],
    [14, spoilMail],
  ];
  const total = faults.reduce((sum, [weight]) => sum + weight, 0);

  const strike = (): void => {
    let left = chance.below(total);
    for (const [weight, act] of faults) {
      left -= weight;
      if (left >= 0) continue;
      const acting = Promise.resolve(act()).finally(() => under.delete(acting));
      under.add(acting);
      return;
    }
  };

  return {
    done,
    touched,
    hasPutBackTemporal: () => hasPutBack,
    run: async (untilMs) => {
      while (Date.now() < untilMs) {
        await delay(2_000 + chance.below(6_000));
        strike();
      }
      await Promise.all(under);
      mail.setMood('taking');
      rmSync(copies, { recursive: true, force: true });
    },
  };
}
