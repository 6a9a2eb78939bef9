import type { Store } from '#engine/store/connection.js';

/** What a client kept when its application was accepted: the witness against the record. */
export interface KeptReceipt {
  readonly key: string;
  readonly protocolNumber: string;
  readonly applicationId: string;
}

/** Something that does not agree. `code` has a sentence in texts.el.json and texts.en.json. */
export interface AuditFinding {
  readonly code: string;
  readonly municipality?: string;
  readonly caseId?: string;
  readonly detail?: string;
}

export interface AuditReport {
  /** True when there is no finding. */
  readonly ok: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: readonly AuditFinding[];
}

export type WorkflowState = 'running' | 'completed' | 'failed' | 'missing';

export interface AuditOrder {
  /** Opened with the role diktyo_audit, or by the owner. */
  readonly store: Store;
  /** Only applications filed from this instant on are compared with receipts and workflows; ISO 8601. */
  readonly since: string;
  /** What is younger than this may still be under way. */
  readonly graceSeconds: number;
  /** When given, every application since must be among them, and they among the applications. */
  readonly receipts?: readonly KeptReceipt[];
  /** When given, every case is compared with its workflow. */
  readonly describeWorkflow?: (municipality: string, caseId: string) => Promise<WorkflowState>;
}

interface AuditedCase {
  readonly municipality: string;
  readonly caseId: string;
  readonly closed: boolean;
  readonly sent: boolean;
  readonly filedAt: string;
}

const PAGE_SIZE = 1_000;
const RECEIPTS_A_CALL = 1_000;
const DESCRIBED_AT_ONCE = 20;

/** receipts = applications = outbox = workflows; numbers without gap; versions contiguous; effects at most once. */
export async function auditEverything(order: AuditOrder): Promise<AuditReport> {
  const { store, since, graceSeconds, receipts } = order;
  const record = await store.call<{ counts: Record<string, number>; findings: AuditFinding[] }>('audit_record', [since, graceSeconds]);
  const findings: AuditFinding[] = [...record.findings];
  const counts: Record<string, number> = { ...record.counts };
  if (receipts) {
    counts['receipts'] = receipts.length;
    findings.push(...(await auditReceipts(store, receipts)));
  }
  const watch = await store.call<{ readonly looked: number; readonly resumed: number; readonly mended: number; readonly rounds: number } | null>('describe_watch');
  if (watch !== null) Object.assign(counts, { 'watch.looked': watch.looked, 'watch.resumed': watch.resumed, 'watch.mended': watch.mended, 'watch.rounds': watch.rounds });
  const received = receipts && new Set(receipts.map(({ applicationId }) => applicationId));
  for await (const page of readCases(store, since)) {
    for (const { municipality, caseId } of page) if (received && !received.has(caseId)) findings.push({ code: 'receipt.missing', municipality, caseId });
    if (order.describeWorkflow) await auditWorkflows({ order, page, findings, counts });
  }
  return { ok: findings.length === 0, counts, findings };
}

async function auditReceipts(store: Store, receipts: readonly KeptReceipt[]): Promise<readonly AuditFinding[]> {
  const findings: AuditFinding[] = [];
  const keyOf = new Map<string, string>();
  for (const { key, applicationId } of receipts) {
    const before = keyOf.get(key);
    if (before !== undefined && before !== applicationId) findings.push({ code: 'receipt.keyTwice', caseId: applicationId, detail: key });
    keyOf.set(key, applicationId);
  }
  for (let from = 0; from < receipts.length; from += RECEIPTS_A_CALL) {
    findings.push(...(await store.call<readonly AuditFinding[]>('audit_receipts', [{ json: receipts.slice(from, from + RECEIPTS_A_CALL) }])));
  }
  return findings;
}

async function* readCases(store: Store, since: string): AsyncGenerator<readonly AuditedCase[]> {
  let last: { readonly municipality: string; readonly caseId: string } = { municipality: '', caseId: '' };
  for (;;) {
    const page = await store.call<readonly AuditedCase[]>('audit_cases', [since, last.municipality, last.caseId, PAGE_SIZE]);
    if (page.length > 0) yield page;
    const end = page.at(-1);
    if (!end || page.length < PAGE_SIZE) return;
    last = end;
  }
}

interface AuditingPage {
  readonly order: AuditOrder;
  readonly page: readonly AuditedCase[];
  readonly findings: AuditFinding[];
  readonly counts: Record<string, number>;
}

async function auditWorkflows({ order, page, findings, counts }: AuditingPage): Promise<void> {
  const left = [...page];
  const work = async (): Promise<void> => {
    for (let audited = left.pop(); audited; audited = left.pop()) {
      const { state, finding } = await auditWorkflow(order, audited);
      counts[`workflows.${state}`] = (counts[`workflows.${state}`] ?? 0) + 1;
      if (finding) findings.push(finding);
    }
  };
  await Promise.all(Array.from({ length: DESCRIBED_AT_ONCE }, work));
}

async function auditWorkflow(order: AuditOrder, audited: AuditedCase): Promise<{ state: WorkflowState; finding?: AuditFinding }> {
  const { municipality, caseId } = audited;
  const describe = order.describeWorkflow ?? ((): Promise<WorkflowState> => Promise.resolve('missing'));
  let state = await describe(municipality, caseId);
  let code = disagreement(audited, state);
  for (let attempt = 0; code !== undefined && attempt < 3; attempt += 1) {
    // The case may have ended between the two questions; its workflow ends a moment later.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const again = await order.store.call<{ closed: boolean } | null>('audit_case', [municipality, caseId]);
    state = await describe(municipality, caseId);
    code = disagreement({ ...audited, closed: again?.closed ?? audited.closed }, state);
  }
  return { state, ...(code === undefined ? {} : { finding: { code, municipality, caseId, detail: state } }) };
}

/** A closed case's workflow may be gone: the server forgets closed ones after its retention. Unsent ones are the outbox's finding. */
function disagreement({ closed, sent }: AuditedCase, state: WorkflowState): string | undefined {
  if (state === 'failed') return 'workflow.failed';
  if (closed) return state === 'running' ? 'workflow.stillOpen' : undefined;
  if (state === 'completed') return 'workflow.closedEarly';
  return state === 'missing' && sent ? 'workflow.missing' : undefined;
}
