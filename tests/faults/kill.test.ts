import { mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { runAudit } from '#commands/audit.js';
import type { CaseFileView, ProgrammeList } from '#definitions/types/wire.js';
import { readProgrammeFolder } from '#definitions/folder/programme-folder.js';
import { packageRoot } from '#engine/settings/package-root.js';
import type { FilingResult, KeptReceipt } from '#tests/support/citizen-client.js';
import { fileUntilReceipt } from '#tests/support/citizen-client.js';
import type { DeskClient } from '#tests/support/desk-client.js';
import { databaseUrlOf, openDesk } from '#tests/support/desk-client.js';
import type { Part, StartedSystem } from '#tests/support/started-system.js';
import { PARTS, startSystem } from '#tests/support/started-system.js';

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

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diktyo-faults-'));
  system = await startSystem();
  desk = await openDesk(system, { municipality: MUNICIPALITY, role: 'desk' });
  const { programmes } = await desk.client.send<ProgrammeList>({ method: 'GET', path: `/municipalities/${MUNICIPALITY}/programmes` });
  hash = programmes.find(({ id }) => id === PROGRAMME)?.hash ?? '';
  const { cases } = await readProgrammeFolder(join(packageRoot(), 'definitions/programmes', PROGRAMME));
  answers = cases.find(({ expect: expected, overlay }) => expected.outcome === 'eligible' && overlay === MUNICIPALITY)?.answers ?? {};
  answers = { ...answers, phone: '+306912345678' };
});

afterAll(async () => {
  await system?.stop();
  rmSync(folder, { recursive: true, force: true });
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
