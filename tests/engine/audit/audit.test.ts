import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runAudit } from '#commands/audit.js';
import type { AuditReport, KeptReceipt } from '#engine/audit/audit.js';
import { createCases } from '#engine/cases/cases.js';
import { caseWorkflowId } from '#engine/contract/kernel.js';
import { createRegister } from '#engine/register/register.js';
import type { Store } from '#engine/store/connection.js';
import { StoreError } from '#engine/store/errors.js';
import type { TestDatabase } from '../../support/database.js';
import { createTestDatabase } from '../../support/database.js';
import type { TestTemporal } from '../../support/temporal.js';
import { sharedTemporal } from '../../support/temporal.js';
import { CLERK, MANDRA, MARATHON, openTestStore, publishSample, sampleEvent, sampleFiling, samplePlan, sampleState, sampleStatus } from '../register/sample-case.js';

let database: TestDatabase;
let auditUrl: string;
let stores: readonly Store[];
let owner: postgres.Sql;
let temporal: TestTemporal;
let connection: Connection;
let client: Client;
let folder: string;
const TASK_QUEUE = 'tests-audit';
/** COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION of the server's protocol. */
const COMPLETE_WORKFLOW = 4;

beforeAll(async () => {
  database = await createTestDatabase();
  await publishSample(database);
  stores = [openTestStore(database.apiUrl), openTestStore(database.workerUrl)];
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  auditUrl = database.urlOf('diktyo_audit');
  temporal = await sharedTemporal();
  connection = await Connection.connect({ address: temporal.address });
  client = new Client({ connection, namespace: temporal.namespace });
  folder = mkdtempSync(join(tmpdir(), 'diktyo-audit-'));
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await connection.close();
  await owner.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

let receipts: KeptReceipt[];
let caseIds: readonly [string, string, string];

/** Three sound cases: two open, of which one has an event; the third closed. All handed over, all with their workflows. */
beforeEach(async () => {
  await owner`truncate diktyo.application, diktyo.case_record, diktyo.protocol_counter, diktyo.outbox, diktyo.case_event, diktyo.case_command, diktyo.effect`;
  const [api, worker] = stores as [Store, Store];
  receipts = [];
  const ids: string[] = [];
  for (const municipality of [MANDRA, MANDRA, MARATHON]) {
    const filing = sampleFiling({ municipality });
    const receipt = await createRegister(api).submit(filing);
    if ('code' in receipt) throw new Error(receipt.code);
    receipts.push({ key: filing.submissionKey, protocolNumber: receipt.protocolNumber, applicationId: receipt.applicationId });
    ids.push(receipt.applicationId);
    await client.workflow.start('caseWorkflow', { workflowId: caseWorkflowId(municipality, receipt.applicationId), taskQueue: TASK_QUEUE, args: [] });
  }
  caseIds = ids as unknown as [string, string, string];
  await createCases(api).recordAction({ municipality: MANDRA, caseId: caseIds[1], key: 'k', kind: 'noteAdded', actor: CLERK, payload: {}, payloadHash: 'h', graceSeconds: 0 });
  await createCases(worker).apply({ municipality: MANDRA, caseId: caseIds[1], version: 0, event: sampleEvent('k'), plan: samplePlan(), refusal: null });
  await createCases(worker).apply({ municipality: MARATHON, caseId: caseIds[2], version: 0, event: sampleEvent('e'), refusal: null, plan: samplePlan({ state: sampleState({ status: 'closed' }), status: sampleStatus('end', true) }) });
  await completeWorkflow(caseWorkflowId(MARATHON, caseIds[2]));
  await owner`update diktyo.outbox set sent_at = clock_timestamp() where sent_at is null`;
});

/** Plays the worker by hand: answers first tasks until the one asked for has ended. */
async function completeWorkflow(workflowId: string): Promise<void> {
  const { namespace } = temporal;
  for (;;) {
    const { taskToken, workflowExecution } = await connection.withDeadline(Date.now() + 60_000, () =>
      connection.workflowService.pollWorkflowTaskQueue({ namespace, taskQueue: { name: TASK_QUEUE }, identity: 'tests' }));
    if (!workflowExecution?.workflowId) continue;
    const isIt = workflowExecution.workflowId === workflowId;
    await connection.workflowService.respondWorkflowTaskCompleted({ namespace, taskToken, commands: isIt ? [{ commandType: COMPLETE_WORKFLOW, completeWorkflowExecutionCommandAttributes: {} }] : [] });
    if (isIt) return;
  }
}

async function audit(changes: { kept?: readonly KeptReceipt[]; databaseUrl?: string } = {}): Promise<AuditReport> {
  const receiptsFile = join(folder, 'receipts.jsonl');
  writeFileSync(receiptsFile, (changes.kept ?? receipts).map((receipt) => `${JSON.stringify(receipt)}\n`).join('') + '{"key":"cut o');
  return runAudit({ databaseUrl: changes.databaseUrl ?? auditUrl, temporal, receiptsFile, graceSeconds: 0 });
}
const codesOf = ({ findings }: AuditReport): string[] => [...new Set(findings.map(({ code }) => code))].sort();

describe('the audit', () => {
  it('finds nothing when receipts, applications, outbox and workflows agree', async () => {
    const report = await audit();
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ ok: true, counts: { receipts: 3, applications: 3, startsSent: 3, 'workflows.running': 2, 'workflows.completed': 1, casesClosed: 1 } });
  });

  it.each<[string, string[], (sql: postgres.Sql) => Promise<unknown>]>([
    ['a lost application', ['outbox.caseMissing', 'protocol.counterAhead', 'receipt.contradicted', 'protocol.gap'], async (sql) => {
      await sql`delete from diktyo.case_record where case_id = ${caseIds[0]}`;
      await sql`delete from diktyo.application where application_id = ${caseIds[0]}`;
    }],
    ['half of an application', ['record.caseMissing', 'outbox.caseMissing', 'protocol.counterAhead', 'protocol.gap', 'receipt.contradicted'], (sql) => sql`delete from diktyo.case_record where case_id = ${caseIds[0]}`],
    ['a gap in the numbers', ['protocol.counterAhead', 'protocol.gap', 'receipt.contradicted'], async (sql) => {
      await sql`update diktyo.case_record set protocol_number = 9 where case_id = ${caseIds[1]}`;
      await sql`update diktyo.protocol_counter set last_number = 9 where municipality = ${MANDRA}`;
    }],
    ['a start that was never written', ['outbox.startMissing'], (sql) => sql`delete from diktyo.outbox where case_id = ${caseIds[0]}`],
    ['a start written twice', ['outbox.startTwice'], (sql) => sql`insert into diktyo.outbox (municipality, case_id, kind, definition_hash, available_at, sent_at) select municipality, case_id, kind, definition_hash, now(), now() from diktyo.outbox where case_id = ${caseIds[0]}`],
    ['a row that nobody carries', ['outbox.unsent'], (sql) => sql`update diktyo.outbox set sent_at = null, available_at = now() - interval '1 minute' where case_id = ${caseIds[0]}`],
    ['an event that vanished', ['action.notApplied', 'events.notContiguous'], (sql) => sql`delete from diktyo.case_event where case_id = ${caseIds[1]}`],
    ['an action that was never handed over', ['action.notHandedOver'], (sql) => sql`delete from diktyo.outbox where case_id = ${caseIds[1]} and kind = 'event'`],
    ['an effect that was begun and left', ['effect.stuck'], (sql) => sql`insert into diktyo.effect (municipality, case_id, command_key, kind, status, tried_at) values (${MANDRA}, ${caseIds[0]}, 'c', 'message', 'trying', now() - interval '1 minute')`],
    ['a closed case whose workflow runs', ['workflow.stillOpen'], (sql) => sql`update diktyo.case_record set closed = true where case_id = ${caseIds[0]}`],
    ['an open case whose workflow has ended', ['workflow.closedEarly'], (sql) => sql`update diktyo.case_record set closed = false where case_id = ${caseIds[2]}`],
  ])('finds %s', async (_, codes, harm) => {
    await harm(owner);
    const report = await audit();
    expect(report.ok).toBe(false);
    expect(codesOf(report)).toEqual([...codes].sort());
  });

  it('finds a receipt for nothing, an application without a receipt, and a key on two applications', async () => {
    const [first, second, third] = receipts as [KeptReceipt, KeptReceipt, KeptReceipt];
    expect(codesOf(await audit({ kept: [...receipts, { ...first, key: 'other' }] }))).toEqual(['receipt.contradicted']);
    expect(codesOf(await audit({ kept: [first, second] }))).toEqual(['receipt.missing']);
    expect(codesOf(await audit({ kept: [first, second, third, { ...second, key: first.key }] }))).toEqual(['receipt.contradicted', 'receipt.keyTwice']);
  });

  it('finds an open case without a workflow, and one whose workflow was ended by force', async () => {
    const filing = sampleFiling();
    await createRegister(stores[0] as Store).submit(filing);
    await owner`update diktyo.outbox set sent_at = clock_timestamp() where sent_at is null`;
    await client.workflow.getHandle(caseWorkflowId(MANDRA, caseIds[0])).terminate('test');
    const report = await runAudit({ databaseUrl: auditUrl, temporal, graceSeconds: 0 });
    expect(report.findings.map(({ code, caseId }) => [code, caseId]).sort()).toEqual([['workflow.failed', caseIds[0]], ['workflow.missing', filing.applicationId]].sort());
  });

  it('reads nothing personal: its role sees neither answers nor names nor payloads', async () => {
    const sql = postgres(auditUrl, { max: 1 });
    for (const column of ['application.answers', 'application.subject', 'case_command.payload', 'case_event.payload', 'effect.fields', 'case_record.state']) {
      const [table = '', name = ''] = column.split('.');
      await expect(sql.unsafe(`select ${name} from diktyo.${table}`)).rejects.toThrow(/permission denied/);
    }
    await expect(sql`update diktyo.case_record set closed = true`).rejects.toThrow(/permission denied/);
    await sql.end();
  });

  it('is not for the other roles', async () => {
    await expect(audit({ databaseUrl: database.apiUrl })).rejects.toThrow(StoreError);
  });
});
