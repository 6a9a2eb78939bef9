import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { runAudit } from '#commands/audit.js';
import { hashDocument, readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { applyOverlay } from '#definitions/language/overlay.js';
import type { Programme } from '#definitions/types/programme.js';
import type { CaseFileView, ProgrammeList } from '#definitions/types/wire.js';
import type { CaseState } from '#engine/contract/case.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import { packageRoot } from '#engine/settings/package-root.js';
import { openStore } from '#engine/store/connection.js';
import type { FilingResult, KeptReceipt } from '#tests/support/citizen-client.js';
import { fileUntilReceipt } from '#tests/support/citizen-client.js';
import type { DeskClient } from '#tests/support/desk-client.js';
import { databaseUrlOf, openDesk } from '#tests/support/desk-client.js';
import type { Part, StartedSystem } from '#tests/support/started-system.js';
import { findDescendants, PARTS, startSystem } from '#tests/support/started-system.js';

/*
 * kill -9 of every process in the middle of a stream of filings and actions. The clients repeat with their keys and keep
 * their own receipts; afterwards the audit compares receipts, applications, outbox and workflows.
 */

const MUNICIPALITY = '9230';
const PROGRAMME = 'volunteer-registry';
const CITIZENS = 4;
const FILINGS_EACH = 6;
const RECEIPTS_BEFORE_FAULT = 6;

let system: StartedSystem;
let desk: DeskClient;
let folder: string;
let hash: string;
let answers: Readonly<Record<string, unknown>>;
/** As it is in force here. */
let programme: Programme;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diktyo-faults-'));
  system = await startSystem();
  desk = await openDesk(system, { municipality: MUNICIPALITY, role: 'desk' });
  const { programmes } = await desk.client.send<ProgrammeList>({ method: 'GET', path: `/municipalities/${MUNICIPALITY}/programmes` });
  hash = programmes.find(({ id }) => id === PROGRAMME)?.hash ?? '';
  const { cases, programme: base, overlays } = await readProgrammeFolder(join(packageRoot(), 'definitions/programmes', PROGRAMME));
  const own = overlays.find(({ municipality }) => municipality === MUNICIPALITY);
  const applied = own === undefined ? { programme: base } : applyOverlay(base, own);
  programme = 'programme' in applied ? applied.programme : base;
  answers = cases.find(({ expect: expected, overlay }) => expected.outcome === 'eligible' && overlay === MUNICIPALITY)?.answers ?? {};
  answers = { ...answers, phone: '+306912345678' };
});

afterAll(async () => {
  await system?.stop();
  for (const each of [folder, system?.dataFolder]) if (each !== undefined) rmSync(each, { recursive: true, force: true });
});

const apiUrl = (): string => system.urls.api;
const file = (extra: { receiptsFile?: string; careless?: boolean; patienceMs?: number } = {}): Promise<FilingResult> =>
  fileUntilReceipt({ apiUrl: apiUrl(), municipality: MUNICIPALITY, programme: PROGRAMME, hash, answers, ...extra });

const readFile = (caseId: string): Promise<CaseFileView> => desk.client.send<CaseFileView>({ method: 'GET', path: `/staff/${MUNICIPALITY}/cases/${caseId}`, staff: desk.staff });

/** The same key until the engine says that it is done. */
const act = (caseId: string, { key, body }: { key: string; body: object }): Promise<unknown> =>
  desk.client.send({ method: 'POST', path: `/staff/${MUNICIPALITY}/cases/${caseId}/actions`, key, body, staff: desk.staff });

async function untilReviewable(caseId: string): Promise<void> {
  while (!(await readFile(caseId)).tasks.some(({ stepId }) => stepId === 'interview')) await delay(200);
}

/** Files, then a clerk writes a note and accepts the volunteer: three commands, each under a key of its own. */
async function liveOneCase(receiptsFile: string): Promise<{ receipt: KeptReceipt; failedTries: number; keys: readonly string[] }> {
  const { receipt, failedTries } = await file({ receiptsFile, patienceMs: 4_000 });
  const keys = [randomUUID(), randomUUID()] as const;
  await untilReviewable(receipt.applicationId);
  await act(receipt.applicationId, { key: keys[0], body: { kind: 'noteAdded', note: 'Κάλεσε και θα ξανακαλέσει.' } });
  await act(receipt.applicationId, { key: keys[1], body: { kind: 'reviewed', stepId: 'interview', outcome: 'accept' } });
  return { receipt, failedTries, keys };
}

