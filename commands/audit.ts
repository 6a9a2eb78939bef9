import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditReport, KeptReceipt, WorkflowState } from '#engine/audit/audit.js';
import { packageRoot } from '#engine/settings/package-root.js';
import type { Command } from './command.js';
import { CommandRefused, STATUS, UsageRefused } from './command.js';
import { languageOf } from './programmes/print.js';
import { textOf } from './texts.js';
import type { Language } from './texts.js';
import { requireAddress } from './trouble.js';

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
const GRACE = /^[0-9]{1,9}$/;
/** A date, or an instant with its offset: without one nobody knows whose clock is meant. */
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

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
  const lines = readText(file).split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line, index) => {
    const receipt = parseReceipt(line);
    // The witness may have been killed while it wrote its last line.
    if (receipt === undefined && index === lines.length - 1) return [];
    if (receipt === undefined) throw new CommandRefused('audit.receiptUnreadable', { file, line: index + 1 });
    return [receipt];
  });
}

/** Of a folder Node says no path. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw Object.assign(error as Error, { path });
  }
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
  options: [
    { flags: '--receipts <file>' },
    { flags: '--since <instant>' },
    { flags: '--grace-seconds <number>', fallback: String(GRACE_SECONDS) },
    { flags: '--json' },
    { flags: '--language <code>' },
  ],
  run: async ({ options }) => {
    const databaseUrl = process.env['DATABASE_URL'];
    if (databaseUrl === undefined || databaseUrl === '') throw new UsageRefused('audit.databaseMissing');
    requireAddress({ databaseUrl, setting: 'DATABASE_URL' });
    const given = String(options['graceSeconds']);
    const graceSeconds = Number(given);
    const since = typeof options['since'] === 'string' ? options['since'] : undefined;
    if (!GRACE.test(given)) throw new UsageRefused('audit.graceWrong', { given });
    if (since !== undefined && (!INSTANT.test(since) || Number.isNaN(Date.parse(since)))) throw new UsageRefused('audit.sinceWrong', { given: since });
    const report = await runAudit({
      databaseUrl,
      graceSeconds,
      ...temporalOf(process.env),
      ...(typeof options['receipts'] === 'string' ? { receiptsFile: options['receipts'] } : {}),
      ...(since === undefined ? {} : { since }),
    });
    process.stdout.write(options['json'] === true ? `${JSON.stringify(report)}\n` : reportText(report, languageOf(options['language'])));
    return report.ok ? STATUS.good : STATUS.findings;
  },
};

function temporalOf(environment: NodeJS.ProcessEnv): Pick<RunAuditOrder, 'temporal'> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, TEMPORAL_API_KEY: apiKey } = environment;
  if (address === undefined || address === '') return {};
  return { temporal: { address, namespace: namespace ?? 'default', ...(apiKey === undefined ? {} : { apiKey }) } };
}

/** Figures, what they mean, and findings with their places. */
function reportText({ ok, counts, findings }: AuditReport, language: Language): string {
  const texts = sentencesOf(language);
  const summary = (texts[ok ? 'summary.good' : 'summary.bad'] ?? '').replace('{count}', String(findings.length));
  const figures = Object.entries(counts).map(([name, count]) => `  ${textOf(language, `audit.count.${name}`, { count })}`);
  const lines = findings.slice(0, LINES_SHOWN).map(({ code, municipality, caseId, detail }) => `  ${texts[code] ?? code} ${[municipality, caseId, detailText(detail, language)].filter(Boolean).join(' ')}`);
  const left = findings.length - lines.length;
  const more = left > 0 ? [`  ${textOf(language, 'audit.more', { count: left })}`] : [];
  return `${[textOf(language, 'audit.counts'), ...figures, '', summary, ...lines, ...more].join('\n')}\n`;
}

const WORKFLOW_STATES: readonly (string | undefined)[] = ['running', 'completed', 'failed', 'missing'] satisfies WorkflowState[];

/** Numbers and keys stand as they are; a state of a workflow is a word. */
function detailText(detail: string | undefined, language: Language): string | undefined {
  return WORKFLOW_STATES.includes(detail) ? `(${textOf(language, `audit.workflow.${detail}`)})` : detail;
}

function sentencesOf(language: Language): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(packageRoot(), `engine/audit/texts.${language}.json`), 'utf8')) as Readonly<Record<string, string>>;
}
