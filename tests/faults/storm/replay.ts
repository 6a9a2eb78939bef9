import type postgres from 'postgres';
import { createProgrammeCache } from '#engine/activities/programme-cache.js';
import { readCaseVersions } from '#engine/activities/case-versions.js';
import type { Answers, CaseEvent, CaseState, CaseStatus } from '#engine/contract/case.js';
import { decideStep } from '#engine/decide/step.js';
import { judgedHash } from '#engine/decide/versions.js';
import { createProgrammeRegister } from '#engine/register/programmes.js';
import type { Store } from '#engine/store/connection.js';
import { readReference } from '#workflows/worker/reference.js';

interface RecordedCase {
  readonly municipality: string;
  readonly case_id: string;
  readonly hash: string;
  readonly answers: Answers;
  readonly filed_at: string;
  readonly protocol: string;
  readonly version: number;
  readonly state: CaseState | null;
  readonly status: CaseStatus;
  readonly documents: readonly { readonly documentId: string; readonly kind: string }[];
  readonly events: readonly CaseEvent[];
}

/** Every case as the record holds it, beside what the pure step makes of its accepted events: what does not agree. */
export async function replayCases(sql: postgres.Sql, store: Store): Promise<{ readonly replayed: number; readonly disagreements: readonly string[] }> {
  const programmes = createProgrammeCache(createProgrammeRegister(store));
  const { calendar } = readReference();
  const cases = await readCases(sql);
  const disagreements: string[] = [];
  for (const recorded of cases) {
    const { municipality, hash } = recorded;
    let state: CaseState | null = null;
    let status: CaseStatus | null = null;
    for (const event of recorded.events) {
      const versions = await readCaseVersions(programmes, { municipality, filedHash: hash, state, events: [event] });
      if (versions === null) {
        disagreements.push(`${recorded.case_id}: the version ${judgedHash(state, hash)} is not there`);
        break;
      }
      const adoption = versions.adoptionFor(event, state);
      const answer = decideStep({
        prepared: versions.preparedFor(state), answers: recorded.answers, filedAt: recorded.filed_at, protocolNumber: recorded.protocol, filedDocuments: recorded.documents,
        nationalDays: calendar, ...(adoption === undefined ? {} : { adoption }), state, event,
      });
      if ('refusal' in answer) {
        disagreements.push(`${recorded.case_id}: ${event.kind} ${event.id} was applied and is refused now: ${answer.refusal.code}`);
        break;
      }
      state = answer.plan.state;
      status = answer.plan.status;
    }
    if (state === null && recorded.state === null) continue;
    for (const [what, now, then] of [['state', state, recorded.state], ['status', status, recorded.status]] as const) {
      const difference = differenceOf(now, then);
      if (difference !== null) disagreements.push(`${recorded.case_id}: its ${what} differs: ${difference}`);
    }
  }
  return { replayed: cases.length, disagreements };
}

/** Files that were there when the case was taken up: of the application, not those that came afterwards. */
async function readCases(sql: postgres.Sql): Promise<readonly RecordedCase[]> {
  return sql<RecordedCase[]>`
    select c.municipality, c.case_id, a.definition_hash as hash, a.answers, diktyo.instant(c.filed_at) as filed_at,
      diktyo.protocol_text(c.protocol_number, c.protocol_year) as protocol, c.version, c.state, c.status,
      (select coalesce(jsonb_agg(jsonb_build_object('documentId', d.document_id, 'kind', d.kind) order by d.announced_at, d.document_id), '[]')
        from diktyo.document d where d.municipality = c.municipality and d.case_id = c.case_id and d.stored_at <= c.filed_at and d.state in ('clean', 'quarantined')) as documents,
      (select coalesce(jsonb_agg(jsonb_build_object('id', e.event_id, 'kind', e.kind, 'at', diktyo.instant(e.at), 'actor', e.actor, 'payload', e.payload) order by e.version), '[]')
        from diktyo.case_event e where e.municipality = c.municipality and e.case_id = c.case_id and e.accepted) as events
    from diktyo.case_record c join diktyo.application a on a.municipality = c.municipality and a.application_id = c.case_id`;
}

/** The first place where two JSON values differ; null when they are the same, in whatever order their keys stand. */
function differenceOf(now: unknown, then: unknown, place = ''): string | null {
  if (now === then) return null;
  if (!isObject(now) || !isObject(then)) return `${place || '/'}: ${JSON.stringify(now)?.slice(0, 200) ?? 'nothing'} is recorded as ${JSON.stringify(then)?.slice(0, 200) ?? 'nothing'}`;
  for (const key of new Set([...Object.keys(now), ...Object.keys(then)])) {
    const found = differenceOf(now[key], then[key], `${place}/${key}`);
    if (found !== null) return found;
  }
  return null;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