const audit = (order: { receiptsFile: string; since: string }): ReturnType<typeof runAudit> =>
  runAudit({
    databaseUrl: databaseUrlOf(system, 'diktyo_audit'),
    temporal: { address: `127.0.0.1:${system.portBase + 3}`, namespace: 'default' },
    graceSeconds: 0,
    ...order,
  });

/** The last commands of a case (its messages) may be on their way when its clerk has been answered. */
async function auditWhenQuiet(order: { receiptsFile: string; since: string }): ReturnType<typeof runAudit> {
  for (;;) {
    const report = await audit(order);
    if (!report.findings.some(({ code }) => ['outbox.unsent', 'effect.stuck', 'workflow.stillOpen', 'action.notApplied'].includes(code))) return report;
    await delay(1_000);
  }
}

const pidsOf = (parts: readonly Part[]): Readonly<Record<string, number | undefined>> => Object.fromEntries(parts.map((part) => [part, system.findProcess(part)]));

describe('a process is killed in the middle of filings and actions', () => {
  it.each(PARTS)('nothing that was accepted is lost or done twice when %s is killed', async (part) => {
    onTestFailed(() => {
      process.stderr.write(`${JSON.stringify(system.records.filter(({ level }) => level !== 'info').slice(-40), null, 1)}\n`);
    });
    const receiptsFile = join(folder, `${part}.jsonl`);
    const since = new Date().toISOString();
    const others = PARTS.filter((other) => other !== part);
    const before = pidsOf(PARTS);
    let receipts = 0;
    let killed: number | undefined;
    const killOnce = (): void => {
      if (killed !== undefined || receipts < RECEIPTS_BEFORE_FAULT) return;
      killed = system.findProcess(part);
      if (killed !== undefined) process.kill(killed, 'SIGKILL');
    };
    const citizen = async (): Promise<readonly Awaited<ReturnType<typeof liveOneCase>>[]> => {
      const lived = [];
      for (let count = 0; count < FILINGS_EACH; count += 1) {
        lived.push(await liveOneCase(receiptsFile));
        receipts += 1;
        killOnce();
      }
      return lived;
    };
    const lived = (await Promise.all(Array.from({ length: CITIZENS }, citizen))).flat();

    // The fault fired, was mended, and took nobody else with it.
    expect(killed).toBe(before[part]);
    expect(system.findProcess(part)).not.toBe(killed);
    expect(pidsOf(others)).toEqual(Object.fromEntries(others.map((other) => [other, before[other]])));

    const report = await auditWhenQuiet({ receiptsFile, since });
    expect(report.findings).toEqual([]);
    expect(report.counts['receipts']).toBe(CITIZENS * FILINGS_EACH);
    for (const { receipt, keys } of lived) {
      const { history, summary } = await readFile(receipt.applicationId);
      expect(summary.status.closed).toBe(true);
      for (const key of keys) expect(history.filter(({ eventId, accepted }) => eventId === key && accepted)).toHaveLength(1);
    }
  });

  it('the engine takes filings while Temporal is away, asks for patience with actions, and catches up', async () => {
    const receiptsFile = join(folder, 'away.jsonl');
    const since = new Date().toISOString();
    const early = await file({ receiptsFile });
    await untilReviewable(early.receipt.applicationId);
    const paused = system.findProcess('temporal') ?? -1;
    process.kill(paused, 'SIGSTOP');
    const key = randomUUID();
    let answer: Response;
    try {
      const late = await file({ receiptsFile });
      expect(late.receipt.protocolNumber).toMatch(/^\d+\/\d{4}$/);
      answer = await fetch(`${apiUrl()}/staff/${MUNICIPALITY}/cases/${early.receipt.applicationId}/actions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key, cookie: desk.staff.cookie, 'x-csrf-token': desk.staff.csrfToken },
        body: JSON.stringify({ kind: 'reviewed', stepId: 'interview', outcome: 'accept' }),
      });
    } finally {
      process.kill(paused, 'SIGCONT');
    }
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ code: 'case.delayed' });
    // Nobody repeats it: the relay carries it through.
    while (!(await readFile(early.receipt.applicationId)).summary.status.closed) await delay(500);
    expect((await readFile(early.receipt.applicationId)).history.filter(({ eventId }) => eventId === key)).toHaveLength(1);
    expect((await auditWhenQuiet({ receiptsFile, since })).findings).toEqual([]);
  });

  it('the audit can fail: a client that changes its key at every try leaves applications without a receipt', async () => {
    const receiptsFile = join(folder, 'careless.jsonl');
    const since = new Date().toISOString();
    // Cut off while the answer is on its way: the engine has filed, the client does not know.
    await fetch(`${apiUrl()}/municipalities/${MUNICIPALITY}/applications`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ programme: PROGRAMME, hash, answers, documentIds: [], language: 'el' }),
    });
    await file({ receiptsFile, careless: true });
    const report = await auditWhenQuiet({ receiptsFile, since });
    expect(report.ok).toBe(false);
    expect(report.findings.map(({ code }) => code)).toEqual(['receipt.missing']);
  });
});

describe('Everything is killed at once, in the middle of telling open cases of a new version', () => {
  const OPEN = 8;
  const TOLD_BEFORE = 4;

  /** Better words, which every open case takes over. */
  const nextVersion = (): Programme => {
    const citizenText = { el: 'Θα σας καλέσουμε αυτή την εβδομάδα για μια σύντομη γνωριμία.', en: 'We will call you this week for a short interview.' };
    return { ...programme, flow: { ...programme.flow, steps: programme.flow.steps.map((step) => (step.id === 'interview' ? { ...step, citizenText } : step)) } };
  };

  const heardOf = async (caseId: string): Promise<number> => (await readFile(caseId)).history.filter(({ kind }) => kind === 'versionPublished').length;

  /** The start command first, so that it mends nothing; then whatever it had started, with one stroke. */
  async function killEverything(): Promise<readonly number[]> {
    const root = system.process.pid ?? -1;
    const ended = once(system.process, 'exit');
    const below = findDescendants(root).map(({ pid }) => pid);
    for (const pid of [root, ...below]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // A database connection that ended between the two questions.
      }
    }
    await ended;
    return below;
  }

  it('each of them hears of it exactly once after the next start, those that had closed never, and the audit finds nothing', async () => {
    const receiptsFile = join(folder, 'version.jsonl');
    const since = new Date().toISOString();
    expect(hashDocument(programme)).toBe(hash);
    const open = (await Promise.all(Array.from({ length: OPEN }, () => file({ receiptsFile })))).map(({ receipt }) => receipt.applicationId);
    const { receipt: over } = await liveOneCase(receiptsFile);
    for (const caseId of open) await untilReviewable(caseId);

    const owner = openStore({ databaseUrl: databaseUrlOf(system, 'postgres'), connectionsMax: 1, application: 'tests', log: () => undefined });
    const register = createProgrammeRegister(owner);
    const version = nextVersion();
    expect(await register.publish({ municipality: MUNICIPALITY, hash: hashDocument(version), programme: version, publishedBy: 'faults' })).toMatchObject({ published: true });
    // As when whoever publishes is cut off: some are told, and these are on their way to their kernels.
    for (let told = 0; told < TOLD_BEFORE; ) told += (await register.tellPublications({ limit: 1 })).told;
    while ((await Promise.all(open.map(heardOf))).every((count) => count === 0)) await delay(20);
    const killed = await killEverything();
    await owner.close();
    expect(killed.length).toBeGreaterThanOrEqual(PARTS.length);

    system = await startSystem({ dataFolder: system.dataFolder, portBase: system.portBase });
    for (const caseId of open) while ((await heardOf(caseId)) === 0) await delay(200);
    expect(await Promise.all(open.map(heardOf))).toEqual(open.map(() => 1));
    expect(await heardOf(over.applicationId)).toBe(0);
    for (const caseId of open) {
      const { state, summary } = await readFile(caseId);
      expect((state as unknown as CaseState).versions?.map(({ published }) => published)).toEqual([hashDocument(version)]);
      expect(summary.status.sentence).toMatchObject({ en: 'We will call you this week for a short interview.' });
    }
    expect((await auditWhenQuiet({ receiptsFile, since })).findings).toEqual([]);
  });
});
