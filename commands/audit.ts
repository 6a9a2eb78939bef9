import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditReport, KeptReceipt, WorkflowState } from '#engine/audit/audit.js';
import { packageRoot } from '#engine/settings/package-root.js';
import type { Command } from './command.js';
import { CommandRefused } from './command.js';

export interface RunAuditOrder {
  /** Role diktyo_audit, or the owner. */
  readonly databaseUrl: string;
  /** Without it, workflows are not compared. */
  readonly temporal?: { readonly address: string; readonly namespace: string; readonly apiKey?: string; readonly tls?: boolean };
  /** One JSON object a line: key, protocolNumber, applicationId. */
  readonly receiptsFile?: string;
  /** Only what was filed from this instant on is compared with receipts and workflows. */
  readonly since?: string;
  readonly graceSeconds?: number;
}

const GRACE_SECONDS = 300;
const STATEMENT_TIMEOUT_MS = 600_000;
const LINES_SHOWN = 100;

/** Compares receipts, applications, outbox and workflows; changes nothing. */
export async function runAudit(order: RunAuditOrder): Promise<AuditReport> {
  const { openStore } = await import('#engine/store/connection.js');
  const { auditEverything } = await import('#engine/audit/audit.js');
  const receipts = order.receiptsFile === undefined ? undefined : readReceipts(order.receiptsFile);
  const store = openStore({ databaseUrl: order.databaseUrl, connectionsMax: 2, application: 'diktyo audit', log: () => undefined, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  const workflows = order.temporal === undefined ? undefined : await openWorkflows(order.temporal);
  try {
    return await auditEverything({
      store,
      since: order.since ?? '1970-01-01T00:00:00Z',
      graceSeconds: order.graceSeconds ?? GRACE_SECONDS,
      ...(receipts === undefined ? {} : { receipts }),
      ...(workflows === undefined ? {} : { describeWorkflow: workflows.describe }),
    });
  } finally {
    await workflows?.close();
    await store.close();
  }
}

function readReceipts(file: string): readonly KeptReceipt[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line, index) => {
    const receipt = parseReceipt(line);
    // The witness may have been killed while it wrote its last line.
    if (receipt === undefined && index === lines.length - 1) return [];
    if (receipt === undefined) throw new CommandRefused('audit.receiptUnreadable', { file, line: index + 1 });
    return [receipt];
  });
}

function parseReceipt(line: string): KeptReceipt | undefined {
  try {
    const { key, protocolNumber, applicationId } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    return typeof key === 'string' && typeof protocolNumber === 'string' && typeof applicationId === 'string' ? { key, protocolNumber, applicationId } : undefined;
  } catch {
    return undefined;
  }
}

interface Workflows {
  readonly describe: (municipality: string, caseId: string) => Promise<WorkflowState>;
  close(): Promise<void>;
}

async function openWorkflows({ address, namespace, apiKey, tls }: NonNullable<RunAuditOrder['temporal']>): Promise<Workflows> {
  const { WorkflowNotFoundError } = await import('@temporalio/client');
  const { openTemporalClient } = await import('#engine/relay/temporal-client.js');
  const { caseWorkflowId } = await import('#engine/contract/kernel.js');
  const { client, connection } = openTemporalClient({ address, namespace, tls: tls ?? apiKey !== undefined, ...(apiKey === undefined ? {} : { apiKey }) });
  const describe = async (municipality: string, caseId: string): Promise<WorkflowState> => {
    try {
      const { status } = await client.workflow.getHandle(caseWorkflowId(municipality, caseId)).describe();
      if (status.name === 'RUNNING' || status.name === 'CONTINUED_AS_NEW') return 'running';
      return status.name === 'COMPLETED' ? 'completed' : 'failed';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'missing';
      throw error;
    }
  };
  return { describe, close: () => connection.close() };
}

export const auditCommand: Command = {
  name: 'audit',
  describe: 'Compare receipts, applications, outbox and workflows; DATABASE_URL with the role diktyo_audit, TEMPORAL_ADDRESS when workflows shall be compared',
  options: [
    { flags: '--receipts <file>', describe: 'receipts as clients kept them, one JSON object a line: key, protocolNumber, applicationId' },
    { flags: '--since <instant>', describe: 'compare with receipts and workflows only what was filed from this instant on' },
    { flags: '--grace-seconds <number>', describe: 'what is younger may still be under way', fallback: String(GRACE_SECONDS) },
    { flags: '--json', describe: 'tell the report as JSON' },
  ],
  run: async ({ options }) => {
    const databaseUrl = process.env['DATABASE_URL'];
    if (databaseUrl === undefined || databaseUrl === '') throw new CommandRefused('audit.databaseMissing');
    const graceSeconds = Number(options['graceSeconds']);
    const since = typeof options['since'] === 'string' ? options['since'] : undefined;
    if (!(graceSeconds >= 0)) throw new CommandRefused('audit.optionWrong', { option: '--grace-seconds', given: String(options['graceSeconds']) });
    if (since !== undefined && Number.isNaN(Date.parse(since))) throw new CommandRefused('audit.optionWrong', { option: '--since', given: since });
    const report = await runAudit({
      databaseUrl,
      graceSeconds,
      ...temporalOf(process.env),
      ...(typeof options['receipts'] === 'string' ? { receiptsFile: options['receipts'] } : {}),
      ...(since === undefined ? {} : { since }),
    });
    process.stdout.write(options['json'] === true ? `${JSON.stringify(report)}\n` : reportText(report));
    return report.ok ? 0 : 1;
  },
};

function temporalOf(environment: NodeJS.ProcessEnv): Pick<RunAuditOrder, 'temporal'> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, TEMPORAL_API_KEY: apiKey } = environment;
  if (address === undefined || address === '') return {};
  return { temporal: { address, namespace: namespace ?? 'default', ...(apiKey === undefined ? {} : { apiKey }) } };
}

/** Greek first, English below; findings with their places. */
function reportText({ ok, counts, findings }: AuditReport): string {
  const figures = Object.entries(counts).map(([name, count]) => `  ${name} ${count}`);
  const parts = (['el', 'en'] as const).map((language) => {
    const texts = textsOf(language);
    const summary = (texts[ok ? 'summary.good' : 'summary.bad'] ?? '').replace('{count}', String(findings.length));
    const lines = findings.slice(0, LINES_SHOWN).map(({ code, municipality, caseId, detail }) => `  ${texts[code] ?? code} ${[municipality, caseId, detail].filter(Boolean).join(' ')}`);
    return [summary, ...lines].join('\n');
  });
  return `${figures.join('\n')}\n\n${parts.join('\n\n')}\n`;
}

function textsOf(language: 'el' | 'en'): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(packageRoot(), `engine/audit/texts.${language}.json`), 'utf8')) as Readonly<Record<string, string>>;
}
